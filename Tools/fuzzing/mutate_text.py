# SPDX-License-Identifier: Apache-2.0
"""Damage to text: numbers, lines, cells and marks, in some encoding."""

import random
import re

import words

FIGURE = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def number(rng: random.Random, text: str) -> tuple[str, str]:
    """Another number in place of one."""
    found = list(FIGURE.finditer(text))
    if not found:
        return text + words.number(rng), "number put in"
    spot = rng.choice(found)
    new = words.number(rng)
    return text[: spot.start()] + new + text[spot.end() :], f"{spot.group()[:20]} became {new[:20]!r}"


def line(rng: random.Random, text: str) -> tuple[str, str]:
    """A line left out, repeated, moved, made longer, or put in."""
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    kind = rng.randrange(5)
    if kind == 0:
        del lines[place]
        return "\n".join(lines), f"line {place + 1} left out"
    if kind == 1:
        lines[place:place] = [lines[place]] * rng.choice([1, 2, 50])
        return "\n".join(lines), f"line {place + 1} repeated"
    if kind == 2:
        other = rng.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
        return "\n".join(lines), f"lines {place + 1} and {other + 1} exchanged"
    if kind == 3:
        lines[place] = lines[place] * rng.choice([2, 1000])
        return "\n".join(lines), f"line {place + 1} made longer"
    lines.insert(place, words.word(rng))
    return "\n".join(lines), f"line put in at {place + 1}"


def cell(rng: random.Random, text: str) -> tuple[str, str]:
    """Another word in place of one between marks."""
    found = list(re.finditer(r"[^,;:\t\n\"{}\[\]]+", text))
    if not found:
        return text, "nothing"
    spot = rng.choice(found)
    new = words.word(rng)
    if rng.random() < 0.4:
        new = '"' + new.replace('"', '""') + '"'
    return text[: spot.start()] + new + text[spot.end() :], f"{spot.group()[:20]!r} became {new[:30]!r}"


def mark(rng: random.Random, text: str) -> tuple[str, str]:
    """A mark of syntax where none was."""
    mark = rng.choice(list("\",;:\t\n\r\0{}[]#&*!|>'%@`\\"))
    place = rng.randrange(len(text) + 1)
    return text[:place] + mark * rng.choice([1, 1, 2, 100]) + text[place:], f"{mark!r} put in"


def text(rng: random.Random, source: str) -> tuple[bytes, str]:
    """A table or free text with numbers, lines, cells or marks changed, in some encoding."""
    told = []
    for _ in range(rng.choice([1, 1, 1, 1, 2, 3])):
        source, how = rng.choice([number, number, number, number, cell, cell, line, mark])(rng, source)
        told.append(how)
    data, how = encoded(rng, source)
    return data, ", ".join(told + ([how] if how else []))


def encoded(rng: random.Random, source: str) -> tuple[bytes, str]:
    """The text in UTF-8 mostly; sometimes with a mark, in another encoding or with other line ends."""
    kind = rng.random()
    if kind < 0.88:
        return source.encode("utf-8"), ""
    if kind < 0.905:
        return b"\xef\xbb\xbf" + source.encode("utf-8"), "byte order mark"
    if kind < 0.92:
        return source.encode("utf-16"), "UTF-16"
    if kind < 0.94:
        return source.encode("latin-1", "replace"), "Latin-1"
    if kind < 0.96:
        return source.replace("\n", rng.choice(["\r\n", "\r", "\u2028", "\x85"])).encode("utf-8"), "other line ends"
    place = rng.randrange(len(source) + 1)
    odd = rng.choice(words.BYTES)
    return source[:place].encode("utf-8") + odd + source[place:].encode("utf-8"), f"{odd[:10]!r} put in"
