# SPDX-License-Identifier: Apache-2.0
"""Small NIfTI label maps of both versions, and damage to their header fields, extensions and compression."""

import random
import struct

import mutate_bytes
import mutate_text
import words

# Field: place and form in the headers of 348 and 540 bytes.
FIELDS = {
    "sizeof_hdr": ((0, "i"), (0, "i")),
    "magic": ((344, "4s"), (4, "8s")),
    "dim": ((40, "8h"), (16, "8q")),
    "datatype": ((70, "h"), (12, "h")),
    "bitpix": ((72, "h"), (14, "h")),
    "pixdim": ((76, "8f"), (104, "8d")),
    "vox_offset": ((108, "f"), (168, "q")),
    "scl_slope": ((112, "f"), (176, "d")),
    "scl_inter": ((116, "f"), (184, "d")),
    "xyzt_units": ((123, "B"), (500, "i")),
    "descrip": ((148, "80s"), (240, "80s")),
    "qform_code": ((252, "h"), (344, "i")),
    "sform_code": ((254, "h"), (348, "i")),
    "quatern": ((256, "3f"), (352, "3d")),
    "qoffset": ((268, "3f"), (376, "3d")),
    "srow_x": ((280, "4f"), (400, "4d")),
    "srow_y": ((296, "4f"), (432, "4d")),
    "srow_z": ((312, "4f"), (464, "4d")),
}
TABLE = (
    '<?xml version="1.0"?><CaretExtension><VolumeInformation><LabelTable>'
    '<Label Key="1" Red="1" Green="0" Blue="0" Alpha="1"><![CDATA[lesion]]></Label>'
    '<Label Key="2" Red="1" Green="0" Blue="0" Alpha="1">liver &amp; more</Label>'
    '<Label Key="3" Red="1" Green="0" Blue="0" Alpha="1">heart</Label>'
    "</LabelTable></VolumeInformation></CaretExtension>"
)
CODES = {2: "B", 4: "h", 8: "i", 16: "f", 64: "d", 256: "b", 512: "H", 768: "I", 1024: "q", 1280: "Q"}


class Image:
    """A label map: header fields by name, extensions, and the voxels as bytes."""

    def __init__(self, version: int = 1, big: bool = False, datatype: int = 2, size=(12, 10, 8)):
        self.version, self.order, self.size = version, ">" if big else "<", size
        x, y, z = size
        self.fields = {
            "sizeof_hdr": [348 if version == 1 else 540],
            "magic": [b"n+1\0" if version == 1 else b"n+2\0\r\n\x1a\n"],
            "dim": [3, x, y, z, 1, 1, 1, 1],
            "datatype": [datatype],
            "bitpix": [8 * struct.calcsize(CODES[datatype])],
            "pixdim": [1, 2, 2, 3, 0, 0, 0, 0],
            "vox_offset": [0],
            "scl_slope": [1],
            "scl_inter": [0],
            "xyzt_units": [2],
            "descrip": [words.NAME.encode()],
            "qform_code": [0],
            "sform_code": [1],
            "quatern": [0, 0, 0],
            "qoffset": [0, 0, 0],
            "srow_x": [-2, 0, 0, 12],
            "srow_y": [0, -2, 0, 10],
            "srow_z": [0, 0, 3, -9],
        }
        self.extensions = [(0, TABLE.encode())]
        self.sizes: dict[int, int] = {}
        values = []
        for k in range(z):
            for j in range(y):
                for i in range(x):
                    lesion = (i - 4) ** 2 + (j - 4) ** 2 + (k - 4) ** 2 <= 6
                    values.append(1 if lesion else 2 if i < 9 else 3 if i == 10 and 2 < j < 8 else 0)
        self.voxels = struct.pack(f"{self.order}{len(values)}{CODES[datatype]}", *values)

    def encode(self) -> bytes:
        """The file: header, extensions, voxels; the offset follows from them unless it was set."""
        extensions = b""
        for index, (code, content) in enumerate(self.extensions):
            padded = content + bytes(-(len(content) + 8) % 16)
            size = self.sizes.get(index, len(padded) + 8)
            extensions += struct.pack(self.order + "ii", _within(size, "i"), code) + padded
        head = bytearray(348 if self.version == 1 else 540)
        fields = dict(self.fields)
        if fields["vox_offset"] == [0]:
            fields["vox_offset"] = [len(head) + 4 + len(extensions)]
        for name, values in fields.items():
            place, form = FIELDS[name][self.version - 1]
            kind = form[-1]
            values = [v if isinstance(v, bytes) else _within(v, kind) for v in values]
            struct.pack_into(self.order + form, head, place, *values)
        return bytes(head) + bytes([1 if self.extensions else 0, 0, 0, 0]) + extensions + self.voxels


def _within(value, kind: str):
    if kind in "fd":
        # A float field takes what lies beyond it as infinity.
        return float("inf") * (1 if value > 0 else -1) if kind == "f" and abs(value) > 3e38 else float(value)
    bits = 8 * struct.calcsize(kind)
    low, high = (0, 2**bits - 1) if kind.isupper() else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    if value != value:
        return 0
    return int(min(max(value, low), high))


EXTREMES = [
    0,
    -1,
    1,
    2,
    3,
    7,
    8,
    0.5,
    1e-30,
    1e30,
    -1e30,
    1e308,
    float("nan"),
    float("inf"),
    -float("inf"),
    32767,
    65535,
    65536,
    2**31,
    2**62,
    -32768,
    352,
    351,
    353,
    348,
    540,
    1e9,
    128,
    2304,
    1.0000001,
]


