# SPDX-License-Identifier: Apache-2.0
"""Damage to YAML by its lines: scalars, keys, references, depth and marks."""

import json
import random
import re

import mutate_text
import words


def _laughs(rng):
    """References to references: few bytes that stand for very many nodes."""
    lines = ["notes:", "  - &a0 [x, x]"]
    for level in range(1, rng.choice([4, 9, 12, 20])):
        lines.append(f"  - &a{level} [" + ",".join([f"*a{level - 1}"] * 9) + "]")
    last = f"*a{len(lines) - 2}"
    lines.append(
        rng.choice([f"? {last}\n: x", f"comment: {last}", f"<<: {last}", f"inr: {last}", f"? [{last}]\n: {last}"])
    )
    return "\n".join(lines), f"{len(lines)} levels of references"


def _flow(rng):
    depth = rng.choice([50, 500, 2000, 9000, 9900, 50_000])
    opening, closing = rng.choice(
        [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("!!set {", "}"), ("[{a: ", "}]")]
    )
    return "notes: " + opening * depth + "1" + closing * depth, f"{opening.strip()} nested {depth} deep"


YAML_LINES = [
    "\tinr: 1",
    "a: &a *a",
    "<<: *none",
    "? [x]: y",
    "notes: !!binary x",
    "notes: !!python/object:os.system x",
    "---",
    "...",
    "%YAML 9.9",
    "key: |2\n  x\n x",
    "key: >-\n\n\n",
    "notes: 'unclosed",
    'notes: "\\x1b[31m\\u202e"',
    "notes: \0",
    "inr: 1\ninr: 2",
    "notes: \x1b[31m",
    "'': ''",
    "null: null",
    "~: 1",
    "inr: .inf",
    "inr: .nan",
    "inr: 0o17",
    "age_years: 1_000",
    "{}: 1",
    "*a : 1",
    '"key\\nerror: FORGED": 1',
    "\u202einr: 1",
    "inr : {a: b}",
    "notes: &x [*x]",
    "&r notes: *r",
]


def mutate(rng: random.Random, source: str) -> tuple[bytes, str]:
    """YAML with scalars, keys and lines changed, or with references, depth and marks put in."""
    told = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        lines = source.split("\n")
        keyed = [i for i, line in enumerate(lines) if re.match(r"[\s-]*[\w\"]+ *:", line)]
        kind = rng.random()
        if kind < 0.45 and keyed:
            place = rng.choice(keyed)
            key, _, value = lines[place].partition(":")
            if rng.random() < 0.8:
                # Quoted, so that the reader sees the characters and not a break of the syntax.
                new = words.word(rng)
                value = " " + (new if rng.random() < 0.3 else json.dumps(new, ensure_ascii=rng.random() < 0.5))
            else:
                key = words.word(rng)
            lines[place] = key + ":" + value
            told.append(f"line {place + 1} became {lines[place][:40]!r}")
        elif kind < 0.6:
            line, how = _laughs(rng) if kind < 0.52 else _flow(rng)
            lines.insert(rng.choice([0, len(lines)]), line)
            told.append(how)
        elif kind < 0.8:
            line = rng.choice(YAML_LINES)
            lines.insert(rng.randrange(len(lines) + 1), line)
            told.append(f"{line[:30]!r} put in")
        elif kind < 0.83:
            count = rng.choice([1000, 20_000])
            lines += [f"key{i}: {i}" for i in range(count)]
            told.append(f"{count} keys")
        else:
            changed, how = rng.choice([mutate_text.number, mutate_text.line, mutate_text.mark])(rng, source)
            lines = changed.split("\n")
            told.append(how)
        source = "\n".join(lines)
    data, how = mutate_text.encoded(rng, source)
    return data, ", ".join(told + ([how] if how else []))
