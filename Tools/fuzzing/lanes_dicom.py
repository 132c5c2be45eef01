# SPDX-License-Identifier: Apache-2.0
"""DICOM readers: structure sets, doses, plans, registrations; and contours that are hard to measure."""

import random

import dicom
import mutate_bytes
import mutate_dicom
import mutate_text
import shapes
from running import Job, Step
from seeds import Seeds
from words import FOLDER

SYNTAXES = ["explicit", "explicit", "explicit", "implicit", "deflated", "big"]


def _import(*arguments: str, rng: random.Random) -> Step:
    """An import to a folder, to one file, or to standard output."""
    place = rng.choice(["case", "case", "case.json", ""])
    return Step(["import", *arguments, *(["-o", f"out/{place}"] if place else [])], {place} if place else set())


def _then(rng: random.Random, step: Step) -> list[Step]:
    """The import, and sometimes what reads its case."""
    if not step.outputs or rng.random() < 0.7:
        return [step]
    case = f"out/{next(iter(step.outputs))}"
    return [
        step,
        rng.choice(
            [
                Step(["measure", case, "--format", rng.choice(["text", "json", "csv"])]),
                Step(["assess", case, "--format", rng.choice(["text", "json", "csv"])]),
                Step(["export", case, "--as", "rtstruct", "-o", "out/again.dcm"], {"again.dcm"}),
                Step(["export", case, "--as", rng.choice(["csv", "json"]), "-o", "out/table"], {"table"}),
                Step(["export", case, "--as", "svg", "--lesion", "GTV 1", "-o", "out/plane.svg"], {"plane.svg"}),
            ]
        ),
    ]


def rtstruct(rng: random.Random, seeds: Seeds) -> Job:
    """A structure set, imported or measured beside a good dose."""
    if rng.random() < 0.06:
        data, how = mutate_bytes.damage(rng, seeds.good["spheres/structures.dcm"])
        clean = False
    else:
        data, how, clean = mutate_dicom.mutate(
            rng, seeds.sets[rng.random() < 0.15], [seeds.sets[True], seeds.doses[0]], SYNTAXES
        )
    files = {"rs.dcm": data, "rd.dcm": seeds.good["rd.dcm"], "list.csv": seeds.good["list.csv"]}
    if rng.random() < 0.25:
        form = rng.choice(
            [[], ["--format", "json"], ["--format", "csv"], ["--curve", "cumulative"], ["--roi", "GTV 1"]]
        )
        steps = [Step(["dvh", "--structures", f"{FOLDER}/rs.dcm", "--dose", f"{FOLDER}/rd.dcm", *form])]
    else:
        more = rng.choice(
            [
                [],
                [],
                [],
                ["--lesions", f"{FOLDER}/list.csv"],
                ["--split", "GTV 1"],
                ["--smallest-part", "0.1cc"],
                ["--lesion-roi", "Heart"],
                ["--structure-roi", "GTV 2"],
                ["--bridge-gaps"],
                ["--end-cap", "full"],
            ]
        )
        steps = _then(rng, _import("--structures", f"{FOLDER}/rs.dcm", *more, rng=rng))
    return Job(files, steps, how, hides_name=clean)


def rtdose(rng: random.Random, seeds: Seeds) -> Job:
    """A dose over a good structure set."""
    data, how, clean = mutate_dicom.mutate(rng, rng.choice(seeds.doses), [seeds.sets[False], seeds.doses[1]], SYNTAXES)
    files = {"rs.dcm": seeds.good["rs.dcm"], "rd.dcm": data}
    told = rng.choice(["", "", ",fractions=5", ",fractions=5,date=2023-01-05,course=old", ",prescription=50"])
    if rng.random() < 0.6:
        form = rng.choice(
            [[], ["--format", "json"], ["--format", "csv"], ["--curve", "differential"], ["--metric", "CI20Gy"]]
        )
        steps = [Step(["dvh", "--structures", f"{FOLDER}/rs.dcm", "--dose", f"{FOLDER}/rd.dcm{told}", *form])]
    else:
        steps = _then(rng, _import("--structures", f"{FOLDER}/rs.dcm", "--dose", f"{FOLDER}/rd.dcm{told}", rng=rng))
    return Job(files, steps, how, hides_name=clean)


