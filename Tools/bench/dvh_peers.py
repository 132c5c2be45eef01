# SPDX-License-Identifier: Apache-2.0
"""Dose-volume histograms of every ROI: oligoplan, dicompyler-core and plastimatch as whole processes."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom

import plastimatch_dvh
from curves import Curve
from plastimatch_dvh import Study
from tables import Table, number
from timing import Line, inside, once, process, report

DICOMPYLER = Path(__file__).with_name("dicompyler_dvh.py")
DICOMPYLER_FACTOR = 60
PLASTIMATCH_FACTOR = 30
STATISTICS = (("volumeCC", "cc", 2), ("meanGy", "Gy", 2), ("D95%", "Gy", 2), ("D2%", "Gy", 2))


@dataclass
class Opinion:
    """One program's curves, by the place of the ROI among those of its name."""

    name: str
    curves: list[tuple[str, Curve]]
    told: dict[int, dict[str, float]] | None = None  # statistics that the program gave itself

    def statistic(self, name: str, nth: int, statistic: str, unit: str) -> float | None:
        places = [i for i, (n, _) in enumerate(self.curves) if n == name]
        if nth >= len(places):
            return None
        place = places[nth]
        if self.told and statistic in self.told[place]:
            return self.told[place][statistic]
        return self.curves[place][1].statistic(statistic, unit)


def ours(structures: Path, dose: Path, end_cap: str | None = None) -> list:
    """The command of the contract; by default with the end cap that is the program's own."""
    metrics = [part for name, _, _ in STATISTICS if name.startswith("D") for part in ("--metric", name)]
    cap = ["--end-cap", end_cap] if end_cap else []
    files = ["--structures", structures, "--dose", dose]
    return [os.environ["OLIGOPLAN"], "dvh", *files, *metrics, *cap, "--format", "json"]


def read_ours(path: Path) -> Opinion:
    rois = json.loads(path.read_text(encoding="utf-8"))["rois"]
    curves, told = [], {}
    for place, roi in enumerate(rois):
        dose, volume = (np.asarray(roi["curve"][key], float) for key in ("doseGy", "volumeCC"))
        curves.append((roi["name"], Curve(dose, volume, roi["meanGy"])))
        told[place] = {m["name"]: m["value"] for m in roi["metrics"] if m["unit"] == "Gy"}
        told[place] |= {"volumeCC": roi["volumeCC"], "meanGy": roi["meanGy"]}
    return Opinion("oligoplan", curves, told)


def read_dicompyler(path: Path) -> Opinion:
    rois = json.loads(path.read_text(encoding="utf-8"))["rois"]
    curves = [(r["name"], Curve(np.array(r["doseGy"]), np.array(r["volumeCC"]), r["meanGy"])) for r in rois]
    return Opinion("dicompyler-core", curves)


class Dicompyler:
    """The library's program, and the library in this process."""

    def __init__(self, structures: Path, dose: Path, work: Path):
        self.files, self.work = [structures, dose], work

    def command(self, setting: str, *options: str | Path) -> list:
        return [sys.executable, DICOMPYLER, *self.files, "--setting", setting, *options]

    def lines(self, runs: int, settings: list[str]) -> list[Line]:
        lines = []
        for setting in settings:
            factor = DICOMPYLER_FACTOR if setting == "default" else None
            cost = process(self.command(setting), runs)
            lines.append(Line(f"dicompyler-core, {setting}: whole process", cost, factor))
        lines.append(Line("dicompyler-core, default: its DVHs alone, files read", self.alone(runs)))
        return lines

    def alone(self, runs: int):
        import dicompyler_dvh  # brings matplotlib, which only this piece needs

        structures, dose = (pydicom.dcmread(f) for f in self.files)
        return inside(lambda: list(dicompyler_dvh.dvhs(structures, dose, "default")), runs)[0]

    def opinion(self) -> Opinion:
        output = self.work / "dicompyler.json"
        once(self.command("default", "--json", output), None)
        return read_dicompyler(output)


