# SPDX-License-Identifier: Apache-2.0
"""The page of worklists in a browser: what it shows is what the lines say; filters, sorting, keyboard; times are printed."""
import json, pathlib, subprocess, sys

from page_checks import accessible, quiet
from verdicts import check

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent
# What an action costs until the page is laid out again.
TIMED = """(action => { const t = performance.now(); action(); document.body.getBoundingClientRect(); return performance.now() - t; })"""
SHOWN = "[...document.querySelectorAll('.worklist tbody th')].map(e => e.textContent.trim().replace(/ \\*$/, ''))"


def set_field(page, label, value):
    return page.evaluate(f"""{TIMED}(() => {{ const field = [...document.querySelectorAll('.filters label')]
        .find(l => l.firstChild.textContent === {json.dumps(label)}).querySelector('input, select');
        field.value = {json.dumps(value)}; field.dispatchEvent(new Event(field.tagName === 'INPUT' ? 'input' : 'change', {{bubbles: true}})); }})""")


def press(page, selector, text):
    return page.evaluate(f"""{TIMED}(() => [...document.querySelectorAll({json.dumps(selector)})]
        .find(e => e.textContent.trim().startsWith({json.dumps(text)})).click())""")


def lines(oligoplan, cohort, folder):
    """The rows of each list as the JSON lines have them."""
    out = subprocess.run([oligoplan, "triage", cohort, "--as", "jsonl"], cwd=folder, capture_output=True, text=True, check=True).stdout
    rows = {}
    for line in map(json.loads, out.splitlines()):
        if line["kind"] == "row":
            rows.setdefault(line["service"], []).append(line["row"])
    return rows


