# SPDX-License-Identifier: Apache-2.0
"""A slow, dense reference for margins, independent of the Swift code: the body between planes, grown by a ball.

The body is where the signed distances of the planes' polygons, taken linearly between neighbouring planes, are
not outside. Beyond an end plane lies a cap of 0.75 spacings: an inset that follows half an ellipse, so that a disc's
cap holds what half a slab does. The margin is every point within the radius of the body.

Nothing is decided by whether a voxel's centre lies inside: the surface is a cloud of points on it, much denser than
the margin is wide, and a cell at the rim counts by the share that a plane through it would leave. The cloud's points
are at most a pitch apart each way, so distances to flat parts err by less than pitch² / (4 · margin): 0.006 mm.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.ndimage import distance_transform_edt
from scipy.spatial import cKDTree

from margin_shapes import Stack

CAP = 0.75  # of the spacing
PITCH_MM = 0.5
LEVELS = 4  # between neighbouring planes, and in a cap
RIM_MM = 1.5  # around the grown surface, where distances are taken from the cloud; the cells' own are 1 mm off


@dataclass
class Reference:
    body_cc: float
    grown_cc: float


class Lattice:
    """Points at an even pitch over a box in the plane."""

    def __init__(self, low: np.ndarray, high: np.ndarray, pitch: float):
        self.x, self.y = (np.arange(a, b + pitch, pitch) for a, b in zip(low, high))
        grid = np.meshgrid(self.x, self.y)
        self.points = shapely.points(*(g.ravel() for g in grid))
        self.shape = grid[0].shape

    def depth(self, polygon: shapely.Geometry) -> np.ndarray:
        """The exact distance of every point to the polygon's boundary, negative outside."""
        shapely.prepare(polygon)
        inside = shapely.contains(polygon, self.points)
        distance = shapely.distance(polygon.boundary, self.points)
        return np.where(inside, distance, -distance).reshape(self.shape)

    def crossings(self, depth: np.ndarray, z: float) -> np.ndarray:
        """Where lines of the lattice pass through depth 0."""
        found = []
        for axis in (0, 1):
            a, b = (depth[:-1], depth[1:]) if axis == 0 else (depth[:, :-1], depth[:, 1:])
            rows, columns = np.nonzero((a > 0) != (b > 0))
            at = a[rows, columns] / (a[rows, columns] - b[rows, columns])
            x = self.x[columns] + (at * (self.x[1] - self.x[0]) if axis else 0)
            y = self.y[rows] + (0 if axis else at * (self.y[1] - self.y[0]))
            found.append(np.stack([x, y, np.full(len(x), z)], axis=1))
        return np.concatenate(found)


def share(distance: np.ndarray, pitch: float) -> np.ndarray:
    """The share of a cell that lies within a surface, by the signed distance of its centre (outside positive)."""
    return np.clip(0.5 - distance / pitch, 0, 1)


def cap_depths(depth: np.ndarray, height: float):
    """Depths in the cap over an end plane, by their height above it."""
    for level in range(1, LEVELS + 1):
        t = level / LEVELS
        yield t * height, depth - depth.max() * (1 - np.sqrt(max(0.0, 1 - t * t)))


def levels(stack: Stack, lattice: Lattice) -> tuple[np.ndarray, np.ndarray]:
    """The body's depth at growing z: at every plane, between planes and in both caps."""
    zs = [z for z, _ in stack.planes]
    spacing = zs[1] - zs[0]
    depths = [lattice.depth(shapely.Polygon(ring)) for _, ring in stack.planes]
    below = [(zs[0] - h, d) for h, d in cap_depths(depths[0], CAP * spacing)][::-1]
    above = [(zs[-1] + h, d) for h, d in cap_depths(depths[-1], CAP * spacing)]
    middle = []
    for (za, a), (zb, b) in zip(zip(zs, depths), zip(zs[1:], depths[1:])):
        for level in range(LEVELS):
            t = level / LEVELS
            middle.append((za + t * (zb - za), (1 - t) * a + t * b))
    stacked = [*below, *middle, (zs[-1], depths[-1]), *above]
    return np.array([z for z, _ in stacked]), np.array([d for _, d in stacked], np.float32)


def cloud(stack: Stack, lattice: Lattice, z: np.ndarray, depths: np.ndarray, pitch: float) -> np.ndarray:
    """Points on the surface of the body: the drawn contours themselves, for noise has its tips there, then where
    each level's lattice lines cross the surface, and where upright lines do."""
    points = []
    for plane, ring in stack.planes:
        outline = shapely.get_coordinates(shapely.segmentize(shapely.LinearRing(ring), pitch / 2))
        points.append(np.column_stack([outline, np.full(len(outline), plane)]))
    points += [lattice.crossings(d, at) for at, d in zip(z, depths)]
    low, high = depths[:-1], depths[1:]
    k, row, column = np.nonzero((low > 0) != (high > 0))
    at = low[k, row, column] / (low[k, row, column] - high[k, row, column])
    points.append(np.column_stack([lattice.x[column], lattice.y[row], z[k] + at * (z[k + 1] - z[k])]))
    return np.concatenate(points)


def reference(stack: Stack, margin: float, pitch: float = PITCH_MM) -> Reference:
    corners = np.concatenate([ring for _, ring in stack.planes])
    reach = margin + 2 * RIM_MM
    lattice = Lattice(corners.min(axis=0) - reach, corners.max(axis=0) + reach, pitch)
    z, depths = levels(stack, lattice)
    tree = cKDTree(cloud(stack, lattice, z, depths, pitch))

    # Cells of one pitch in z as well; a layer's depth is taken between the levels beside it.
    layers = np.arange(z[0] - reach, z[-1] + reach, pitch)
    inside = np.zeros((len(layers), *lattice.shape), bool)
    body = 0.0
    for k, at in enumerate(layers):
        if z[0] <= at <= z[-1]:
            above = min(int(np.searchsorted(z, at)), len(z) - 1) or 1
            t = (at - z[above - 1]) / (z[above] - z[above - 1])
            depth = (1 - t) * depths[above - 1] + t * depths[above]
            inside[k] = depth > 0
            body += float(share(-depth, pitch).sum())
    coarse = distance_transform_edt(~inside, sampling=pitch)
    grown = float(np.count_nonzero(coarse < margin - RIM_MM))
    k, row, column = np.nonzero(np.abs(coarse - margin) <= RIM_MM)
    distance, _ = tree.query(np.column_stack([lattice.x[column], lattice.y[row], layers[k]]))
    grown += float(share(distance - margin, pitch).sum())
    return Reference(body * pitch**3 / 1000, grown * pitch**3 / 1000)
