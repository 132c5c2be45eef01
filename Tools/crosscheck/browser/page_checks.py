# SPDX-License-Identifier: Apache-2.0
"""What holds for every page that the program writes: it is quiet, and everybody can use it."""
import accessibility
from verdicts import check


def quiet(page, name):
    problems = [p for p in page.problems() if p.get("source") != "rendering"]
    check(not problems, f"{name}: no error, no warning, no violation", problems)
    check(not page.requests, f"{name}: no request", page.requests)


def accessible(page, name, axe):
    for dark in (False, True):
        page.media(dark=dark)
        found = accessibility.check(page, only=["language", "one_h1", "heading_order", "landmarks", "image_names", "tables",
                                                "contrast", "tabindex", "duplicate_ids", "references", "control_names",
                                                "reduced_motion"])
        for what, problems in found.items():
            check(False, f"{name}, {'dark' if dark else 'light'}: {what}", problems[:5])
        if axe:
            for violation in accessibility.run_axe(page, axe):
                check(False, f"{name}, {'dark' if dark else 'light'}: axe {violation['id']}",
                      (violation["help"], [n.get("target") for n in violation["nodes"][:4]]))
    page.media(dark=False)
    for what, problems in accessibility.check(page, only=["focus_visible", "tab_order", "reflow"]).items():
        check(False, f"{name}: {what}", problems[:5])
