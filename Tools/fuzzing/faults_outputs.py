# SPDX-License-Identifier: Apache-2.0
"""Fixed checks of outputs: their permissions, and paths that are an input or another output."""

import os
from pathlib import Path

import running
from judging import Finding, Tally
from running import Outcome, Room
from seeds import Broken, Seeds
from words import FOLDER

CASE, FEW = f"{FOLDER}/case", f"{FOLDER}/few"


class Bench:
    """A room with good inputs, in which commands are run and held against what is right."""

    def __init__(self, seeds: Seeds, base: Path, tally: Tally):
        self.seeds, self.tally, self.number = seeds, tally, 0
        self.room = Room(base)
        self.room.put({n: d for n, d in seeds.good.items() if "/" not in n})
        self.room.put(seeds.case_files("lung") | seeds.case_files("list", "few"))
        self.room.put({"single.json": seeds.singles["list"], "plan.json": dict(seeds.plans)["list"]})
        self.inputs = self._inputs()

    def _inputs(self) -> dict[str, bytes]:
        return {
            str(p.relative_to(self.room.path)): p.read_bytes()
            for p in sorted(self.room.inputs.rglob("*"))
            if p.is_file()
        }

    def run(self, *arguments: str, redirect: str = "", **more) -> Outcome:
        """Runs the program and counts it."""
        outcome = running.run([str(self.seeds.binary), *arguments], self.room, redirect=redirect, **more)
        self.number += 1
        self.tally.inputs += 1
        self.tally.count(outcome)
        if outcome.status == 0:
            self.tally.accepted += 1
        elif outcome.status > 0:
            self.tally.refused += 1
        return outcome

    def must(self, *arguments: str) -> None:
        """Runs what has to work for the check to mean anything."""
        outcome = self.run(*arguments)
        if outcome.status != 0:
            raise Broken(f"oligoplan {' '.join(arguments)}: {outcome.ending}\n{outcome.err.decode('utf-8', 'replace')}")

    def shell(self, script: str) -> Outcome:
        """A command of the shell in the room, not counted."""
        return running.run(["sh", "-c", script], self.room)

    def bytes(self, path: str) -> bytes | None:
        """The content of a file in the room; None where there is none."""
        whole = self.room.path / path
        return whole.read_bytes() if whole.is_file() else None

    def remove(self, path: str) -> None:
        """Takes a file away, so that the next command starts without it."""
        (self.room.path / path).unlink(missing_ok=True)

    def wrong(self, kind: str, message: str, outcome: Outcome | None = None) -> None:
        """Tells a finding."""
        self.tally.add(Finding("faults", self.number, kind, message, "", outcome))

    def expect(self, outcome: Outcome, statuses: set[int], name: str) -> None:
        """The status is one of these."""
        if outcome.overdue or outcome.status not in statuses:
            wanted = " or ".join(map(str, sorted(statuses)))
            self.wrong(f"{outcome.ending} instead of {wanted}", name, outcome)

    def says_error(self, outcome: Outcome, name: str) -> None:
        """Standard error tells in one line what went wrong."""
        starts = ("error:", "Error:", '{"errors"')
        if not any(line.startswith(starts) for line in outcome.err.decode("utf-8", "replace").split("\n")):
            self.wrong("no message", name, outcome)

    def inputs_unchanged(self, name: str) -> None:
        """Every input is what it was; mended where it is not, so that one finding does not make the next."""
        now = self._inputs()
        if now != self.inputs:
            changed = sorted(set(k for k in now.keys() | self.inputs.keys() if now.get(k) != self.inputs.get(k)))
            self.wrong("input changed", f"{name}: {', '.join(changed)[:80]}")
            for path in now.keys() - self.inputs.keys():
                (self.room.path / path).unlink()
            for path, data in self.inputs.items():
                (self.room.path / path).write_bytes(data)


def permissions(bench: Bench) -> None:
    """What was readable for its owner alone stays so when it is written anew."""
    bench.must("import", "--lesions", f"{FOLDER}/list.csv", "-o", "out/case")
    writes = [
        (["import", "--lesions", f"{FOLDER}/list.csv"], "out/case.json"),
        (["plan", FEW, "--modality", "sbrt"], "out/plan.json"),
        (["export", FEW, "--as", "csv"], "out/table.csv"),
        (["export", CASE, "--as", "rtstruct"], "out/rs.dcm"),
    ]
    for command, output in writes:
        path = bench.room.path / output
        path.write_bytes(b"old")
        path.chmod(0o600)
        bench.must(*command, "-o", output)
        if (mode := path.stat().st_mode & 0o777) != 0o600:
            bench.wrong("permissions changed", f"{command[0]} -o {output}: 600 became {mode:o}")
    folder = bench.room.path / "out/case"
    folder.chmod(0o700)
    for file in folder.iterdir():
        file.chmod(0o600)
    bench.must("import", "--lesions", f"{FOLDER}/list.csv", "-o", "out/case")
    if (mode := folder.stat().st_mode & 0o777) != 0o700:
        bench.wrong("permissions changed", f"import -o over a folder: 700 became {mode:o}")
    for file in folder.iterdir():
        if (mode := file.stat().st_mode & 0o777) != 0o600:
            bench.wrong("permissions changed", f"import -o over a folder, its files: 600 became {mode:o}")


