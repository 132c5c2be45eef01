# SPDX-License-Identifier: Apache-2.0
"""What a check says: silent where it holds, one line where it does not."""

FAILED = []


def check(holds, what, detail=""):
    if not holds:
        FAILED.append(what)
        print(f"FAIL  {what}{': ' + str(detail)[:600] if detail != '' else ''}")
