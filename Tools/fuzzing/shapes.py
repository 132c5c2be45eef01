# SPDX-License-Identifier: Apache-2.0
"""Contours as no hand draws them: crossing, touching, flat, tiny, huge, twice, in planes that nearly coincide."""

import math
import random

import dicom_seeds
from dicom_seeds import box, circle


def _bow_tie(rng, x, y, z):
    return [[(x, y, z), (x + 10, y + 10, z), (x + 10, y, z), (x, y + 10, z)]]


def _flat(rng, x, y, z):
    return [[(x + i * rng.choice([1, 5, 0]), y, z) for i in range(rng.choice([3, 4, 50]))]]


def _tiny(rng, x, y, z):
    return [circle(x, y, z, rng.choice([1e-3, 1e-6, 1e-9, 0.05]))]


def _huge(rng, x, y, z):
    return [circle(0, 0, z, rng.choice([1000, 9000, 9999, 20000]))]


def _spikes(rng, x, y, z):
    out, far = [], rng.choice([30, 500, 5000])
    for i in range(40):
        turn = 2 * math.pi * i / 40
        reach = far if i % 2 else 1
        out.append((x + reach * math.cos(turn), y + reach * math.sin(turn), z))
    return [out]


def _needle(rng, x, y, z):
    return [[(x, y, z), (x + 10, y, z), (x + 10, y + 10, z), (x + 500, y + 10, z), (x + 10, y + 10, z), (x, y + 10, z)]]


def _scribble(rng, x, y, z):
    count = rng.choice([8, 20, 60, 200, 200, 3000])
    return [[(x + rng.uniform(-20, 20), y + rng.uniform(-20, 20), z) for _ in range(count)]]


def _star(rng, x, y, z):
    count, step = rng.choice([(5, 2), (7, 3), (101, 50), (1001, 500)])
    return [[circle(x, y, z, 15, count)[(i * step) % count] for i in range(count)]]


def _hole_outside(rng, x, y, z):
    return [circle(x, y, z, 10), circle(x + rng.choice([20, 9, 15]), y, z, rng.choice([5, 1, 10]))]


def _nest(rng, x, y, z):
    count = rng.choice([3, 10, 60])
    return [circle(x, y, z, 30 * (count - i) / count) for i in range(count)]


def _touching(rng, x, y, z):
    kind = rng.randrange(3)
    if kind == 0:
        return [box(x, y, x + 10, y + 10, z), box(x + 10, y, x + 20, y + 10, z)]
    if kind == 1:
        return [box(x, y, x + 10, y + 10, z), box(x + 10, y + 10, x + 20, y + 20, z)]
    return [box(x, y, x + 20, y + 20, z), box(x, y + 5, x + 8, y + 12, z)]


def _twice(rng, x, y, z):
    ring = circle(x, y, z, 10)
    return [ring, rng.choice([ring, ring[::-1], [(a + 1e-7, b, c) for a, b, c in ring]])] * rng.choice([1, 2])


def _many(rng, x, y, z):
    side = rng.choice([5, 15, 25])
    return [
        box(x + 3 * i, y + 3 * j, x + 3 * i + rng.choice([2, 3]), y + 3 * j + 2, z)
        for i in range(side)
        for j in range(side)
    ]


def _keyhole(rng, x, y, z):
    outer, inner = circle(x, y, z, 15), circle(x, y, z, 6)[::-1]
    return [outer + [outer[0]] + [inner[-1]] + inner + [outer[0]]]


def _points_twice(rng, x, y, z):
    return [[p for p in circle(x, y, z, 10) for _ in range(rng.choice([1, 2, 5]))]]


def _few_points(rng, x, y, z):
    return [circle(x, y, z, 10)[: rng.choice([1, 2, 3])]]


def _spiral(rng, x, y, z):
    out = [(x + i * 0.05 * math.cos(i / 5), y + i * 0.05 * math.sin(i / 5), z) for i in range(400)]
    return [out + [(a + 0.01, b, c) for a, b, c in reversed(out)]]


