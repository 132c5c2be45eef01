# SPDX-License-Identifier: Apache-2.0
"""Compares oligoplan's measurements of phantoms with shapely, SimpleITK and the phantoms' closed-form truth.

Every argument is a folder with structures.dcm, truth.json and measurements.json (measure --format json).
"""

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import slabs as model
import voxels
from tables import Table, number, publish

# oligoplan and shapely compute the same model from the same file, so only rounding may part them: the file's
# four decimals decide how rings that touch themselves are split, and the answers are given with three.
SAME_MODEL_MM = 0.01
SAME_MODEL_SHARE = 0.0001
# Half of the last digit that measurements are given with.
LAST_DIGIT_MM = 0.0005
LAST_DIGIT_LESION_CC = 0.000005
LAST_DIGIT_STRUCTURE_CC = 0.00005


@dataclass
class Row:
    """One quantity by every program; a tolerance goes with each opinion, or none when there is no opinion."""

    quantity: str
    ours: float
    digits: int
    shapely: tuple[float, float] | None = None
    counted: tuple[float, float] | None = None
    truth: tuple[float, float] | None = None
    # A count's distance is never below the solids', and `beyond` when nothing lies within the map's reach.
    one_sided: bool = False
    beyond: bool = False

    def opinions(self) -> list[tuple[str, float, float]]:
        """Who differs by how much, and how much is allowed."""
        found = []
        for who, opinion in (("shapely", self.shapely), ("SimpleITK", self.counted), ("truth", self.truth)):
            if opinion:
                found.append((who, abs(self.ours - opinion[0]), opinion[1]))
        return found

    @property
    def worst(self) -> tuple[str, float, float]:
        """The opinion that uses most of its tolerance."""
        return max(self.opinions(), key=lambda o: o[1] / o[2])

    @property
    def ok(self) -> bool:
        if any(difference > tolerance for _, difference, tolerance in self.opinions()):
            return False
        if self.beyond:
            return self.ours > voxels.REACH_MM - voxels.DISTANCE_TOLERANCE_MM
        return not (self.one_sided and self.counted and self.ours > self.counted[0] + LAST_DIGIT_MM)

    @property
    def near(self) -> bool:
        return not self.beyond or self.truth is not None or not self.ok

    def cells(self) -> list[str]:
        who, difference, tolerance = self.worst
        value = lambda opinion: number(opinion and opinion[0], self.digits)
        counted = f"> {voxels.REACH_MM:g}" if self.beyond else value(self.counted)
        return [
            self.quantity, number(self.ours, self.digits), value(self.shapely), counted, value(self.truth),
            f"{difference:.{self.digits}f} ({who})", number(tolerance, self.digits), "ok" if self.ok else "FAIL",
        ]