def plastimatch_lines(study: Study, runs: int) -> list[Line]:
    """The command from the DICOM files, which is what ours does, then from images that were made beforehand.

    With the default bins (256 of 0.5 Gy), the fewest that it offers without being asked.
    """
    scratch = study.work / "timed.csv"
    whole = process(study.dvh(None, scratch), runs)
    lines = [Line("plastimatch dvh, from the DICOM files (its own grid)", whole, PLASTIMATCH_FACTOR)]
    dose = process(study.convert_dose(), runs)
    for grid, words in (("contours", "its own grid"), ("dose", "the dose's grid")):
        convert = process(study.convert_structures(grid), runs)
        alone = process(study.dvh(grid, scratch), runs)
        lines.append(Line(f"plastimatch dvh alone, images made before on {words}", alone))
        lines.append(Line(f"plastimatch convert (both) and dvh on {words}", dose.plus(convert).plus(alone)))
    return lines


def plastimatch_opinions(study: Study, greatest: float) -> list[Opinion]:
    """Needs the images that the timed lines have made."""
    found = []
    for grid, words in (("contours", "its grid"), ("dose", "dose grid")):
        output = study.work / f"{grid}.csv"
        once(study.dvh(grid, output, *plastimatch_dvh.fine(greatest)), None)
        curves = plastimatch_dvh.read(output, plastimatch_dvh.voxel_cc(study.images(grid)[0]))
        found.append(Opinion(f"plastimatch, {words}", curves))
    return found


def agreement(opinions: list[Opinion]) -> list[Table]:
    """Each statistic of each ROI by every program. Told, not judged: the programs mean different solids."""
    tables = []
    names: list[tuple[str, int]] = []
    for name, _ in opinions[-1].curves:
        names.append((name, sum(n == name for n, _ in names)))
    for statistic, unit, digits in STATISTICS:
        values = [[o.statistic(name, nth, statistic, unit) for o in opinions] for name, nth in names]
        rows = [[name, *(number(v, digits) for v in row)] for (name, _), row in zip(names, values)]
        label = statistic.removesuffix("CC").removesuffix("Gy")
        table = Table(f"DVH: {label} ({unit}) by each program", ["ROI", *(o.name for o in opinions)], rows)
        for column, opinion in enumerate(opinions[1:], 1):
            shares = [
                (abs(row[column] / row[0] - 1), name)
                for (name, _), row in zip(names, values)
                if row[0] and row[column] is not None
            ]
            if shares:
                worst, where = max(shares)
                middle = float(np.median([s for s, _ in shares]))
                table.notes.append(
                    f"{opinion.name} against {opinions[0].name}: median {middle:.2%}, worst {worst:.2%} ({where})"
                )
        tables.append(table)
    return tables


def run(
    folder: Path, dose: Path, work: Path, runs: int, peers_only: bool, settings: list[str]
) -> tuple[list[Table], bool]:
    """The tables, and whether the factors that are asked for were reached."""
    structures = folder / "structures.dcm"
    lines, opinions, mine = [], [], None
    if not peers_only:
        output = work / "ours.json"
        mine = process(ours(structures, dose), runs, output)
        opinions.append(read_ours(output))
        lines.append(Line("oligoplan dvh: whole process", mine))
        once(ours(structures, dose, "none"), output)
        told = read_ours(output)
        told.name = "oligoplan, end-cap none"
        opinions.append(told)
    library = Dicompyler(structures, dose, work)
    study = Study(structures, dose, work / "plastimatch")
    lines += library.lines(runs, settings) + plastimatch_lines(study, runs)
    data = pydicom.dcmread(dose)
    greatest = float(data.pixel_array.max()) * float(data.DoseGridScaling)
    opinions += [library.opinion(), *plastimatch_opinions(study, greatest)]

    spacing = (*data.PixelSpacing, data.GridFrameOffsetVector[1] - data.GridFrameOffsetVector[0])
    contours = len(opinions[-1].curves)
    title = (
        f"DVH of all {contours} ROIs of {folder.name}, dose {data.Columns} × {data.Rows} × {data.NumberOfFrames} "
        f"of {' × '.join(f'{float(s):g}' for s in spacing)} mm"
    )
    table, reached = report(title, lines, mine)
    return [table, *agreement(opinions)], reached
