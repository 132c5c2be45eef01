# SPDX-License-Identifier: Apache-2.0
"""DICOM files as trees of elements, and their bytes in every transfer syntax that the program reads.

The writer writes what it is told: lengths that do not hold, types that do not fit.
"""

import struct
from dataclasses import dataclass, field

import mutate_bytes

SYNTAXES = {
    "implicit": "1.2.840.10008.1.2",
    "explicit": "1.2.840.10008.1.2.1",
    "deflated": "1.2.840.10008.1.2.1.99",
    "big": "1.2.840.10008.1.2.2",
    "rle": "1.2.840.10008.1.2.5",
}
LONG = {"OB", "OD", "OF", "OL", "OW", "OV", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"}
# Bytes of one number, for those types whose numbers turn round in big endian.
WIDTHS = {"US": 2, "SS": 2, "OW": 2, "AT": 2, "UL": 4, "SL": 4, "FL": 4, "OF": 4, "OL": 4, "FD": 8, "OD": 8}
UNDEFINED = 0xFFFFFFFF
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD


@dataclass
class Element:
    """One element: bytes (little endian), or the items of a sequence; `fragments` for encapsulated pixels."""

    tag: int
    vr: str
    value: bytes | list["Dataset"] = b""
    fragments: list[bytes] | None = None
    # A length to be written in place of the true one.
    length: int | None = None


@dataclass
class Dataset:
    """The elements of a file or of an item, in the order they are written."""

    elements: list[Element] = field(default_factory=list)

    def add(self, tag: int, vr: str, value: str | bytes | int | list["Dataset"] = b"") -> None:
        """Adds an element; text and numbers become bytes."""
        if isinstance(value, int):
            value = struct.pack("<H" if vr == "US" else "<I", value)
        elif isinstance(value, str):
            value = value.encode("utf-8")
        self.elements.append(Element(tag, vr, value))

    def __getitem__(self, tag: int) -> Element:
        return next(element for element in self.elements if element.tag == tag)


class Writer:
    """Writes data sets in one way: byte order, types told or not, lengths of sequences told or not."""

    def __init__(self, big: bool = False, explicit: bool = True, undefined: bool = False):
        self.order = ">" if big else "<"
        self.explicit = explicit
        self.undefined = undefined

    def _tag(self, tag: int, length: int) -> bytes:
        return struct.pack(self.order + "HHI", tag >> 16, tag & 0xFFFF, length & UNDEFINED)

    def _head(self, tag: int, vr: str, length: int) -> bytes:
        if not self.explicit:
            return self._tag(tag, length)
        kind = vr.encode("latin-1")[:2].ljust(2)
        start = struct.pack(self.order + "HH", tag >> 16, tag & 0xFFFF) + kind
        if vr in LONG:
            return start + struct.pack(self.order + "HI", 0, length & UNDEFINED)
        return start + struct.pack(self.order + "H", length & 0xFFFF)

    def _turned(self, vr: str, value: bytes) -> bytes:
        width = WIDTHS.get(vr, 1)
        if self.order == "<" or width == 1 or len(value) % width:
            return value
        return b"".join(value[i : i + width][::-1] for i in range(0, len(value), width))

    def element(self, element: Element) -> bytes:
        """One element with its value."""
        if element.fragments is not None:
            body = b"".join(self._tag(ITEM, len(f)) + f for f in element.fragments) + self._tag(SEQUENCE_END, 0)
            return self._head(element.tag, element.vr, UNDEFINED if element.length is None else element.length) + body
        if isinstance(element.value, list):
            body = b"".join(self._item(item) for item in element.value)
            length = len(body)
            if self.undefined:
                body, length = body + self._tag(SEQUENCE_END, 0), UNDEFINED
            return self._head(element.tag, element.vr, length if element.length is None else element.length) + body
        value = self._turned(element.vr, element.value)
        if len(value) % 2:
            value += b"\0" if element.vr in ("UI", "OB", "UN") else b" "
        # Types with 16-bit lengths hold no more; writers of real files call such values unknown (UN).
        vr = "UN" if self.explicit and element.vr not in LONG and len(value) > 0xFFFE else element.vr
        return self._head(element.tag, vr, len(value) if element.length is None else element.length) + value

    def _item(self, item: Dataset) -> bytes:
        body = self.dataset(item)
        if self.undefined:
            return self._tag(ITEM, UNDEFINED) + body + self._tag(ITEM_END, 0)
        return self._tag(ITEM, len(body)) + body

    def dataset(self, dataset: Dataset) -> bytes:
        """The elements one after the other."""
        return b"".join(self.element(element) for element in dataset.elements)


def encode(
    dataset: Dataset,
    syntax: str = "explicit",
    *,
    undefined: bool = False,
    declared: str | None = None,
    preamble: bool = True,
) -> bytes:
    """A file; `declared` is the transfer syntax it claims where that is not the one it has."""
    writer = Writer(big=syntax == "big", explicit=syntax != "implicit", undefined=undefined)
    body = writer.dataset(dataset)
    if syntax == "deflated":
        body = mutate_bytes.raw_deflate(body)
    if not preamble:
        return body
    meta = Dataset()
    sop_class = next((e.value for e in dataset.elements if e.tag == 0x00080016 and isinstance(e.value, bytes)), b"")
    meta.add(0x00020001, "OB", b"\0\1")
    meta.add(0x00020002, "UI", sop_class)
    meta.add(0x00020003, "UI", "1.2.3.4.99")
    meta.add(0x00020010, "UI", declared or SYNTAXES[syntax])
    meta.add(0x00020012, "UI", "1.2.3.4")
    plain = Writer()
    rest = plain.dataset(meta)
    return bytes(128) + b"DICM" + plain.element(Element(0x00020000, "UL", struct.pack("<I", len(rest)))) + rest + body


def nested(depth: int, explicit: bool, undefined: bool) -> bytes:
    """The value of a sequence in which each item holds one more such sequence."""
    writer = Writer(explicit=explicit)
    head = 12 if explicit else 8
    parts, ends = [], []
    for level in range(depth):
        # What lies inside: the sequences and items of the levels below.
        inside = (depth - level - 1) * (head + 8)
        parts.append(writer._tag(ITEM, UNDEFINED if undefined else inside))
        if undefined:
            ends.append(writer._tag(ITEM_END, 0))
        if level + 1 < depth:
            parts.append(writer._head(0x30060039, "SQ", UNDEFINED if undefined else inside - head))
            if undefined:
                ends.append(writer._tag(SEQUENCE_END, 0))
    return b"".join(parts) + b"".join(reversed(ends))


def rle_fragments(frames: list[bytes], width: int) -> list[bytes]:
    """Frames of little-endian numbers as the fragments of RLE: an offset table, then one for each frame."""
    fragments = [b""]
    for frame in frames:
        segments = []
        for plane in range(width - 1, -1, -1):
            run = bytearray()
            part = frame[plane::width]
            for start in range(0, len(part), 128):
                piece = part[start : start + 128]
                run += bytes([len(piece) - 1]) + piece
            if len(run) % 2:
                run += b"\x80"
            segments.append(bytes(run))
        offsets, at = [], 64
        for segment in segments:
            offsets.append(at)
            at += len(segment)
        table = struct.pack("<16I", len(segments), *offsets, *([0] * (15 - len(offsets))))
        fragments.append(table + b"".join(segments))
    return fragments
