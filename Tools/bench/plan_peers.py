# SPDX-License-Identifier: Apache-2.0
"""The plan of a patient as a whole as a command, beside `plastimatch dvh` of the same patient in the same run.

No peer plans a patient as a whole: plastimatch's histograms measure the machine, and what a user waits for already.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plastimatch_dvh import Study
from tables import Table
from timing import Cost, once, process

LOBES = ("RUL", "RML", "RLL", "LUL", "LLL")
# Beside the contoured ones: balls at fixed places of the phantom's lungs.
FURTHER = (
    "M1,lung,right,10,-80,20,60", "M2,lung,right,8,-60,-30,-20", "M3,lung,left,9,80,10,40",
    "M4,lung,left,12,70,30,-30", "M5,lung,right,7,-90,0,-60",
)
EARLIER = "fractions=3,prescription=54,date=2025-09-25,course=earlier"


@dataclass
class Case:
    """A case to plan, what makes it, how many times plastimatch's time is asked for at most, and whether a plan that
    says its gap will do instead."""

    name: str
    sources: Sequence[str | Path]
    asked: float | None
    gap_will_do: bool = False


def lung_list(count: int) -> list[str]:
    """Nodules of 6 to 24 mm in turn in every lobe, of which nothing else is known."""
    rows = []
    for number in range(count):
        lobe = LOBES[number % len(LOBES)]
        side = "right" if lobe.startswith("R") else "left"
        rows.append(f"N{number + 1},lung,{side},{lobe},{6 + 7 * number % 19}")
    return ["lesion_id,site,side,lobe,longest_diameter_mm", *rows]


def liver_list(count: int) -> list[str]:
    return ["lesion_id,site,longest_diameter_mm", *(f"H{n},liver,{10 + 3 * n}" for n in range(1, count + 1))]


def contoured_list(lesions: Sequence[str]) -> list[str]:
    return ["lesion_id,site,side,longest_diameter_mm,x_mm,y_mm,z_mm", *(f"{id},lung,,,,," for id in lesions), *FURTHER]


def cases(phantom: Path, dose: Path, work: Path) -> list[Case]:
    def written(name: str, rows: list[str]) -> Path:
        path = work / f"{name}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    patient = ("--patient", phantom / "patient.yaml")
    contours = ("--structures", phantom / "structures.dcm", *patient)
    own = ("--lesions", phantom / "lesions.csv")
    twelve = written("twelve", contoured_list([f"L{n}" for n in range(1, 8)]))
    return [
        Case("phantom with an earlier dose", (*contours, *own, "--dose", f"{dose},{EARLIER}"), 1),
        Case("phantom without", (*contours, *own), None),
        Case("12 lesions with full proposals", (*contours, "--lesions", twelve), 1),
        Case("12 liver lesions of a list", ("--lesions", written("liver", liver_list(12))), 0.8),
        Case("30 lung lesions of a list", ("--lesions", written("thirty", lung_list(30))), 0.4),
        Case("60 lung lesions of a list", ("--lesions", written("sixty", lung_list(60))), 1.2, gap_will_do=True),
    ]


def proof_of(path: Path) -> str:
    """How far the recommended plan is proven, in the plan's own words."""
    return json.loads(path.read_text(encoding="utf-8"))["proof"]


def run(phantom: Path, dose: Path, work: Path, runs: int, peers_only: bool) -> tuple[list[Table], bool]:
    """The table, and whether every share that is asked for was reached."""
    study = Study(phantom / "structures.dcm", dose, work)
    peer = process(study.dvh(None, work / "dvh.csv"), runs)
    rows, ok = [["plastimatch dvh of the phantom", *peer.cells(), "1.00", "", "", ""]], True
    for case in [] if peers_only else cases(phantom, dose, work):
        program = os.environ["OLIGOPLAN"]
        target, plan = work / case.name.replace(" ", "-"), work / "plan.json"
        once([program, "import", *case.sources, "-o", target], None)
        cost: Cost = process([program, "plan", target, "-o", plan], runs)
        ratio, proof = cost.median / peer.median, proof_of(plan)
        verdict = ""
        if case.asked is not None:
            reached = ratio <= case.asked or case.gap_will_do and "cut short" in proof
            ok &= reached
            verdict = "ok" if reached else "MISSED"
        asked = "" if case.asked is None else f"{case.asked:g}"
        rows.append([case.name, *cost.cells(), f"{ratio:.2f}", asked, verdict, proof])
    header = ["case", "median ms", "least–most ms", "runs", "peak MB", "of plastimatch", "asked for", "", "proof"]
    return [Table("The plan of the patient as a whole, whole commands", header, rows)], ok
