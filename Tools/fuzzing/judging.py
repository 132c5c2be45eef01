# SPDX-License-Identifier: Apache-2.0
"""What counts as wrong in a run, and how findings are put together."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import running
import words
from running import Outcome, Room, Step

STATUSES = {0, 64, 65, 66, 73}
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LINE_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# A case may hold megabytes of numbers: names lie at its beginning or its end.
LOOKED_AT = 4 << 20


@dataclass
class Finding:
    """One thing that was wrong."""

    lane: str
    number: int
    kind: str
    message: str
    how: str = ""
    outcome: Outcome | None = None
    kept: Path | None = None
    # What it is grouped by in place of the message, which may change from input to input.
    group: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What findings are grouped by."""
        return self.lane, self.kind, blanked(self.group or self.message)


@dataclass
class Tally:
    """What a lane came to."""

    lane: str
    inputs: int = 0
    accepted: int = 0
    refused: int = 0
    findings: int = 0
    slowest: float = 0
    greatest: float = 0
    groups: dict[tuple[str, str, str], list[Finding]] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> None:
        """Counts the cost of a run."""
        self.slowest = max(self.slowest, outcome.seconds)
        self.greatest = max(self.greatest, outcome.megabytes)

    def add(self, finding: Finding) -> None:
        """Puts a finding to those of its kind."""
        self.findings += 1
        self.groups.setdefault(finding.key, []).append(finding)


def blanked(message: str) -> str:
    """A message without what changes from input to input: digits, quotations, paths."""
    message = re.sub(r'"[^"]*"?', '"…"', message)
    message = re.sub(r"\S*" + words.FOLDER + r"\S*", "FILE", message)
    return re.sub(r"\d+", "#", message)[:120]


