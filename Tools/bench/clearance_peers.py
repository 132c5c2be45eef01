# SPDX-License-Identifier: Apache-2.0
"""Clearances between lesions and structures: oligoplan, shapely over the same slab pairs, SimpleITK's maps."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from math import ceil, sqrt
from pathlib import Path

import numpy as np
import shapely
import SimpleITK as sitk

import slabs as model
import voxels
from tables import Table, number
from timing import Cost, Line, benchmark, inside, once, report

SHAPELY_FACTOR = 40
MAPS_FACTOR = 1000
PITCH_MM = 1.0
MAP_RUNS = 3  # at most, for all the maps together take minutes
SHOWN_WITHIN_MM = 30
SAME_MODEL_MM = 0.01  # see geometry.py
# A voxel belongs to a solid when its centre does: each side adds at most the long diagonal of one voxel.
COUNT_MM = 2 * sqrt(3) * PITCH_MM

Pair = tuple[str, str]  # a lesion's and a structure's ROI


@dataclass
class Scene:
    """The ROIs as slabs with the default end caps, and which of them are measured against each other."""

    rois: dict[str, model.Roi]
    slabs: dict[str, list[model.Slab]]
    pairs: list[Pair]


def told_pairs(folder: Path, work: Path) -> dict[Pair, float]:
    """The clearances of `oligoplan measure` between ROIs of the file; derived structures are not among them."""
    program, case, output = os.environ["OLIGOPLAN"], work / "case.json", work / "measurements.json"
    once([program, "import", "--structures", folder / "structures.dcm", "-o", case], None)
    once([program, "measure", "--format", "json", case], output)
    measured = json.loads(output.read_text(encoding="utf-8"))
    sources = {s["name"]: s["sourceName"] for s in measured["structures"] if not s["derived"]}
    return {
        (lesion["sourceName"], sources[c["structure"]]): c["distanceMM"]
        for lesion in measured["lesions"]
        for c in lesion["clearances"]
        if not c["derived"]
    }


def growing_gaps(a: list[model.Slab], b: list[model.Slab]) -> Iterator[tuple[int, int, float]]:
    """Every pair of slabs with the gap in z between them, the least gap first."""
    lower_a, upper_a, lower_b, upper_b = (
        np.array([getattr(s, edge) for s in solid]) for solid in (a, b) for edge in ("lower", "upper")
    )
    gaps = np.maximum(lower_b[None, :] - upper_a[:, None], lower_a[:, None] - upper_b[None, :]).clip(min=0)
    for flat in np.argsort(gaps, axis=None, kind="stable"):
        i, j = divmod(int(flat), len(b))
        yield i, j, float(gaps[i, j])


def by_gap(a: list[model.Slab], b: list[model.Slab]) -> tuple[float, list[tuple[int, int, float]]]:
    """The clearance as the design text has it, and the slab pairs that it measures: by growing gap, until the gap
    alone is beyond the best."""
    best, visited = np.inf, []
    for i, j, gap in growing_gaps(a, b):
        if gap >= best:
            break
        visited.append((i, j, gap))
        best = min(best, float(np.hypot(gap, shapely.distance(a[i].region, b[j].region))))
    return best, visited


class Polygons:
    """shapely's side. The slabs are built beforehand; only finding the distance is timed."""

    def __init__(self, scene: Scene):
        self.scene = scene
        self.stacks = []
        for lesion, structure in scene.pairs:
            a, b = scene.slabs[lesion], scene.slabs[structure]
            first, second, gaps = zip(*by_gap(a, b)[1])
            regions = np.array([s.region for s in a])[list(first)], np.array([s.region for s in b])[list(second)]
            self.stacks.append((*regions, np.array(gaps)))
        self.count = sum(len(gaps) for *_, gaps in self.stacks)

    def same_pairs(self) -> dict[Pair, float]:
        """One call for all slab pairs of a clearance: no loop in Python, and no search for the pairs."""
        found = (float(np.hypot(gaps, shapely.distance(a, b)).min()) for a, b, gaps in self.stacks)
        return dict(zip(self.scene.pairs, found))

    def each(self, distance) -> dict[Pair, float]:
        return {(a, b): distance(self.scene.slabs[a], self.scene.slabs[b]) for a, b in self.scene.pairs}


