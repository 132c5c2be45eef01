# SPDX-License-Identifier: Apache-2.0
"""Imports every RT Structure Set of a folder with oligoplan and compares its measures with stored references.

Three opinions on each ROI: oligoplan, the references of other programs (reference/*.geometry.json, found by the
file's SHA-256) and the slab model of slabs.py. The references' distances lie between planes, not slabs.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import pydicom

import slabs as model
from tables import Table, number, publish

RT_STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3"
# The same model as ours, so only rounding may part us: see geometry.py.
SAME_MODEL_MM = 0.01
SAME_MODEL_SHARE = 0.0001
LAST_DIGIT_CC = 0.000005
# Other programs differ at missing planes and crossing rings; below 1 cc that is too much of the whole to judge.
REFERENCE_SHARE = 0.02
REFERENCE_ABOVE_CC = 1.0
# Diameters are between the same contour points; both sides are rounded to three decimals.
REFERENCE_MM = 0.002
WARNINGS_SHOWN = 3


def structure_sets(data: Path, work: Path) -> list[tuple[str, Path]]:
    """Every RT Structure Set below the folder and inside its archives, with the name to call it by."""
    places = [(data, "")]
    for archive in sorted(p for p in data.rglob("*") if p.name.endswith((".zip", ".tar.bz2", ".tar.gz"))):
        folder = work / "unpacked" / archive.name
        folder.mkdir(parents=True)
        if archive.suffix == ".zip":
            zipfile.ZipFile(archive).extractall(folder)
        else:
            tarfile.open(archive).extractall(folder, filter="data")
        places.append((folder, archive.name + ": "))
    found = []
    for folder, prefix in places:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            with path.open("rb") as file:
                if file.read(132)[128:] != b"DICM" and path.suffix.lower() != ".dcm":
                    continue
            # By the class, for files exist whose Modality is wrong, and by force, for some lack the preamble.
            try:
                sop = pydicom.dcmread(path, force=True, specific_tags=["SOPClassUID"]).get("SOPClassUID")
            except Exception:  # a file that nobody can read is no structure set
                continue
            if sop == RT_STRUCTURE_SET:
                found.append((prefix + str(path.relative_to(folder)), path))
    return found


def references(data: Path) -> dict[str, dict]:
    """The stored geometry of each file by its SHA-256; one document may hold many files."""
    found = {}
    for path in sorted((data / "reference").glob("*.geometry.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        for entry in [document] if "rois" in document else document.values():
            found[entry["sha256"]] = entry
    return found


class Refused(Exception):
    pass


class Oligoplan:
    """The program, asked about one file."""

    def __init__(self, path: Path, work: Path):
        self.path, self.case = path, work / "case.json"

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        done = subprocess.run([os.environ["OLIGOPLAN"], *arguments], capture_output=True, encoding="utf-8")
        if done.returncode:
            raise Refused(f"exit {done.returncode}: {self.plain(done.stderr)}")
        return done

    def plain(self, words: str) -> str:
        """A message without the place where the files happen to be."""
        return " / ".join(words.replace(str(self.path), self.path.name).strip().splitlines())

    def imported(self, *options: str) -> list[str]:
        """Imports the file; the warnings of it."""
        done = self.run("import", "--structures", str(self.path), *options, "-o", str(self.case))
        return [self.plain(line) for line in done.stderr.splitlines() if line.startswith("warning")]

    def measured(self, lesions: list[str], structures: list[str], end_cap: str) -> dict:
        """The measurements with these ROIs as lesions: only lesions are given diameters and clearances."""
        options = [o for n in lesions for o in ("--lesion-roi", n)]
        options += [o for n in structures for o in ("--structure-roi", n)]
        self.imported("--end-cap", end_cap, *options)
        return json.loads(self.run("measure", "--format", "json", str(self.case)).stdout)


def percent(ours: float, other: float | None) -> str:
    return f"{100 * (ours / other - 1):+.3f}" if other else "–"


class Comparison:
    """One imported file: rows for its ROIs and for pairs of them, and what is wrong with either."""

    def __init__(self, key: str, path: Path, program: Oligoplan, reference: dict):
        self.key, self.program, self.reference = key, program, reference
        rois = model.read(path)
        steps = Counter(round(b[0] - a[0], 3) for roi in rois for a, b in pairwise(roi.planes))
        # A single plane stands for the most frequent distance of planes in the set.
        alone = steps.most_common(1)[0][0] if steps else None
        # DICOM pads names with blanks.
        self.solids = {r.name.strip(): {c: r.slabs(c, alone) for c in ("half", "none")} for r in rois}
        self.flags: list[str] = []
        self.remarks: list[str] = []
        # Options and references name ROIs, so a name that stands for two says nothing.
        repeated = {n for n, count in Counter(r.name.strip() for r in rois).items() if count > 1}
        self.remarks += [f"{key} {n}: stands for several ROIs, not compared" for n in sorted(repeated)]
        self.names = [n for n, solid in self.solids.items() if solid["half"] and n not in repeated]

    def verdict(self, where: str, found: list[str]) -> str:
        self.flags += [f"{self.key} {where}: {what}" for what in found]
        return "ok" if not found else "FAIL" if any("shapely" in what for what in found) else "differs"

    def sizes(self) -> list[list[str]]:
        known = {n.strip(): r for n, r in self.reference.get("rois", {}).items()}
        answers = {}
        for cap in ("half", "none"):
            lesions = self.program.measured(self.names, [], cap)["lesions"]
            answers[cap] = {lesion["sourceName"]: lesion for lesion in lesions}
        missing = [n for n in self.names if n not in answers["half"]]
        self.flags += [f"{self.key} {n}: shapely finds a body, oligoplan none" for n in missing]
        self.names = [n for n in self.names if n not in missing]
        return [self.size(n, answers["half"][n], answers["none"][n], known.get(n, {})) for n in self.names]

    def size(self, name: str, half: dict, none: dict, stored: dict) -> list[str]:
        found, cells, worst_share, worst_mm = [], [], 0.0, 0.0
        for cap, answer, key in (("half", half, "volume_slab_cc"), ("none", none, "volume_trapezoid_cc")):
            ours, same, other = answer["volumeCC"], model.volume_cc(self.solids[name][cap]), stored.get(key)
            worst_share = max(worst_share, abs(ours - same) / same if same else 0)
            if abs(ours - same) > SAME_MODEL_SHARE * same + LAST_DIGIT_CC:
                found.append(f"volume {cap} {ours} cc, shapely {same:.5f}")
            if other and other > REFERENCE_ABOVE_CC and abs(ours - other) > REFERENCE_SHARE * other:
                found.append(f"volume {cap} {ours} cc, reference {other} ({percent(ours, other)} %)")
            cells += [number(ours), percent(ours, other)]
        keys = ("longestAxialDiameterMM", "shortAxisMM", "greatestDiameterMM")
        theirs = (stored.get("max_diameter_axial_mm"), None, stored.get("max_diameter_3d_mm"))
        longest, shorts, greatest = model.diameters(self.solids[name]["half"])
        if shorts[-1] - shorts[0] > SAME_MODEL_MM:
            told = ", ".join(number(s) for s in shorts)
            self.remarks.append(f"{self.key} {name}: longest diameters tie, with short axes of {told} mm")
        short = min(shorts, key=lambda s: abs(s - half["shortAxisMM"]))
        for key, same, other in zip(keys, (longest, short, greatest), theirs):
            ours = half[key]
            worst_mm = max(worst_mm, abs(ours - same))
            if abs(ours - same) > SAME_MODEL_MM:
                found.append(f"{key} {ours}, shapely {same:.4f}")
            if other is not None and abs(ours - other) > REFERENCE_MM:
                found.append(f"{key} {ours}, reference {other}")
            cells += [number(ours), percent(ours, other)] if key != "shortAxisMM" else [number(ours)]
        return [self.key, name, *cells, f"{100 * worst_share:.4f}", f"{worst_mm:.4f}", self.verdict(name, found)]

    def distances(self) -> list[list[str]]:
        stored = {
            frozenset(n.strip() for n in pair.split(" | ")): distance
            for pair, distance in self.reference.get("pair_min_distance_mm", {}).items()
        }
        ours: dict[frozenset, list[tuple[float, float]]] = {}
        for lesion in self.names if len(self.names) > 1 else []:
            answer = self.program.measured([lesion], [n for n in self.names if n != lesion], "half")
            drawn = [s for s in answer["structures"] if not s["derived"]]
            sources = {s["name"]: s["sourceName"] for s in drawn}
            # The answer gives clearances by the vocabulary's name only: two ROIs under one cannot be told apart.
            twins = {name for name, count in Counter(s["name"] for s in drawn).items() if count > 1}
            self.remarks += [f"{self.key}: several ROIs are called {n}, clearances not compared" for n in sorted(twins)]
            for c in answer["lesions"][0]["clearances"]:
                if not c["derived"] and c["structure"] not in twins:
                    key = frozenset((lesion, sources[c["structure"]]))
                    ours.setdefault(key, []).append((c["distanceMM"], c["overlapCC"]))
        rows = []
        for pair in combinations(self.names, 2):
            # None to the body's outline, nor to the lung or liver that a lesion lies in.
            if frozenset(pair) in ours:
                rows.append(self.distance(*pair, ours[frozenset(pair)], stored.get(frozenset(pair))))
        return rows

    def distance(self, a: str, b: str, ours: list[tuple[float, float]], planes: float | None) -> list[str]:
        found = []
        distance, overlap = ours[0]
        first, second = self.solids[a]["half"], self.solids[b]["half"]
        same, shared = model.clearance(first, second), model.overlap_cc(first, second)
        spacing = max(s.upper - s.lower for s in (*first, *second))
        # Each was the lesion once, and the answer must not depend on which.
        for mm, cc in ours:
            if abs(mm - same) > SAME_MODEL_MM:
                found.append(f"{mm} mm, shapely {same:.4f}")
            if abs(cc - shared) > SAME_MODEL_SHARE * shared + LAST_DIGIT_CC:
                found.append(f"overlap {cc} cc, shapely {shared:.5f}")
        if planes is not None and not planes - spacing - REFERENCE_MM <= distance <= planes + REFERENCE_MM:
            found.append(f"{distance} mm, reference between planes {planes}, spacing {spacing:g}")
        less = None if planes is None else distance - planes
        return [
            self.key, f"{a} – {b}", *map(number, (distance, same, planes, less, spacing, overlap, shared)),
            self.verdict(f"{a} – {b}", found),
        ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="an empty folder for files in passing")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file, too")
    arguments = parser.parse_args()
    imports = Table("What imports", ["file", "name", "ROIs", "reference", "result"])
    sizes = Table(
        "Sizes: differences from the reference in %, and the greatest from shapely in % of volume and in mm",
        ["file", "ROI", "half cc", "%", "none cc", "%", "longest axial mm", "%", "short axis mm", "greatest mm",
         "%", "shapely %", "shapely mm", ""],
    )
    distances = Table(
        "Distances of slabs; the reference's are of planes: at most one spacing longer, never shorter",
        ["file", "pair", "oligoplan mm", "shapely mm", "reference mm", "less", "spacing mm", "overlap cc",
         "shapely cc", ""],
    )
    known = references(arguments.data)
    flags: list[str] = []
    used = set()
    for index, (name, path) in enumerate(structure_sets(arguments.data, arguments.work), start=1):
        key, sha256 = str(index), hashlib.sha256(path.read_bytes()).hexdigest()
        used.add(sha256)
        has = "yes" if sha256 in known else "no"
        program = Oligoplan(path, arguments.work)
        try:
            warnings = program.imported()
            comparison = Comparison(key, path, program, known.get(sha256, {}))
            if comparison.names:
                sizes.rows += comparison.sizes()
                distances.rows += comparison.distances()
        except Refused as refusal:
            imports.rows.append([key, name, "–", has, f"refused, {refusal}"])
            continue
        told = warnings[:WARNINGS_SHOWN] + [f"{len(warnings)} warnings in all"] * (len(warnings) > WARNINGS_SHOWN)
        imports.rows.append([key, name, str(len(comparison.names)), has, "; ".join(["imported", *told])])
        flags += comparison.flags
        sizes.notes += sorted(set(comparison.remarks))
    missing = [r.get("file", sha256) for sha256, r in known.items() if sha256 not in used]
    imports.notes += [f"reference without its file: {name}" for name in missing]
    distances.notes += flags or ["no difference beyond a tolerance"]
    publish("Real files: oligoplan, shapely and stored references", [imports, sizes, distances], arguments.markdown)
    # References are opinions and only reported; the same model must give the same figures.
    return 1 if any("shapely" in flag for flag in flags) else 0


if __name__ == "__main__":
    sys.exit(main())
