# SPDX-License-Identifier: Apache-2.0
"""Good files and odd options: values, paths, verbs and streams that nobody would give on purpose."""

import os
import random

import words
from running import Job, Step
from seeds import Seeds
from words import FOLDER

CASE, SET, DOSE, LIST = f"{FOLDER}/case", f"{FOLDER}/rs.dcm", f"{FOLDER}/rd.dcm", f"{FOLDER}/list.csv"
# Verbs with what they need, and the options whose values are made odd.
VERBS = [
    (["measure", CASE], ["--format"]),
    (["assess", CASE], ["--format", "--plan", "--protocol"]),
    (
        ["export", CASE, "--as", "svg", "--lesion", "GTV 1", "-o", "out/x"],
        ["--at", "--as", "--lesion", "--protocol", "-o"],
    ),
    (["export", CASE, "--as", "rtstruct", "-o", "out/x"], ["-o", "--as"]),
    (["dvh", CASE], ["--course", "--roi", "--metric", "--prescription", "--end-cap", "--step", "--curve", "--format"]),
    (
        ["dvh", "--structures", SET, "--dose", DOSE],
        ["--dose", "--structures", "--metric", "--step", "--prescription", "--roi"],
    ),
    (
        ["plan", CASE, "--modality", "sbrt", "-o", "out/x"],
        [
            "--scheme",
            "--technique",
            "--grid",
            "--registration-uncertainty",
            "--recovery",
            "--on",
            "--lesion",
            "--modality",
            "-o",
        ],
    ),
    (
        ["plan", f"{FOLDER}/few", "--modality", "microwave", "-o", "out/x"],
        ["--devices", "--device", "--placement", "--position", "--candidates", "--lesion", "--pages", "-o"],
    ),
    (
        ["plan", f"{FOLDER}/few", "--modality", "metastasectomy"],
        ["--lesion", "--pages", "--structures", "-o", "--protocol", "--again"],
    ),
    (
        ["plan", f"{FOLDER}/few", "--samples", "0", "--alternatives", "0"],
        ["--fix", "--forbid", "--alternatives", "--samples", "--seed", "--grid", "--on", "--format"],
    ),
    (
        ["import", "--lesions", LIST, "-o", "out/x"],
        [
            "--patient-id",
            "--diameter-kind",
            "--size-unit",
            "--scan",
            "--site",
            "--patient",
            "--dvh",
            "--lesions",
            "-o",
            "--labels",
        ],
    ),
    (
        ["import", "--structures", SET, "-o", "out/x"],
        [
            "--dose",
            "--lesion-roi",
            "--structure-roi",
            "--split",
            "--smallest-part",
            "--end-cap",
            "--structures",
            "--dvh",
        ],
    ),
    (
        ["import", "--labels", f"{FOLDER}/map.nii.gz", "-o", "out/x"],
        ["--label-names", "--lesion-roi", "--smallest-part", "--labels", "-o"],
    ),
    (["protocol", "check"], ["--help", ""]),
    (["phantom", "write"], ["--seed", "", "-o"]),
    ([], ["--version", "--help", "", "help"]),
]
METRICS = ["D{}%", "D{}cc", "V{}Gy", "V{}%", "CV{}cc", "CV{}Gy", "gEUD({})", "CI{}Gy", "PCI{}Gy", "GI{}Gy", "D{}", "{}"]
FORMS = {
    "--metric": lambda rng, value: rng.choice(METRICS).format(value),
    "--dose": lambda rng, value: (
        f"{DOSE},{rng.choice(['fractions', 'date', 'course', 'registration', 'prescription', 'plan', 'x'])}={value}"
    ),
    "--dvh": lambda rng, value: f"{FOLDER}/dvh.txt,{rng.choice(['fractions', 'date', 'course'])}={value}",
    "--fix": lambda rng, value: rng.choice(
        ["S10={}: x", "{}=sbrt: x", "S10=sbrt: {}", "S10=sbrt,{}:y", "S10=surgery: a\n{}"]
    ).format(value),
    "--scheme": lambda rng, value: rng.choice(["{}", "GTV 1={}", "{}=x"]).format(value),
    "--registration-uncertainty": lambda rng, value: rng.choice(["{}", "{},1,1", "1,{},nan", "1,1,{},1"]).format(value),
    "--smallest-part": lambda rng, value: value + rng.choice(["", "cc", "mm3", "ml"]),
    "--on": lambda rng, value: rng.choice(
        ["2026-02-30", "0000-00-00", "9999-99-99", "2026-1-1", value, f"{value}-01-01"]
    ),
}
FORMS["--forbid"] = FORMS["--fix"]
OUTPUTS = {"-o", "--pages", "--structures"}