class Phantom:
    """A phantom's files, read once."""

    def __init__(self, folder: Path):
        self.name = folder.name
        load = lambda file: json.loads((folder / file).read_text(encoding="utf-8"))
        self.measured = load("measurements.json")
        self.truth = {
            (t["quantity"], t["lesion"], t.get("structure")): (t["value"], t["tolerance"])
            for t in load("truth.json")["truth"]
        }
        self.rois = model.read(folder / "structures.dcm")
        # Names may repeat: the nth structure of a name is the nth ROI of that name.
        left = list(self.rois)
        self.structures = []
        self.missing: list[str] = []
        for entry in self.measured["structures"]:
            if not entry["derived"]:
                left.remove(roi := next(r for r in left if r.name == entry["sourceName"]))
                self.structures.append((entry, roi, roi.slabs(entry["endCap"])))

    def rows(self) -> list[Row]:
        rows = []
        for entry, roi, slabs in self.structures:
            rows.append(self.volume(entry["sourceName"], entry, roi, slabs, voxels.STRUCTURE_PITCH_MM))
        for lesion in self.measured["lesions"]:
            roi = next(r for r in self.rois if r.name == lesion["sourceName"])
            slabs = roi.slabs(lesion["endCap"])
            rows.append(self.volume(lesion["id"], lesion, roi, slabs, voxels.LESION_PITCH_MM))
            keys = ("longestAxialDiameterMM", "shortAxisMM", "greatestDiameterMM")
            words = ("longest axial diameter", "short axis", "greatest diameter")
            longest, shorts, greatest = model.diameters(slabs)
            short = min(shorts, key=lambda s: abs(s - lesion["shortAxisMM"]))
            for key, word, theirs in zip(keys, words, (longest, short, greatest)):
                rows.append(
                    Row(f"{lesion['id']} {word} mm", lesion[key], 3, (theirs, SAME_MODEL_MM),
                        truth=self.known(key, lesion["id"]))
                )
            depth, container = self.known("depthFromPleuraMM", lesion["id"]), self.container(slabs)
            if container:
                rows.append(
                    Row(f"{lesion['id']} depth from pleura mm", lesion["depthFromPleuraMM"], 3,
                        (model.clearance(slabs, model.outside(container)), SAME_MODEL_MM), truth=depth)
                )
            rows += self.clearances(lesion, roi, slabs)
        return rows

    def container(self, slabs: list[model.Slab]) -> list[model.Slab] | None:
        """The lobe around a lesion, for fissures are pleura, too; the lung where no lobe is drawn."""
        middle = slabs[len(slabs) // 2]
        point = middle.region.centroid
        for role in ("Lobe", "Lung"):
            for entry, _, body in self.structures:
                held = (s for s in body if s.lower <= middle.z <= s.upper)
                if entry["role"] == role and any(p.contains(point) for s in held for p in model.filled(s)):
                    return body
        return None

    def known(self, quantity: str, lesion: str, structure: str | None = None, last_digit: float = LAST_DIGIT_MM):
        found = self.truth.pop((quantity, lesion, structure), None)
        return found and (found[0], found[1] + last_digit)

    def volume(self, label: str, entry: dict, roi: model.Roi, slabs: list[model.Slab], pitch: float) -> Row:
        lesion = "id" in entry
        last_digit = LAST_DIGIT_LESION_CC if lesion else LAST_DIGIT_STRUCTURE_CC
        same, count = model.volume_cc(slabs), voxels.counted(roi, slabs, pitch)
        return Row(
            f"{label} volume cc", entry["volumeCC"], 5 if lesion else 4,
            (same, SAME_MODEL_SHARE * same + last_digit), (count.volume_cc, count.tolerance_cc),
            self.known("volumeCC", label, None, last_digit) if lesion else None,
        )

    def clearances(self, lesion: dict, roi: model.Roi, slabs: list[model.Slab]) -> list[Row]:
        ours = defaultdict(list)
        for c in lesion["clearances"]:
            if not c["derived"]:
                ours[c["structure"]].append((c["distanceMM"], c["overlapCC"]))
        around = voxels.Surroundings(roi, slabs)
        theirs = defaultdict(list)
        for entry, other, body in self.structures:
            # No clearance is given to the body's outline, nor to the organ that a lesion lies in.
            if entry["name"] not in ours and entry["role"] not in ("External", "Lung", "Lobe", "Liver"):
                self.missing.append(f"clearance of {lesion['id']} to {entry['name']}")
            if entry["name"] in ours:
                theirs[entry["name"]].append(
                    (model.clearance(slabs, body), model.overlap_cc(slabs, body), around.distance(other, body))
                )
        rows = []
        for name, found in ours.items():
            # Structures of one name cannot be told apart in the answer: both lists run from the nearest.
            for (distance, overlap), (planar, shared, count) in zip(sorted(found), sorted(theirs[name]), strict=True):
                rows.append(
                    Row(f"{lesion['id']} – {name} mm", distance, 3, (planar, SAME_MODEL_MM),
                        None if count is None else (count, voxels.DISTANCE_TOLERANCE_MM),
                        self.known("clearanceMM", lesion["id"], name), one_sided=True, beyond=count is None)
                )
                if overlap or shared:
                    rows.append(
                        Row(f"{lesion['id']} ∩ {name} cc", overlap, 5,
                            (shared, SAME_MODEL_SHARE * shared + LAST_DIGIT_LESION_CC))
                    )
        return rows


def kind(row: Row) -> str:
    words = ("volume", "longest axial diameter", "short axis", "greatest diameter", "depth from pleura", "∩")
    return next((w for w in words if w in row.quantity), "clearance").replace("∩", "overlap")


def table(phantom: Phantom, everything: bool) -> tuple[Table, bool]:
    rows = phantom.rows()
    shown = [r for r in rows if everything or r.near]
    header = ["quantity", "oligoplan", "shapely", "SimpleITK", "truth", "max difference*", "tolerance", ""]
    result = Table(f"Phantom {phantom.name}", header, [r.cells() for r in shown])
    result.notes.append("* the difference that uses most of its tolerance; every difference must keep to its own")
    for row in (far := [r for r in rows if r not in shown])[:1]:
        greatest = max(difference for r in far for _, difference, _ in r.opinions())
        result.notes.append(
            f"{len(far)} clearances beyond {voxels.REACH_MM:g} mm are not shown (--all); "
            f"their greatest difference is {greatest:.4f} mm"
        )
    # By share of the tolerance, as a table of mixed sizes hides its worst row.
    worst: dict[tuple[str, str], tuple[float, str, str]] = {}
    for row in rows:
        for who, difference, tolerance in row.opinions():
            size = f"{100 * difference / row.ours:.3f} %" if row.quantity.endswith("cc") else f"{difference:.4f} mm"
            key = (kind(row), who)
            worst[key] = max(worst.get(key, (-1.0, "", "")), (difference / tolerance, size, row.quantity))
    for (quantity, who), (share, size, where) in sorted(worst.items()):
        result.notes.append(f"worst {quantity} against {who}: {size} ({share:.0%} of its tolerance), {where}")
    phantom.missing += [f"{' '.join(filter(None, left))}, which truth tells" for left in phantom.truth]
    result.notes += [f"FAIL: missing in oligoplan's answer: {what}" for what in phantom.missing]
    failed = [r for r in rows if not r.ok]
    result.notes.append(f"{len(rows)} quantities, {len(failed)} FAIL")
    return result, not failed and not phantom.missing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--all", action="store_true", help="show clearances beyond the map's reach as well")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file, too")
    arguments = parser.parse_args()
    results = [table(Phantom(folder), arguments.all) for folder in arguments.folders]
    publish("Phantoms: oligoplan, shapely, SimpleITK and truth", [t for t, _ in results], arguments.markdown)
    return 0 if all(ok for _, ok in results) else 1


if __name__ == "__main__":
    sys.exit(main())
