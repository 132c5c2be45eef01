# SPDX-License-Identifier: Apache-2.0
"""A 10 mm margin of a heart-sized body on 2 mm planes: oligoplan, SimpleITK's Maurer map, and a dense reference."""

from pathlib import Path

import numpy as np
import SimpleITK as sitk

import voxels
from margin_reference import PITCH_MM, reference
from margin_shapes import SPACING_MM, Stack, stacks
from tables import Table, number
from timing import Cost, Line, benchmark, inside, report

MARGIN_MM = 10.0
MAPS_FACTOR = 3
PLANAR_PITCH_MM = 1.0
REFERENCE_SHARE = 0.003
LEAST_RUNS = 15  # the map takes some 20 ms, and its threads make it vary


def mask(stack: Stack) -> np.ndarray:
    """The body at 1 mm in the plane and its own planes, cropped to the margin around it."""
    corners = np.concatenate([ring for _, ring in stack.planes])
    low, high = corners.min(axis=0) - MARGIN_MM - PLANAR_PITCH_MM, corners.max(axis=0) + MARGIN_MM + PLANAR_PITCH_MM
    shape = tuple(int(n) for n in np.ceil((high - low) / PLANAR_PITCH_MM))[::-1]
    beyond = np.zeros((int(np.ceil(MARGIN_MM / SPACING_MM)) + 1, *shape), np.uint8)
    layers = [voxels.bitmap([ring], low, shape, PLANAR_PITCH_MM) for _, ring in stack.planes]
    return np.concatenate([beyond, layers, beyond])


def by_map(stack: Stack, runs: int) -> tuple[Cost, float, float]:
    """The cost of the map and its threshold, and the volumes of the body and of the grown body."""
    image = sitk.GetImageFromArray(mask(stack))
    image.SetSpacing([PLANAR_PITCH_MM, PLANAR_PITCH_MM, SPACING_MM])

    def work() -> sitk.Image:
        distances = sitk.SignedMaurerDistanceMap(
            image, insideIsPositive=False, squaredDistance=False, useImageSpacing=True
        )
        return sitk.BinaryThreshold(distances, upperThreshold=MARGIN_MM, lowerThreshold=-1e9)

    cost, grown = inside(work, runs)
    cell = PLANAR_PITCH_MM**2 * SPACING_MM / 1000
    volumes = (float(sitk.GetArrayViewFromImage(i).sum(dtype=np.int64)) * cell for i in (image, grown))
    return cost, *volumes


def run(work: Path, runs: int, peers_only: bool) -> tuple[list[Table], bool]:
    """The tables, and whether the factor and the closeness to the reference that are asked for were reached."""
    tables, ok = [], True
    volumes = Table(
        f"Volumes with a margin of {MARGIN_MM:g} mm, cc",
        ["contours", "program", "body", "of the reference", "with margin", "of the reference", ""],
    )
    for stack in stacks():
        dense = reference(stack, MARGIN_MM)
        cost, *counted = by_map(stack, max(runs, LEAST_RUNS))
        lines = [Line(f"SimpleITK: Maurer map at {PLANAR_PITCH_MM:g} mm in plane, threshold", cost, MAPS_FACTOR)]
        rows = [("dense reference", dense.body_cc, dense.grown_cc), ("SimpleITK", *counted)]
        mine = None
        if not peers_only:
            file = work / f"{stack.name}.json"
            stack.write(file, MARGIN_MM)
            mine, told = benchmark("margin", file)
            lines.insert(0, Line("oligoplan: margin in its process", mine))
            rows.append(("oligoplan", told.get("bodyCC"), told["grownCC"]))
        points = sum(len(ring) for _, ring in stack.planes)
        title = f"Margin of the {stack.name} contours: {len(stack.planes)} planes, {points} points"
        table, reached = report(title, lines, mine)
        tables.append(table)
        ok &= reached
        for name, body, grown in rows:
            off = grown / dense.grown_cc - 1
            verdict = ""
            if name == "oligoplan":
                close = abs(off) <= REFERENCE_SHARE
                ok &= close
                verdict = "ok" if close else "FAIL"
            share = "–" if body is None else f"{body / dense.body_cc - 1:+.3%}"
            volumes.rows.append([stack.name, name, number(body), share, number(grown), f"{off:+.3%}", verdict])
    volumes.notes.append(
        f"the reference: planes joined by signed distance, rounded caps, cells of {PITCH_MM:g} mm weighed by share; "
        f"oligoplan must be within {REFERENCE_SHARE:.1%} of it"
    )
    return [*tables, volumes], ok
