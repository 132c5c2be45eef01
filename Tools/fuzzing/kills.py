# SPDX-License-Identifier: Apache-2.0
"""Kills the program while it writes, and has it fail at its ending: outputs must be the old or the new ones, whole."""

import os
import random
import shutil
import subprocess
import time
from pathlib import Path

import running
from judging import Finding, Tally
from running import Outcome, Room
from seeds import Broken, Seeds
from words import FOLDER

# How long after the first sign of writing a kill comes at most: files change their places within milliseconds.
SOON = 0.008


class Writing:
    """A command that writes, in a room where an older output lies already."""

    def __init__(self, name: str, before: list[str], command: list[str], output: str):
        self.name, self.before, self.command, self.output = name, before, command, output


def _writings() -> list[Writing]:
    old = [
        "--structures",
        f"{FOLDER}/other/structures.dcm",
        "--lesions",
        f"{FOLDER}/other/lesions.csv",
        "--patient",
        f"{FOLDER}/other/patient.yaml",
    ]
    new = ["--structures", f"{FOLDER}/spheres/structures.dcm", "--lesions", f"{FOLDER}/spheres/lesions.csv"]
    few, case = f"{FOLDER}/few", f"{FOLDER}/case"
    return [
        Writing("import to a folder", ["import", *old], ["import", *new], "out/case"),
        Writing("import to a file", ["import", *old], ["import", *new], "out/case.json"),
        Writing("import to a new folder", [], ["import", *new], "out/case"),
        Writing(
            "plan -o", ["plan", few, "--modality", "microwave"], ["plan", few, "--modality", "sbrt"], "out/plan.json"
        ),
        Writing("export as csv", ["export", few, "--as", "json"], ["export", few, "--as", "csv"], "out/table"),
        Writing(
            "export as rtstruct", ["export", few, "--as", "csv"], ["export", case, "--as", "rtstruct"], "out/rs.dcm"
        ),
        Writing("plan --pages", [], ["plan", case, "--modality", "metastasectomy"], "out/pages"),
    ]


def _option(writing: Writing) -> list[str]:
    return ["--pages" if writing.name == "plan --pages" else "-o", writing.output]


def _content(path: Path):
    if path.is_dir():
        return {p.name: _content(p) for p in sorted(path.iterdir())}
    return path.read_bytes() if path.exists() else None


class Killer:
    """Runs each writing undisturbed once, then kills it at moments of its usual duration."""

    def __init__(self, seeds: Seeds, base: Path):
        self.seeds, self.base = seeds, base
        self.known: dict[str, tuple] = {}

    def _room(self) -> Room:
        room = Room(self.base)
        names = [n for n in self.seeds.good if n.startswith(("spheres/", "other/"))]
        room.put({name: self.seeds.good[name] for name in names})
        room.put(self.seeds.case_files("lung") | self.seeds.case_files("list", "few"))
        return room

    def _must(self, room: Room, arguments: list[str]) -> Outcome:
        outcome = running.run([str(self.seeds.binary), *arguments], room, limit=60)
        if outcome.status != 0:
            raise Broken(f"oligoplan {' '.join(arguments)}: {outcome.ending}\n{outcome.err.decode('utf-8', 'replace')}")
        return outcome

    def _usual(self, writing: Writing) -> tuple:
        """The older content, the newer content, and how long writing takes."""
        if writing.name not in self.known:
            room = self._room()
            try:
                if writing.before:
                    self._must(room, [*writing.before, "-o", writing.output])
                old = _content(room.path / writing.output)
                # A folder with more files than the newer case would be another question.
                if (room.path / writing.output).is_dir():
                    shutil.rmtree(room.path / writing.output)
                outcome = self._must(room, [*writing.command, *_option(writing)])
                if writing.name.startswith("import"):
                    self._must(room, ["measure", writing.output])
                self.known[writing.name] = (old, _content(room.path / writing.output), outcome.seconds)
            finally:
                room.close()
        return self.known[writing.name]

    def kill(self, number: int, seed: int, tally: Tally) -> None:
        """One kill, what is there afterwards, and one more run that is left alone."""
        rng = random.Random(f"{seed} kills {number}")
        writings = _writings()
        writing = writings[number % len(writings)]
        old, new, usual = self._usual(writing)
        moment = usual * rng.uniform(0, 1.1) if rng.random() < 0.3 else None
        changes, delay = (
            rng.choice([1, 1, 2, 3, 4, 6]),
            rng.choice([0, 0, rng.uniform(0, SOON / 8), rng.uniform(0, SOON)]),
        )
        room = self._room()
        wrong = []
        try:
            target = room.path / writing.output
            _put(target, old)
            process = running.start([str(self.seeds.binary), *writing.command, *_option(writing)], room)
            if moment is None:
                _wait_for_writing(room, process, changes)
                time.sleep(delay)
            else:
                time.sleep(moment)
            running.kill(process)
            process.wait()
            found = _content(target)
            if isinstance(new, dict) and writing.name == "plan --pages":
                # Pages are files of their own: each must be whole.
                if found and any(not name.startswith(".") and new.get(name) != data for name, data in found.items()):
                    wrong.append(("half a file", writing.name))
            elif found not in (old, new):
                wrong.append(("gone" if found is None else "neither old nor new", writing.name))
            # What equals the old or the new case to the last byte was read from once already.
            if writing.name.startswith("import") and found is not None and found not in (old, new):
                outcome = running.run([str(self.seeds.binary), "measure", writing.output], room)
                tally.count(outcome)
                if outcome.status != 0:
                    wrong.append(("cannot be read after a kill", writing.name))
            outcome = running.run([str(self.seeds.binary), *writing.command, *_option(writing)], room)
            tally.count(outcome)
            if outcome.status != 0:
                wrong.append(
                    (
                        "cannot be written after a kill",
                        f"{writing.name}: {outcome.err.decode('utf-8', 'replace')[-100:]}",
                    )
                )
            elif _visible(_content(target)) != new:
                wrong.append(("other content after a kill", writing.name))
            left = [p.name for p in [*room.out.iterdir(), *room.temporary.iterdir()] if p != target]
            if isinstance(new, dict) and target.is_dir():
                left += [p.name for p in target.iterdir() if p.name not in new]
            if left:
                wrong.append(("left behind after one more run", writing.name))
        finally:
            room.close()
        tally.inputs += 1
        for kind, message in wrong:
            how = (
                f"killed {delay:.4f} s after change {changes} among its outputs"
                if moment is None
                else f"killed after {moment:.3f} s of {usual:.3f} s"
            )
            tally.add(Finding("kills", number, kind, message, how))