def _value(rng: random.Random) -> str | bytes:
    kind = rng.random()
    if kind < 0.5:
        return words.number(rng)
    if kind < 0.85:
        return words.name(rng)
    if kind < 0.93:
        return rng.choice(words.BYTES)
    return rng.choice(
        [".", FOLDER, CASE, "/dev/null", SET, "-", "--", "out/none/x", "x" * 300, "é" * 200, "/" + "a/" * 3000]
    )


def _output(rng: random.Random) -> str | bytes:
    """A path to write to, inside the room whatever it looks like."""
    odd = words.name(rng).replace("..", "_").replace("\0", "")[:2000].lstrip("/.-") or " "
    return rng.choice(
        [
            f"out/{odd}",
            "out/x" + ".json",
            "out/none/x",
            "out",
            "/dev/null",
            "/dev/full",
            b"out/\xff",
            "",
            "out/" + "x" * 254,
            "out/x/",
        ]
    )


def _option(rng: random.Random, option: str, verb: list[str]) -> list:
    if option in OUTPUTS and verb[0] != "dvh" and not (option == "--structures" and verb[0] == "import"):
        return [option, _output(rng)]
    value = _value(rng)
    if option in FORMS and isinstance(value, str):
        value = FORMS[option](rng, value)
    elif option == "--dose":
        value = DOSE.encode() + b",course=" + value
    if option == "":
        return [value]
    if rng.random() < 0.2:
        return [os.fsencode(option) + b"=" + (value if isinstance(value, bytes) else value.encode())]
    return [option, value]


def _passable(argument) -> str | bytes:
    """An argument that a program can be given: no zero byte ends it early."""
    return argument.replace(b"\0", b"") if isinstance(argument, bytes) else argument.replace("\0", "")


def arguments(rng: random.Random, seeds: Seeds) -> Job:
    """A good command with one to three odd options."""
    base, options = rng.choice(VERBS)
    argv, told = list(base), []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        given = _option(rng, rng.choice(options), base or [""])
        if given[0] in ("-o", "--as", "--lesion", "--modality", "--alternatives", "--samples") and given[0] in argv:
            place = argv.index(given[0])
            argv[place : place + 2] = given
        else:
            argv += given
        told.append(" ".join(repr(g)[:40] for g in given))
    redirect = ""
    if rng.random() < 0.1:
        argv[1:2] = ["-"]
        redirect = rng.choice(["<&-", "<.", "</dev/null"])
        told.append(f"standard input {redirect}")
    files = {name: seeds.good[name] for name in ("rs.dcm", "rd.dcm", "list.csv", "dvh.txt", "map.nii.gz")}
    files |= seeds.case_files("dose") | seeds.case_files("list", "few")
    if rng.random() < 0.15:
        # An input whose own name is odd: refusals show it.
        odd = _passable(words.name(rng).replace("/", "_").replace("..", "_")[:60]) or " "
        files[odd] = rng.choice([b"", seeds.good["rs.dcm"], seeds.good["list.csv"], b"rubbish"])
        argv = ["import", rng.choice(["--structures", "--lesions", "--labels"]), f"{FOLDER}/{odd}"]
        told = [f"a file named {odd[:40]!r}"]
    return Job(files, [Step([_passable(a) for a in argv], None)], ", ".join(told), redirect)
