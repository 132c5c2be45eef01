# SPDX-License-Identifier: Apache-2.0
"""Contours as a union of slabs, written from the design text with shapely and independent of the Swift code.

Lengths are millimetres in DICOM patient coordinates (LPS); volumes are cubic centimetres.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement, pairwise
from pathlib import Path
from statistics import median_low
from typing import NamedTuple

import numpy as np
import pydicom
import shapely
from shapely.ops import polygonize

SAME_PLANE_MM = 0.01
TIE_MM = 1e-9  # contour points have decimals, so that equal lengths are equal but for rounding
GAP_FACTOR = 1.5  # over this many nominal spacings two planes are no longer neighbours
END_REACH = {"half": 0.5, "none": 0.0, "full": 1.0}  # shares of the local spacing beyond an end plane


def odd(points: np.ndarray, rings: list[np.ndarray]) -> np.ndarray:
    """Whether each point lies inside an odd number of the rings, by crossings of a ray towards +x."""
    inside = np.zeros(len(points), bool)
    x, y = points[:, :1], points[:, 1:]
    for a in rings:
        b = np.roll(a, -1, axis=0)
        crosses = (a[:, 1] > y) != (b[:, 1] > y)
        with np.errstate(divide="ignore", invalid="ignore"):
            at = a[:, 0] + (y - a[:, 1]) * (b[:, 0] - a[:, 0]) / (b[:, 1] - a[:, 1])
        inside ^= np.count_nonzero(crosses & (x < at), axis=1) % 2 == 1
    return inside


def edges(ring: np.ndarray) -> frozenset:
    """What is the same for equal rings, wherever they start and whichever way they run."""
    points = list(map(tuple, ring.tolist()))
    return frozenset(frozenset(edge) for edge in zip(points, points[1:] + points[:1]))


def even_odd(rings: list[np.ndarray]) -> shapely.Geometry:
    """The area of one plane: the faces of the arrangement of all rings that an odd number of rings enclose.

    One rule for holes, islands, keyholes and rings that cross themselves or each other. A ring drawn twice
    counts once: taken literally, the two would leave nothing.
    """
    rings = list({edges(r): r for r in rings}.values())
    lines = [shapely.LinearRing(r) for r in rings if len(np.unique(r, axis=0)) > 2]
    faces = list(polygonize(shapely.unary_union(lines))) if lines else []
    if not faces:
        return shapely.Polygon()
    probes = shapely.get_coordinates([f.representative_point() for f in faces])
    return shapely.union_all([f for f, keep in zip(faces, odd(probes, rings)) if keep])


class Slab(NamedTuple):
    z: float
    lower: float
    upper: float
    region: shapely.Geometry


@dataclass
class Roi:
    """A region of interest with its closed rings by plane."""

    name: str
    number: int
    planes: list[tuple[float, list[np.ndarray]]]

    @cached_property
    def regions(self) -> list[tuple[float, shapely.Geometry]]:
        """The planes that hold any area."""
        return [(z, region) for z, rings in self.planes if (region := even_odd(rings)).area > 0]

    def slabs(self, end_cap: str = "half", alone: float | None = None) -> list[Slab]:
        """Each plane over the range half-way to its neighbours; `alone` is the thickness of a single plane."""
        regions = self.regions
        steps = [b - a for (a, _), (b, _) in pairwise(regions)]
        if not regions or not (steps or alone):
            return []
        nominal = median_low(steps) if steps else alone  # one that occurs, even where every second plane is missing
        # Across missing planes each side ends half a nominal spacing beyond its plane.
        local = [s if s <= GAP_FACTOR * nominal * (1 + 1e-9) else nominal for s in steps] or [nominal]
        reach = END_REACH[end_cap]
        halves = [local[0] * reach, *(s / 2 for s in local if steps), local[-1] * reach]
        return [
            Slab(z, z - halves[i], z + halves[i + 1], region) for i, (z, region) in enumerate(regions)
        ]


def read(path: Path) -> list[Roi]:
    """The ROIs of an RT Structure Set that have closed contours, in the file's order."""
    dataset = pydicom.dcmread(path, force=True)
    contours = {int(c.ReferencedROINumber): c for c in dataset.get("ROIContourSequence") or []}
    rois = []
    for item in dataset.StructureSetROISequence:
        number = int(item.ROINumber)
        rings = []
        for contour in (number in contours and contours[number].get("ContourSequence")) or []:
            points = np.array(contour.get("ContourData") or [], float).reshape(-1, 3)
            if contour.ContourGeometricType.startswith("CLOSED") and len(points) > 2:
                rings.append((points[0, 2], points[:, :2]))
        planes: list[tuple[float, list[np.ndarray]]] = []
        for z, ring in sorted(rings, key=lambda r: r[0]):
            if not planes or z - planes[-1][0] >= SAME_PLANE_MM:
                planes.append((float(z), []))
            planes[-1][1].append(ring)
        if planes:
            rois.append(Roi(str(item.get("ROIName", "")), number, planes))
    return rois


