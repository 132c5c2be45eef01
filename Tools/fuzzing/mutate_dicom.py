# SPDX-License-Identifier: Apache-2.0
"""Damage to DICOM files by their elements."""

import copy
import random
import struct

import dicom
import mutate_bytes
import words
from dicom import Dataset, Element

CHARSETS = [
    "",
    "ISO_IR 6",
    "ISO_IR 100",
    "ISO_IR 144",
    "ISO_IR 192",
    "ISO 2022 IR 6\\ISO 2022 IR 87",
    "\\ISO 2022 IR 149",
    "GB18030",
    "ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159",
    "ISO 2022 IR 999",
    "\\",
    "ISO_IR 192\\ISO 2022 IR 58",
    "GBK",
    "A" * 200,
    "ISO_IR 13",
    "latin1",
    "\\\\\\\\\\",
]
SYNTAXES = [
    "1.2.840.10008.1.2",
    "1.2.840.10008.1.2.1",
    "1.2.840.10008.1.2.1.99",
    "1.2.840.10008.1.2.2",
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.90",
    "1.2.840.10008.1.2.4.100",
    "1.2.3",
    "",
    "1" * 70,
]
LENGTHS = [0, 1, 3, 0xFFFF, 0xFFFE, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFF0, 1 << 20]
VRS = [
    "SQ",
    "UN",
    "OB",
    "OW",
    "DS",
    "IS",
    "LO",
    "PN",
    "US",
    "UL",
    "FD",
    "AT",
    "UT",
    "CS",
    "UI",
    "OF",
    "ZZ",
    "??",
    "\0\0",
]


def _datasets(data: Dataset):
    yield data
    for element in data.elements:
        if isinstance(element.value, list):
            for item in element.value:
                yield from _datasets(item)


def _spot(rng, data):
    holder = rng.choice([d for d in _datasets(data) if d.elements])
    return holder, rng.randrange(len(holder.elements))


def _named(element: Element) -> str:
    return f"({element.tag >> 16:04X},{element.tag & 0xFFFF:04X})"


def _decimals(rng, data):
    chosen = [e for d in _datasets(data) for e in d.elements if e.vr in ("DS", "IS") and isinstance(e.value, bytes)]
    if not chosen:
        return _text(rng, data)
    element = rng.choice(chosen)
    parts = element.value.decode("latin-1").split("\\")
    place, new = rng.randrange(len(parts)), words.number(rng)
    kind = rng.random()
    if kind < 0.7:
        parts[place] = new
    elif kind < 0.8:
        parts = [new] * len(parts)
    elif kind < 0.9:
        parts[place : place + 1] = [new] * rng.choice([0, 2, 5])
    else:
        parts = parts * rng.choice([2, 3000])
    element.value = "\\".join(parts).encode("utf-8")
    return f"{_named(element)} number {place + 1} became {new[:20]!r}", True


def _text(rng, data):
    """Another text in an element that holds no person's name."""
    chosen = [
        e
        for d in _datasets(data)
        for e in d.elements
        if e.vr not in ("PN", "SQ", "OW", "OB") and isinstance(e.value, bytes)
    ]
    # Names of ROIs reach every output, so they are chosen more often.
    element = (
        rng.choice([e for e in chosen if e.tag == 0x30060026] or chosen) if rng.random() < 0.5 else rng.choice(chosen)
    )
    element.value = rng.choice(words.BYTES) if rng.random() < 0.15 else words.word(rng).encode("utf-8")
    if rng.random() < 0.2 and len(element.value) < 1000:
        element.value += rng.choice([b"\\", b"\\\\" * 50, b" " * 60, b"\\" + element.value])
    return f"{_named(element)} became {element.value[:30]!r}", True


def _binary(rng, data):
    chosen = [
        e for d in _datasets(data) for e in d.elements if e.vr in ("US", "AT", "UL") and isinstance(e.value, bytes)
    ]
    if not chosen:
        return _decimals(rng, data)
    element = rng.choice(chosen)
    element.value = rng.choice(
        [struct.pack("<H", rng.choice([0, 1, 7, 8, 16, 32, 64, 0x7FFF, 0xFFFF])), b"", b"\1", bytes(8)]
    )
    return f"{_named(element)} became {element.value!r}", True


def _drop(rng, data):
    holder, place = _spot(rng, data)
    element = holder.elements.pop(place)
    return f"{_named(element)} left out", True


def _double(rng, data):
    holder, place = _spot(rng, data)
    element = holder.elements[place]
    if isinstance(element.value, list) and element.value and rng.random() < 0.7:
        item = rng.choice(element.value)
        times = rng.choice([1, 2, 300])
        element.value.extend(copy.deepcopy(item) for _ in range(times))
        return f"an item of {_named(element)} {times} times more", True
    holder.elements.insert(rng.choice([place, len(holder.elements)]), copy.deepcopy(element))
    return f"{_named(element)} twice", True


