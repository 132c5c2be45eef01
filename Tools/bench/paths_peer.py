# SPDX-License-Identifier: Apache-2.0
"""Times Collision-Aware-Needle-Path-Planning on the thorax phantom and prints JSON; its own code runs, unchanged.

The peer asks for a CT series, a mask of the tumour and two label maps, of organs and of ribs. They are made here from
the phantom's contours, in two scenes:

filled   The body is soft tissue throughout, and the label maps are without lungs, chest wall and lesions. The peer's
         best case: it finds the skin, and only what no needle may cross is an obstacle. These are the times to compare.
scanned  Air in the lungs, and the lungs among the organs, as on a CT and in its label map: what the peer would find.

Nothing of the peer is edited or repeated: its module is loaded from --peer, the segmentation that it imports is never
called, and its functions run with the arguments of its own pipeline; --grid alone changes one, how many directions.
Its ranking is left out: a sort by length, from a file that its source names by an empty string.
"""

import argparse
import contextlib
import functools
import importlib.util
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
import types
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
import SimpleITK as sitk

from patient import AIR_HU, BONE, BONE_HU, LUNG_HU, TISSUE_HU, Patient

NAME = "Collision-Aware-Needle-Path-Planning"
MAIN = "main.py"
# What a needle goes through on its way; the filled scene has no labels for these.
CROSSED = ("External", "Skin", "Lung", "Chestwall")
# What the peer's pipeline passes on; it has the same as defaults.
LIMITS = {"max_angle_deg": 60.0, "min_length_mm": 30.0, "max_length_mm": 150.0}
SCANNED_HU = {"outside": AIR_HU, "lung": LUNG_HU, "tissue": TISSUE_HU, "bone": BONE_HU}
TOP = 5  # paths that its ranking keeps
CUT_MM = 2.0  # an entry this near to the first or last layer of the body did not leave it through skin


class Peer:
    """The peer's module, with clocks and counters around some of its functions."""

    LOADING = ("load_ct_from_dicom", "create_body_mask_from_ct", "load_organs_and_ribs_segmentations")

    def __init__(self, folder: Path, grid: tuple[int, int]):
        if not (folder / MAIN).is_file():
            raise SystemExit(f"no {MAIN} in {folder}: --peer or PEER_DIR names a checkout of {NAME}")
        self.grid = {"num_theta": grid[0], "num_phi": grid[1]}
        # Imported by the peer at its head, called only for the segmentation, which is not run here.
        for name in ("torch", "moosez"):
            sys.modules[name] = types.ModuleType(name)
        sys.modules["moosez"].moose = None
        sys.dont_write_bytecode = True  # the checkout stays as it is
        spec = importlib.util.spec_from_file_location("needle_path_peer", folder / MAIN)
        self.module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.loading = 0.0
        self.entries: list[tuple[float, ...] | None] = []  # of every direction
        self.angles: list[float | None] = []  # of every entry
        for name in self.LOADING:
            self.wrap(name, self.add_loading)
        self.wrap("find_entry_point_along_direction", lambda entry, _: self.entries.append(entry))
        self.wrap("compute_needle_angle_deg", lambda angle, _: self.angles.append(angle))

    def wrap(self, name: str, told: Callable[[object, float], None]) -> None:
        """Tells every answer of a function, and the seconds it took."""
        function = getattr(self.module, name, None)
        if function is None:
            raise SystemExit(f"the peer's {MAIN} has no {name}: it is another version than this script knows")

        @functools.wraps(function)
        def run(*arguments, **named):
            start = time.perf_counter()
            answer = function(*arguments, **named)
            told(answer, time.perf_counter() - start)
            return answer

        setattr(self.module, name, run)

    def add_loading(self, _: object, seconds: float) -> None:
        self.loading += seconds

    def target(self, mask: Path) -> tuple[float, ...]:
        return self.module.load_tumor_centroid_from_seg(str(mask))

    def plan(self, series: Path, labels: Path, target: tuple[float, ...]) -> "Plan":
        """Its pipeline from the CT to the paths without a collision."""
        self.loading, self.entries, self.angles = 0.0, [], []
        with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stdout(nowhere):
            start = time.perf_counter()
            candidates = self.module.generate_candidate_paths_with_angle_and_length(
                dicom_folder_path=str(series), tumor_point_mm=target, **LIMITS, **self.grid
            )
            free, _ = self.module.filter_paths_by_collision(candidates, str(labels))
            seconds = time.perf_counter() - start
        return Plan(seconds, self.loading, candidates, free)

    def fates(self, target: tuple[float, ...], plan: "Plan") -> dict[str, int]:
        """What became of the directions of the last plan, in the order in which the peer decides."""
        fates = Counter(dict.fromkeys(("noSkin", "nearAxial", "tooShort", "tooLong", "nearAnother"), 0))
        angles = iter(self.angles)
        for entry in self.entries:
            if entry is None:
                fates["noSkin"] += 1
                continue
            angle, length = next(angles), float(np.linalg.norm(np.subtract(target, entry)))
            if angle is None or angle > LIMITS["max_angle_deg"]:
                fates["nearAxial"] += 1
            elif length < LIMITS["min_length_mm"]:
                fates["tooShort"] += 1
            elif length > LIMITS["max_length_mm"]:
                fates["tooLong"] += 1
            else:
                fates["nearAnother"] += 1
        fates["nearAnother"] -= len(plan.candidates)
        fates["collides"] = len(plan.candidates) - len(plan.free)
        return dict(fates)


