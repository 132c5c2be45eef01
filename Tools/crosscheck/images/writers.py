# SPDX-License-Identifier: Apache-2.0
"""Two bodies that overlap, written as segmentations by others and read by oligoplan: volumes and places must be the voxels'."""

import json
import os
import subprocess
import sys
from pathlib import Path

import dcmqi
import highdicom
import nibabel
import numpy as np
import series
import SimpleITK
from highdicom.seg import SegmentAlgorithmTypeValues, Segmentation, SegmentDescription
from pydicom.sr.codedict import codes

OLIGOPLAN = os.environ["OLIGOPLAN"]
# A volume is a number of voxels times one: only the rounding of what is printed, 0.0001 cc, may differ.
TOLERANCE = 1e-5
SPACING, FIRST, STEP = (1.5, 1.25), (-30.0, 12.0), 2.5
NX, NY, NZ = 50, 40, 20


def _ball(centre: tuple[float, ...], radii: tuple[float, ...]) -> np.ndarray:
    grid = np.meshgrid(np.arange(NZ), np.arange(NY), np.arange(NX), indexing="ij")
    return sum(((axis - c) / r) ** 2 for axis, c, r in zip(grid, centre, radii, strict=True)) <= 1


LESION, LIVER = _ball((9, 15, 20), (5, 8, 9)), _ball((10, 20, 30), (7, 10, 12))
VOXEL = SPACING[0] * SPACING[1] * STEP / 1000
CENTRE = [FIRST[0] + SPACING[0] * 20, FIRST[1] + SPACING[1] * 15, -7 + STEP * 9]


def _measured(path: Path, names: Path, work: Path) -> dict[str, tuple[float, list[float]]]:
    case = work / "case.json"
    asked = [] if path.suffix == ".dcm" else ["--label-names", str(names)]
    subprocess.run(
        [OLIGOPLAN, "import", "--labels", str(path), *asked, "-o", str(case)], check=True, capture_output=True
    )
    told = subprocess.run([OLIGOPLAN, "measure", str(case), "--format", "json"], check=True, capture_output=True)
    found = json.loads(told.stdout)
    return {
        **{lesion["id"]: (lesion["volumeCC"], lesion["centroidMM"]) for lesion in found["lesions"]},
        **{organ["name"]: (organ["volumeCC"], None) for organ in found["structures"]},
    }


def _written_by_highdicom(images: list, work: Path) -> dict[str, tuple[Path, bool]]:
    described = [
        SegmentDescription(
            1, "Lesion 1", codes.SCT.MorphologicallyAbnormalStructure, codes.SCT.Tumor, SegmentAlgorithmTypeValues.MANUAL
        ),
        SegmentDescription(2, "Liver", codes.SCT.Organ, codes.SCT.Liver, SegmentAlgorithmTypeValues.MANUAL),
    ]
    both = np.stack([LESION, LIVER], -1).astype(np.uint8)
    written = {}
    for name, kind, mask, omits in [
        ("binary", "BINARY", both, True),
        ("binary with all frames", "BINARY", both, False),
        ("fractional, whole", "FRACTIONAL", both.astype(np.float32), True),
        ("label map", "LABELMAP", np.where(LESION, 1, np.where(LIVER, 2, 0)).astype(np.uint8), True),
    ]:
        path = work / f"highdicom-{len(written)}.dcm"
        Segmentation(
            images, mask, kind, described, highdicom.UID(), 1, highdicom.UID(), 1, "m", "m", "1", "d",
            omit_empty_frames=omits,
        ).save_as(path)  # fmt: skip
        written[f"highdicom {name}"] = (path, kind != "LABELMAP")
    return written


def _written_by_dcmqi(nrrd: Path, images: Path, work: Path) -> dict[str, tuple[Path, bool]]:
    def code(value: str, meaning: str) -> dict[str, str]:
        return {"CodeValue": value, "CodingSchemeDesignator": "SCT", "CodeMeaning": meaning}

    about = {
        "ContentCreatorName": "m", "ClinicalTrialSeriesID": "1", "ClinicalTrialTimePointID": "1",
        "SeriesDescription": "s", "SeriesNumber": "1", "InstanceNumber": "1", "BodyPartExamined": "",
        "segmentAttributes": [
            [
                {
                    "labelID": number, "SegmentDescription": name, "SegmentLabel": name, "SegmentAlgorithmType": "MANUAL",
                    "SegmentedPropertyCategoryCodeSequence": code(*category),
                    "SegmentedPropertyTypeCodeSequence": code(*kind),
                }
                for number, name, category, kind in [
                    (1, "Lesion 1", ("49755003", "Morphologically Abnormal Structure"), ("108369006", "Neoplasm")),
                    (2, "Liver", ("123037004", "Anatomical Structure"), ("10200004", "Liver")),
                ]
            ]
        ],
    }  # fmt: skip
    (work / "about.json").write_text(json.dumps(about))
    path = work / "dcmqi.dcm"
    program = Path(dcmqi.__file__).parent / "bin" / "itkimage2segimage"
    subprocess.run(
        [program, "--inputImageList", nrrd, "--inputDICOMDirectory", images, "--inputMetadata", work / "about.json",
         "--outputDICOM", path, "--skip", "1"],
        check=True, capture_output=True,
    )  # fmt: skip
    return {"dcmqi": (path, False)}


def main() -> int:
    work = Path(sys.argv[1])
    volume = series.Volume(np.full((NZ, NY, NX), -800, np.int16), SPACING, FIRST, [-7 + STEP * k for k in range(NZ)])
    images = series.write(volume, work / "ct")
    labels = np.where(LESION, 1, np.where(LIVER, 2, 0)).astype(np.uint8)
    image = SimpleITK.GetImageFromArray(labels)
    image.SetSpacing((*SPACING, STEP))
    image.SetOrigin((*FIRST, -7.0))
    written: dict[str, tuple[Path, bool]] = _written_by_highdicom(images, work)
    for name in ("itk.nrrd", "itk.nii.gz"):
        SimpleITK.WriteImage(image, work / name, True)
        written[f"SimpleITK {name}"] = (work / name, False)
    # Stored from left to right and from head to feet.
    affine = np.array(
        [[1.5, 0, 0, 30 - 1.5 * (NX - 1)], [0, -1.25, 0, -12], [0, 0, -2.5, -7 + STEP * (NZ - 1)], [0, 0, 0, 1]]
    )
    nibabel.save(nibabel.Nifti1Image(labels.transpose(2, 1, 0)[::-1, :, ::-1], affine), work / "nibabel.nii.gz")
    written["nibabel"] = (work / "nibabel.nii.gz", False)
    written |= _written_by_dcmqi(work / "itk.nrrd", work / "ct", work)
    names = work / "names.json"
    names.write_text(json.dumps({"1": "Lesion 1", "2": "Liver"}))
    wrong = 0
    for name, (path, overlaps) in written.items():
        found = _measured(path, names, work)
        liver = LIVER if overlaps else LIVER & ~LESION
        expected = {"Lesion 1": LESION.sum() * VOXEL, "Liver": liver.sum() * VOXEL}
        off = max(abs(found[key][0] / expected[key] - 1) for key in expected)
        away = max(abs(a - b) for a, b in zip(found["Lesion 1"][1], CENTRE, strict=True))
        good = off <= TOLERANCE and away <= 1e-6
        wrong += not good
        print(f"{'ok   ' if good else 'WRONG'} {name}: volumes off by {off:.1e}, the lesion by {away:.1e} mm")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
