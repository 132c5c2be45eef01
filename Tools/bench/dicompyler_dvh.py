# SPDX-License-Identifier: Apache-2.0
"""A whole process of dicompyler-core: the DVH of every ROI of a structure set in a dose, and its time inside.

Prints one line a ROI. With --json FILE the curves and the seconds of each part are written as well.
"""

import argparse
import json
import time

began = time.perf_counter()
import numpy as np
import pydicom
from dicompylercore import dvhcalc

from curves import Curve

imported = time.perf_counter()

SETTINGS = ("default", "extents", "supersampled")
SUPERSAMPLING = 4  # the in-plane spacing is divided by it; only powers of two are taken
SEGMENTS = 2  # added between planes, each a copy of the nearest contour


def options(setting: str, dose: pydicom.Dataset) -> dict:
    """`default` samples at the dose points, `extents` does so within the ROI's bounds, `supersampled` adds points in
    the plane and between planes; the latter two are the documented ways to more speed and to more precision."""
    if setting == "default":
        return {}
    if setting == "extents":
        return {"use_structure_extents": True}
    spacing = [float(s) / SUPERSAMPLING for s in dose.PixelSpacing]  # row, column
    return {
        "use_structure_extents": True,
        "interpolation_resolution": spacing[0] if spacing[0] == spacing[1] else tuple(spacing),
        "interpolation_segments_between_planes": SEGMENTS,
    }


def dvhs(structures: pydicom.Dataset, dose: pydicom.Dataset, setting: str):
    """Name and curve of every ROI that has contours, in the file's order.

    The datasets are handed over as read once: given paths, get_dvh would read both files for every ROI.
    """
    chosen = options(setting, dose)
    with_contours = {int(c.ReferencedROINumber) for c in structures.ROIContourSequence if c.get("ContourSequence")}
    for roi in structures.StructureSetROISequence:
        if int(roi.ROINumber) in with_contours:
            yield str(roi.ROIName), dvhcalc.get_dvh(structures, dose, int(roi.ROINumber), **chosen)


def curve(dvh) -> Curve:
    """The cumulative histogram with its edges; nothing is above the last."""
    return Curve(np.asarray(dvh.bins, float), np.append(np.asarray(dvh.counts, float), 0.0), float(dvh.mean))


def library_statistic(dvh, name: str, unit: str) -> float | None:
    """A statistic as the library's own `statistic` reads it; `None` for kinds that it does not have.

    It takes the nearest bin, without interpolation, and where the steps of a small structure are long that can be
    far off: the first of equally near bins counts, and a `D99%` is 0 when the nearest step is the whole volume.
    `D95%` is called `D95` there, and a plain `V20` is a share of the prescribed dose, so units are always given.
    """
    plain = {"volumeCC": "volume", "meanGy": "mean", "minimumGy": "min", "maximumGy": "max"}
    if name in plain:
        return float(getattr(dvh, plain[name]))
    if name.startswith("CV"):
        return None
    value = float(dvh.statistic(name.removesuffix("%")).value)
    return 100 * value / float(dvh.volume) if name.startswith("V") and unit == "%" else value


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("structures")
    parser.add_argument("dose")
    parser.add_argument("--setting", choices=SETTINGS, default="default")
    parser.add_argument("--json")
    arguments = parser.parse_args()
    start = time.perf_counter()
    structures, dose = pydicom.dcmread(arguments.structures), pydicom.dcmread(arguments.dose)
    read = time.perf_counter()
    found = list(dvhs(structures, dose, arguments.setting))
    done = time.perf_counter()
    for name, dvh in found:
        print(f"{name}\t{dvh.volume:.4f} cc\tmean {dvh.mean:.3f}\tD95 {dvh.D95}\tD2 {dvh.D2}")
    if arguments.json:
        curves = ((name, curve(dvh)) for name, dvh in found)
        rois = [
            {"name": name, "meanGy": c.mean, "doseGy": c.dose.tolist(), "volumeCC": c.volume.tolist()}
            for name, c in curves
        ]
        seconds = {"import": imported - began, "read": read - start, "dvh": done - read}
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"seconds": seconds, "rois": rois}, file)


if __name__ == "__main__":
    main()
