# SPDX-License-Identifier: Apache-2.0
"""Inputs that went wrong once, or are the plainest of their kind: the first of each lane, in every run."""

import copy
import hashlib
import json
import random
import struct
from collections.abc import Callable

import dicom
import dicom_seeds
import lanes_cases
import mutate_bytes
import nifti
import shapes
import text_seeds
import words
from dicom import Dataset, Element
from running import Job, Step
from seeds import Seeds
from words import FOLDER

SET, DOSE = f"{FOLDER}/rs.dcm", f"{FOLDER}/rd.dcm"
EVIL = f"GTV \x1b[2J\x1b]0;title\x07\r\n{words.FORGED} \u202eeno\u2028{words.FORGED} \u009b31m"


def _set(seeds: Seeds, data: Dataset | bytes, how: str, *more: str, expect: set[int] | None = None) -> Job:
    files = {"rs.dcm": data if isinstance(data, bytes) else dicom.encode(data), "rd.dcm": seeds.good["rd.dcm"]}
    return Job(files, [Step(["import", "--structures", SET, *more, "-o", "out/case"], {"case"})], how, expect=expect)


def _renamed(seeds: Seeds, name: str) -> Dataset:
    data = copy.deepcopy(seeds.sets[False])
    for roi in data[0x30060020].value[:2]:
        roi[0x30060026].value = (name + roi[0x30060022].value.decode()).encode("utf-8")
    return data


def rtstruct(seeds: Seeds) -> list[Job]:
    """Sequences in sequences, and names that speak to the terminal, in every form of output."""
    jobs = []
    for depth in (6000, 100_000):
        for undefined in (False, True):
            data = copy.deepcopy(seeds.sets[False])
            value = dicom.nested(depth, True, undefined) + (
                struct.pack("<HHI", 0xFFFE, 0xE0DD, 0) if undefined else b""
            )
            data.elements.insert(0, Element(0x00081140, "SQ", value, length=dicom.UNDEFINED if undefined else None))
            jobs.append(_set(seeds, data, f"sequences nested {depth} deep", expect={65}))
    evil = _renamed(seeds, EVIL)
    jobs.append(_set(seeds, evil, "names for the terminal"))
    jobs.append(_set(seeds, evil, "names for the terminal", "--dose", f"{DOSE},fractions=5"))
    for form in (["--format", "json"], ["--format", "csv"], ["--curve", "cumulative"], []):
        job = _set(seeds, evil, f"names for the terminal {' '.join(form)}")
        job.steps = [Step(["dvh", "--structures", SET, "--dose", DOSE, *form])]
        jobs.append(job)
    for verb in (["measure"], ["measure", "--format", "csv"], ["assess"], ["assess", "--format", "json"]):
        job = _set(seeds, evil, f"names for the terminal, {' '.join(verb)}")
        job.steps.append(Step([verb[0], "out/case", *verb[1:]]))
        jobs.append(job)
    return jobs


def rtplan(seeds: Seeds) -> list[Job]:
    """Fractions beyond what a number holds, and beyond what a course has."""
    jobs = []
    for told in ("9223372036854775807", "101", "0"):
        data = copy.deepcopy(seeds.plan)
        groups = data[0x300A0070]
        groups.value = groups.value * 2
        groups.value[0][0x300A0078].value = told.encode()
        files = {"rs.dcm": seeds.good["rs.dcm"], "rd.dcm": seeds.good["rd.dcm"], "rp.dcm": dicom.encode(data)}
        steps = [Step(["dvh", "--structures", SET, "--dose", f"{DOSE},plan={FOLDER}/rp.dcm"])]
        jobs.append(Job(files, steps, f"{told} fractions, twice", expect={65} if told != "0" else None))
    return jobs


def dvhtext(seeds: Seeds) -> list[Job]:
    """Doses and volumes beyond any patient."""
    changes = [
        ("20  40  0.0", "1e19  40  0.0"),
        ("]: 500.0", "]: 1e308"),
        ("1000  20  0.0", "1e308 20 0.0"),
        ("20  40  0.0", "20 40 1e19"),
    ]
    jobs = []
    for old, new in changes:
        files = {"list.csv": seeds.good["list.csv"], "dvh.txt": text_seeds.DVH.replace(old, new).encode()}
        arguments = [
            "import",
            "--lesions",
            f"{FOLDER}/list.csv",
            "--dvh",
            f"{FOLDER}/dvh.txt,fractions=5",
            "-o",
            "out/case",
        ]
        jobs.append(Job(files, [Step(arguments, {"case"})], f"{old} became {new}", expect={65}))
    return jobs