def visible(text: str) -> str:
    """Text that can be shown on a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)


def class_of(character: str) -> str | None:
    """What is wrong with a character on a terminal; None when nothing is."""
    code = ord(character)
    if code < 0x20 and character not in "\n\t" or code == 0x7F:
        return "C0"
    if 0x80 <= code < 0xA0:
        return "C1"
    if character in BIDI:
        return "bidi"
    if character in "\u2028\u2029":
        return "line separator"
    return None


def top_line(outcome: Outcome) -> str:
    """The line of standard error that says most."""
    lines = [line for line in outcome.err.decode("utf-8", "replace").split("\n") if line.strip()]
    for start in ("Fatal error", "error:", "Error:"):
        for line in lines:
            if start in line:
                return line[line.index(start) :]
    verb = os.fsdecode(outcome.arguments[1]) if len(outcome.arguments) > 1 else ""
    return lines[-1] if lines else f"(nothing said) {verb}"


# How lines of standard error begin that are ours; others are parts of names.
STARTS = [
    "patient",
    "lesion",
    "target",
    "structure",
    "dose",
    "course",
    "point",
    "line",
    "warning:",
    "error:",
    "Error:",
    "Usage:",
    "wrote",
]
# Kind, group, message.
Wrong = tuple[str, str, str]


def _place(stream: str, line: str, outcome: Outcome) -> str:
    """Where a line came from: the kind of line on standard error, the verb and its format on standard output."""
    words_of_line = line.split()
    if stream == "stderr":
        first = words_of_line[0] if words_of_line else ""
        return f"stderr, {first if first in STARTS else 'JSON' if first.startswith('{') else 'other'} line"
    told = [os.fsdecode(a) for a in outcome.arguments[1:]]
    form = next((told[i + 1] for i, a in enumerate(told[:-1]) if a in ("--format", "--curve")), "usual")
    return f"stdout of {told[0] if told else 'nothing'}, {form} form"


def _stream(name: str, data: bytes, outcome: Outcome) -> list[Wrong]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start + 20].rsplit(b"\n", 1)[-1].decode("utf-8", "replace")
        # A cut of ours in the middle of a character is none of theirs.
        if len(data) >= running.MOST_OUTPUT and error.start > len(data) - 4:
            text = data[: error.start].decode("utf-8")
        else:
            return [("not UTF-8", _place(name, line, outcome), line.strip()[:80])]
    if name == "stdout":
        # Tables end their lines as spreadsheets do.
        text = text.replace("\r\n", "\n")
    found = []
    classes: dict[str, str] = {}
    for character in sorted(set(text)):
        wrong = class_of(character)
        if wrong:
            classes.setdefault(wrong, character)
    for wrong, character in classes.items():
        line = next(line for line in text.split("\n") if character in line)
        found.append((f"{wrong} characters", _place(name, line, outcome), f"{name}: {line.strip()[:100]}"))
    for line in LINE_BREAKS.split(text):
        if line.startswith(words.FORGED):
            found.append(("forged line", _place(name, "", outcome), f"{name}: {line[:80]}"))
            break
    return found


def _files(room: Room, names: set[bytes], mark: bytes) -> str | None:
    for name in sorted(names):
        path = os.path.join(os.fsencode(room.path), name)
        if os.path.isfile(path) and not os.path.islink(path):
            with open(path, "rb") as file:
                if mark in file.read(LOOKED_AT):
                    return os.fsdecode(name)
    return None


def _secrets(outcome: Outcome, room: Room, new: set[bytes], hides_name: bool) -> list[Wrong]:
    texts = {name: data.decode("utf-8", "replace") for name, data in (("stdout", outcome.out), ("stderr", outcome.err))}
    warnings = "\n".join(line for line in texts["stderr"].split("\n") if line.startswith("warning:"))
    places = [
        ("folder's name", words.FOLDER, "stdout", texts["stdout"]),
        ("folder's name", words.FOLDER, "stderr", warnings),
    ]
    if hides_name:
        places += [("patient's name", words.NAME, name, text) for name, text in texts.items()]
    found = []
    for kind, mark, name, text in places:
        if mark in text:
            line = next(line for line in text.split("\n") if mark in line)
            found.append((kind, _place(name, line, outcome), f"{name}: {line.strip()[:160]}"))
    for kind, mark in (("folder's name", words.FOLDER),) + ((("patient's name", words.NAME),) if hides_name else ()):
        if file := _files(room, new, mark.encode()):
            found.append((kind, f"in {file}", f"in {file}"))
    return found


def _remains(outcome: Outcome, before: dict[bytes, tuple], after: dict[bytes, tuple], step: Step) -> list[Wrong]:
    found = []
    changed = [name for name in before if name in after and after[name] != before[name] and not name.startswith(b"out")]
    gone = [name for name in before if name not in after]
    for name in changed + gone:
        found.append(("input changed", "", os.fsdecode(name)))
    for name in sorted(set(after) - set(before)):
        top, _, rest = name.partition(b"/")
        first = os.fsdecode(rest.split(b"/")[0]) if rest else ""
        if top != b"out" or any(part.startswith(b".") for part in rest.split(b"/")):
            found.append(("left behind", re.sub(r"[0-9A-Fa-f-]{36}", "UUID", os.fsdecode(name)), os.fsdecode(name)))
        elif outcome.status != 0:
            found.append(("output though refused", "", first))
        elif step.outputs is not None and first not in step.outputs:
            found.append(("left behind", "", os.fsdecode(name)))
    return list(dict.fromkeys(found))


def judge(outcome: Outcome, room: Room, step: Step, before: dict[bytes, tuple], hides_name: bool) -> list[Wrong]:
    """Everything wrong with a run: kind, what it is grouped by where that is not the message, and the message."""
    found = []
    top = top_line(outcome)
    if outcome.overdue:
        verb = " ".join(os.fsdecode(a) for a in outcome.arguments[1:2])
        found.append((f"over {running.LIMIT_SECONDS:.0f} s", verb, f"{verb}: {top}"))
    elif outcome.status not in STATUSES:
        found.append((outcome.ending, "", top))
    elif outcome.status != 0 and not outcome.err.strip():
        found.append(("refused without a word", "", str(outcome.status)))
    if outcome.megabytes > running.LIMIT_MEGABYTES:
        found.append((f"over {running.LIMIT_MEGABYTES} MB", "", top))
    found += _stream("stdout", outcome.out, outcome) + _stream("stderr", outcome.err, outcome)
    after = room.state()
    found += _remains(outcome, before, after, step)
    found += _secrets(outcome, room, set(after) - set(before), hides_name)
    return found