class Maps:
    """SimpleITK's side: distance maps of structures, asked for the least value in lesions.

    A map is cropped to the structure and the lesions that it is asked for, and the masks are made beforehand.
    """

    def __init__(self, scene: Scene):
        self.scene = scene

    def box(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        slabs = self.scene.slabs[name]
        low_x, low_y, high_x, high_y = shapely.total_bounds([s.region for s in slabs])
        return np.array([low_x, low_y, slabs[0].lower]), np.array([high_x, high_y, slabs[-1].upper])

    def mask(self, name: str, low: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
        filled = np.zeros(shape, np.uint8)
        rings = dict(self.scene.rois[name].planes)
        for slab in self.scene.slabs[name]:
            first, last = (min(max(ceil((z - low[2]) / PITCH_MM - 0.5), 0), shape[0]) for z in slab[1:3])
            if last > first:
                filled[first:last] |= voxels.bitmap(rings[slab.z], low[:2], shape[1:], PITCH_MM)
        return filled

    def one(self, name: str, asked: list[str], runs: int) -> tuple[Cost, dict[Pair, float]]:
        """One map and the distances of some lesions from it."""
        boxes = [self.box(n) for n in (name, *asked)]
        low, high = np.min([b[0] for b in boxes], axis=0), np.max([b[1] for b in boxes], axis=0)
        shape = tuple(ceil(n / PITCH_MM) for n in (high - low)[::-1])
        image = sitk.GetImageFromArray(self.mask(name, low, shape))
        image.SetSpacing([PITCH_MM] * 3)
        masks = {lesion: np.flatnonzero(self.mask(lesion, low, shape)) for lesion in asked}

        def work() -> dict[Pair, float]:
            distances = sitk.SignedMaurerDistanceMap(
                image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
            )
            flat = sitk.GetArrayViewFromImage(distances).reshape(-1)
            return {(lesion, name): max(float(flat[mask].min()), 0.0) for lesion, mask in masks.items()}

        return inside(work, runs, warm=False)

    def each_pair(self, runs: int) -> tuple[Cost, dict[Pair, float]]:
        """A map for every clearance, as when each is asked for by itself; the smallest maps."""
        return self.all([(structure, [lesion]) for lesion, structure in self.scene.pairs], runs)

    def each_structure(self, runs: int) -> tuple[Cost, dict[Pair, float]]:
        """A map for every structure, shared by all lesions."""
        lesions: dict[str, list[str]] = {}
        for lesion, structure in self.scene.pairs:
            lesions.setdefault(structure, []).append(lesion)
        return self.all(list(lesions.items()), runs)

    def all(self, maps: list[tuple[str, list[str]]], runs: int) -> tuple[Cost, dict[Pair, float]]:
        costs, found = zip(*(self.one(name, asked, runs) for name, asked in maps))
        return reduce(Cost.plus, costs), {pair: d for part in found for pair, d in part.items()}


def agreement(pairs: list[Pair], opinions: dict[str, dict[Pair, float]]) -> tuple[Table, bool]:
    """Distances by each program; the first program is held against the others."""
    (first, mine), *others = opinions.items()
    near = sorted((p for p in pairs if mine[p] <= SHOWN_WITHIN_MM), key=lambda p: mine[p])
    rows = [[f"{a} – {b}", *(number(o[a, b]) for o in opinions.values())] for a, b in near]
    table = Table(f"Clearances within {SHOWN_WITHIN_MM} mm, mm", ["pair", *opinions], rows)
    ok = True
    for name, theirs in others:
        # A count's distance is that of centres, never below the solids'.
        low, high = (-SAME_MODEL_MM, COUNT_MM) if name == "SimpleITK" else (-SAME_MODEL_MM, SAME_MODEL_MM)
        differences = [theirs[p] - mine[p] for p in pairs]
        within = all(low <= d <= high for d in differences)
        ok &= within
        table.notes.append(
            f"{name} less {first}, all {len(pairs)} pairs: {min(differences):+.4f} to {max(differences):+.4f} mm, "
            f"median {float(np.median(differences)):+.4f}; allowed {low:+.2f} to {high:+.2f}: "
            + ("ok" if within else "FAIL")
        )
    return table, ok


def run(folder: Path, work: Path, runs: int, peers_only: bool) -> tuple[list[Table], bool]:
    """The tables, and whether the programs agree and the factors that are asked for were reached."""
    lines, mine = [], None
    measured = told_pairs(folder, work)
    if not peers_only:
        mine, told = benchmark("clearances", folder)
        measured = {(p["lesion"], p["structure"]): p["distanceMM"] for p in told["pairs"]}
        lines.append(Line("oligoplan: clearances in its process", mine))
    rois = {r.name: r for r in model.read(folder / "structures.dcm")}
    needed = {name for pair in measured for name in pair}
    scene = Scene(rois, {name: rois[name].slabs() for name in needed}, list(measured))

    polygons = Polygons(scene)
    cost, same = inside(polygons.same_pairs, runs)
    lines.append(Line(f"shapely: the same {polygons.count} slab pairs, one call a clearance", cost, SHAPELY_FACTOR))
    cost, _ = inside(lambda: polygons.each(lambda a, b: by_gap(a, b)[0]), runs)
    lines.append(Line("shapely: finding them by growing gap, one call a slab pair", cost))
    cost, _ = inside(lambda: polygons.each(model.clearance), runs)
    lines.append(Line("shapely: by growing distance of boxes, one call a slab pair", cost))

    maps, map_runs = Maps(scene), min(runs, MAP_RUNS)
    cost, counted = maps.each_pair(map_runs)
    lines.append(Line(f"SimpleITK: distance maps at {PITCH_MM:g} mm, one a clearance", cost, MAPS_FACTOR))
    cost, _ = maps.each_structure(map_runs)
    lines.append(Line(f"SimpleITK: distance maps at {PITCH_MM:g} mm, one a structure", cost))

    lesions, structures = (len({pair[i] for pair in scene.pairs}) for i in (0, 1))
    title = f"{len(scene.pairs)} clearances of {folder.name}: {lesions} lesions, {structures} structures"
    table, reached = report(title, lines, mine)
    distances, agreed = agreement(scene.pairs, {"oligoplan": measured, "shapely": same, "SimpleITK": counted})
    return [table, distances], reached and agreed
