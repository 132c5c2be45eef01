# SPDX-License-Identifier: Apache-2.0
"""Runs a program in a folder of its own, within limits, and says how it went."""

import os
import resource
import select
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import words

LIMIT_SECONDS = 10.0
LIMIT_MEGABYTES = 2048
# Guards for the machine, far beyond what counts as a finding.
GUARD_ADDRESS_SPACE = 16 << 30
GUARD_FILE_SIZE = 1 << 30
# As much of an output as is looked at.
MOST_OUTPUT = 8 << 20


def guard_machine() -> None:
    """Limits that every program started from here takes over."""
    resource.setrlimit(resource.RLIMIT_AS, (GUARD_ADDRESS_SPACE, GUARD_ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (GUARD_FILE_SIZE, GUARD_FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@dataclass
class Outcome:
    """How one run went; `status` is below zero for a signal.

    Megabytes begin at what this program itself takes, from which the other is started.
    """

    arguments: list
    status: int
    seconds: float
    worked: float
    megabytes: float
    out: bytes
    err: bytes
    overdue: bool

    @property
    def ending(self) -> str:
        """The status in words."""
        if self.overdue:
            return "killed by us"
        if self.status < 0:
            return f"signal {signal.Signals(-self.status).name}"
        return f"status {self.status}"


@dataclass
class Step:
    """One command of a job: arguments without the program, and the outputs it may leave in `out`.

    `outputs` is None where any name may appear.
    """

    arguments: list
    outputs: set[str] | None = field(default_factory=set)


@dataclass
class Job:
    """Input files, and the commands that read them; each runs only when the one before ended with 0."""

    files: dict[str, bytes]
    steps: list[Step]
    how: str
    # What the shell does with the streams, as `<&-`.
    redirect: str = ""
    # Whether the name of the patient stands only where a name belongs, so that it may appear nowhere.
    hides_name: bool = True
    # The statuses that are right for the last command, where only some are.
    expect: set[int] | None = None


class Room:
    """The folders of one job: inputs in a folder whose name must not appear, outputs, and one for temporary files."""

    def __init__(self, base: Path):
        self.path = Path(tempfile.mkdtemp(prefix="room-", dir=base))
        self.inputs, self.out, self.temporary = (self.path / name for name in (words.FOLDER, "out", "tmp"))
        for folder in (self.inputs, self.out, self.temporary):
            folder.mkdir()

    def put(self, files: dict[str, bytes]) -> None:
        """Writes the inputs."""
        for name, data in files.items():
            path = self.inputs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def environment(self) -> dict[str, str]:
        """What programs in this room see: temporary files and a home inside it."""
        kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
        return kept | {
            "TMPDIR": str(self.temporary),
            "HOME": str(self.temporary),
            "LANG": "C.UTF-8",
            "SWIFT_BACKTRACE": "enable=no",
        }

    def state(self) -> dict[bytes, tuple]:
        """Every file and folder in the room, with what shows a change."""
        found = {}
        for folder, names, files in os.walk(os.fsencode(self.path)):
            for name in names + files:
                path = os.path.join(folder, name)
                info = os.lstat(path)
                is_file = name in files
                found[os.path.relpath(path, os.fsencode(self.path))] = (
                    (info.st_size, info.st_mtime_ns) if is_file else ()
                )
        return found

    def close(self) -> None:
        """Removes the room."""
        shutil.rmtree(self.path, ignore_errors=True)


def start(
    command: list, room: Room, *, redirect: str = "", out=subprocess.DEVNULL, err=subprocess.DEVNULL, **more
) -> subprocess.Popen:
    """Starts a command in a session of its own, so that it can be killed with all it started."""
    if redirect:
        command = ["/bin/sh", "-c", f'exec "$0" "$@" {redirect}', *command]
    return subprocess.Popen(
        command,
        cwd=room.path,
        env=room.environment(),
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        start_new_session=True,
        **more,
    )


def ended_within(process: subprocess.Popen, seconds: float) -> bool:
    """Waits for the process to end, without taking its status."""
    watch = os.pidfd_open(process.pid)
    try:
        poll = select.poll()
        poll.register(watch, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(watch)


def _work_of(process: subprocess.Popen) -> float:
    """The processor's seconds that a running process took so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ended_late(process: subprocess.Popen, limit: float) -> bool:
    """Gives a process more time that works, but got too little of a busy machine; one that stands still gets none."""
    before = 0.0
    for _ in range(int(2 * limit)):
        work = _work_of(process)
        if work >= limit or work - before < 0.1:
            return False
        before = work
        if ended_within(process, 1):
            return True
    return False


def kill(process: subprocess.Popen) -> None:
    """Kills a process that was not waited for yet, and its group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(command: list, room: Room, *, limit: float = LIMIT_SECONDS, redirect: str = "", **more) -> Outcome:
    """Runs a command to its end or to the limit."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        process = start(command, room, redirect=redirect, out=out, err=err, **more)
        overdue = not ended_within(process, limit) and not _ended_late(process, limit)
        if overdue:
            kill(process)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return Outcome(
            command,
            process.returncode,
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024,
            out.read(MOST_OUTPUT),
            err.read(MOST_OUTPUT),
            overdue,
        )