def rtplan(rng: random.Random, seeds: Seeds) -> Job:
    """A plan that says what a good dose was."""
    data, how, clean = mutate_dicom.mutate(rng, seeds.plan, [seeds.doses[0]], SYNTAXES)
    files = {"rs.dcm": seeds.good["rs.dcm"], "rd.dcm": seeds.good["rd.dcm"], "rp.dcm": data}
    dose = f"{FOLDER}/rd.dcm,plan={FOLDER}/rp.dcm"
    if rng.random() < 0.5:
        steps = [
            Step(
                [
                    "dvh",
                    "--structures",
                    f"{FOLDER}/rs.dcm",
                    "--dose",
                    dose,
                    "--metric",
                    "V95%",
                    "--format",
                    rng.choice(["text", "json", "csv"]),
                ]
            )
        ]
    else:
        steps = _then(rng, _import("--structures", f"{FOLDER}/rs.dcm", "--dose", dose, rng=rng))
    return Job(files, steps, how, hides_name=clean)


def registration(rng: random.Random, seeds: Seeds) -> Job:
    """A registration, as DICOM or as sixteen numbers, for a dose in another frame."""
    files = {"rs.dcm": seeds.good["rs.dcm"], "rd.dcm": seeds.good["rd_other.dcm"]}
    clean = True
    if rng.random() < 0.4:
        name = "reg.txt"
        files[name], how = mutate_text.text(rng, seeds.good["matrix.txt"].decode())
    else:
        name = "reg.dcm"
        files[name], how, clean = mutate_dicom.mutate(rng, seeds.registration, [seeds.plan], SYNTAXES)
    dose = f"{FOLDER}/rd.dcm,fractions=5,registration={FOLDER}/{name}"
    if rng.random() < 0.5:
        steps = [
            Step(["dvh", "--structures", f"{FOLDER}/rs.dcm", "--dose", dose, "--format", rng.choice(["text", "json"])])
        ]
    else:
        steps = _then(rng, _import("--structures", f"{FOLDER}/rs.dcm", "--dose", dose, rng=rng))
    return Job(files, steps, how, hides_name=clean)


def geometry(rng: random.Random, seeds: Seeds) -> Job:
    """Odd contours from the structure set to what is measured, judged and drawn."""
    scene, how = shapes.scene(rng)
    files = {"rs.dcm": dicom.encode(scene, undefined=rng.random() < 0.2), "rd.dcm": seeds.good["rd.dcm"]}
    more = rng.choice(
        [[], [], [], ["--bridge-gaps"], ["--end-cap", "none"], ["--split", "GTV 1"], ["--smallest-part", "0.01cc"]]
    )
    dose = ["--dose", f"{FOLDER}/rd.dcm,fractions=5"] if rng.random() < 0.5 else []
    steps = [Step(["import", "--structures", f"{FOLDER}/rs.dcm", *more, *dose, "-o", "out/case"], {"case"})]
    follow = [
        Step(["measure", "out/case"]),
        Step(["assess", "out/case", "--format", "csv"]),
        Step(["export", "out/case", "--as", "rtstruct", "-o", "out/again.dcm"], {"again.dcm"}),
        Step(["export", "out/case", "--as", "svg", "--lesion", "GTV 1", "-o", "out/plane.svg"], {"plane.svg"}),
    ]
    steps.append(rng.choice(follow[:3] + [Step(["dvh", "out/case"])] if dose else follow))
    if rng.random() < 0.15:
        steps.append(
            Step(
                ["plan", "out/case", "--modality", rng.choice(["sbrt", "metastasectomy"]), "-o", "out/plan.json"],
                {"plan.json"},
            )
        )
    return Job(files, steps, how)
