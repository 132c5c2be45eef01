# SPDX-License-Identifier: Apache-2.0
"""Readers of text and images: histograms, label maps, names of labels, lists, patient files, devices, protocols."""

import json
import random
import re

import mutate_bytes
import mutate_json
import mutate_text
import mutate_yaml
import nifti
import text_seeds
import words
from running import Job, Step
from seeds import Seeds
from words import FOLDER


def _hides(data: bytes, line: str) -> bool:
    """Whether the patient's name stands only in lines that begin in the one way it is not read from."""
    text = data.decode("utf-8", "replace")
    return all(re.match(line, part) for part in re.split("[\n\r\x85\u2028\u2029]", text) if words.NAME in part)


def _text_or_bytes(rng: random.Random, source: str, other: str = "") -> tuple[bytes, str]:
    if rng.random() < 0.15:
        return mutate_bytes.damage(rng, source.encode("utf-8"), other.encode("utf-8"))
    return mutate_text.text(rng, source)


def _imported(rng: random.Random, *arguments: str) -> list[Step]:
    place = rng.choice(["case", "case.json", ""])
    steps = [Step(["import", *arguments, *(["-o", f"out/{place}"] if place else [])], {place} if place else set())]
    if place and rng.random() < 0.12:
        steps.append(
            Step([rng.choice(["measure", "assess"]), f"out/{place}", "--format", rng.choice(["text", "json", "csv"])])
        )
    return steps


def dvhtext(rng: random.Random, seeds: Seeds) -> Job:
    """Histograms as text."""
    data, how = _text_or_bytes(rng, text_seeds.DVH, text_seeds.LESIONS_CSV)
    files = {"list.csv": seeds.good["list.csv"], "dvh.txt": data}
    told = rng.choice([",fractions=5", ",fractions=25,date=2023-01-05", ",fractions=1,course=old"])
    steps = _imported(rng, "--lesions", f"{FOLDER}/list.csv", "--dvh", f"{FOLDER}/dvh.txt{told}")
    return Job(files, steps, how, hides_name=_hides(data, "Patient Name *:"))


def labelmap(rng: random.Random, seeds: Seeds) -> Job:
    """A label map, plain or compressed."""
    data, how, packed = nifti.mutate(rng)
    name = "map.nii.gz" if packed else "map.nii"
    more = rng.choice(
        [[], [], ["--smallest-part", "100mm3"], ["--split", "lesion"], ["--lesion-roi", "heart"], ["--bridge-gaps"]]
    )
    return Job({name: data}, _imported(rng, "--labels", f"{FOLDER}/{name}", *more), how, hides_name=False)


def labelnames(rng: random.Random, seeds: Seeds) -> Job:
    """The names of a good map's labels."""
    name = rng.choice(list(text_seeds.LABEL_NAMES))
    source = text_seeds.LABEL_NAMES[name]
    if name == "names.json" and rng.random() < 0.7:
        written, how = mutate_json.mutate(rng, json.loads(source))
        data = written.encode("utf-8")
    else:
        data, how = _text_or_bytes(rng, source)
    files = {"map.nii.gz": seeds.good["map.nii.gz"], name: data}
    return Job(files, _imported(rng, "--labels", f"{FOLDER}/map.nii.gz", "--label-names", f"{FOLDER}/{name}"), how)


LIST_OPTIONS = [
    [],
    [],
    [],
    ["--keep-going"],
    ["--size-unit", "cm"],
    ["--diameter-kind", "equivalent"],
    ["--site", "lung"],
    ["--patient-id", "P1"],
]


def list_csv(rng: random.Random, seeds: Seeds) -> Job:
    """A lesion list as a table."""
    name, source, more = rng.choice(
        [
            ("list.csv", text_seeds.LESIONS_CSV, []),
            ("list.csv", text_seeds.LESIONS_CSV, []),
            ("list.tsv", text_seeds.DATED_TSV, ["--diameter-kind", "longest_axial"]),
            (
                "list.csv",
                text_seeds.LONG_CSV,
                ["--patient-id", "P1", "--size-unit", "cm", "--diameter-kind", "equivalent"],
            ),
        ]
    )
    data, how = _text_or_bytes(rng, source, text_seeds.DATED_TSV)
    if rng.random() < 0.03:
        lines = source.split("\n")
        data, how = "\n".join(lines[:1] + lines[1:2] * rng.choice([999, 1001, 100_000])).encode(), "very many rows"
    more = more or rng.choice(LIST_OPTIONS)
    return Job({name: data}, _imported(rng, "--lesions", f"{FOLDER}/{name}", *more), how, hides_name=False)


