# SPDX-License-Identifier: Apache-2.0
"""Small RT objects made by hand: a structure set, a dose, a plan, a spatial registration."""

import math
import struct

import dicom
import words
from dicom import Dataset, Element

FRAME, DOSE_FRAME = "1.2.3.4.5", "1.2.3.4.6"
CLASSES = {
    "RTSTRUCT": "1.2.840.10008.5.1.4.1.1.481.3",
    "RTDOSE": "1.2.840.10008.5.1.4.1.1.481.2",
    "RTPLAN": "1.2.840.10008.5.1.4.1.1.481.5",
    "CT": "1.2.840.10008.5.1.4.1.1.2",
    "SEG": "1.2.840.10008.5.1.4.1.1.66.4",
    "SEGMAP": "1.2.840.10008.5.1.4.1.1.66.7",
    "SR": "1.2.840.10008.5.1.4.1.1.88.33",
    "REG": "1.2.840.10008.5.1.4.1.1.66.1",
}


def head(modality: str, frame: str | None) -> Dataset:
    data = Dataset()
    data.add(0x00080005, "CS", "ISO_IR 192")
    data.add(0x00080016, "UI", CLASSES[modality])
    data.add(0x00080018, "UI", "1.2.3.4.99" if modality != "RTPLAN" else "1.2.3.4.77")
    data.add(0x00080020, "DA", "20260310")
    data.add(0x00080060, "CS", modality)
    data.add(0x00080090, "PN", words.NAME)
    data.add(0x00081048, "PN", words.NAME)
    data.add(0x00081070, "PN", words.NAME)
    data.add(0x00100010, "PN", words.NAME)
    data.add(0x00100020, "LO", "P1")
    data.add(0x00100030, "DA", "19011231")
    data.add(0x00101001, "PN", words.NAME)
    data.add(0x0020000D, "UI", "1.2.3.4.7")
    if frame:
        data.add(0x00200052, "UI", frame)
    return data


def circle(x: float, y: float, z: float, radius: float, corners: int = 12) -> list[tuple[float, float, float]]:
    """The corners of a regular polygon."""
    turns = [2 * math.pi * i / corners for i in range(corners)]
    return [(x + radius * math.cos(t), y + radius * math.sin(t), z) for t in turns]


def box(x0: float, y0: float, x1: float, y1: float, z: float) -> list[tuple[float, float, float]]:
    """The corners of a rectangle."""
    return [(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)]


def decimals(values) -> str:
    """Numbers as DICOM writes them, apart by backslashes."""
    return "\\".join(f"{v:.10g}"[:16] for v in values)


def structure_set(rois, frame: str = FRAME) -> Dataset:
    """A structure set of ROIs: name, interpreted type, and contours, each a kind and its points."""
    data = head("RTSTRUCT", frame)
    data.add(0x30060002, "SH", "SET")
    declared, drawn, observed = [], [], []
    for number, (name, type_, contours) in enumerate(rois, 1):
        item = Dataset()
        item.add(0x30060022, "IS", str(number))
        item.add(0x30060024, "UI", frame)
        item.add(0x30060026, "LO", name)
        item.add(0x30060036, "CS", "")
        declared.append(item)
        rings = []
        for kind, points in contours:
            ring = Dataset()
            ring.add(0x30060042, "CS", kind)
            ring.add(0x30060046, "IS", str(len(points)))
            ring.add(0x30060050, "DS", decimals(v for point in points for v in point))
            rings.append(ring)
        item = Dataset()
        item.add(0x3006002A, "IS", "255\\0\\0")
        item.add(0x30060040, "SQ", rings)
        item.add(0x30060084, "IS", str(number))
        drawn.append(item)
        item = Dataset()
        item.add(0x30060082, "IS", str(number))
        item.add(0x30060084, "IS", str(number))
        item.add(0x300600A4, "CS", type_)
        item.add(0x300600A6, "PN", words.NAME)
        observed.append(item)
    data.add(0x30060020, "SQ", declared)
    data.add(0x30060039, "SQ", drawn)
    data.add(0x30060080, "SQ", observed)
    return data


