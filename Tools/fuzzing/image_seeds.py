# SPDX-License-Identifier: Apache-2.0
"""Small images and reports made by hand: a CT slice, a segmentation, a measurement report, an NRRD, a workbook, markups."""

import io
import json
import math
import struct
import zipfile

import dicom_seeds
from dicom import Dataset
from dicom_seeds import FRAME

COLUMNS, ROWS, PLANES = 12, 10, 4


def _sequence(tag: int, *items: Dataset) -> Dataset:
    data = Dataset()
    data.add(tag, "SQ", list(items))
    return data


def _code(value: str, scheme: str, meaning: str) -> Dataset:
    item = Dataset()
    item.add(0x00080100, "SH", value)
    item.add(0x00080102, "SH", scheme)
    item.add(0x00080104, "LO", meaning)
    return item


def ct(plane: int) -> Dataset:
    """One image of a series of four."""
    data = dicom_seeds.head("CT", FRAME)
    data.elements[2].value = f"1.2.3.4.{plane + 10}".encode()
    for tag, vr, value in [
        (0x0020000E, "UI", "1.2.3.4.8"), (0x00200032, "DS", f"-60\\-50\\{6 * plane - 9}"),
        (0x00200037, "DS", "1\\0\\0\\0\\1\\0"), (0x00280002, "US", 1), (0x00280004, "CS", "MONOCHROME2"),
        (0x00280010, "US", ROWS), (0x00280011, "US", COLUMNS), (0x00280030, "DS", "10\\10"), (0x00280100, "US", 16),
        (0x00280101, "US", 16), (0x00280102, "US", 15), (0x00280103, "US", 0), (0x00281050, "DS", "40"),
        (0x00281051, "DS", "400"), (0x00281052, "DS", "-1024"), (0x00281053, "DS", "1"),
    ]:  # fmt: skip
        data.add(tag, vr, value)
    values = [
        1024 + (40 if math.hypot(i - 6, j - 5) < 4 else -1000) for j in range(ROWS) for i in range(COLUMNS)
    ]
    data.add(0x7FE00010, "OW", struct.pack(f"<{len(values)}H", *values))
    return data