def labelmap(seeds: Seeds) -> list[Job]:
    """Few bytes that stand for very many, and as many parts as there can be."""
    thin = nifti.Image()
    thin.fields["dim"][1:4] = [1, 16384, 32767]
    board = nifti.Image()
    board.fields["dim"][1:4] = [64, 64, 64]
    board.voxels = bytes((i + j + k) % 2 for k in range(64) for j in range(64) for i in range(64))
    told = [
        ("half a gigabyte of zeros", mutate_bytes.thin_gzip(thin.encode(), 512)),
        ("checkerboard of 64", mutate_bytes.packed(board.encode())),
    ]
    return [
        Job(
            {"map.nii.gz": data},
            [Step(["import", "--labels", f"{FOLDER}/map.nii.gz", "-o", "out/case"], {"case"})],
            how,
        )
        for how, data in told
    ]


def patient(seeds: Seeds) -> list[Job]:
    """References as keys, depth, and very many keys."""
    levels = ["notes:", "  - &a0 [x, x]"] + [f"  - &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 30)]
    endings = ["  - {? *a29 : v, ? *a28 : w}", "comment: *a29", "? *a29\n: x"]
    texts = {f"thirty levels of references, {end.strip()}": "\n".join([*levels, end]) + "\n" for end in endings}
    for depth in (1000, 100_000):
        texts[f"lists nested {depth} deep"] = "notes: " + "[" * depth + "]" * depth + "\n"
    texts["twenty thousand keys"] = "".join(f"key{i}: {i}\n" for i in range(20_000))
    jobs = []
    for how, text in texts.items():
        files = {"list.csv": seeds.good["list.csv"], "patient.yaml": text.encode()}
        arguments = [
            "import",
            "--lesions",
            f"{FOLDER}/list.csv",
            "--patient",
            f"{FOLDER}/patient.yaml",
            "-o",
            "out/case",
        ]
        jobs.append(Job(files, [Step(arguments, {"case"})], how))
    return jobs


def case(seeds: Seeds) -> list[Job]:
    """Rings that cross, in a case whose hash is right."""
    document = seeds.document("lung")
    body = document["lesions"][0]["body"]
    bodies = seeds.cases["lung"]["bodies.bin"]
    numbers = list(struct.unpack(f"<{len(bodies) // 8}d", bodies))
    for start, points in lanes_cases.rings(numbers, body["offset"], body["offset"] + body["count"]):
        a, b = start + 2, start + 2 * (points // 2)
        numbers[a : a + 2], numbers[b : b + 2] = numbers[b : b + 2], numbers[a : a + 2]
    changed = struct.pack(f"<{len(numbers)}d", *numbers)
    document["bodiesSHA256"] = hashlib.sha256(changed).hexdigest()
    files = seeds.case_files("lung") | {"case/case.json": json.dumps(document).encode(), "case/bodies.bin": changed}
    path = f"{FOLDER}/case"
    verbs = [
        ["measure", path],
        ["assess", path],
        ["dvh", path],
        ["plan", path, "--modality", "sbrt"],
        ["export", path, "--as", "rtstruct", "-o", "out/rs.dcm"],
    ]
    return [
        Job(files, [Step(verb, {"rs.dcm"} if verb[0] == "export" else set())], f"crossing rings, {verb[0]}")
        for verb in verbs
    ]


def geometry(seeds: Seeds) -> list[Job]:
    """A scribble and a star of thousands of crossings."""
    rng = random.Random("scribble")
    closed = shapes.KINDS[0]
    scribble = [(rng.uniform(-20, 20), rng.uniform(-20, 20), 0.0) for _ in range(3000)]
    star = [dicom_seeds.circle(0, 0, 0, 15, 1001)[(i * 500) % 1001] for i in range(1001)]
    organ = ("Heart", "ORGAN", [(closed, dicom_seeds.circle(20, -20, z, 25, 16)) for z in (-3, 0, 3)])
    return [
        _set(seeds, dicom_seeds.structure_set([("GTV 1", "GTV", [(closed, ring)]), organ]), how)
        for ring, how in ((scribble, "scribble of 3000 points"), (star, "star of 1001 points"))
    ]


CLASSICS: dict[str, Callable[[Seeds], list[Job]]] = {
    "rtstruct": rtstruct,
    "rtplan": rtplan,
    "dvhtext": dvhtext,
    "nifti": labelmap,
    "patient": patient,
    "case": case,
    "geometry": geometry,
}