def small_set(lung: bool) -> Dataset:
    """Two lesions, a target, organs, a point and a line; with a lung it takes the program longer."""
    closed, low = "CLOSED_PLANAR", range(-6, 9, 3)
    rois = [
        ("GTV 1", "GTV", [(closed, circle(-60, 0, z, 8 - abs(z) / 2)) for z in low]),
        ("GTV 2", "GTV", [(closed, circle(-30, 15, z, 4, 8)) for z in low]),
        ("PTV 1", "PTV", [(closed, circle(-60, 0, z, 12)) for z in range(-9, 12, 3)]),
        ("Heart", "ORGAN", [(closed, circle(20, -20, z, 25, 16)) for z in range(-12, 15, 6)]),
        ("Esophagus", "ORGAN", [(closed, box(5, 20, 12, 28, z)) for z in range(-12, 15, 6)]),
        ("Ring", "ORGAN", [(closed, circle(60, 0, z, r)) for z in (-3, 0, 3) for r in (10, 5)]),
        ("iso", "ISOCENTER", [("POINT", [(1, 2, 3)])]),
        ("wire", "", [("OPEN_PLANAR", [(0, 0, 0), (5, 5, 0), (9, 5, 0)])]),
    ]
    if lung:
        rois.append(("Lung_R", "ORGAN", [(closed, box(-100, -40, -10, 50, z)) for z in range(-12, 21, 6)]))
    return structure_set(rois)


def dose(frame: str = FRAME, bits: int = 16, rle: bool = False) -> Dataset:
    """A dose of 14 x 10 x 6 voxels over the small structure set."""
    columns, rows, planes = 14, 10, 6
    data = head("RTDOSE", frame)
    data.add(0x00280002, "US", 1)
    data.add(0x00280004, "CS", "MONOCHROME2")
    data.add(0x00280008, "IS", str(planes))
    data.add(0x00280009, "AT", struct.pack("<HH", 0x3004, 0x000C))
    data.add(0x00280010, "US", rows)
    data.add(0x00280011, "US", columns)
    data.add(0x00280030, "DS", "10\\12")
    data.add(0x00280100, "US", bits)
    data.add(0x00280101, "US", bits)
    data.add(0x00280102, "US", bits - 1)
    data.add(0x00280103, "US", 0)
    data.add(0x30040002, "CS", "GY")
    data.add(0x30040004, "CS", "PHYSICAL")
    data.add(0x3004000A, "CS", "PLAN")
    data.add(0x3004000C, "DS", "0\\6\\12\\18\\24\\30")
    data.add(0x3004000E, "DS", "0.001")
    data.elements[12:12] = [
        Element(0x00200032, "DS", b"-100\\-50\\-15"),
        Element(0x00200037, "DS", b"1\\0\\0\\0\\1\\0"),
    ]
    reference = Dataset()
    reference.add(0x00081150, "UI", CLASSES["RTPLAN"])
    reference.add(0x00081155, "UI", "1.2.3.4.77")
    data.add(0x300C0002, "SQ", [reference])
    frames = []
    for k in range(planes):
        values = [
            int(40000 * math.exp(-((i - 4) ** 2 + (j - 4) ** 2 + (k - 3) ** 2) / 20))
            for j in range(rows)
            for i in range(columns)
        ]
        frames.append(struct.pack(f"<{len(values)}{'H' if bits == 16 else 'I'}", *values))
    if rle:
        data.elements.append(Element(0x7FE00010, "OB", b"", dicom.rle_fragments(frames, bits // 8)))
    else:
        data.add(0x7FE00010, "OW", b"".join(frames))
    return data


def plan() -> Dataset:
    """A plan of five fractions of 10 Gy."""
    data = head("RTPLAN", FRAME)
    data.add(0x300A0002, "SH", "Plan A")
    data.add(0x300A0003, "LO", "A plan")
    data.add(0x300A0006, "DA", "20230105")
    reference = Dataset()
    reference.add(0x300A0012, "IS", "1")
    reference.add(0x300A0014, "CS", "SITE")
    reference.add(0x300A0020, "CS", "TARGET")
    reference.add(0x300A0026, "DS", "50.0")
    data.add(0x300A0010, "SQ", [reference])
    group = Dataset()
    group.add(0x300A0071, "IS", "1")
    group.add(0x300A0078, "IS", "5")
    group.add(0x300A0080, "IS", "1")
    data.add(0x300A0070, "SQ", [group])
    return data


def registration() -> Dataset:
    """A shift from the dose's frame to the contours'."""
    data = head("REG", FRAME)
    frames = []
    for frame, shift in ((FRAME, 0), (DOSE_FRAME, 5)):
        entry = Dataset()
        entry.add(0x300600C6, "DS", decimals([1, 0, 0, shift, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]))
        entry.add(0x0070030C, "CS", "RIGID")
        step = Dataset()
        step.add(0x0070030A, "SQ", [entry])
        item = Dataset()
        item.add(0x00200052, "UI", frame)
        item.add(0x00700309, "SQ", [step])
        frames.append(item)
    data.add(0x00700308, "SQ", frames)
    return data
