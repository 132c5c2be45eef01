# SPDX-License-Identifier: Apache-2.0
"""Fixed checks of what surrounds the program: streams that are closed or full, disks that are full, pipes."""

import json
import os
import resource
import signal
import threading
from pathlib import Path

import faults_outputs
import running
from faults_outputs import Bench
from judging import Tally
from seeds import Seeds
from words import FOLDER

CASE, FEW = f"{FOLDER}/case", f"{FOLDER}/few"


def streams(bench: Bench) -> None:
    """Standard input closed or a folder; standard output closed or full; standard error closed."""
    for redirect in ("<&-", "<."):
        outcome = bench.run("measure", "-", redirect=redirect)
        bench.expect(outcome, {65, 66}, f"measure - {redirect}")
        bench.says_error(outcome, f"measure - {redirect}")
    verbs = [
        ["measure", FEW],
        ["assess", FEW, "--format", "json"],
        ["dvh", CASE, "--curve", "cumulative"],
        ["protocol", "show"],
        ["plan", FEW, "--modality", "sbrt", "--format", "csv"],
        ["import", "--lesions", f"{FOLDER}/list.csv"],
    ]
    for verb in verbs:
        for redirect in (">&-", ">/dev/full"):
            outcome = bench.run(*verb, redirect=redirect)
            bench.expect(outcome, {73}, f"{' '.join(verb[:1])} {redirect}")
            bench.says_error(outcome, f"{verb[0]} {redirect}")
    # Where a stream is closed, the next file that is opened takes its number: words must not end up in it.
    bench.must("import", "--lesions", f"{FOLDER}/list.csv", "-o", "out/open.json")
    for redirect in ("2>&-", "2>/dev/full", ">&- 2>&-", "<&- >&- 2>&-"):
        outcome = bench.run("import", "--lesions", f"{FOLDER}/list.csv", "-o", "out/closed.json", redirect=redirect)
        bench.expect(outcome, {0}, f"import -o {redirect}")
        if bench.bytes("out/closed.json") != bench.bytes("out/open.json"):
            bench.wrong("other content", f"import -o {redirect}")
    bench.inputs_unchanged("streams")


def full_disk(bench: Bench) -> None:
    """Outputs that do not fit: refused with 73, nothing left, the older output as it was."""
    bench.room.put({"large.dcm": bench.seeds.good["spheres/structures.dcm"]})
    large = ["import", "--structures", f"{FOLDER}/large.dcm"]
    bench.must(*large, "-o", "out/large")
    writes = [
        [*large, "-o", "full/case"],
        [*large, "-o", "full/case.json"],
        ["plan", FEW, "--modality", "sbrt", "-o", "full/plan.json"],
        ["export", "out/large", "--as", "rtstruct", "-o", "full/rs.dcm"],
        ["plan", CASE, "--modality", "metastasectomy", "--pages", "full/pages"],
    ]
    mounts = bench.shell("mkdir -p full && unshare -rm mount -t tmpfs -o size=12k none full").status == 0
    for verb in writes:
        name = f"{verb[0]} to a full disk, {verb[-1]}"
        if mounts:
            # The former output is small; its bytes and the names beside it are printed when all is over.
            script = (
                'mount -t tmpfs -o size=12k none full && printf old > "$1" && shift && { "$@"; code=$?; }; '
                "echo; ls -A full; cat full/* 2>/dev/null; exit $code"
            )
            old = verb[-1] if verb[-1].endswith((".json", ".dcm")) else "full/other"
            wrapped = ["unshare", "-rm", "sh", "-c", script, "sh", old, str(bench.seeds.binary), *verb]
            outcome = running.run(wrapped, bench.room)
            outcome.arguments = [str(bench.seeds.binary), *verb]
            bench.tally.count(outcome)
            bench.tally.inputs += 1
            remains = outcome.out.decode("utf-8", "replace").split()
            kept = [os.path.basename(old), "old"]
        else:
            (bench.room.path / "full").mkdir(exist_ok=True)
            # A limit on the size of files stands in: writing beyond it fails as on a full disk.
            outcome = bench.run(*verb, preexec_fn=_small_files)
            remains, kept = os.listdir(bench.room.path / "full"), []
        bench.expect(outcome, {73}, name)
        bench.says_error(outcome, name)
        if remains != kept:
            bench.wrong("left on a full disk", f"{name}: {' '.join(remains)[:60]}")