def list_json(rng: random.Random, seeds: Seeds) -> Job:
    """A lesion list as JSON."""
    tree = rng.choice([text_seeds.LESIONS_JSON, text_seeds.LESIONS_JSON_LIST])
    keep = [("patient_name",)] if isinstance(tree, dict) else [(0, "patient_name"), (1, "patient_name")]
    written, how = mutate_json.mutate(rng, json.loads(json.dumps(tree)), keep)
    data, told = mutate_text.encoded(rng, written)
    if rng.random() < 0.1:
        data, told = mutate_bytes.damage(rng, data)
    more = rng.choice(LIST_OPTIONS)
    return Job(
        {"list.json": data},
        _imported(rng, "--lesions", f"{FOLDER}/list.json", *more),
        f"{how} {told}".strip(),
        hides_name=False,
    )


def patient(rng: random.Random, seeds: Seeds) -> Job:
    """A patient file beside a good list."""
    source = rng.choice([text_seeds.PATIENT_YAML, text_seeds.PATIENT_YAML, seeds.good["spheres/patient.yaml"].decode()])
    if rng.random() < 0.1:
        data, how = mutate_bytes.damage(rng, source.encode())
    else:
        data, how = mutate_yaml.mutate(rng, source)
    files = {"list.csv": seeds.good["list.csv"], "patient.yaml": data}
    steps = _imported(rng, "--lesions", f"{FOLDER}/list.csv", "--patient", f"{FOLDER}/patient.yaml")
    return Job(files, steps, how, hides_name=_hides(data, "name:"))


def devices(rng: random.Random, seeds: Seeds) -> Job:
    """A site's own table of devices."""
    if rng.random() < 0.1:
        data, how = mutate_bytes.damage(rng, text_seeds.DEVICES.encode())
    else:
        data, how = mutate_yaml.mutate(rng, text_seeds.DEVICES)
    files = seeds.case_files("list") | {"devices.yaml": data}
    more = rng.choice([[], ["--device", "ours"], ["--format", "json"], ["--format", "csv"]])
    modality = rng.choice(["microwave", "cryoablation", "ablation"])
    steps = [
        Step(
            [
                "plan",
                f"{FOLDER}/case",
                "--modality",
                modality,
                "--devices",
                f"{FOLDER}/devices.yaml",
                *more,
                "-o",
                "out/plan.json",
            ],
            {"plan.json"},
        )
    ]
    return Job(files, steps, how)


def protocol(rng: random.Random, seeds: Seeds) -> Job:
    """A care protocol: the shipped one with a few things changed, or one that extends it."""
    text = seeds.protocol.decode()
    if rng.random() < 0.35:
        data, how = mutate_yaml.mutate(rng, text_seeds.SITE_PROTOCOL)
        how = f"extending protocol: {how}"
    elif rng.random() < 0.1:
        data, how = mutate_bytes.damage(rng, seeds.protocol)
    elif rng.random() < 0.7:
        # Only some lines: the whole file has ten thousand, and most changes would fall among sources.
        lines = text.split("\n")
        start = rng.randrange(len(lines))
        part, how = mutate_yaml.mutate(rng, "\n".join(lines[start : start + 30]))
        data = "\n".join(lines[:start]).encode() + b"\n" + part + b"\n" + "\n".join(lines[start + 30 :]).encode()
        how = f"lines from {start + 1}: {how}"
    else:
        data, how = mutate_yaml.mutate(rng, rng.choice([text, text_seeds.DEVICES]))
    files = seeds.case_files("list") | {"protocol.yaml": data}
    file, case = f"{FOLDER}/protocol.yaml", f"{FOLDER}/case"
    steps = [
        rng.choice(
            [
                Step(["protocol", "check", file]),
                Step(["protocol", "check", file]),
                Step(["protocol", "show", "--expanded", file]),
                Step(["assess", case, "--protocol", file, "--format", rng.choice(["text", "json", "csv"])]),
                Step(
                    [
                        "plan",
                        case,
                        "--modality",
                        rng.choice(["sbrt", "microwave", "metastasectomy"]),
                        "--protocol",
                        file,
                    ]
                ),
            ]
        )
    ]
    return Job(files, steps, how)