def replacing(bench: Bench) -> None:
    """A case with fewer files takes the place of one with more; a folder with anything else in it is left alone."""
    bare = ["import", "--structures", f"{FOLDER}/rs.dcm"]
    bench.must(*bare, "-o", "out/fresh")
    bench.must(*bare, "--dose", f"{FOLDER}/rd.dcm,fractions=5", "-o", "out/case")
    outcome = bench.run(*bare, "-o", "out/case")
    bench.expect(outcome, {0}, "import without a dose over a case with one")
    fresh, found = (sorted(p.name for p in (bench.room.out / name).iterdir()) for name in ("fresh", "case"))
    if outcome.status == 0 and found != fresh:
        bench.wrong("files of the former case", ", ".join(set(found) - set(fresh)))
    (bench.room.out / "case" / "notes.txt").write_text("mine")
    before = {p.name: p.read_bytes() for p in (bench.room.out / "case").iterdir()}
    bench.expect(bench.run(*bare, "-o", "out/case"), {73}, "import over a folder with a file of the user's")
    if before != {p.name: p.read_bytes() for p in (bench.room.out / "case").iterdir()}:
        bench.wrong("a folder of the user's changed", "import -o")


def meetings(bench: Bench) -> None:
    """An output that is an input, lies in the case, or is another output is refused, and nothing is lost."""
    os.symlink("list.csv", bench.room.inputs / "link.csv")
    os.link(bench.room.inputs / "list.csv", bench.room.inputs / "hard.csv")
    bench.inputs = bench._inputs()
    sbrt = ["plan", FEW, "--modality", "sbrt"]
    pieces = ["plan", CASE, "--modality", "metastasectomy"]
    listed = ["import", "--lesions", f"{FOLDER}/list.csv"]
    commands = [
        [*sbrt, "-o", f"{FEW}/case.json"],
        [*sbrt, "-o", f"{FEW}/bodies.bin"],
        [*sbrt, "-o", f"{FEW}/plan.json"],
        [*sbrt, "-o", f"{FOLDER}/../{FEW}/case.json"],
        [*pieces, "--structures", f"{CASE}/case.json"],
        [*pieces, "--structures", f"{CASE}/rs.dcm"],
        [*pieces, "--pages", CASE],
        [*pieces, "--pages", f"{CASE}/pages"],
        [*pieces, "-o", "out/one", "--structures", "out/one"],
        [*pieces, "-o", "out/one", "--pages", "out/one"],
        [*pieces, "--structures", "out/one", "--pages", "out/one"],
        ["plan", f"{FEW}/case.json", "--modality", "sbrt", "-o", f"{FEW}/bodies.bin"],
        ["plan", f"{FOLDER}/single.json", "--modality", "sbrt", "-o", f"{FOLDER}/single.json"],
        ["plan", FEW, "--again", f"{FOLDER}/plan.json", "-o", f"{FOLDER}/plan.json"],
        ["export", CASE, "--as", "csv", "-o", f"{CASE}/bodies.bin"],
        ["export", CASE, "--as", "rtstruct", "-o", f"{CASE}/case.json"],
        ["export", CASE, "--as", "json", "-o", f"{CASE}/doses.bin"],
        ["export", CASE, "--as", "csv", "-o", CASE],
        [*listed, "-o", f"{FOLDER}/list.csv"],
        [*listed, "-o", f"{FOLDER}/hard.csv"],
        ["import", "--lesions", f"{FOLDER}/link.csv", "-o", f"{FOLDER}/list.csv"],
        [*listed, "--patient", f"{FOLDER}/patient.yaml", "-o", f"{FOLDER}/patient.yaml"],
        [
            "import",
            "--structures",
            f"{FOLDER}/rs.dcm",
            "--dose",
            f"{FOLDER}/rd.dcm,plan={FOLDER}/rp.dcm",
            "-o",
            f"{FOLDER}/rp.dcm",
        ],
        [*listed, "-o", FOLDER],
        [*listed, "-o", "."],
    ]
    for command in commands:
        shown = " ".join(command).replace(FOLDER + "/", "")
        outcome = bench.run(*command)
        if outcome.status == 0:
            bench.wrong("accepted", shown, outcome)
        else:
            bench.expect(outcome, {64, 65, 66, 73}, shown)
        bench.inputs_unchanged(shown)
        left = sorted(p.name for p in bench.room.out.iterdir())
        if left and outcome.status != 0:
            bench.wrong("output though refused", f"{shown}: {', '.join(left)}")
        bench.shell("rm -rf out/* out/.[!.]*")