def _items(rng, data):
    chosen = [e for d in _datasets(data) for e in d.elements if isinstance(e.value, list)]
    element = rng.choice(chosen) if chosen else None
    if element is None or not element.value:
        return _drop(rng, data)
    kind = rng.randrange(3)
    if kind == 0:
        element.value.pop(rng.randrange(len(element.value)))
        return f"an item of {_named(element)} left out", True
    if kind == 1:
        rng.shuffle(element.value)
        return f"the items of {_named(element)} in another order", True
    element.value = [] if rng.random() < 0.5 else [Dataset() for _ in element.value]
    return f"{_named(element)} emptied", True


def _exchange(rng, data):
    first, i = _spot(rng, data)
    second, j = _spot(rng, data)
    a, b = first.elements[i], second.elements[j]
    a.tag, b.tag = b.tag, a.tag
    return f"{_named(a)} and {_named(b)} exchanged", False


def _type(rng, data):
    holder, place = _spot(rng, data)
    element = holder.elements[place]
    element.vr = rng.choice(VRS)
    return f"{_named(element)} of type {element.vr!r}", False


def _length(rng, data):
    holder, place = _spot(rng, data)
    element = holder.elements[place]
    element.length = rng.choice(LENGTHS + [len(element.value) + rng.choice([-2, -1, 1, 2, 1000])])
    return f"{_named(element)} of length {element.length}", False


def _nest(rng, data):
    holder, place = _spot(rng, data)
    depth = rng.choice([30, 60, 70, 500, 6000, 30_000])
    undefined = rng.random() < 0.5
    tag = holder.elements[place].tag if rng.random() < 0.5 else rng.choice([0x00081140, 0x30060039, 0x00091010])
    value = dicom.nested(depth, True, undefined)
    if undefined:
        value += struct.pack("<HHI", 0xFFFE, 0xE0DD, 0)
    holder.elements.insert(place, Element(tag, "SQ", value, length=dicom.UNDEFINED if undefined else None))
    return f"sequences nested {depth} deep", True


def _charset(rng, data):
    charset = rng.choice(CHARSETS)
    for element in data.elements:
        if element.tag == 0x00080005:
            element.value = charset.encode("latin-1")
    how, _ = _text(rng, data)
    return f"character set {charset[:40]!r}, {how}", True


def _pixels(rng, data):
    element = next((e for e in data.elements if e.tag == 0x7FE00010), None)
    if element is None:
        return _decimals(rng, data)
    if element.fragments is not None:
        place = rng.randrange(len(element.fragments))
        if rng.random() < 0.3:
            element.fragments[place : place + 1] = [element.fragments[place]] * rng.choice([0, 2, 50])
            return "fragments left out or repeated", True
        if element.fragments[place]:
            element.fragments[place], how = mutate_bytes.damage(rng, element.fragments[place])
            return f"fragment {place}: {how}", True
        element.fragments[place] = rng.randbytes(64)
        return "rubbish for the offset table", True
    kind = rng.random()
    if kind < 0.4:
        element.value = element.value[: rng.randrange(len(element.value) + 1)]
    elif kind < 0.7:
        element.value = rng.randbytes(len(element.value))
    else:
        element.value = rng.choice([b"", bytes(len(element.value)), element.value * 2, b"\xff" * len(element.value)])
    return f"pixels of {len(element.value)} bytes", True


KINDS = (
    [_decimals] * 5
    + [_text] * 5
    + [_binary, _drop, _drop, _double, _items, _exchange, _type, _length, _length, _nest, _charset, _pixels]
)


def mutate(rng: random.Random, seed: Dataset, others: list[Dataset], syntaxes: list[str]) -> tuple[bytes, str, bool]:
    """The bytes, what was done, and whether the person's name still stands only where a name belongs."""
    data, told, clean = copy.deepcopy(seed), [], True
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        how, kept = rng.choice(KINDS)(rng, data)
        told.append(how)
        clean = clean and kept
    # Pixels in fragments belong to their own syntax.
    if any(e.fragments is not None for e in data.elements):
        syntaxes = ["rle"]
    syntax, undefined = rng.choice(syntaxes), rng.random() < 0.3
    # Nested sequences are prepared as explicit little-endian bytes.
    if any(e.vr == "SQ" and isinstance(e.value, bytes) for d in _datasets(data) for e in d.elements) and syntax in (
        "implicit",
        "big",
    ):
        syntax = "explicit"
    declared = rng.choice(SYNTAXES) if rng.random() < 0.04 else None
    preamble = rng.random() > 0.04
    result = dicom.encode(data, syntax, undefined=undefined, declared=declared, preamble=preamble)
    told.append(syntax + (f", declared {declared}" if declared else "") + ("" if preamble else ", no preamble"))
    if rng.random() < 0.15:
        result, how = mutate_bytes.damage(rng, result, dicom.encode(rng.choice(others), syntax) if others else b"")
        told.append(how)
        clean = False
    return result, ", ".join(told), clean and declared is None
