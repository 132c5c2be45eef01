# SPDX-License-Identifier: Apache-2.0
"""Readers of images and of what stands beside them: CT, SEG, SR, NRRD, spreadsheets, points."""

import gzip
import json
import random

import dicom
import image_seeds
import mutate_bytes
import mutate_dicom
import mutate_json
import mutate_text
from lanes_files import _imported
from running import Job
from seeds import Seeds
from words import FOLDER

# Explicit and implicit forms of these objects are read; compressed ones are not made by hand.
SYNTAXES = ["explicit", "explicit", "explicit", "implicit", "deflated", "big"]


def ct(rng: random.Random, seeds: Seeds) -> Job:
    """A series of which one image is damaged, beside a list with a place."""
    files = {f"ct{plane}.dcm": dicom.encode(image_seeds.ct(plane)) for plane in range(image_seeds.PLANES)}
    data, how, clean = mutate_dicom.mutate(
        rng, image_seeds.ct(rng.randrange(image_seeds.PLANES)), [image_seeds.segmentation("BINARY")], SYNTAXES
    )
    files[f"ct{rng.randrange(image_seeds.PLANES)}.dcm"] = data
    files["list.csv"] = b"lesion_id,site,longest_diameter_mm,x_mm,y_mm,z_mm\nL1,lung,12,1,2,3\n"
    asked = rng.choice([["--ct", FOLDER], ["--ct", f"{FOLDER}/ct0.dcm"], [FOLDER], ["--ct", FOLDER, "--series", "1.2"]])
    lists = [] if asked == [FOLDER] else ["--lesions", f"{FOLDER}/list.csv"]
    return Job(files, _imported(rng, *lists, *asked), how, hides_name=clean)


def seg(rng: random.Random, seeds: Seeds) -> Job:
    """A segmentation in each of its forms."""
    kind = rng.choice(["BINARY", "BINARY", "FRACTIONAL", "LABELMAP"])
    data, how, clean = mutate_dicom.mutate(
        rng, image_seeds.segmentation(kind), [image_seeds.segmentation("FRACTIONAL")], SYNTAXES
    )
    asked = rng.choice([["--structures"], ["--labels"]])
    more = rng.choice([[], ["--threshold", "0.5"], ["--threshold", "0"], ["--smallest-part", "1cc"]])
    return Job({"seg.dcm": data}, _imported(rng, *asked, f"{FOLDER}/seg.dcm", *more), how, hides_name=clean)


def sr(rng: random.Random, seeds: Seeds) -> Job:
    """A measurement report, alone or beside an earlier one."""
    data, how, clean = mutate_dicom.mutate(rng, image_seeds.report(), [image_seeds.report()], SYNTAXES)
    more = rng.choice([[], ["--unit", "mm"], ["--diameter-kind", "longest_axial"], ["--keep-going"]])
    return Job({"sr.dcm": data}, _imported(rng, "--lesions", f"{FOLDER}/sr.dcm", *more), how, hides_name=clean)


def nrrd(rng: random.Random, seeds: Seeds) -> Job:
    """A segmentation in NRRD: header and voxels damaged, packed or not."""
    source = image_seeds.nrrd()
    place = source.index(b"\n\n") + 2
    head, body = source[:place].decode(), source[place:]
    if rng.random() < 0.6:
        written, how = mutate_text.text(rng, head)
        data = written + (b"" if written.endswith(b"\n\n") else b"\n") + body
    else:
        if rng.random() < 0.5:
            source = head.replace("encoding: raw", "encoding: gzip").encode() + gzip.compress(body, mtime=0)
        data, how = mutate_bytes.damage(rng, source, b"")
    more = rng.choice([[], [], ["--threshold", "0.5"]])
    return Job({"a.seg.nrrd": data}, _imported(rng, "--labels", f"{FOLDER}/a.seg.nrrd", *more), how, hides_name=False)


def spreadsheet(rng: random.Random, seeds: Seeds) -> Job:
    """A workbook: the archive damaged, or the XML of a part."""
    if rng.random() < 0.4:
        data, how = mutate_bytes.damage(rng, image_seeds.workbook(), b"")
    else:
        written, how = mutate_text.text(rng, image_seeds.SHEET)
        data = image_seeds.workbook({"xl/worksheets/sheet1.xml": written.decode("utf-8", "replace")})
    more = rng.choice([[], ["--fill-down"], ["--sheet", "L"], ["--sheet", "M"], ["--keep-going", "--fill-down"]])
    return Job({"l.xlsx": data}, _imported(rng, "--lesions", f"{FOLDER}/l.xlsx", *more), how, hides_name=False)


def points(rng: random.Random, seeds: Seeds) -> Job:
    """Points and lines of 3D Slicer."""
    if rng.random() < 0.5:
        written, how = mutate_json.mutate(rng, json.loads(image_seeds.MARKUPS))
        name, data = "p.mrk.json", written.encode("utf-8", "replace")
    else:
        data, how = mutate_text.text(rng, image_seeds.FCSV)
        name = "p.fcsv"
    return Job({name: data}, _imported(rng, "--lesions", f"{FOLDER}/{name}"), how, hides_name=False)