def segmentation(kind: str) -> Dataset:
    """A segmentation of two overlapping segments in each of its forms."""
    data = dicom_seeds.head("SEG" if kind != "LABELMAP" else "SEGMAP", FRAME)
    data.elements[3].value = b"20260310"
    next(e for e in data.elements if e.tag == 0x00080060).value = b"SEG"
    frames = [(segment, z) for segment in (1, 2) for z in range(PLANES)]
    if kind == "LABELMAP":
        frames = [(0, z) for z in range(PLANES)]
    bits = 1 if kind == "BINARY" else 8
    for tag, vr, value in [
        (0x00280002, "US", 1), (0x00280004, "CS", "MONOCHROME2"), (0x00280008, "IS", str(len(frames))),
        (0x00280010, "US", ROWS), (0x00280011, "US", COLUMNS), (0x00280100, "US", bits), (0x00280101, "US", bits),
        (0x00280102, "US", bits - 1), (0x00280103, "US", 0), (0x00620001, "CS", kind),
    ]:  # fmt: skip
        data.add(tag, vr, value)
    segments = []
    for number, label in ((1, "Segment_1"), (2, "Liver")):
        item = Dataset()
        kinds = ("108369006", "SCT", "Neoplasm") if number == 1 else ("10200004", "SCT", "Liver")
        item.add(0x00620004, "US", number)
        item.add(0x00620005, "LO", label)
        item.add(0x0062000F, "SQ", [_code(*kinds)])
        segments.append(item)
    data.add(0x00620002, "SQ", segments)
    if kind == "FRACTIONAL":
        data.add(0x0062000E, "US", 255)
        data.add(0x00620010, "CS", "OCCUPANCY")
    measures = Dataset()
    measures.add(0x00180050, "DS", "6")
    measures.add(0x00180088, "DS", "6")
    measures.add(0x00280030, "DS", "10\\10")
    turned = Dataset()
    turned.add(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
    shared = Dataset()
    shared.add(0x00209116, "SQ", [turned])
    shared.add(0x00289110, "SQ", [measures])
    data.add(0x52009229, "SQ", [shared])
    places = []
    for segment, z in frames:
        position = Dataset()
        position.add(0x00200032, "DS", f"-60\\-50\\{6 * z - 9}")
        item = _sequence(0x00209113, position)
        if segment:
            shown = Dataset()
            shown.add(0x0062000B, "US", segment)
            item.add(0x0062000A, "SQ", [shown])
        places.append(item)
    data.add(0x52009230, "SQ", places)
    values = []
    for segment, _ in frames:
        for j in range(ROWS):
            for i in range(COLUMNS):
                first, second = math.hypot(i - 5, j - 5) < 3, math.hypot(i - 7, j - 5) < 4
                inside = {0: 2 * second if not first else 1, 1: first, 2: second}[segment]
                values.append(int(inside) * (255 if kind == "FRACTIONAL" else 1))
    if kind == "BINARY":
        packed = bytearray((len(values) + 7) // 8)
        for place, value in enumerate(values):
            packed[place // 8] |= value << (place % 8)
        raw = bytes(packed)
    else:
        raw = bytes(values)
    data.add(0x7FE00010, "OB", raw + b"\0" * (len(raw) % 2))
    return data


def report() -> Dataset:
    """A measurement report (TID 1500) of one lesion with a long axis, a volume and a place."""

    def item(kind: str, name: Dataset, *more: tuple) -> Dataset:
        found = Dataset()
        found.add(0x0040A010, "CS", "CONTAINS")
        found.add(0x0040A040, "CS", kind)
        found.add(0x0040A043, "SQ", [name])
        for tag, vr, value in more:
            found.add(tag, vr, value)
        return found

    def measured(value: str, unit: str) -> tuple:
        number = Dataset()
        number.add(0x0040A30A, "DS", value)
        number.add(0x004008EA, "SQ", [_code(unit, "UCUM", unit)])
        return (0x0040A300, "SQ", [number])

    group = item("CONTAINER", _code("125007", "DCM", "Measurement Group"))
    group.add(
        0x0040A730,
        "SQ",
        [
            item("TEXT", _code("112039", "DCM", "Tracking Identifier"), (0x0040A160, "UT", "L1")),
            item("UIDREF", _code("112040", "DCM", "Tracking Unique Identifier"), (0x0040A124, "UI", "1.2.3")),
            item("CODE", _code("121071", "DCM", "Finding"), (0x0040A168, "SQ", [_code("M-80006", "SRT", "Metastasis")])),
            item("CODE", _code("G-C0E3", "SRT", "Finding Site"), (0x0040A168, "SQ", [_code("T-28000", "SRT", "Lung")])),
            item("NUM", _code("G-A185", "SRT", "Long Axis"), measured("21.5", "mm")),
            item("NUM", _code("G-D705", "SRT", "Volume"), measured("4100", "mm3")),
            item(
                "SCOORD3D",
                _code("111030", "DCM", "Image Region"),
                (0x00700022, "FL", struct.pack("<6f", 1, 2, 3, 11, 2, 3)),
                (0x00700023, "CS", "POLYLINE"),
                (0x30060024, "UI", FRAME),
            ),
        ],
    )
    measurements = item("CONTAINER", _code("126010", "DCM", "Imaging Measurements"), (0x0040A730, "SQ", [group]))
    data = dicom_seeds.head("SR", FRAME)
    data.add(0x0040A040, "CS", "CONTAINER")
    data.add(0x0040A043, "SQ", [_code("126000", "DCM", "Imaging Measurement Report")])
    data.add(0x0040A730, "SQ", [measurements])
    return data


def nrrd() -> bytes:
    """A segmentation of two layers as 3D Slicer writes it."""
    head = (
        "NRRD0004\n# made by hand\ntype: unsigned char\ndimension: 4\nspace: left-posterior-superior\n"
        f"sizes: 2 {COLUMNS} {ROWS} {PLANES}\nspace directions: none (10,0,0) (0,10,0) (0,0,6)\n"
        "kinds: list domain domain domain\nencoding: raw\nspace origin: (-60,-50,-9)\n"
        "Segment0_ID:=a\nSegment0_Name:=lesion\nSegment0_Layer:=0\nSegment0_LabelValue:=1\n"
        "Segment0_Tags:=TerminologyEntry:x~SCT^1^A~SCT^4147007^Mass~^^~x~SCT^10200004^Liver~^^|\n"
        "Segment1_ID:=b\nSegment1_Name:=liver\nSegment1_Layer:=1\nSegment1_LabelValue:=1\n\n"
    )
    body = bytearray()
    for _ in range(PLANES):
        for j in range(ROWS):
            for i in range(COLUMNS):
                body += bytes([math.hypot(i - 5, j - 5) < 3, math.hypot(i - 7, j - 5) < 4])
    return head.encode() + bytes(body)


MARKUPS = json.dumps(
    {
        "@schema": "https://example.org/markups-schema-v1.0.3.json#",
        "markups": [
            {
                "type": "Line", "name": "L1", "coordinateSystem": "LPS", "coordinateUnits": "mm",
                "controlPoints": [
                    {"label": "a", "position": [1, 2, 3], "positionStatus": "defined"},
                    {"label": "b", "position": [13, 7, 3], "positionStatus": "defined"},
                ],
            },
            {
                "type": "Fiducial", "coordinateSystem": "RAS",
                "controlPoints": [{"label": "L2", "position": [5, 6, 7], "positionStatus": "defined"}],
            },
        ],
    }
)  # fmt: skip
FCSV = (
    "# Markups fiducial file version = 4.11\n# CoordinateSystem = LPS\n"
    "# columns = id,x,y,z,ow,ox,oy,oz,vis,sel,lock,label,desc,associatedNodeID\n"
    "n_0,10.5,-20,30,0,0,0,1,1,1,0,L1,,\nn_1,12.5,20,30,0,0,0,1,1,1,0,L2,,\n"
)
SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>12.5</v></c><c r="C2" s="1"><v>46032</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>L2</t></is></c><c r="B3" t="str"><v>7</v></c></row>'
    '</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells></worksheet>'
)


def workbook(parts: dict[str, str] | None = None) -> bytes:
    """A spreadsheet, its parts as they are or replaced."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = {
        "xl/workbook.xml": f'<workbook {main} xmlns:r="r"><sheets><sheet name="L" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}><si><t>lesion_id</t></si><si><t>longest_diameter_mm</t></si>"
        "<si><t>scan_date</t></si><si><t>L1</t></si></sst>",
        "xl/styles.xml": f'<styleSheet {main}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": SHEET,
    } | (parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return out.getvalue()
