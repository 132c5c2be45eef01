# SPDX-License-Identifier: Apache-2.0
"""The same solids as voxels: volumes and distances by SimpleITK, with what sampling can cost.

The masks are turned in the plane against the drawing. Straight edges along x or y would otherwise run along
rows of voxels and err by whole rows, where a turned edge cuts voxels at random and its errors cancel.
"""

from dataclasses import dataclass
from math import ceil, cos, sin, sqrt

import numpy as np
import SimpleITK as sitk

from slabs import Roi, Slab

TURN = 0.5535743588970452  # radians; the slope is the golden ratio's inverse, which no grid direction comes near
LESION_PITCH_MM = 0.25
STRUCTURE_PITCH_MM = 0.5
REACH_MM = 15.0  # how far around a lesion distances are measured

# A voxel belongs to a solid when its centre does, so the distance of two centres is never below the distance
# of the solids. It exceeds it by at most one long diagonal of a voxel on each side: the ball whose radius is
# half a diagonal, laid inside the solid against its nearest point, always holds a centre.
DISTANCE_TOLERANCE_MM = 2 * sqrt(3) * LESION_PITCH_MM


def turned(rings: list[np.ndarray]) -> list[np.ndarray]:
    matrix = np.array([[cos(TURN), sin(TURN)], [-sin(TURN), cos(TURN)]])
    return [ring @ matrix for ring in rings]


def bitmap(rings: list[np.ndarray], low: np.ndarray, shape: tuple[int, int], pitch: float) -> np.ndarray:
    """The even-odd fill of rings at the centres of a grid, rows along y: each edge toggles what lies beyond it."""
    a = np.concatenate(rings)
    b = np.concatenate([np.roll(r, -1, axis=0) for r in rings])
    a, b = (a - low) / pitch - 0.5, (b - low) / pitch - 0.5  # the first centre is now the origin
    first = np.clip(np.ceil(np.minimum(a[:, 1], b[:, 1])), 0, shape[0]).astype(int)
    last = np.clip(np.ceil(np.maximum(a[:, 1], b[:, 1])), 0, shape[0]).astype(int)
    edge = np.repeat(np.arange(len(a)), last - first)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(last - first) - last, last - first)
    a, b = a[edge], b[edge]
    column = np.ceil(a[:, 0] + (row - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1]))
    toggles = np.zeros((shape[0], shape[1] + 1), np.int32)
    np.add.at(toggles, (row, np.clip(column, 0, shape[1]).astype(int)), 1)
    return (np.cumsum(toggles, axis=1)[:, :-1] % 2).astype(np.uint8)


@dataclass
class Counted:
    """A volume by counting voxels and what the count may be off."""

    volume_cc: float
    tolerance_cc: float


def counted(roi: Roi, slabs: list[Slab], pitch: float) -> Counted:
    """Counts pixels of every plane, labelled by the plane's thickness, with SimpleITK's label statistics."""
    rings = dict((z, turned(r)) for z, r in roi.planes)
    points = np.concatenate([r for s in slabs for r in rings[s.z]])
    low = points.min(axis=0)
    shape = tuple(int(n) + 1 for n in np.ceil((points.max(axis=0) - low) / pitch))[::-1]
    thicknesses = sorted({round(s.upper - s.lower, 6) for s in slabs})
    labels = np.zeros((len(slabs), *shape), np.uint8)
    tolerance = 0.0
    for layer, s in enumerate(slabs):
        mask = bitmap(rings[s.z], low, shape, pitch)
        labels[layer] = mask * (1 + thicknesses.index(round(s.upper - s.lower, 6)))
        # Four standard deviations of the count when every cut pixel errs evenly by up to half of itself. Planes
        # are often alike, so their errors are added, not averaged.
        framed = np.pad(mask, 1).astype(np.int8)
        cut = np.abs(np.diff(framed, axis=0)).sum() + np.abs(np.diff(framed, axis=1)).sum()
        tolerance += 4 * sqrt(int(cut) / 12) * pitch**2 * (s.upper - s.lower)
    statistics = sitk.LabelShapeStatisticsImageFilter()
    statistics.ComputeOrientedBoundingBoxOff()
    statistics.Execute(sitk.GetImageFromArray(labels))
    volume = sum(
        statistics.GetNumberOfPixels(label) * thicknesses[label - 1] for label in statistics.GetLabels()
    )
    return Counted(volume * pitch**2 / 1000, tolerance / 1000)


class Surroundings:
    """The distance map around one lesion, asked for the nearest voxel of each structure."""

    def __init__(self, roi: Roi, slabs: list[Slab]):
        points = np.concatenate([r for _, rings in roi.planes for r in turned(rings)])
        low = np.array([*points.min(axis=0), slabs[0].lower]) - REACH_MM
        high = np.array([*points.max(axis=0), slabs[-1].upper]) + REACH_MM
        self.low = low
        self.shape = tuple(ceil(n) for n in ((high - low) / LESION_PITCH_MM)[::-1])
        image = sitk.GetImageFromArray(self.mask(roi, slabs))
        image.SetSpacing([LESION_PITCH_MM] * 3)
        self.map = sitk.SignedMaurerDistanceMap(
            image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
        )

    def mask(self, roi: Roi, slabs: list[Slab]) -> np.ndarray:
        rings = dict(roi.planes)
        voxels = np.zeros(self.shape, np.uint8)
        for s in slabs:
            first, last = (
                min(max(ceil((z - self.low[2]) / LESION_PITCH_MM - 0.5), 0), self.shape[0])
                for z in (s.lower, s.upper)
            )
            if last > first:
                voxels[first:last] |= bitmap(turned(rings[s.z]), self.low[:2], self.shape[1:], LESION_PITCH_MM)
        return voxels

    def distance(self, roi: Roi, slabs: list[Slab]) -> float | None:
        """The distance of the nearest centres, 0 when they overlap; `None` beyond the reach of the map."""
        mask = self.mask(roi, slabs)
        if not mask.any():
            return None
        nearest = float(sitk.GetArrayViewFromImage(self.map)[mask > 0].min())
        return max(nearest, 0.0) if nearest <= REACH_MM else None