def _visible(content):
    return {k: v for k, v in content.items() if not k.startswith(".")} if isinstance(content, dict) else content


def _entries(folder: Path) -> set[tuple]:
    found = set()
    for entry in os.scandir(folder):
        try:
            found.add((entry.name, entry.stat(follow_symlinks=False).st_mtime_ns))
        except FileNotFoundError:
            found.add((entry.name, 0))
    return found


def _wait_for_writing(room: Room, process: subprocess.Popen, changes: int) -> None:
    """Until something has changed that often among outputs and temporary files, or the process has ended."""
    before = _entries(room.out), _entries(room.temporary)
    until = time.monotonic() + running.LIMIT_SECONDS
    while changes and time.monotonic() < until and not running.ended_within(process, 0):
        now = _entries(room.out), _entries(room.temporary)
        changes -= now != before
        before = now


def _put(target: Path, content) -> None:
    if isinstance(content, dict):
        target.mkdir()
        for name, data in content.items():
            _put(target / name, data)
    elif content is not None:
        target.write_bytes(content)


def race(number: int, seed: int, seeds: Seeds, base: Path, tally: Tally) -> None:
    """A structure set that is absent or cut short beside a good dose: the refusal must not meet a reader at work."""
    rng = random.Random(f"{seed} races {number}")
    room = Room(base)
    try:
        good = seeds.good["rs.dcm"]
        files = {"rd.dcm": seeds.good["rd.dcm"]}
        kind = rng.randrange(3)
        if kind:
            files["rs.dcm"] = (
                good[: rng.randrange(len(good) // 2)] if kind == 1 else b"\0" * 128 + b"DICM" + rng.randbytes(200)
            )
        room.put(files)
        inputs = ["--structures", f"{FOLDER}/rs.dcm", "--dose", f"{FOLDER}/rd.dcm"]
        command = ["dvh", *inputs] if rng.random() < 0.5 else ["import", *inputs, "-o", "out/case"]
        outcome = running.run([str(seeds.binary), *command], room)
        tally.inputs += 1
        tally.count(outcome)
        if outcome.status in (65, 66):
            tally.refused += 1
        else:
            how = ["absent", "cut short", "rubbish"][kind]
            tally.add(Finding("races", number, outcome.ending, f"{command[0]}, structure set {how}", how, outcome))
        if any(room.out.iterdir()):
            tally.add(Finding("races", number, "output though refused", command[0], "", outcome))
    finally:
        room.close()
