# SPDX-License-Identifier: Apache-2.0
"""What a dose distribution tells about a plan: conformality, organs, and dose against distance from the target."""

import re
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from patient import Lattice, Patient, Target

BOX_MM = 40.0  # around a target, volumes of isodoses are counted on a finer raster
BOX_PITCH_MM = 1.0
SHELL_MM = 2.5
REACH_MM = 100.0
PLANE_MM = 5.0  # in plane: between the target's ends in z, and this far beyond
OFF_MM = 15.0  # off plane: farther beyond those ends than this, where no beam's edge reaches


def sphere_radius_cm(cc: float) -> float:
    return (3 * cc / (4 * np.pi)) ** (1 / 3)


class Dose:
    """A dose in Gy on the patient's lattice; between centres by cubic splines, as small targets need."""

    def __init__(self, values: np.ndarray, patient: Patient):
        self.values, self.patient = values, patient
        self.spline = ndimage.spline_filter(values, order=3)

    def at(self, points: np.ndarray) -> np.ndarray:
        where = self.patient.lattice.indices(points)[:, ::-1].T
        return np.maximum(ndimage.map_coordinates(self.spline, where, order=3, prefilter=False, mode="nearest"), 0)

    def cc_above(self, gray: float, targets: list[Target]) -> float:
        """The body's volume at or above a dose: on a fine raster around the targets, on the lattice elsewhere."""
        lattice, body = self.patient.lattice, self.patient.body
        low = np.min([t.points.min(axis=0) for t in targets], axis=0) - BOX_MM
        high = np.max([t.points.max(axis=0) for t in targets], axis=0) + BOX_MM
        # The box is cut at voxels' faces, so that box and rest leave no gap.
        first = np.maximum(np.floor(lattice.indices(low) + 0.5), 0).astype(int)
        last = np.minimum(np.floor(lattice.indices(high) + 0.5), np.array(lattice.size) - 1).astype(int)
        rest = body.copy()
        rest[first[2] : last[2] + 1, first[1] : last[1] + 1, first[0] : last[0] + 1] = False
        faces = [lattice.origin + lattice.pitch * (edge - 0.5) for edge in (first, last + 1)]
        fine = Lattice.around(*faces, BOX_PITCH_MM)
        inside = fine.fill(self.patient.rois["External"])
        volume = float((self.at(fine.points(inside)) >= gray).sum()) * fine.voxel_cc
        return volume + float((self.values[rest] >= gray).sum()) * lattice.voxel_cc


def scaled(values: np.ndarray, patient: Patient, targets: list[Target], doses: list[float]) -> Dose:
    """A dose scaled so that 95 % of every target's volume has its prescription; the worst target decides."""
    dose = Dose(values, patient)
    factor = max(gray / np.quantile(dose.at(t.points), 0.05) for t, gray in zip(targets, doses))
    return Dose(values * factor, patient)


@dataclass
class Shell:
    """Dose as a share of the prescription at a range of distances from the surface of the target.

    Out of plane begins in the beams' penumbra; off plane, which is part of it, lies beyond.
    """

    plane: str
    lower: float
    upper: float
    voxels: int
    mean: float
    p99: float
    greatest: float


def shells(dose: Dose, targets: list[Target], distance: np.ndarray, prescription: float) -> list[Shell]:
    lattice, body = dose.patient.lattice, dose.patient.body
    covered = np.max([t.share(t.ptv, lattice) for t in targets], axis=0) >= 0.5
    z = lattice.axis(2)
    ends = [(t.points[:, 2].min(), t.points[:, 2].max()) for t in targets]
    gap = np.min([np.maximum(low - z, z - high) for low, high in ends], axis=0)
    found = []
    for plane, chosen in (("in", gap <= PLANE_MM), ("out", gap > PLANE_MM), ("off", gap > OFF_MM)):
        wanted = body & ~covered & chosen[:, None, None]
        at, share = distance[wanted], dose.values[wanted] / prescription
        for lower in np.arange(0, REACH_MM, SHELL_MM):
            values = share[(at >= lower) & (at < lower + SHELL_MM)]
            if len(values):
                found.append(Shell(plane, lower, lower + SHELL_MM, len(values), float(values.mean()),
                                   float(np.quantile(values, 0.99)), float(values.max())))
    return found


def metric(values: np.ndarray, voxel_cc: float, name: str, unit: str | None) -> float | None:
    """A dose–volume metric by its name, such as Dmean, D0.03cc, D5%, V20Gy; `None` for other names.

    A volume is a percentage unless the unit is cc.
    """
    if not len(values):
        return None
    name = name.replace(" ", "").replace("_", "")
    simple = {"dmean": np.mean, "mean": np.mean, "dmax": np.max, "max": np.max, "dmin": np.min}
    if name.lower() in simple:
        return float(simple[name.lower()](values))
    ordered = np.sort(values)[::-1]
    if found := re.fullmatch(r"D([\d.]+)(cc|cm3|cm³|%)", name, re.IGNORECASE):
        amount = float(found[1])
        count = amount / voxel_cc if found[2] != "%" else amount / 100 * len(ordered)
        return float(ordered[min(max(int(np.ceil(count)), 1), len(ordered)) - 1])
    if found := re.fullmatch(r"V([\d.]+)(Gy)?(Percent|cc)?", name, re.IGNORECASE):
        count = int((values >= float(found[1])).sum())
        return count * voxel_cc if "cc" in (unit, found[3]) else 100 * count / len(values)
    return None


def organ(dose: Dose, name: str, lesions: list[Target]) -> np.ndarray:
    """The dose in every voxel of a structure; of lungs, without the lesions that are treated."""
    patient = dose.patient
    lung = name in ("Lungs", "Lungs-GTV", "Lung_L", "Lung_R")
    mask = patient.lungs if name.startswith("Lungs") else patient.mask(name)
    if lung:
        for t in lesions:
            mask = mask & (t.share(t.gtv, patient.lattice) < 0.5)
    return dose.values[mask]


def figures(dose: Dose, targets: list[Target], distance: np.ndarray, doses: list[float]) -> dict[str, float]:
    """The table's quantities. Isodoses and distances are those of the highest prescription."""
    patient, highest = dose.patient, max(doses)
    volume = sum(t.ptv_cc for t in targets)
    half, full = (dose.cc_above(share * highest, targets) for share in (0.5, 1.0))
    inside = np.concatenate([dose.at(t.points) for t in targets])
    lungs = organ(dose, "Lungs", targets)
    far = patient.body & (distance >= 20)
    voxel = patient.lattice.voxel_cc
    return {
        "PTV cc": volume,
        "PTV D95 %": 100 * float(np.quantile(inside, 0.05)) / highest,
        "PTV Dmax %": 100 * float(inside.max()) / highest,
        "R100": full / volume,
        "R50": half / volume,
        "gradient cm": sphere_radius_cm(half) - sphere_radius_cm(full),
        "D2cm %": 100 * float(dose.values[far].max()) / highest,
        "Lungs mean Gy": float(lungs.mean()),
        "Lungs V20 %": metric(lungs, voxel, "V20Gy", "%"),
        "Lungs V5 %": metric(lungs, voxel, "V5Gy", "%"),
        "Heart mean Gy": float(organ(dose, "Heart", targets).mean()) if "Heart" in patient.rois else np.nan,
    }
