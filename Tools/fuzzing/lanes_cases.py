# SPDX-License-Identifier: Apache-2.0
"""What the program wrote itself: cases with their hashes made right after a change, and plans."""

import base64
import hashlib
import json
import random
import re
import struct

import mutate_bytes
import mutate_json
from running import Job, Step
from seeds import Broken, Seeds
from words import FOLDER

# What the hash of the doses is taken of, beside the voxels; other keys are not read.
DOSE_KEYS = {
    "name",
    "summation",
    "fractions",
    "prescriptionGy",
    "date",
    "sources",
    "registration",
    "originMM",
    "spacingMM",
    "columns",
    "rows",
    "planesMM",
    "offset",
}
WHOLE = {"columns", "rows", "offset", "fractions"}
HASHES = [("bodiesSHA256",), ("dosesSHA256",), ("schema",)]


def swift_json(value, level: int = 0) -> str:
    """JSON as Foundation prints it: keys sorted, two spaces, a space on either side of the colon."""
    inside, outside = "  " * (level + 1), "  " * level
    if isinstance(value, dict):
        rows = [
            f"{inside}{json.dumps(k, ensure_ascii=False)} : {swift_json(v, level + 1)}"
            for k, v in sorted(value.items())
        ]
        return "{\n" + ",\n".join(rows) + f"\n{outside}}}"
    if isinstance(value, list):
        rows = [inside + swift_json(v, level + 1) for v in value]
        return "[\n" + ",\n".join(rows) + f"\n{outside}]"
    if isinstance(value, float):
        return re.sub(r"\.0(?=$|e)", "", repr(value))
    return json.dumps(value, ensure_ascii=False)