@dataclass
class Plan:
    """One run of the peer for one target; `loading` are the seconds that went into reading its files."""

    seconds: float
    loading: float
    candidates: list[dict]
    free: list[dict]

    @property
    def search(self) -> float:
        return self.seconds - self.loading


class Scene:
    """The peer's input files of one scene."""

    def __init__(self, name: str, patient: Patient, work: Path):
        self.name, self.patient = name, patient
        self.series, self.labels, self.masks = (work / name / f for f in ("series", "labels", "masks"))
        for folder in (self.series, self.labels, self.masks):
            folder.mkdir(parents=True)
        filled = name == "filled"
        hu = np.where(patient.body, TISSUE_HU, AIR_HU) if filled else patient.hounsfield()
        self.write_series(hu.astype(np.int16))
        bones = [n for n in patient.rois if n.startswith(BONE)]
        crossed = tuple(n for n in CROSSED if filled or not n.startswith("Lung"))
        organs = [n for n in patient.rois if n not in bones + patient.lesions and not n.startswith(crossed)]
        self.obstacles = organs + bones
        for file, names in (("organs", organs), ("ribs", bones)):
            labels = np.zeros(patient.lattice.shape, np.uint8)
            for label, roi in enumerate(names, 1):
                labels[patient.mask(roi)] = label
            # The names by which the peer looks for its segmentation's output.
            self.write(labels, self.labels / f"clin_ct_{file}_phantom.nii.gz")

    def image(self, array: np.ndarray) -> sitk.Image:
        image = sitk.GetImageFromArray(array)
        image.SetSpacing([self.patient.lattice.pitch] * 3)
        image.SetOrigin([float(v) for v in self.patient.lattice.origin])
        return image

    def write(self, array: np.ndarray, path: Path) -> None:
        sitk.WriteImage(self.image(array), str(path))

    def mask(self, lesion: str) -> Path:
        path = self.masks / f"{lesion}.nii.gz"
        self.write(self.patient.mask(lesion).astype(np.uint8), path)
        return path

    def write_series(self, hu: np.ndarray) -> None:
        image, pitch = self.image(hu), self.patient.lattice.pitch
        writer = sitk.ImageFileWriter()
        writer.KeepOriginalImageUIDOn()
        for k in range(image.GetDepth()):
            layer = image[:, :, k]
            position = image.TransformIndexToPhysicalPoint((0, 0, k))
            tags = {
                "0008|0016": "1.2.840.10008.5.1.4.1.1.2", "0008|0018": f"2.25.1.{k + 1}", "0008|0060": "CT",
                "0010|0020": "PHANTOM", "0018|0050": f"{pitch:g}", "0020|000d": "2.25.2", "0020|000e": "2.25.3",
                "0020|0013": str(k + 1), "0020|0032": "\\".join(f"{v:.4f}" for v in position),
                "0020|0037": "1\\0\\0\\0\\1\\0", "0020|0052": "2.25.4", "0028|1052": "0", "0028|1053": "1",
            }
            for tag, value in tags.items():
                layer.SetMetaData(tag, value)
            writer.SetFileName(str(self.series / f"{k:04}.dcm"))
            writer.Execute(layer)

    def is_cut(self, entry: tuple[float, ...]) -> bool:
        """Whether an entry lies where the contours of the body end, not on skin."""
        layers = self.patient.lattice.axis(2)[self.patient.body.any(axis=(1, 2))]
        return bool(min(entry[2] - layers[0], layers[-1] - entry[2]) < CUT_MM)


