# SPDX-License-Identifier: Apache-2.0
"""Scores other programs' dose-volume statistics on cases whose truth is known in closed form.

A case is a folder with structures.dcm, dose.dcm and truth.json: {"case", "endCap", "statistics": [{"name", "truth",
"unit"}]}, names as in the answers of `oligoplan dvh`, and "roi" where the file has more than one. As in Nelms 2015 a
statistic fails when it is off by more than 3 % of its true value. Runs in the environment of Tools/bench.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

import pydicom

import dicompyler_dvh
import plastimatch_dvh
from curves import NAME, Curve
from tables import Table, publish
from timing import Failed, once

FAIL_SHARE = 0.03
EXTREMES = ("minimumGy", "maximumGy")  # published scores are given with and without them

Answer = Callable[[str, str], float | None]  # a statistic's value by its name and unit


@dataclass
class Score:
    """One statistic of one case by one program; no value where the program has none to give."""

    program: str
    case: str
    endCap: str
    name: str
    unit: str
    truth: float
    value: float | None
    errorPercent: float | None = field(init=False)
    failed: bool = field(init=False)

    def __post_init__(self):
        self.errorPercent = None if self.value is None else 100 * (self.value - self.truth) / self.truth
        self.failed = self.errorPercent is None or abs(self.errorPercent) > 100 * FAIL_SHARE


@dataclass
class Case:
    folder: Path
    name: str
    end_cap: str
    roi: str | None
    statistics: list[dict]

    @staticmethod
    def read(folder: Path) -> "Case":
        told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        return Case(folder, told["case"], told["endCap"], told.get("roi"), told["statistics"])

    def pick(self, found: list[tuple[str, object]]):
        """What belongs to the case's ROI, the first one when none is named."""
        return next(item for name, item in found if self.roi in (None, name))


def dicompyler(setting: str):
    """The library's own reading of its statistics, and its curve read with straight lines between bins."""

    def answers(case: Case) -> dict[str, Answer]:
        structures, dose = (pydicom.dcmread(case.folder / name) for name in ("structures.dcm", "dose.dcm"))
        dvh = case.pick(list(dicompyler_dvh.dvhs(structures, dose, setting)))
        words = f"dicompyler-core, {setting}"
        return {
            words: lambda name, unit: dicompyler_dvh.library_statistic(dvh, name, unit),
            f"{words}, curve interpolated": dicompyler_dvh.curve(dvh).statistic,
        }

    return answers


def plastimatch(grid: str, words: str):
    """Structure images on the dose's grid or on the program's own, which without a CT leaves out the top plane."""

    def answers(case: Case) -> dict[str, Answer]:
        dose = pydicom.dcmread(case.folder / "dose.dcm")
        greatest = float(dose.pixel_array.max()) * float(dose.DoseGridScaling)
        with tempfile.TemporaryDirectory() as folder:
            study = plastimatch_dvh.Study(case.folder / "structures.dcm", case.folder / "dose.dcm", Path(folder))
            output = study.work / "curves.csv"
            once(study.convert_dose(), None)
            once(study.convert_structures(grid), None)
            once(study.dvh(grid, output, *plastimatch_dvh.fine(greatest)), None)
            voxel = plastimatch_dvh.voxel_cc(study.images(grid)[0])
            curve: Curve = case.pick(plastimatch_dvh.read(output, voxel))
        return {f"plastimatch, {words}": curve.statistic}

    return answers


PROGRAMS: dict[str, Callable[[Case], dict[str, Answer]]] = {
    "dicompyler-core": dicompyler("default"),
    "dicompyler-core-supersampled": dicompyler("supersampled"),
    "plastimatch": plastimatch("contours", "its own grid"),
    "plastimatch-dose-grid": plastimatch("dose", "the dose's grid"),
}


def scores(case: Case, programs: list[str]) -> list[Score]:
    found = []
    for program in programs:
        for words, answer in PROGRAMS[program](case).items():
            for s in case.statistics:
                if not s["truth"]:
                    continue  # no share of nothing
                value = answer(s["name"], s["unit"])
                known = s["name"].endswith("Gy") or s["name"] == "volumeCC" or NAME.match(s["name"])
                if value is None and (not known or s["name"].startswith("CV")):
                    continue  # a kind that the program does not have is not held against it
                found.append(Score(words, case.name, case.end_cap, s["name"], s["unit"], s["truth"], value))
    return found


def summary(found: list[Score]) -> list[dict]:
    """Failures and errors of each program for each end cap of the truth, with and without the extremes."""
    lines = []
    for program, end_cap in dict.fromkeys((s.program, s.endCap) for s in found):
        own = [s for s in found if (s.program, s.endCap) == (program, end_cap)]
        inner = [s for s in own if s.name not in EXTREMES]
        errors = [s for s in inner if s.errorPercent is not None]
        worst = max(errors, key=lambda s: abs(s.errorPercent), default=None)
        lines.append({
            "program": program, "endCap": end_cap, "cases": len({s.case for s in own}),
            "statistics": len(inner), "failed": sum(s.failed for s in inner),
            "statisticsWithExtremes": len(own), "failedWithExtremes": sum(s.failed for s in own),
            "unanswered": len(inner) - len(errors),
            "medianPercent": median(abs(s.errorPercent) for s in errors) if errors else None,
            "worstPercent": worst and worst.errorPercent,
            "worst": worst and f"{worst.name} of {worst.case}",
        })
    return lines


def table(lines: list[dict]) -> Table:
    header = ["program", "truth's end cap", "cases", "off by > 3 %", "with Dmin and Dmax", "median %", "worst %", "at"]
    rows = [
        [
            line["program"], line["endCap"], str(line["cases"]), f"{line['failed']} of {line['statistics']}",
            f"{line['failedWithExtremes']} of {line['statisticsWithExtremes']}",
            *("–" if line[k] is None else f"{line[k]:.2f}" for k in ("medianPercent", "worstPercent")),
            line["worst"] or "–",
        ]
        for line in lines
    ]
    return Table("Peers against truth", header, rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--programs", nargs="+", choices=PROGRAMS, default=["dicompyler-core", "plastimatch"])
    parser.add_argument("--limit", type=int, help="evenly chosen cases at most, for a quick look")
    parser.add_argument("--json", type=Path, help="write every statistic and the summary to this file")
    parser.add_argument("--markdown", type=Path, help="write the table to this file, too")
    arguments = parser.parse_args()
    folders = sorted(p.parent for p in arguments.folder.glob("*/truth.json"))
    if not folders:
        parser.error(f"no CASE/truth.json in {arguments.folder.name}")
    if arguments.limit and arguments.limit < len(folders):
        folders = [folders[i * len(folders) // arguments.limit] for i in range(arguments.limit)]
    found: list[Score] = []
    for done, folder in enumerate(folders, 1):
        if sys.stderr.isatty():
            print(f"\r{done} of {len(folders)}", end="", file=sys.stderr)
        try:
            found += scores(Case.read(folder), arguments.programs)
        except Failed as failure:
            print(f"{folder.name}: {failure}", file=sys.stderr)
            return 70
    lines = summary(found)
    publish("Peers against truth", [table(lines)], arguments.markdown)
    if arguments.json:
        versions = {name: version(name) for name in ("dicompyler-core", "pydicom", "numpy")}
        document = {"versions": versions, "summary": lines, "statistics": [asdict(s) for s in found]}
        arguments.json.write_text(json.dumps(document, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
