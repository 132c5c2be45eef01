# SPDX-License-Identifier: Apache-2.0
"""Damage to JSON by its tree: values, keys, depth and length, and tokens that are none of JSON's."""

import json
import random

import words

RAW = [
    "1e19",
    "1e308",
    "1e400",
    "-1e400",
    "-0",
    "-0.0",
    "NaN",
    "Infinity",
    "10000000000000000000",
    "9223372036854775808",
    "01",
    "1.",
    "'x'",
    "tru",
    '"\\ud800"',
    '"\\u0000"',
    '"\\u001b[31m"',
    '"\\u202e"',
    '"\\u2028"',
    "{,}",
    "[1,]",
    "/* */ 1",
    "",
    '{"a":1,"a":2}',
    "1" * 5000,
]


def places(tree, path=()):
    """The paths of everything in a tree of JSON but its root."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        yield path + (key,)
        yield from places(value, path + (key,))


FIGURES = [
    0,
    -1,
    1,
    2,
    0.5,
    1e19,
    1e308,
    -1e308,
    1e-320,
    2**31,
    2**53 + 1,
    2**63 - 1,
    -(2**63),
    10**30,
    200.1,
    1e4,
    100,
    1e-9,
]


def _value(rng, old):
    # A value of another type is mostly refused at once; one of the same type gets farther.
    if rng.random() < 0.75:
        if isinstance(old, str):
            return words.word(rng)
        if isinstance(old, (int, float)) and not isinstance(old, bool):
            return rng.choice(FIGURES + [old + 1, -old, old * 1000, old / 1000])
        if isinstance(old, list) and old:
            return rng.choice([[], old[:1], old[::-1], old + old, old * 50, sorted(old, key=str)])
    kind = rng.random()
    if kind < 0.35:
        return words.word(rng)
    if kind < 0.6:
        return rng.choice(FIGURES)
    return rng.choice([None, True, False, [], {}, [[]], {"": ""}, [None] * 3, [1e308] * 3, {"number": 1}, [0] * 2000])


def _deep(rng):
    depth = rng.choice([20, 200, 511, 513, 3000, 100_000])
    opening, closing = rng.choice([("[", "]"), ('{"a":', "}")])
    return opening * depth + "0" + closing * (depth if rng.random() < 0.8 else 0), f"nested {depth} deep"


def mutate(rng: random.Random, tree, keep=()) -> tuple[str, str]:
    """JSON with one to three places changed, none of them among the kept paths or inside them.

    Changes the tree that is given.
    """
    raws: list[str] = []
    told = []

    def raw(token):
        raws.append(token)
        return f"@raw{len(raws) - 1}@"

    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        open_places = [p for p in places(tree) if not any(p[: len(k)] == k or k[: len(p)] == p for k in keep)]
        if not open_places:
            break
        path = rng.choice(open_places)
        parent = tree
        for key in path[:-1]:
            parent = parent[key]
        key, name = path[-1], ".".join(map(str, path))[:60]
        kind = rng.random()
        if kind < 0.5:
            parent[key] = _value(rng, parent[key])
            told.append(f"{name} became {str(parent[key])[:30]!r}")
        elif kind < 0.65:
            del parent[key]
            told.append(f"{name} left out")
        elif kind < 0.75:
            if isinstance(parent, list):
                parent[key:key] = [parent[key]] * rng.choice([1, 1, 2, 500])
            else:
                parent[words.word(rng)] = parent[key]
            told.append(f"{name} repeated")
        elif kind < 0.85:
            other = tree
            other_path = rng.choice(open_places)
            for step in other_path:
                other = other[step] if isinstance(other, (dict, list)) and _has(other, step) else other
            parent[key] = json.loads(json.dumps(other))
            told.append(f"{name} became a copy of another place")
        elif kind < 0.92:
            token, how = _deep(rng)
            parent[key] = raw(token)
            told.append(f"{name} {how}")
        elif kind < 0.97:
            token = rng.choice(RAW)
            parent[key] = raw(token)
            told.append(f"{name} became {token[:20]}")
        else:
            parent[key] = raw("[" + ",".join(["0"] * rng.choice([10_000, 300_000])) + "]")
            told.append(f"{name} became a long list")
    written = json.dumps(tree, ensure_ascii=rng.random() < 0.3, indent=1)
    for index, token in enumerate(raws):
        written = written.replace(f'"@raw{index}@"', token)
    return written, ", ".join(told)


def _has(holder, step):
    return step in holder if isinstance(holder, dict) else isinstance(step, int) and step < len(holder)
