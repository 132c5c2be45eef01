# SPDX-License-Identifier: Apache-2.0
"""plastimatch's ways from a structure set and a dose to DVHs, as its manual describes them."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from curves import Curve

FINE_GY = 0.01
# Two structure images with the same spacing are taken for the same grid, wherever they lie: `dvh` compares the
# spacing alone. Images must therefore be made on the dose's own grid (--fixed), or by `dvh` itself from the files.


@dataclass
class Study:
    """The files of one structure set and one dose, and the names of what is made from them in `work`."""

    structures: Path
    dose: Path
    work: Path

    def __post_init__(self):
        # `dvh --input` takes a folder that holds a structure set and a dose, and nothing else to choose from.
        self.folder = self.work / "dicom"
        self.folder.mkdir(parents=True, exist_ok=True)
        for path, name in ((self.structures, "structures.dcm"), (self.dose, "dose.dcm")):
            shutil.copyfile(path, self.folder / name)
        self.dose_image = self.work / "dose.mha"

    def images(self, grid: str) -> tuple[Path, Path]:
        """The structure image and its list, on the grid of the dose (`dose`) or on one of 512 × 512 pixels around
        the contours (`contours`), which is what plastimatch chooses by itself."""
        return self.work / f"structures-{grid}.mha", self.work / f"structures-{grid}.txt"

    def convert_dose(self) -> list:
        return ["plastimatch", "convert", "--input", self.dose, "--output-dose-img", self.dose_image]

    def convert_structures(self, grid: str) -> list:
        image, names = self.images(grid)
        fixed = ["--fixed", self.dose_image] if grid == "dose" else []
        return [
            "plastimatch", "convert", "--input", self.structures, *fixed,
            "--output-ss-img", image, "--output-ss-list", names,
        ]

    def dvh(self, grid: str | None, output: Path, *options: str) -> list:
        """The `dvh` command from images on a grid, or straight from the DICOM files when no grid is given."""
        if grid is None:
            inputs = ["--input", self.folder]
        else:
            image, names = self.images(grid)
            inputs = ["--input-ss-img", image, "--input-ss-list", names, "--input-dose", self.dose_image]
        return ["plastimatch", "dvh", *inputs, "--cumulative", *options, "--output-csv", output]


def fine(greatest_gy: float) -> list[str]:
    """Options for bins of 0.01 Gy that reach past a dose, and for counts instead of shares."""
    bins = int(greatest_gy / FINE_GY) + 2
    return ["--bin-width", str(FINE_GY), "--num-bins", str(bins), "--normalization", "vox"]


def voxel_cc(image: Path) -> float:
    """The volume of a voxel, from the text that heads a MetaImage file."""
    with image.open("rb") as file:
        for line in file:
            key, _, value = line.partition(b" = ")
            if key == b"ElementSpacing":
                return float(np.prod([float(v) for v in value.split()])) / 1000
            if key == b"ElementDataFile":
                break
    raise ValueError(f"{image.name}: no ElementSpacing")


def read(output: Path, voxel: float) -> list[tuple[str, Curve]]:
    """The curves of a table of voxel counts, in its order."""
    with output.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    values = np.array([r[: len(header)] for r in rows], float)
    curves = []
    for column, name in enumerate(header[1:], 1):
        counts = values[:, column]
        # A row counts the doses from half a bin below its own dose on, for `dvh` rounds to the nearest bin.
        edges = np.maximum(values[:, 0] - FINE_GY / 2, 0)
        inside = counts - np.append(counts[1:], 0)
        mean = float(inside @ values[:, 0] / counts[0]) if counts[0] else 0.0
        curves.append((name, Curve(edges, counts * voxel, mean)))
    return curves
