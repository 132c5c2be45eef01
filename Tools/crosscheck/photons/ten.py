# SPDX-License-Identifier: Apache-2.0
"""Ten balls of 15 to 20 mm in the lungs, for timing: the same in every run, and as files for other programs.

Every centre is the point farthest from those chosen before, among all that lie deep enough in a lung.
"""

import shutil
from pathlib import Path

import numpy as np
import pydicom
from scipy import ndimage

import slabs as model
from patient import Patient

COUNT = 10
DEPTH_MM = 20.0
CORNERS = 64


def balls(patient: Patient) -> dict[str, model.Roi]:
    """T01 to T10 on the planes of the body's outline."""
    lattice = patient.lattice
    depth = ndimage.distance_transform_edt(patient.lungs & ~patient.union(("L1", "L2", "L3", "L4", "L5", "L6", "L7")))
    deep = lattice.points(depth * lattice.pitch >= DEPTH_MM)
    if not len(deep):
        raise SystemExit("no point lies deep enough in a lung")
    centres = [deep[0]]
    while len(centres) < COUNT:
        nearest = np.min([np.linalg.norm(deep - c, axis=1) for c in centres], axis=0)
        centres.append(deep[int(nearest.argmax())])
    planes = [z for z, _ in patient.rois["External"].planes]
    rois = {}
    for i, (centre, diameter) in enumerate(zip(centres, np.linspace(15, 20, COUNT))):
        name = f"T{i + 1:02}"
        rings = []
        for z in planes:
            square = (diameter / 2) ** 2 - (z - centre[2]) ** 2
            if square > 0:
                turn = 2 * np.pi * np.arange(CORNERS) / CORNERS
                rings.append((z, [centre[:2] + np.sqrt(square) * np.stack([np.cos(turn), np.sin(turn)], axis=1)]))
        rois[name] = model.Roi(name, 1000 + i, rings)
    return rois


def write(source: Path, folder: Path, rois: dict[str, model.Roi]) -> None:
    """The phantom with the balls in place of its lesions: structures.dcm, lesions.csv, patient.yaml."""
    folder.mkdir(parents=True, exist_ok=True)
    dataset = pydicom.dcmread(source / "structures.dcm")
    known = {int(s.ROINumber): s for s in dataset.StructureSetROISequence}
    observed = {int(o.ReferencedROINumber): o for o in dataset.RTROIObservationsSequence}
    lesions = {n for n, o in observed.items() if o.RTROIInterpretedType == "GTV"}
    pattern = known[min(lesions)]
    structures = [s for n, s in known.items() if n not in lesions]
    observations = [o for n, o in observed.items() if n not in lesions]
    contours = [c for c in dataset.ROIContourSequence if int(c.ReferencedROINumber) not in lesions]
    for name, roi in rois.items():
        structure, observation, contour = (pydicom.Dataset() for _ in range(3))
        structure.ROINumber, structure.ROIName = roi.number, name
        structure.ReferencedFrameOfReferenceUID = pattern.ReferencedFrameOfReferenceUID
        structure.ROIGenerationAlgorithm = ""
        observation.ObservationNumber = observation.ReferencedROINumber = contour.ReferencedROINumber = roi.number
        observation.RTROIInterpretedType, observation.ROIInterpreter = "GTV", ""
        items = []
        for z, (ring,) in roi.planes:
            item = pydicom.Dataset()
            item.ContourGeometricType, item.NumberOfContourPoints = "CLOSED_PLANAR", len(ring)
            item.ContourData = [f"{v:.3f}" for x, y in ring for v in (x, y, z)]
            items.append(item)
        contour.ContourSequence = pydicom.Sequence(items)
        structures.append(structure)
        observations.append(observation)
        contours.append(contour)
    dataset.StructureSetROISequence = pydicom.Sequence(structures)
    dataset.RTROIObservationsSequence = pydicom.Sequence(observations)
    dataset.ROIContourSequence = pydicom.Sequence(contours)
    dataset.save_as(folder / "structures.dcm")
    patient = str(dataset.PatientID)
    rows = ["patient_id,lesion_id,site,side,lobe", *(f"{patient},{name},lung,," for name in rois)]
    (folder / "lesions.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    # Earlier treatment of a lesion that is not there would be an error.
    lines = (source / "patient.yaml").read_text(encoding="utf-8").split("prior_therapies:")[0]
    (folder / "patient.yaml").write_text(lines, encoding="utf-8")
    if (source / "dose.dcm").exists():
        shutil.copy(source / "dose.dcm", folder / "dose.dcm")
