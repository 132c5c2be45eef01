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


def library_statistic(curve, name: str) -> float | None:
    """A statistic as the library's own `statistic` reads it: the nearest bin, without interpolation; so a dose is 0
    where less than the asked volume remains in the histogram, and `D95%` is called `D95`."""
    if name == "volumeCC":
        return float(curve.volume)
    if name == "meanGy":
        return float(curve.mean)
    if name.startswith("CV"):
        return None
    return float(curve.statistic(name.removesuffix("%")).value)


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
    for name, curve in found:
        print(f"{name}\t{curve.volume:.4f} cc\tmean {curve.mean:.3f}\tD95 {curve.D95}\tD2 {curve.D2}")
    if arguments.json:
        rois = [
            # One bin more than counts: no volume is above the last edge.
            {
                "name": name, "meanGy": float(curve.mean), "doseGy": np.asarray(curve.bins).tolist(),
                "volumeCC": [*np.asarray(curve.counts, float).tolist(), 0.0],
            }
            for name, curve in found
        ]
        seconds = {"import": imported - began, "read": read - start, "dvh": done - read}
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump({"seconds": seconds, "rois": rois}, file)


if __name__ == "__main__":
    main()
