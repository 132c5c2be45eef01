# SPDX-License-Identifier: Apache-2.0
"""Damage to bytes of any format: flips, cuts, blocks that move, two files spliced."""

import gzip
import random
import zlib


def _flip(rng, data):
    for _ in range(1 << rng.randrange(6)):
        place = rng.randrange(len(data))
        data[place] ^= 1 << rng.randrange(8)
    return "bits flipped"


def _overwrite(rng, data):
    for _ in range(1 << rng.randrange(4)):
        place = rng.randrange(len(data))
        data[place] = rng.choice([0, 0xFF, 0x7F, 0x80, 0x20, 0x0A, 0x1B, rng.randrange(256)])
    return "bytes overwritten"


def _cut(rng, data):
    del data[rng.randrange(len(data)) :]
    return f"cut to {len(data)} bytes"


def _block(rng, data):
    start = rng.randrange(len(data))
    return start, min(len(data), start + (1 << rng.randrange(12)))


def _repeat(rng, data):
    start, end = _block(rng, data)
    times = rng.choice([1, 1, 2, 10, 100])
    data[end:end] = data[start:end] * times
    return f"block of {end - start} bytes repeated {times} times"


def _leave_out(rng, data):
    start, end = _block(rng, data)
    del data[start:end]
    return f"block of {end - start} bytes left out"


def _insert(rng, data):
    start, end = _block(rng, data)
    block = bytes(data[start:end])
    place = rng.randrange(len(data) + 1)
    data[place:place] = block if rng.random() < 0.5 else rng.randbytes(len(block))
    return f"{end - start} bytes put in"


def _fill(rng, data):
    start, end = _block(rng, data)
    data[start:end] = bytes([rng.choice([0, 0xFF, 0x41])]) * (end - start)
    return f"{end - start} bytes filled"


KINDS = [_flip, _flip, _overwrite, _cut, _repeat, _leave_out, _insert, _fill]


def damage(rng: random.Random, data: bytes, other: bytes = b"") -> tuple[bytes, str]:
    """The bytes damaged once to three times; `other` is a second file to splice with."""
    if other and rng.random() < 0.12:
        head = data[: rng.randrange(len(data) + 1)]
        return head + other[rng.randrange(len(other)) :], "spliced with another file"
    result = bytearray(data)
    told = []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        if not result:
            break
        told.append(rng.choice(KINDS)(rng, result))
    return bytes(result), ", ".join(told)


def packed(data: bytes) -> bytes:
    """gzip without a time, so that the same bytes come out every day."""
    return gzip.compress(data, 6, mtime=0)


def damaged_gzip(rng: random.Random, data: bytes) -> tuple[bytes, str]:
    """A gzip file of several members, with a wrong checksum, rubbish behind it, or nothing in it."""
    kind = rng.randrange(6)
    if kind == 0:
        middle = rng.randrange(len(data) + 1)
        return packed(data[:middle]) + packed(data[middle:]), "two gzip members"
    if kind == 1:
        return packed(data) + rng.randbytes(40), "rubbish behind the gzip member"
    if kind == 2:
        return packed(data)[:-8] + bytes(8), "checksum of zeros"
    if kind == 3:
        return packed(data)[: -rng.randrange(1, 12)], "gzip cut short"
    if kind == 4:
        return packed(b"") * 2000 + packed(data), "2000 empty gzip members first"
    return packed(packed(data)), "gzip twice"


def thin_gzip(head: bytes, megabytes: int) -> bytes:
    """A gzip file of a head and many megabytes of zeros that takes a thousandth of that."""
    member = packed(bytes(4 << 20))
    return packed(head) + member * (megabytes // 4)


def raw_deflate(data: bytes) -> bytes:
    """Deflated without a header, as DICOM has it."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()