def _double(value):
    if isinstance(value, list):
        return [_double(v) for v in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def doses_hash(entries: list, voxels: bytes) -> str:
    """The hash of a case's doses: voxels and what is told of them, as the program would write it."""
    told = [
        {k: v if k in WHOLE else _double(v) for k, v in entry.items() if k in DOSE_KEYS and v is not None}
        for entry in entries
        if isinstance(entry, dict)
    ]
    return hashlib.sha256(voxels + (swift_json(told) + "\n").encode("utf-8", "replace")).hexdigest()


def check_hashes(seeds: Seeds) -> None:
    """Whether hashes are still what they were when this was written; without that no change gets past them."""
    for name, files in seeds.cases.items():
        document = json.loads(files["case.json"])
        if hashlib.sha256(files["bodies.bin"]).hexdigest() != document["bodiesSHA256"]:
            raise Broken(f"case {name}: bodiesSHA256 is no longer the SHA-256 of bodies.bin: mend lanes_cases.py")
        if "doses" in document and doses_hash(document["doses"], files["doses.bin"]) != document["dosesSHA256"]:
            raise Broken(f"case {name}: dosesSHA256 is no longer what lanes_cases.py makes: mend doses_hash")


NUMBERS = [
    0.0,
    -0.0,
    -1.0,
    0.5,
    1.0,
    2.0,
    1e-9,
    1e-300,
    1e4,
    1e7,
    1.0001e7,
    1e19,
    1e308,
    float("nan"),
    float("inf"),
    -float("inf"),
    2.0**53,
]


def rings(numbers: list[float], at: int, end: int) -> list[tuple[int, int]]:
    """Where the points of each ring of a body begin, and how many they are."""
    found = []
    slabs, at = int(numbers[at]), at + 1
    for _ in range(slabs):
        polygons, at = int(numbers[at + 3]), at + 4
        for _ in range(polygons):
            rings, at = int(numbers[at]), at + 1
            for _ in range(rings):
                points, at = int(numbers[at]), at + 1
                found.append((at, points))
                at += 2 * points
    return found if at == end else []


def _locations(tree):
    if isinstance(tree, dict):
        if {"offset", "count", "gapsMM"} <= set(tree):
            yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for value in tree:
            yield from _locations(value)


def _bodies(rng: random.Random, data: bytes, document: dict) -> tuple[bytes, str]:
    """The bodies with points moved, exchanged or made one, or with any number changed."""
    numbers = list(struct.unpack(f"<{len(data) // 8}d", data))
    location = rng.choice(list(_locations(document)))
    found = rings(numbers, location["offset"], location["offset"] + location["count"])
    kind = rng.random()
    if kind < 0.6 and found:
        for start, points in rng.sample(found, min(len(found), rng.choice([1, 1, 3, 100]))):
            a, b = (start + 2 * rng.randrange(points) for _ in range(2))
            how = rng.randrange(8)
            if how == 0:
                numbers[a : a + 2], numbers[b : b + 2] = numbers[b : b + 2], numbers[a : a + 2]
            elif how == 1:
                numbers[a : a + 2] = numbers[b : b + 2]
            elif how == 2:
                numbers[start : start + 2 * points] = numbers[start : start + 2] * points
            elif how == 3:
                numbers[start + 1 : start + 2 * points : 2] = [numbers[start + 1]] * points
            elif how == 4:
                numbers[a + rng.randrange(2)] += rng.choice([1e-9, 50, 1000, -500, 9000])
            elif how == 5:
                side, way = rng.randrange(2), rng.choice([1e-9, 0.5, -20, 150, 3000])
                for i in range(start + side, start + 2 * points, 2):
                    numbers[i] += way
            elif how == 6:
                for i in range(start, start + 2 * points):
                    numbers[i] *= rng.choice([1, 1 + 1e-12])
            else:
                ring = [numbers[start + 2 * i : start + 2 * i + 2] for i in range(points)]
                ring = ring[::-1] if rng.random() < 0.5 else rng.sample(ring, points)
                numbers[start : start + 2 * points] = [v for point in ring for v in point]
        told = "points of rings moved"
    elif kind < 0.9:
        place = location["offset"] + rng.randrange(min(location["count"], rng.choice([1, 6, 10**6])))
        numbers[place] = rng.choice(NUMBERS + [numbers[place] + 1, numbers[place] - 1, -numbers[place]])
        told = f"number {place} became {numbers[place]}"
    else:
        return mutate_bytes.damage(rng, data)
    return struct.pack(f"<{len(numbers)}d", *numbers), told


def _doses(rng: random.Random, data: bytes) -> tuple[bytes, str]:
    if rng.random() < 0.3:
        return mutate_bytes.damage(rng, data)
    values = list(struct.unpack(f"<{len(data) // 4}f", data))
    new = rng.choice([float("nan"), float("inf"), -1.0, 3e38, 1e-45, 1e6, 0.0])
    for place in rng.sample(range(len(values)), rng.choice([1, 10, len(values)])):
        values[place] = new
    return struct.pack(f"<{len(values)}f", *values), f"doses became {new}"


def case(rng: random.Random, seeds: Seeds) -> Job:
    """A case with a change in its document, bodies or doses, and hashes that hold."""
    name = rng.choice(["list", "dose", "dose", "dose", "lung"])
    document, files = seeds.document(name), seeds.cases[name]
    bodies, doses = files["bodies.bin"], files.get("doses.bin", b"")
    kind, text = rng.random(), None
    if kind < 0.4 and bodies:
        bodies, how = _bodies(rng, bodies, document)
    elif kind < 0.5 and doses:
        doses, how = _doses(rng, doses)
    else:
        text, how = mutate_json.mutate(rng, document, HASHES)
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            pass
    right = {"bodiesSHA256": hashlib.sha256(bodies).hexdigest()}
    if isinstance(document.get("doses"), list):
        right["dosesSHA256"] = doses_hash(document["doses"], doses)
    if text is None:
        text = json.dumps(document | right, ensure_ascii=False, indent=1)
    for key, value in right.items():
        text = re.sub(f'"{key}": "[0-9a-f]{{64}}"', f'"{key}": "{value}"', text)
    data = text.encode("utf-8", "replace")
    if rng.random() < 0.05:
        data, told = mutate_bytes.damage(rng, data)
        how += f", {told}"
    if rng.random() < 0.25 and text.rstrip().endswith("}"):
        inner = {"bodies": base64.b64encode(bodies).decode()} | (
            {"doseVoxels": base64.b64encode(doses).decode()} if doses else {}
        )
        data = (text.rstrip()[:-1] + "," + json.dumps(inner)[1:]).encode("utf-8", "replace")
        path, put = f"{FOLDER}/case.json", {"case.json": data}
    else:
        path = f"{FOLDER}/case"
        put = {"case/case.json": data, "case/bodies.bin": bodies} | ({"case/doses.bin": doses} if doses else {})
    form = ["--format", rng.choice(["text", "text", "json", "csv"])]
    lesion = "GTV 1" if name != "list" else "S10"
    steps = [
        rng.choice(
            [
                Step(["measure", path, *form]),
                Step(["measure", path, *form]),
                Step(["assess", path, *form]),
                Step(["dvh", path, *form] if name != "list" else ["measure", path]),
                Step(["plan", path, "--modality", "sbrt", *form, "-o", "out/plan.json"], {"plan.json"}),
                Step(
                    ["plan", path, "--modality", "metastasectomy", "--pages", "out/pages", "-o", "out/plan.json"],
                    {"plan.json", "pages"},
                ),
                Step(["plan", path, "--samples", "0", "--alternatives", "0"] if name == "list" else ["assess", path]),
                Step(["export", path, "--as", "rtstruct", "-o", "out/rs.dcm"], {"rs.dcm"}),
                Step(["export", path, "--as", "svg", "--lesion", lesion, "-o", "out/plane.svg"], {"plane.svg"}),
            ]
        )
    ]
    return Job(put, steps, f"case {name}: {how}")


def plan(rng: random.Random, seeds: Seeds) -> Job:
    """A plan's file whose hashes of case and protocol hold."""
    name, source = rng.choice(seeds.plans)
    tree = json.loads(source)
    keep = [("provenance", "caseSHA256"), ("provenance", "protocol", "sha256"), ("schema",)]
    if rng.random() < 0.6 and isinstance(tree.get("facts"), dict):
        # Most of the file is not read again: what is, lies in two places.
        part = rng.choice([("facts",), ("provenance", "options")])
        holder = tree if len(part) == 1 else tree[part[0]]
        text, how = mutate_json.mutate(rng, {part[-1]: holder[part[-1]]})
        holder[part[-1]] = "@part@"
        inner = re.match(r'\s*\{\s*"[^"]*":\s*(.*)\}\s*$', text, re.S)
        text = json.dumps(tree, ensure_ascii=False, indent=1).replace('"@part@"', inner.group(1) if inner else "null")
    else:
        text, how = mutate_json.mutate(rng, tree, keep)
    data = text.encode("utf-8", "replace")
    if rng.random() < 0.08:
        data, told = mutate_bytes.damage(rng, data)
        how += f", {told}"
    files = seeds.case_files(name) | {"plan.json": data}
    case_path, path = f"{FOLDER}/case", f"{FOLDER}/plan.json"
    if rng.random() < 0.6:
        steps = [Step(["assess", case_path, "--plan", path, "--format", rng.choice(["text", "json", "csv"])])]
    else:
        steps = [Step(["plan", case_path, "--again", path, "-o", "out/again.json"], {"again.json"})]
    return Job(files, steps, how)