def worklists(oligoplan, browser, folder, axe=None, patients=400, shots=None):
    with open(folder / "cohort.jsonl", "w") as file:
        subprocess.run([sys.executable, TOOLS / "bench" / "cohort.py", str(patients), "--seed", "11"], stdout=file, check=True)
    with open(folder / "cohort.jsonl", "a") as file:
        # Names that try to become markup, and a patient that cannot be read.
        file.write(json.dumps({"patient_id": "<img src=x onerror=window.hacked=1>",
                               "lesions": [{"lesion_id": "\u202e</script>", "site": "lung", "longest_axial_diameter_mm": 12}]}) + "\n")
        file.write(json.dumps({"patient_id": "\"'><b>", "lesions": []}) + "\n")
    subprocess.run([oligoplan, "triage", "cohort.jsonl", "--as", "html", "-o", "list.html"], cwd=folder, check=True, capture_output=True)
    rows = lines(oligoplan, "cohort.jsonl", folder)
    page = browser.page(1500, 1000)
    times = page.open(folder / "list.html")
    size = (folder / "list.html").stat().st_size / 1e6
    print(f"worklists of {patients} patients: {size:.2f} MB, load event {times['load']:.0f} ms, interactive {times['interactive']:.0f} ms")
    spent = {}
    for service, title in (("ir", "interventional radiology"), ("radonc", "radiation oncology"), ("surgery", "surgery")):
        spent[f"tab {service}"] = press(page, ".tabs button", title)
        first = [row["patient_id"] for row in rows[service][:100]]
        check(page.evaluate(SHOWN) == first, f"worklist {service}: the first page has the lines' order")
        status = page.evaluate("document.querySelector('[role=status]').textContent")
        check(status.endswith(f"of {len(rows[service])}"), f"worklist {service}: the number of rows", status)
    # One list in depth.
    press(page, ".tabs button", "interventional radiology")
    own = rows["ir"]
    for verdict in ("conditional", "indeterminate"):
        spent[f"verdict {verdict}"] = set_field(page, "verdict", verdict)
        wanted = [row["patient_id"] for row in own if row["verdict"] == verdict][:100]
        check(page.evaluate(SHOWN) == wanted, f"worklist: filter by verdict {verdict}")
    set_field(page, "verdict", "")
    for label, question in (("location", "location"), ("size", "longestAxialDiameter")):
        spent[f"missing {label}"] = set_field(page, "missing", label)
        wanted = [row["patient_id"] for row in own if question in [m["question"] for m in row["missing"]]]
        check(page.evaluate(SHOWN) == wanted[:100], f"worklist: filter by missing {label}")
    set_field(page, "missing", "")
    set_field(page, "also on", "surgery")
    check(page.evaluate(SHOWN) == [r["patient_id"] for r in own if "surgery" in r["lists"]][:100], "worklist: filter by other list")
    press(page, ".filters button", "Clear")
    target = own[len(own) // 2]["patient_id"]
    for letters in range(1, len(target) + 1):
        spent[f"search {letters}"] = set_field(page, "Search", target[:letters])
    check(target in page.evaluate(SHOWN), "worklist: search finds a patient", target)
    press(page, ".filters button", "Clear")
    # Sorting by size: known figures fall or rise, what is unknown stays last either way.
    sizes = [max([c["sizeMM"][1] for c in row["candidates"] if "sizeMM" in c], default=None) for row in own]
    for way in ("ascending", "descending"):
        spent[f"sort size {way}"] = press(page, ".worklist th button", "size")
        known = sorted([(s if way == "ascending" else -s, place) for place, s in enumerate(sizes) if s is not None])
        wanted = [own[place]["patient_id"] for _, place in known] + [r["patient_id"] for r, s in zip(own, sizes) if s is None]
        check(page.evaluate(SHOWN) == wanted[:100], f"worklist: {way} by size")
        check(page.evaluate("document.querySelector('[aria-sort=ascending],[aria-sort=descending]').textContent.trim()") == "size",
              "worklist: the sorted column says so")
    press(page, ".worklist th button", "#")
    if len(own) > 100:
        spent["next page"] = press(page, ".pages button", "Next")
        check(page.evaluate(SHOWN) == [r["patient_id"] for r in own[100:200]], "worklist: the next page")
        press(page, ".pages button", "Previous")
    # A row opens the patient's page; Escape closes it and the focus goes back.
    name = own[0]["patient_id"]
    page.evaluate("document.querySelector('.worklist .open').focus()")
    page.key("Enter")
    check(page.evaluate("document.getElementById('panel').open && document.getElementById('panel-title').textContent") == name,
          "worklist: Enter on a row opens the patient")
    shown = page.evaluate("document.querySelector('.panel-body').textContent")
    for lesion in own[0]["candidates"]:
        check(lesion["leading"] in shown and lesion["verdict"] in shown, "worklist: the patient's page has every candidate", lesion)
    if shots:
        page.screenshot(f"{shots}/worklist-patient.png")
    page.key("Escape")
    check(page.evaluate("document.activeElement.className") == "open", "worklist: Escape gives the focus back")
    # Tabs by arrows.
    page.evaluate("document.querySelector('[role=tab][aria-selected=true]').focus()")
    page.key("ArrowRight")
    check(page.evaluate("document.activeElement.id") == "tab-radonc", "worklist: arrows go from list to list")
    press(page, ".tabs button", "Not read")
    check("\"'><b>" in page.evaluate(SHOWN), "worklist: a patient that was not read is named as it is")
    press(page, ".tabs button", "interventional radiology")
    set_field(page, "Search", "onerror")
    check(page.evaluate(SHOWN) == ["<img src=x onerror=window.hacked=1>"], "worklist: a hostile id stays text", page.evaluate(SHOWN))
    page.evaluate("document.querySelector('.worklist .open').click(); document.getElementById('panel').close()")
    check(page.evaluate("window.hacked === undefined && !document.querySelector('img')"), "worklist: no id becomes markup")
    press(page, ".filters button", "Clear")
    worst = max(spent, key=spent.get)
    print(f"  filter and sort: worst {spent[worst]:.0f} ms ({worst}), " + ", ".join(
        f"{key} {spent[key]:.0f}" for key in ("verdict conditional", "missing location", "search 1", "sort size ascending")))
    if shots:
        page.screenshot(f"{shots}/worklist.png")
        page.media(dark=True)
        page.screenshot(f"{shots}/worklist-dark.png")
        page.media(dark=False)
        page.size(390, 800)
        page.screenshot(f"{shots}/worklist-narrow.png")
        page.size(1500, 1000)
    set_field(page, "Search", own[0]["patient_id"])
    accessible(page, "worklist", axe)
    quiet(page, "worklist")
    page.close()


if __name__ == "__main__":
    import tempfile
    from devtools import Browser
    from verdicts import FAILED

    with tempfile.TemporaryDirectory() as place, Browser() as own_browser:
        worklists(str(pathlib.Path(sys.argv[1]).resolve()), own_browser, pathlib.Path(place),
                  patients=int(sys.argv[2]) if len(sys.argv) > 2 else 400, shots=sys.argv[3] if len(sys.argv) > 3 else None)
    sys.exit(1 if FAILED else 0)