def _comb(rng, x, y, z):
    teeth = rng.choice([10, 300])
    top = [(x + i * 0.1, y + (10 if i % 2 else 0.001), z) for i in range(2 * teeth)]
    return [top + [(x + 0.2 * teeth, y - 1, z), (x, y - 1, z)]]


SHAPES = [
    _bow_tie,
    _flat,
    _tiny,
    _huge,
    _spikes,
    _needle,
    _scribble,
    _star,
    _hole_outside,
    _nest,
    _touching,
    _twice,
    _many,
    _keyhole,
    _points_twice,
    _few_points,
    _spiral,
    _comb,
]
PLANES = {
    "even": [-6, -3, 0, 3, 6],
    "one": [0],
    "two far": [-500, 500],
    "uneven": [-6, -5.9, 0, 0.3, 9],
    "twice": [-3, -3, 0, 0, 3, 3],
    "near": [-3, -2.87, 0, 0.13, 3, 3.13],
    "gap": [-6, -3, 0, 30, 33],
    "hair": [0, 1e-5, 2e-5, 3],
    "many": [i * 0.5 for i in range(60)],
    "high": [9990, 9993, 9996],
}
KINDS = ["CLOSED_PLANAR"] * 8 + ["CLOSEDPLANAR_XOR", "OPEN_PLANAR", "OPEN_NONPLANAR", "POINT", "INTERPOLATED_PLANAR"]


def _region(rng, x, y):
    shape = rng.choice(SHAPES)
    planes, z = rng.choice(list(PLANES.items()))
    if rng.random() < 0.5:
        planes, z = "even", PLANES["even"]
    rings = []
    for at in z:
        # A scribble of thousands of points in one plane is enough.
        one = shape if len(rings) < 3000 and not (shape is _scribble and rings) else lambda *a: [circle(*a[1:], 8)]
        rings += one(rng, x, y, at)
    if rng.random() < 0.15:
        rng.shuffle(rings)
    if rng.random() < 0.1:
        rings = [
            [(a + rng.uniform(-1e-9, 1e-9), b, c + rng.uniform(-0.02, 0.02)) for a, b, c in ring] for ring in rings
        ]
    kind = rng.choice(KINDS)
    return [(kind, ring) for ring in rings], f"{shape.__name__.strip('_')} in planes {planes}" + (
        "" if kind == KINDS[0] else f" {kind}"
    )


def scene(rng: random.Random):
    """ROIs for a structure set, one or two of them odd, and what is odd about them."""
    closed = KINDS[0]
    even = PLANES["even"]
    odd, how = _region(rng, rng.choice([-60, 0, 20]), rng.choice([0, -20]))
    rois = [
        ("GTV 1", "GTV", [(closed, circle(-60, 0, z, 8)) for z in even]),
        ("Heart", "ORGAN", [(closed, circle(20, -20, z, 25, 16)) for z in even]),
        ("Lung_R", "ORGAN", [(closed, box(-110, -40, -10, 50, z)) for z in [-12] + even + [12]]),
        ("External", "EXTERNAL", [(closed, circle(0, 0, z, 160)) for z in [-12] + even + [12]]),
    ]
    place = rng.choice([0, 0, 0, 1, 1, 2, 3])
    # The rinds that are derived around a lung take a second: only where the lung is the odd one, and now and then.
    if place != 2 and rng.random() < 0.85:
        del rois[2]
        place = min(place, 2)
    rois[place] = (rois[place][0], rois[place][1], odd)
    told = f"{rois[place][0]}: {how}"
    if rng.random() < 0.3:
        more, how = _region(rng, -60, 0)
        rois.append(("PTV 1", "PTV", more))
        told += f", PTV 1: {how}"
    return dicom_seeds.structure_set(rois), told