def volume_cc(slabs: list[Slab]) -> float:
    return sum(s.region.area * (s.upper - s.lower) for s in slabs) / 1000


def diameters(slabs: list[Slab]) -> tuple[float, list[float], float]:
    """Longest axial diameter, short axis and greatest 3-D diameter, between contour points.

    The longest diameter joins any two contour points of one plane, islands included; the greatest joins any two.
    The short axis is perpendicular to the longest diameter in its plane. Where several pairs of points tie for
    the longest, on drawings that follow pixels for one, each has a short axis of its own: all are given.
    """
    hulls = [shapely.get_coordinates(s.region.convex_hull)[:-1] for s in slabs]
    longest: list[tuple[float, int, np.ndarray]] = []
    greatest = 0.0
    for (i, a), (j, b) in combinations_with_replacement(enumerate(hulls), 2):
        between = a[:, None, :] - b[None, :, :]
        planar = np.hypot(between[..., 0], between[..., 1])
        greatest = max(greatest, float(np.hypot(planar.max(), slabs[i].z - slabs[j].z)))
        if i == j:
            ties = np.argwhere(planar > planar.max() - TIE_MM)
            longest += [(float(planar[m, n]), i, between[m, n]) for m, n in ties if m < n]
    length = max(d for d, _, _ in longest)
    shorts = {round(short_axis(slabs[i].region, v), 6) for d, i, v in longest if d > length - TIE_MM}
    return length, sorted(shorts), greatest


def short_axis(region: shapely.Geometry, longest: np.ndarray) -> float:
    """Of all lines perpendicular to the longest diameter, the greatest extent between the outermost points where
    one meets the region. That extent is linear between neighbouring vertices, so lines through them are enough.
    """
    across = np.array([-longest[1], longest[0]]) * 2  # reaches past the region from any of its points
    corners = np.unique(shapely.get_coordinates(region), axis=0)
    cuts = shapely.intersection(shapely.linestrings(np.stack([corners - across, corners + across], 1)), region)
    # The vertex itself is added, for rounding may let a line miss the very corner it is drawn through.
    points = (np.vstack([shapely.get_coordinates(cut), corner]) for corner, cut in zip(corners, cuts))
    return max(float(np.ptp(p @ across)) for p in points) / float(np.hypot(*across))


def clearance(a: list[Slab], b: list[Slab]) -> float:
    """The least distance of two unions of slabs: over pairs of slabs, √(gap in z ² + planar distance ²)."""
    best = np.inf
    for bound, gap, i, j in pairs(a, b):
        if bound >= best:
            break
        best = min(best, float(np.hypot(gap, a[i].region.distance(b[j].region))))
    return best


def pairs(a: list[Slab], b: list[Slab]):
    """Pairs of slabs by the distance of their boxes, the least first: a lower bound of their own distance."""
    boxes = [
        np.array([(*s.region.bounds[:2], s.lower, *s.region.bounds[2:], s.upper) for s in solid])
        for solid in (a, b)
    ]
    first, second = boxes[0][:, None, :], boxes[1][None, :, :]
    apart = np.maximum(0, np.maximum(second[..., :3] - first[..., 3:], first[..., :3] - second[..., 3:]))
    bounds = np.sqrt((apart**2).sum(-1))
    for flat in np.argsort(bounds, axis=None, kind="stable"):
        i, j = np.unravel_index(flat, bounds.shape)
        yield bounds[i, j], apart[i, j, 2], i, j


def overlap_cc(a: list[Slab], b: list[Slab]) -> float:
    """The volume that two unions of slabs share."""
    return sum(
        s.region.intersection(t.region).area * (min(s.upper, t.upper) - max(s.lower, t.lower))
        for s in a
        for t in b
        if min(s.upper, t.upper) > max(s.lower, t.lower) and s.region.intersects(t.region)
    ) / 1000


def filled(slab: Slab) -> list[shapely.Polygon]:
    """The outlines of a slab's islands without their holes."""
    polygons = (p for p in shapely.get_parts(slab.region) if p.geom_type == "Polygon")
    return [shapely.Polygon(p.exterior) for p in polygons]


def outside(slabs: list[Slab], margin: float = 1000) -> list[Slab]:
    """What lies around a solid whose holes are filled, as far as the margin: its depth is the distance to this."""
    bodies = [s._replace(region=shapely.union_all(filled(s))) for s in slabs]
    frame = shapely.box(*shapely.total_bounds([s.region for s in bodies])).buffer(margin, join_style="mitre")
    around = [s._replace(region=frame.difference(s.region)) for s in bodies]
    # Below, above and where planes are missing, everything is outside.
    edges = [-np.inf, *(z for s in bodies for z in (s.lower, s.upper)), np.inf]
    for lower, upper in zip(edges[::2], edges[1::2]):
        if upper - lower > 1e-6:
            around.append(Slab(np.nan, lower, upper, frame))
    return around