def _small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))


class Feeder:
    """Writes bytes into a pipe from a thread, once, as `cat` would."""

    def __init__(self, path: Path, data: bytes):
        self.path, self.data, self.over = path, data, threading.Event()
        os.mkfifo(path)
        threading.Thread(target=self._feed, daemon=True).start()

    def _feed(self) -> None:
        while not self.over.is_set():
            try:
                pipe = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
            except OSError:
                # Nobody reads yet.
                self.over.wait(0.002)
                continue
            os.set_blocking(pipe, True)
            try:
                with open(pipe, "wb") as file:
                    file.write(self.data)
            except OSError:
                pass
            return

    def stop(self) -> None:
        """Gives up waiting for a reader."""
        self.over.set()


def _nameless(tree):
    """A tree without the names of files, which differ for pipes."""
    if isinstance(tree, dict):
        return {
            k: _nameless(v)
            for k, v in tree.items()
            if k not in ("source", "sources", "warnings", "name", "dosesSHA256")
        }
    return [_nameless(v) for v in tree] if isinstance(tree, list) else tree


# Inputs of one import: options with their files.
Inputs = list[tuple[str, str]]
TOLD = {"--dvh": ",fractions=5,course=old", "--dose": ",fractions=5,course=old"}
PIPED: list[Inputs] = [
    [("--structures", "rs.dcm"), ("--dose", "rd.dcm")],
    [("--lesions", "list.csv"), ("--patient", "patient.yaml"), ("--dvh", "dvh.txt")],
    [("--labels", "map.nii.gz"), ("--label-names", "names.json")],
]


def _import(inputs: Inputs, chosen: int, path: str) -> list[str]:
    """The import, with a path of its own for one of its inputs."""
    arguments = ["import"]
    for index, (option, name) in enumerate(inputs):
        arguments += [option, (path if index == chosen else f"{FOLDER}/{name}") + TOLD.get(option, "")]
    return arguments


def pipes(bench: Bench) -> None:
    """Inputs through named pipes and through /dev/fd give the case that the files give."""
    good = bench.seeds.good
    for inputs in PIPED:
        bench.must(*_import(inputs, -1, ""), "-o", "out/file.json")
        reference = _nameless(json.loads(bench.bytes("out/file.json")))
        for chosen, (option, name) in enumerate(inputs):
            # A pipe of the same name, so that endings say the same.
            folder = bench.room.path / f"pipe-{bench.number}"
            folder.mkdir()
            feeder = Feeder(folder / name, good[name])
            outcome = bench.run(*_import(inputs, chosen, f"{folder.name}/{name}"), "-o", "out/pipe.json")
            feeder.stop()
            _compare(bench, outcome, "out/pipe.json", reference, f"{option} through a named pipe")
            reading, writing = os.pipe()
            threading.Thread(target=_pour, args=(writing, good[name]), daemon=True).start()
            command = _import(inputs, chosen, f"/dev/fd/{reading}")
            outcome = bench.run(*command, "-o", "out/fd.json", pass_fds=(reading,))
            os.close(reading)
            _compare(bench, outcome, "out/fd.json", reference, f"{option} through /dev/fd")
    single = bench.run("measure", f"{FOLDER}/single.json")
    piped = bench.run("measure", "-", redirect=f"<{FOLDER}/single.json")
    if single.status != 0 or piped.out != single.out:
        bench.wrong("other content through a pipe", "measure - of a case in one file", piped)


def _pour(pipe: int, data: bytes) -> None:
    try:
        with open(pipe, "wb") as file:
            file.write(data)
    except OSError:
        pass


def _compare(bench: Bench, outcome, path: str, reference: dict, name: str) -> None:
    bench.expect(outcome, {0}, name)
    if outcome.status == 0:
        found = _nameless(json.loads(bench.bytes(path)))
        for key in sorted(reference.keys() | found.keys()):
            if found.get(key) != reference.get(key):
                bench.wrong("other content through a pipe", f"{name}: {key}")
    bench.remove(path)


def run_all(seeds: Seeds, base: Path, tally: Tally) -> None:
    """Every fixed check, each in a room of its own."""
    for check in (
        streams,
        full_disk,
        pipes,
        faults_outputs.permissions,
        faults_outputs.replacing,
        faults_outputs.meetings,
    ):
        bench = Bench(seeds, base, tally)
        try:
            check(bench)
        finally:
            bench.room.close()