def _field(rng, image):
    name = rng.choice([n for n in FIELDS if n not in ("magic", "descrip")])
    values = list(image.fields[name])
    place = rng.randrange(len(values))
    values[place] = rng.choice(EXTREMES)
    image.fields[name] = values
    return f"{name}[{place}] became {values[place]}"


def _shape(rng, image):
    kind = rng.randrange(4)
    if kind == 0:
        # As many voxels as the file may claim, far fewer than it holds.
        dims = rng.choice([(65535, 32767, 1), (1290, 1290, 1290), (2, 2, 2**29), (4096, 4096, 128)])
        image.fields["dim"][1:4] = dims
        return f"claims {dims} voxels"
    if kind == 1:
        image.fields["dim"][0] = rng.choice([0, 1, 2, 4, 5, 7, 8, -3])
        image.fields["dim"][4] = rng.choice([0, 1, 2, -1])
        return f"{image.fields['dim'][0]} dimensions"
    code = rng.choice(list(CODES) + [0, 1, 32, 128, 255, 1536, 1792, 2048, 2304])
    image.fields["datatype"], image.fields["bitpix"] = [code], [8 * struct.calcsize(CODES.get(code, "B"))]
    return f"datatype {code}"


def _affine(rng, image):
    rows = [list(image.fields[f"srow_{axis}"]) for axis in "xyz"]
    kind = rng.randrange(5)
    if kind == 0:
        rng.shuffle(rows)
    elif kind == 1:
        rows[rng.randrange(3)] = [0, 0, 0, 0]
    elif kind == 2:
        scale = rng.choice([1e-6, 1e-3, 1e3, 1e6, -1])
        rows = [[v * scale for v in row] for row in rows]
    elif kind == 3:
        rows[rng.randrange(3)][rng.randrange(3)] = rng.choice([0.5, 1e-4, -2])
    else:
        image.fields["qform_code"] = [rng.choice([1, 4, -1])]
        image.fields["quatern"] = [rng.choice([0, 0.5, 1, 2, float("nan")]) for _ in range(3)]
        image.fields["sform_code"] = [rng.choice([0, 1])]
    for axis, row in zip("xyz", rows, strict=True):
        image.fields[f"srow_{axis}"] = row
    return "affine changed"


def _extension(rng, image):
    kind = rng.randrange(4)
    if kind == 0:
        image.sizes[0] = rng.choice([0, 8, 15, 16, -16, 2**31 - 1, 2**30, 1 << 20, 1])
        return f"extension of size {image.sizes[0]}"
    if kind == 1:
        content, how = mutate_text.text(rng, TABLE)
        image.extensions = [(rng.choice([0, 30, 4]), content)]
        return f"label table: {how}"
    if kind == 2:
        label = words.name(rng).replace("]", "")
        table = TABLE.replace("lesion", label).replace('Key="1"', f'Key="{rng.choice(["1", "2", words.number(rng)])}"')
        image.extensions = [(0, table.encode("utf-8"))]
        return f"label named {label[:30]!r}"
    image.extensions = [(0, b"<Label " * rng.choice([1, 1000, 100_000]))] * rng.choice([1, 20])
    return "label table that never ends"


def _voxels(rng, image):
    code = image.fields["datatype"][0]
    kind = rng.randrange(5)
    if kind == 0:
        image.voxels = rng.randbytes(len(image.voxels))
    elif kind == 1:
        image.voxels = image.voxels[: rng.randrange(len(image.voxels) + 1)]
    elif kind == 2 and code in CODES:
        # A checkerboard: as many parts that touch only by corners as can be.
        n = rng.choice([12, 24, 40])
        image.fields["dim"][1:4] = [n, n, n]
        values = [(i + j + k) % 2 for k in range(n) for j in range(n) for i in range(n)]
        image.voxels = struct.pack(f"{image.order}{len(values)}{CODES[code]}", *values)
        return f"checkerboard of {n}"
    elif kind == 3 and code in CODES:
        count = len(image.voxels) // struct.calcsize(CODES[code])
        values = [_within(v % 1500, CODES[code]) for v in range(count)]
        image.voxels = struct.pack(f"{image.order}{count}{CODES[code]}", *values)
        return "very many labels"
    else:
        image.voxels = bytes(len(image.voxels)) if rng.random() < 0.5 else image.voxels * 2
    return "voxels changed"


def mutate(rng: random.Random) -> tuple[bytes, str, bool]:
    """The bytes, what was done, and whether they are compressed."""
    image = Image(
        rng.choice([1, 1, 2]), rng.random() < 0.2, rng.choice([2, 2, 4, 8, 16, 64, 256, 512, 768, 1024, 1280])
    )
    told = []
    for _ in range(rng.choice([1, 1, 2, 3])):
        told.append(rng.choice([_field, _field, _field, _shape, _affine, _extension, _extension, _voxels])(rng, image))
    data = image.encode()
    if rng.random() < 0.15:
        data, how = mutate_bytes.damage(rng, data)
        told.append(how)
    if rng.random() < 0.02:
        image = Image()
        image.fields["dim"][1:4] = [1024, 1024, rng.choice([256, 2000])]
        return (
            mutate_bytes.thin_gzip(image.encode(), 256),
            f"few bytes that stand for {image.fields['dim'][1:4]} voxels",
            True,
        )
    if rng.random() < 0.5:
        return data, ", ".join(told), False
    if rng.random() < 0.7:
        return mutate_bytes.packed(data), ", ".join(told), True
    data, how = (
        mutate_bytes.damaged_gzip(rng, data)
        if rng.random() < 0.6
        else mutate_bytes.damage(rng, mutate_bytes.packed(data))
    )
    return data, ", ".join(told + [how]), True
