# SPDX-License-Identifier: Apache-2.0
"""Plans phantom lesions with a photon dose engine and compares the doses with oligoplan's geometric estimate.

The folder holds structures.dcm of the thorax phantom; oligoplan's answers are one file a plan, L2.json, L2+L4.json.
"""

import argparse
import csv
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

import figures as measures
import ten
from ours import Band, Ours
from patient import AIR_HU, BONE_HU, LUNG_HU, TISSUE_HU, Patient
from plan import ENGINE, FINAL_CUTOFF_MM, INFLUENCE_CUTOFF_MM, PEAKED, Plan, Setting
from tables import Table, publish

PLANS = "L1,L2,L4,L5,L6,L7,L2+L4"


@dataclass
class Row:
    plan: str
    quantity: str
    engine: float | None
    ours: Band | None = None

    @property
    def inside(self) -> bool | None:
        return None if self.ours is None or self.engine is None else self.ours.holds(self.engine)

    def cells(self) -> list[str]:
        shown = lambda v: "–" if v is None or np.isnan(v) else f"{v:.2f}"
        band = "–"
        if self.ours:
            band = shown(self.ours.expected)
            if self.ours.low is not None:
                band += f" [{shown(self.ours.low)}…{'' if self.ours.high is None else shown(self.ours.high)}]"
        return [self.plan, self.quantity, shown(self.engine), band, {True: "yes", False: "NO", None: "–"}[self.inside]]


@dataclass
class Outcome:
    """One plan's answer."""

    plan: str
    prescriptions: list[float]
    bixels: int
    seconds: dict[str, float]
    figures: dict[str, float]
    organs: dict[str, dict[str, float]]
    shells: list[measures.Shell]
    rows: list[Row] = field(default_factory=list)


def lesion_plan(patient: Patient, name: str, ours: Ours, setting: Setting) -> Outcome:
    ids = name.split("+")
    targets = [patient.target(i, list(ours.proposal(i).margins_mm)) for i in ids]
    grays = [ours.proposal(i).gray for i in ids]
    plan = Plan(patient, targets, grays, setting)
    bixels = plan.steer()
    matrix = plan.influence()
    start = time.perf_counter()
    fluence = plan.optimise(matrix)
    optimised = time.perf_counter()
    dose = measures.scaled(plan.dose(fluence), patient, targets, grays)
    seconds = {
        "influence": plan.influence_seconds, "optimisation": optimised - start,
        "final dose": time.perf_counter() - optimised,
    }
    voxel = patient.lattice.voxel_cc
    organs = {}
    for roi in patient.rois:
        values = measures.organ(dose, roi, targets)
        if roi not in patient.lesions and roi != "External" and len(values):
            organs[roi] = {m: measures.metric(values, voxel, m, "Gy") for m in ("Dmean", "D0.03cc")}
            organs[roi]["distance mm"] = float(plan.distance[patient.mask(roi)].min())
    outcome = Outcome(
        name, grays, bixels, seconds, measures.figures(dose, targets, plan.distance, grays), organs,
        measures.shells(dose, targets, plan.distance, max(grays)),
    )
    outcome.rows = rows(outcome, dose, targets, ours)
    return outcome


def rows(outcome: Outcome, dose: measures.Dose, targets: list, ours: Ours) -> list[Row]:
    """The engine's figures beside ours; of several targets, only what the plans do together can be compared."""
    proposals = [ours.proposal(t.name) for t in targets]
    bands: dict[str, Band | None] = {
        "Lungs mean Gy": ours.lungs.get("meanGy"), "Lungs V20 %": ours.lungs.get("v20Percent"),
        "Lungs V5 %": ours.lungs.get("v5Percent"), "Heart mean Gy": ours.heart,
    }
    if all(p.ptv_cc for p in proposals):
        bands["PTV cc"] = Band(sum(p.ptv_cc.expected for p in proposals))
    extra = []
    if len(targets) == 1:
        bands |= {"R50": proposals[0].r50, "D2cm %": proposals[0].d2cm}
        for name, metric, unit, band in proposals[0].organs:
            known = name in dose.patient.rois or name.startswith("Lungs")
            values = measures.organ(dose, name, targets) if known else np.array([])
            engine = measures.metric(values, dose.patient.lattice.voxel_cc, metric, unit)
            extra.append(Row(outcome.plan, f"{name} {metric} {unit or ''}".strip(), engine, band))
    return [Row(outcome.plan, q, v, bands.get(q)) for q, v in outcome.figures.items()] + extra


def table(outcomes: list[Outcome], pitch: float, setting: Setting) -> Table:
    found = [row for o in outcomes for row in o.rows]
    result = Table("SBRT: photon engine and oligoplan", ["plan", "quantity", "engine", "oligoplan", "inside"],
                   [r.cells() for r in found])
    judged = [r for r in found if r.inside is not None]
    result.notes += [
        f"engine: {ENGINE}; {setting.beams} static coplanar beams, beamlets of {setting.bixel_mm:g} mm, "
        f"grid {pitch:g} mm; kernel cut off at {INFLUENCE_CUTOFF_MM:g} mm in optimisation, {FINAL_CUTOFF_MM:g} mm after",
        f"densities by contour: outside {AIR_HU} HU, lungs {LUNG_HU}, ribs {BONE_HU}, lesions and all else {TISSUE_HU}",
        "scaled so that 95 % of the PTV has its prescription; lungs are both, without the treated lesions",
        f"{len(judged)} quantities with a range, {sum(not r.inside for r in judged)} outside of it",
    ]
    return result


