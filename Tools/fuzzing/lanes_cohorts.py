# SPDX-License-Identifier: Apache-2.0
"""Cohorts: lines of JSON, tables long and wide, sheets of patients."""

import json
import random

import mutate_bytes
import mutate_json
import mutate_text
import text_seeds
from running import Job, Step
from seeds import Seeds
from words import FOLDER

LINE = {
    "patient_id": "P1",
    "lesions": [
        {"lesion_id": "1", "site": "lung", "lobe": "RUL", "longest_axial_diameter_mm": 12, "depth_from_pleura_mm": 8},
        {"lesion_id": "2", "site": "liver", "longest_axial_diameter_mm": "2.4 cm", "x_mm": 1, "y_mm": 2, "z_mm": 3},
    ],
    "patient": {"ecog": 1, "age_years": 61, "prior_therapies": [{"kind": "sbrt", "site": "lung", "months_ago": 12}]},
}
WIDE = """patient_id,ecog,lesion1_site,lesion1_longest_axial_diameter_mm,lesion1_lobe,lesion2_site,lesion2_longest_axial_diameter_mm,lesion2_lobe
P1,1,lung,12,RUL,lung,8,LLL
P2,0,liver,25,,,,
P3,,lung,,RML,bone,14,
"""
LONG = """patient_id,lesion_id,site,lobe,longest_axial_diameter_mm,scan_date,age_years
P1,1,lung,RUL,12,2026-01-10,61
P2,1,lung,LLL,9,2026-03-01,50
P1,1,lung,RUL,15,2026-04-10,61
P1,2,lung,LUL,7,2026-04-10,61
"""
SHEET = """patient_id,fev1_percent_predicted,dlco_percent_predicted
P1,80,75
P2,66,
"""
FORMS = ["text", "csv", "jsonl", "html", "patients"]


def _lines(rng: random.Random) -> tuple[bytes, str]:
    lines, told = [], []
    for _ in range(rng.choice([1, 2, 3, 40])):
        if rng.random() < 0.3:
            lines.append(json.dumps(LINE).encode())
            continue
        written, how = mutate_json.mutate(rng, json.loads(json.dumps(LINE)), [])
        data, more = mutate_text.encoded(rng, written)
        # A line is a line: breaks within it make more of them, which is a kind of damage as well.
        lines.append(data)
        told.append(f"{how} {more}".strip())
    data = rng.choice([b"\n", b"\r\n", b"\n\n"]).join(lines)
    if rng.random() < 0.1:
        data, how = mutate_bytes.damage(rng, data)
        told.append(how)
    return data, "; ".join(told[:3])


def cohort(rng: random.Random, seeds: Seeds) -> Job:
    """A cohort through the filter and into worklists."""
    kind = rng.choice(["lines", "lines", "long", "wide", "sheet", "list", "triaged"])
    more = rng.choice([[], [], ["--threads", "1"], ["--strict"], ["--site", "lung"], ["--diameter-kind", "equivalent"]])
    form = rng.choice(FORMS)
    # With --strict a cohort is refused and its lists are there all the same.
    output = ["-o", "out/lists"] if rng.random() < 0.5 and "--strict" not in more else []
    left = {"lists"} if output else set()
    if kind in ("lines", "triaged"):
        data, how = _lines(rng)
        files = {"cohort.jsonl": data}
        if kind == "lines" and rng.random() < 0.4:
            detail = rng.choice([[], ["--detail"], ["--format", "csv"]])
            return Job(files, [Step(["assess", "--jsonl", f"{FOLDER}/cohort.jsonl", *detail, *more])], how, hides_name=False)
        steps = [Step(["triage", f"{FOLDER}/cohort.jsonl", "--as", form, *output, *more], left)]
        if kind == "triaged":
            # Lines that look like those of an earlier run.
            steps = [Step(["triage", f"{FOLDER}/triaged.jsonl", "--as", form, *output], left)]
            line = {"schema": "oligoplan.triage/1", "tool": "t", "protocolSHA256": "p", "inputSHA256": "i", "unlisted": []}
            written, how = mutate_json.mutate(rng, line, [])
            files = {"triaged.jsonl": mutate_text.encoded(rng, written)[0]}
        return Job(files, steps, f"{kind}: {how}", hides_name=False)
    source = {"long": LONG, "wide": WIDE, "sheet": LONG, "list": text_seeds.LESIONS_CSV}[kind]
    files = {"list.csv": source.encode(), "sheet.csv": SHEET.encode()}
    name = "sheet.csv" if kind == "sheet" else "list.csv"
    if rng.random() < 0.15:
        files[name], how = mutate_bytes.damage(rng, files[name], LONG.encode())
    else:
        files[name], how = mutate_text.text(rng, files[name].decode())
    if rng.random() < 0.03:
        rows = source.split("\n")
        files["list.csv"], how = "\n".join(rows[:1] + rows[1:3] * rng.choice([999, 50_000])).encode(), "very many rows"
    arguments = ["triage", "--lesions", f"{FOLDER}/list.csv", "--as", form, *output, *more]
    if kind == "sheet" or rng.random() < 0.2:
        arguments += ["--patients", f"{FOLDER}/sheet.csv"]
    return Job(files, [Step(arguments, left)], f"{kind}: {how}", hides_name=False)
