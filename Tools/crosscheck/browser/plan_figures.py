# SPDX-License-Identifier: Apache-2.0
"""Compares what a page shows with the plans' files: numbers, verdicts, needles, zones, drawn lesions."""
import base64, json, re, struct

from verdicts import check


def at(document, pointer):
    for part in pointer.strip("/").split("/"):
        document = document[int(part)] if isinstance(document, list) else document[part]
    return document


# What a browser must show, phantom by phantom.

def numbers(page, plans):
    """Every number of a plan that the page marks stands in that plan's file, and is printed as it stands there."""
    marked = page.evaluate("""[...document.querySelectorAll('[data-at]')].map(
        e => [e.dataset.at, Number(e.dataset.value), e.textContent, Number(e.dataset.rounded || 0)])""")
    for place, value, text, rounded in marked:
        kind, pointer = place.split("#")
        held = at(plans[kind], pointer)
        check(isinstance(held, (int, float)) and abs(held - value) <= max(0.006, rounded / 2 + 0.051), "number of the plan's file", (place, held, value))
        # As printed: rounded to the digits that are shown.
        texts = re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))
        check(any(abs(float(t) - value) <= 0.5 * 10 ** -len(t.partition(".")[2]) + 1e-9 for t in texts),
              "number as it is printed", (place, value, text))
    check(len(marked) > 20, "numbers of the plan are marked", len(marked))
    alone = {(l["lesion"], m["modality"]): m for l in plans["patient"]["judgedAlone"] for m in l["modalities"]}
    cells = page.evaluate("""[...document.querySelectorAll('button.cell')].map(
        e => [e.dataset.lesion, e.dataset.modality, e.dataset.verdict, e.dataset.score])""")
    check(len(cells) == len(alone), "a cell for each lesion and therapy", (len(cells), len(alone)))
    for lesion, modality, verdict, score in cells:
        held = alone[lesion, modality]
        check(held["verdict"] == verdict, "verdict of a cell", (lesion, modality, held, verdict))
        if score:
            check(abs(float(score) - held["score"]) <= 2.55, "score of a cell", (lesion, modality, held, score))
    shown = page.evaluate("""[...document.querySelectorAll('.matrix tbody tr')].map(
        r => [r.querySelector('th').textContent.trim(), r.querySelector('.planned span')?.textContent || ''])""")
    held = {a["lesion"]: a.get("verdict") or "" for a in plans["patient"]["assignments"]}
    for lesion, text in shown:
        check(held[lesion] in text and bool(held[lesion]) == bool(text), "verdict within the plan", (lesion, held[lesion], text))
    chosen = page.evaluate("[...document.querySelectorAll('td.chosen button')].map(e => [e.dataset.lesion, e.dataset.modality])")
    planned = [[a["lesion"], a["modality"].split(":")[0].split(" ")[0]] for a in plans["patient"]["assignments"]]
    words = {tuple(c) for c in chosen}
    for lesion, modality in words:
        check(any(a == lesion and m.startswith(modality) for a, m in planned), "a ringed cell is the plan's choice", (lesion, modality))
    treated = [a for a in plans["patient"]["assignments"] if a.get("verdict")]
    check(len(words) == len(treated), "each treated lesion has one ringed cell", (len(words), len(treated)))


def drawing(page, plans):
    """Zones and needles of the scene are those of the plan of ablation."""
    scene = page.evaluate("JSON.parse(document.getElementById('scene')?.textContent || 'null')")
    if scene is None:
        return check(False, "the page has a scene")
    drawn = {(l["id"], t["key"]): t for l in scene["lesions"] for t in l["therapies"]}
    # What the plan of the patient chose is drawn as it was judged there, everything else as the plan of ablation has it.
    chosen = {(a["lesion"], a["ablation"]["energy"]): a["ablation"] for a in plans["patient"]["assignments"] if a.get("ablation")}
    entries = [dict(e, proposal=chosen.get((e["lesion"], e["modality"]), e.get("proposal"))) for e in plans["ablation"]["proposals"] if "modality" in e]
    check(all(drawn[key]["chosen"] for key in chosen if key in drawn), "the chosen ablations are marked", list(chosen))
    for entry in entries:
        proposal = entry.get("proposal")
        if not proposal or (entry["lesion"], entry["modality"]) not in drawn:
            continue
        therapy = drawn[entry["lesion"], entry["modality"]]
        for a, b in zip(proposal["applicators"], therapy["needles"]):
            check(all(abs(x - y) < 0.06 for x, y in zip(a["entryMM"] + a["tipMM"], b["entry"] + b["tip"])),
                  "needle path as planned", (entry["lesion"], entry["modality"]))
        for a, b in zip(proposal["zones"], therapy["zones"]):
            check(abs(a["semiAxesMM"][0] - b["alongMM"]) < 0.06 and all(abs(x - y) < 0.06 for x, y in zip(a["centreMM"], b["centre"])),
                  "zone as planned", (entry["lesion"], entry["modality"]))
        check(len(proposal["applicators"]) == len(therapy["needles"]) and len(proposal["zones"]) == len(therapy["zones"]),
              "as many needles and zones as planned", entry["lesion"])


def bodies(page, measured):
    """Lesions of the scene have the volumes and the distances that measure gives."""
    scene = page.evaluate("JSON.parse(document.getElementById('scene').textContent)")
    held = {lesion["id"]: lesion for lesion in measured["lesions"]}
    for lesion in scene["lesions"]:
        body = scene["bodies"][lesion["body"]]
        values = struct.unpack(f"<{2 * sum(body['points'])}h", base64.b64decode(body["xy"]))
        steps = [value * scene["unitMM"] for value in values]
        ring, start, volume = 0, 0, 0.0
        for slab, count in enumerate(body["rings"]):
            areas = []
            for points in body["points"][ring:ring + count]:
                xs, ys = steps[start:start + 2 * points:2], steps[start + 1:start + 2 * points:2]
                areas.append(abs(sum(xs[i - 1] * ys[i] - xs[i] * ys[i - 1] for i in range(points))) / 2)
                start += 2 * points
            ring += count
            # The lesions here have no holes: rings of one slab add.
            volume += sum(areas) * (body["slabs"][2 * slab + 1] - body["slabs"][2 * slab]) / 1000
        known = held[lesion["id"]]
        check(abs(volume - known["volumeCC"]) <= 0.03 * known["volumeCC"] + 0.01, "volume of a drawn lesion",
              (lesion["id"], volume, known["volumeCC"]))
        clearances = sorted(c["distanceMM"] for c in known["clearances"])
        drawn = [d["mm"] for d in lesion["distances"]]
        check(all(abs(a - b) < 0.011 for a, b in zip(drawn, clearances)) and drawn, "distances of a lesion",
              (lesion["id"], drawn[:4], clearances[:4]))
