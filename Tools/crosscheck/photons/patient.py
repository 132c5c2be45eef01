# SPDX-License-Identifier: Apache-2.0
"""A patient of contours as voxels: a CT of assumed densities, organs, lesions and their planning targets.

Arrays run z, y, x; lengths are millimetres in DICOM patient coordinates (LPS).
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy import ndimage, spatial

import slabs as model
from voxels import bitmap

AIR_HU, LUNG_HU, TISSUE_HU, BONE_HU = -1000, -750, 0, 300
FINE_MM = 0.5  # lesions and targets are drawn on this pitch, whatever the dose grid

# What lies in or beside a lung and is soft tissue; the rest of the body is soft tissue to begin with.
SOLID = ("Heart", "A_", "V_", "PulmonaryVessels", "Trachea", "BronchTree", "Esophagus", "Liver", "Stomach", "Colon",
         "Bowel")
BONE = ("Rib", "Spine", "Vertebra", "VB_", "Bone", "Sternum", "Scapula", "Clavicle")


@dataclass(frozen=True)
class Lattice:
    """Centres of cubic voxels: the first centre, the count along x, y, z, and the pitch."""

    origin: np.ndarray
    size: tuple[int, int, int]
    pitch: float

    @staticmethod
    def around(low: np.ndarray, high: np.ndarray, pitch: float) -> "Lattice":
        size = np.ceil((np.asarray(high) - low) / pitch).astype(int)
        return Lattice(np.asarray(low, float) + pitch / 2, tuple(int(n) for n in size), pitch)

    @property
    def shape(self) -> tuple[int, int, int]:
        return self.size[::-1]

    @property
    def voxel_cc(self) -> float:
        return self.pitch**3 / 1000

    def axis(self, i: int) -> np.ndarray:
        return self.origin[i] + self.pitch * np.arange(self.size[i])

    def points(self, mask: np.ndarray) -> np.ndarray:
        """The centres of a mask's voxels, in the order of `array[mask]`."""
        return np.argwhere(mask)[:, ::-1] * self.pitch + self.origin

    def indices(self, points: np.ndarray) -> np.ndarray:
        """The positions of points in voxels, as x, y, z."""
        return (points - self.origin) / self.pitch

    def fill(self, roi: model.Roi) -> np.ndarray:
        """The voxels whose centres lie in a structure's slabs."""
        rings = dict(roi.planes)
        mask = np.zeros(self.shape, bool)
        z = self.axis(2)
        for s in roi.slabs():
            layers = np.flatnonzero((z >= s.lower) & (z < s.upper))
            if len(layers):
                mask[layers] |= bitmap(rings[s.z], self.origin[:2] - self.pitch / 2, self.shape[1:], self.pitch) > 0
        return mask


def bounds(roi: model.Roi) -> tuple[np.ndarray, np.ndarray]:
    slabs = roi.slabs()
    boxes = np.array([s.region.bounds for s in slabs])
    low, high = boxes.min(axis=0), boxes.max(axis=0)
    return np.array([*low[:2], slabs[0].lower]), np.array([*high[2:], slabs[-1].upper])


def dilated(mask: np.ndarray, axes_mm: list[float], pitch: float) -> np.ndarray:
    """A mask grown by an ellipsoid with these semi-axes along x, y, z."""
    if not any(axes_mm):
        return mask
    sampling = [pitch / max(a, 1e-3) for a in axes_mm[::-1]]
    return ndimage.distance_transform_edt(~mask, sampling=sampling) <= 1


@dataclass
class Target:
    """A lesion and the planning target around it, both on the fine lattice."""

    name: str
    lattice: Lattice
    gtv: np.ndarray
    ptv: np.ndarray

    @property
    def ptv_cc(self) -> float:
        return float(self.ptv.sum()) * self.lattice.voxel_cc

    @cached_property
    def points(self) -> np.ndarray:
        return self.lattice.points(self.ptv)

    @cached_property
    def surface(self) -> spatial.cKDTree:
        return spatial.cKDTree(self.lattice.points(self.ptv & ~ndimage.binary_erosion(self.ptv)))

    def share(self, which: np.ndarray, coarse: Lattice) -> np.ndarray:
        """How much of every coarse voxel a fine mask fills, from 0 to 1."""
        at = np.floor(coarse.indices(self.lattice.points(which)) + 0.5).astype(int)
        counts = np.zeros(coarse.shape)
        np.add.at(counts, tuple(at[:, ::-1].T), 1)
        return np.minimum(counts * (self.lattice.pitch / coarse.pitch) ** 3, 1)

    def distances(self, points: np.ndarray, reach: float) -> np.ndarray:
        """How far points lie from the target's surface: 0 within the target, infinite beyond the reach."""
        found, _ = self.surface.query(points, distance_upper_bound=reach)
        found = np.maximum(found - self.lattice.pitch / 2, 0)
        at = np.floor(self.lattice.indices(points) + 0.5).astype(int)
        near = np.flatnonzero(((at >= 0) & (at < self.lattice.size)).all(axis=1))
        found[near[self.ptv[tuple(at[near, ::-1].T)]]] = 0
        return found


@dataclass
class Patient:
    """The contours of one file on a dose grid."""

    rois: dict[str, model.Roi]
    pitch: float
    lattice: Lattice = field(init=False)
    _masks: dict[str, np.ndarray] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        low, high = bounds(self.rois["External"])
        self.lattice = Lattice.around(low - self.pitch, high + self.pitch, self.pitch)

    @staticmethod
    def read(path: Path, pitch: float) -> "Patient":
        return Patient({r.name: r for r in model.read(path)}, pitch)

    def mask(self, name: str) -> np.ndarray:
        if name not in self._masks:
            self._masks[name] = self.lattice.fill(self.rois[name])
        return self._masks[name]

    def union(self, prefixes: tuple[str, ...]) -> np.ndarray:
        found = np.zeros(self.lattice.shape, bool)
        for name in self.rois:
            if name.startswith(prefixes):
                found |= self.mask(name)
        return found

    @property
    def body(self) -> np.ndarray:
        return self.mask("External")

    @cached_property
    def lungs(self) -> np.ndarray:
        return self.mask("Lung_L") | self.mask("Lung_R")

    @property
    def lesions(self) -> list[str]:
        return [name for name in self.rois if re.fullmatch(r"[LT]\d+", name)]

    def hounsfield(self) -> np.ndarray:
        """Soft tissue unless told otherwise, as nothing is known of a contour but its name."""
        hu = np.where(self.body, TISSUE_HU, AIR_HU).astype(np.float32)
        hu[self.lungs] = LUNG_HU
        hu[self.union(SOLID)] = TISSUE_HU
        hu[self.union(BONE)] = BONE_HU
        for name in self.lesions:
            hu[self.mask(name)] = TISSUE_HU
        hu[~self.body] = AIR_HU
        return hu

    def target(self, name: str, margins_mm: list[list[float]]) -> Target:
        low, high = bounds(self.rois[name])
        room = np.sum(margins_mm, axis=0) + 2
        lattice = Lattice.around(low - room, high + room, FINE_MM)
        gtv = lattice.fill(self.rois[name])
        ptv = gtv
        for axes in margins_mm:
            ptv = dilated(ptv, axes, FINE_MM)
        return Target(name, lattice, gtv, ptv)