def timed(peer: Peer, scene: Scene, lesion: str, runs: int) -> dict:
    """One target, once unmeasured and then as often as asked."""
    target = peer.target(scene.mask(lesion))
    plan = peer.plan(scene.series, scene.labels, target)
    tried, fates = len(peer.entries), peer.fates(target, plan)
    plans = [peer.plan(scene.series, scene.labels, target) for _ in range(runs)]
    seconds, search = [p.seconds for p in plans], median(p.search for p in plans)
    return {
        "lesion": lesion,
        "targetMM": [round(float(v), 3) for v in target],
        "candidates": tried,
        "feasible": len(plan.free),
        "feasibleThroughCutEnds": sum(scene.is_cut(p["entry"]) for p in plan.free),
        "fates": fates,
        "seconds": round(median(seconds), 4),
        "leastSeconds": round(min(seconds), 4),
        "mostSeconds": round(max(seconds), 4),
        "searchSeconds": round(search, 4),
        "secondsPer1000": round(1000 * median(seconds) / tried, 3),
        "searchSecondsPer1000": round(1000 * search / tried, 3),
        "shortestMM": [round(length, 1) for length in sorted(p["length"] for p in plan.free)[:TOP]],
    }


def commit(folder: Path) -> str | None:
    """The commit whose main.py this is; none of a plain folder or a changed file."""
    known, same = ["ls-files", "--error-unmatch", MAIN], ["diff", "--quiet", "HEAD", "--", MAIN]
    for question in (known, same, ["rev-parse", "HEAD"]):
        told = subprocess.run(["git", "-C", folder, *question], capture_output=True, text=True)
        if told.returncode != 0:
            return None
    return told.stdout.strip()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("phantom", type=Path, help="folder with structures.dcm")
    parser.add_argument("--peer", type=Path, default=os.environ.get("PEER_DIR"), help="its checkout (PEER_DIR)")
    parser.add_argument("--lesions", help="by comma; all when not given")
    parser.add_argument("--scenes", default="filled,scanned", help="by comma (filled,scanned)")
    parser.add_argument("--pitch", type=float, default=1.5, help="voxels of its images in mm (1.5)")
    parser.add_argument("--grid", default="10x18", help="polar by azimuthal directions (10x18, as the peer has it)")
    parser.add_argument("--runs", type=int, default=3, help="measured runs, the median counts (3)")
    arguments = parser.parse_args()
    scenes = arguments.scenes.split(",")
    if not (grid := re.fullmatch(r"([1-9]\d*)x([1-9]\d*)", arguments.grid)):
        parser.error("--grid is two numbers, as 10x18")
    if arguments.peer is None:
        parser.error("--peer DIR or PEER_DIR must name a checkout of the peer")
    if unknown := set(scenes) - {"filled", "scanned"}:
        parser.error(f"unknown scene {', '.join(sorted(unknown))}: there are filled, scanned")
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    peer = Peer(Path(arguments.peer), (int(grid[1]), int(grid[2])))
    patient = Patient.read(arguments.phantom / "structures.dcm", arguments.pitch)
    lesions = arguments.lesions.split(",") if arguments.lesions else patient.lesions
    if unknown := set(lesions) - set(patient.lesions):
        parser.error(f"no contours of {', '.join(sorted(unknown))}: there are {', '.join(patient.lesions)}")
    found = []
    with tempfile.TemporaryDirectory() as work:
        for name in scenes:
            print(f"running the peer, {name} …", file=sys.stderr)
            scene = Scene(name, patient, Path(work))
            rows = [timed(peer, scene, lesion, arguments.runs) for lesion in lesions]
            found.append({"scene": name, "obstacles": scene.obstacles, "targets": rows})
    document = {
        "name": "paths_peer",
        "peer": NAME,
        "commit": commit(Path(arguments.peer)),
        "python": platform.python_version(),
        "libraries": {n: version(n) for n in ("numpy", "SimpleITK")},
        "input": "CT and label maps made from the phantom's contours; filled: the body is soft tissue throughout and "
        "lungs, chest wall and lesions have no label (best case); scanned: air in the lungs, which have labels, too",
        "hu": {"filled": {"outside": AIR_HU, "body": TISSUE_HU}, "scanned": SCANNED_HU},
        "notRun": "segmentation (torch and moosez are stand-ins), files for Slicer, ranking by length",
        "searchSeconds": "seconds less those in which it reads the CT and the label maps and masks the body",
        "voxels": list(patient.lattice.size),
        "pitchMM": arguments.pitch,
        "runs": arguments.runs,
        "grid": arguments.grid,
        "limits": LIMITS,
        "scenes": found,
    }
    print(json.dumps(document, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
