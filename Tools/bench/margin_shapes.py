# SPDX-License-Identifier: Apache-2.0
"""A heart-sized body on planes, drawn smooth and drawn noisy, and the file that carries it to our program."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SPACING_MM = 2.0
HALF_AXES_MM = (55.0, 45.0, 60.0)
TAPER = 0.2  # the upper pole's cross-sections are that much narrower, the lower pole's as much wider
TILT_MM = 12.0  # how far the poles' centres lie off the middle
SMOOTH_EDGE_MM = 2.0
NOISY_EDGE_MM = 0.7
NOISE_MM = 0.5  # standard deviation along the radius, each point and each plane for itself
SEED = 1


@dataclass
class Stack:
    """One closed ring in each plane, evenly spaced, from below."""

    name: str
    planes: list[tuple[float, np.ndarray]]

    def write(self, path: Path, margin_mm: float) -> None:
        """{"name", "marginMM", "planes": [{"z", "rings": [[[x, y], …]]}]}, millimetres, rings not closed."""
        planes = [{"z": z, "rings": [np.round(ring, 4).tolist()]} for z, ring in self.planes]
        path.write_text(json.dumps({"name": self.name, "marginMM": margin_mm, "planes": planes}), encoding="utf-8")


def heart(name: str, edge_mm: float, noise_mm: float) -> Stack:
    """A tapered, tilted ellipsoid; points at even angles, about an edge's length apart at the widest plane."""
    a, b, c = HALF_AXES_MM
    random = np.random.default_rng(SEED)
    planes = []
    for z in np.arange(-c + SPACING_MM / 2, c, SPACING_MM):
        size = np.sqrt(1 - (z / c) ** 2) * (1 - TAPER * z / c)
        count = max(12, round(2 * np.pi * np.sqrt(a * b) * size / edge_mm))
        angle = 2 * np.pi * np.arange(count) / count
        radial = np.stack([np.cos(angle), np.sin(angle)], axis=1)
        ring = radial * (a * size, b * size) + radial * random.normal(0, noise_mm, (count, 1))
        planes.append((float(z), ring + (TILT_MM * z / c, 0)))
    return Stack(name, planes)


def stacks() -> list[Stack]:
    return [heart("smooth", SMOOTH_EDGE_MM, 0), heart("noisy", NOISY_EDGE_MM, NOISE_MM)]