def summary(outcomes: list[Outcome]) -> Table:
    """How often the engine's figure lies in our range, where it lies else, and how far the two are apart."""
    result = Table(
        "By quantity",
        ["quantity", "compared", "inside", "engine below", "engine above", "engine of ours, least–most"])
    kinds: dict[str, list[Row]] = {}
    for row in (r for o in outcomes for r in o.rows if r.inside is not None):
        kind = "near-maxima of organs (D0.03cc)" if "D0.03cc" in row.quantity else row.quantity
        kinds.setdefault(kind, []).append(row)
    for kind, found in kinds.items():
        shares = [r.engine / r.ours.expected for r in found if r.ours.expected]
        result.rows.append([
            kind, str(len(found)), str(sum(r.inside for r in found)), str(sum(r.engine < r.ours.low for r in found)),
            str(sum(r.ours.high is not None and r.engine > r.ours.high for r in found)), f"{min(shares):.2f}–{max(shares):.2f}",
        ])
    return result


def again(file: Path) -> list[Outcome]:
    """The outcomes of an earlier run, from its JSON."""
    def band(found: dict | None) -> Band | None:
        return Band(**found) if found else None

    outcomes = []
    for entry in json.loads(file.read_text(encoding="utf-8")):
        found = [Row(r["plan"], r["quantity"], r["engine"], band(r["ours"])) for r in entry["rows"]]
        shells = [measures.Shell(**s) for s in entry["shells"]]
        outcomes.append(Outcome(**(entry | {"rows": found, "shells": shells})))
    return outcomes


def write_shells(path: Path, outcomes: list[Outcome]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["plan", "ptv_cc", "plane", "from_mm", "to_mm", "voxels", "mean_percent", "p99_percent",
                         "max_percent"])
        for o in outcomes:
            for s in o.shells:
                shares = (f"{100 * v:.2f}" for v in (s.mean, s.p99, s.greatest))
                writer.writerow([o.plan, f"{o.figures['PTV cc']:.2f}", s.plane, s.lower, s.upper, s.voxels, *shares])


def timing(patient: Patient, source: Path, case: Path | None, setting: Setting) -> dict:
    """How long the influence of all beamlets takes for ten targets, one plan each."""
    found = ten.balls(patient)
    if case:
        ten.write(source, case, found)
    patient.rois = {n: r for n, r in patient.rois.items() if n not in patient.lesions} | found
    targets = []
    for name in found:
        target = patient.target(name, list(Ours().proposal(name).margins_mm))
        plan = Plan(patient, [target], [Ours().proposal(name).gray], setting)
        bixels = plan.steer()
        plan.influence()
        targets.append({
            "target": name, "ptvCC": round(target.ptv_cc, 3), "bixels": bixels,
            "influenceSeconds": round(plan.influence_seconds, 3),
        })
        print(f"{name}: {plan.influence_seconds:.1f} s", file=sys.stderr)
    return {
        "engine": ENGINE, "gridMM": patient.pitch, "beams": setting.beams, "bixelMM": setting.bixel_mm,
        "cutoffMM": INFLUENCE_CUTOFF_MM, "voxels": int(patient.body.sum()), "targets": targets,
        "influenceSeconds": round(sum(t["influenceSeconds"] for t in targets), 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the phantom's folder")
    parser.add_argument("--ours", type=Path, help="the folder of oligoplan's answers; without it, the engine alone")
    parser.add_argument("--plans", default=PLANS, help=f"lesions by comma, together by +: {PLANS}")
    parser.add_argument("--pitch", type=float, default=3.0, help="the grid's spacing in mm")
    parser.add_argument("--peaked", action="store_true", help="a hot middle instead of a uniform dose in the target")
    parser.add_argument("--markdown", type=Path, help="write the table to this file, too")
    parser.add_argument("--shells", type=Path, help="write dose by distance to this file, as CSV")
    parser.add_argument("--json", type=Path, help="write everything to this file")
    parser.add_argument("--timing", action="store_true", help="only time the dose influence of ten targets, as JSON")
    parser.add_argument("--case", type=Path, help="with --timing: write the ten targets' phantom to this folder")
    parser.add_argument("--again", type=Path, help="write the tables of an earlier run's JSON anew, plan nothing")
    arguments = parser.parse_args()
    setting = PEAKED if arguments.peaked else Setting()
    heading = "SBRT dose: a photon engine and oligoplan"
    if arguments.again:
        outcomes = again(arguments.again)
        publish(heading, [summary(outcomes), table(outcomes, arguments.pitch, setting)], arguments.markdown)
        return 0
    patient = Patient.read(arguments.folder / "structures.dcm", arguments.pitch)
    if arguments.timing:
        print(json.dumps(timing(patient, arguments.folder, arguments.case, setting), indent=2))
        return 0
    outcomes = []
    for name in arguments.plans.split(","):
        ours = Ours.read(arguments.ours and arguments.ours / f"{name}.json")
        outcomes.append(outcome := lesion_plan(patient, name, ours, setting))
        spent = ", ".join(f"{what} {s:.0f} s" for what, s in outcome.seconds.items())
        print(f"{name}: {outcome.bixels} beamlets, {spent}", file=sys.stderr)
        if arguments.shells:
            write_shells(arguments.shells, outcomes)
        if arguments.json:
            arguments.json.write_text(json.dumps([asdict(o) for o in outcomes], indent=1), encoding="utf-8")
    publish(heading, [summary(outcomes), table(outcomes, arguments.pitch, setting)], arguments.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
