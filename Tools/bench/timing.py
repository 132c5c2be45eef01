# SPDX-License-Identifier: Apache-2.0
"""What whole processes and pieces of a process cost: medians of several runs, and peak memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from tables import Table

SPAWN = Path(__file__).with_name("spawn.py")
CLEAR_PEAK, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
ADVICE_LINES = 6  # of a failed command's own words

Answer = TypeVar("Answer")


class Failed(Exception):
    """A command that ended with an error, in its own words."""


@dataclass
class Cost:
    """Milliseconds over several runs, and the greatest memory of any run."""

    median: float
    least: float
    most: float
    runs: int
    peak_mb: float | None = None

    @staticmethod
    def of(times: list[float], peak_mb: float | None = None) -> "Cost":
        return Cost(median(times), min(times), max(times), len(times), peak_mb)

    def plus(self, other: "Cost") -> "Cost":
        """One after the other: the sums, though the extremes need not have met."""
        peaks = [p for p in (self.peak_mb, other.peak_mb) if p is not None]
        return Cost(
            self.median + other.median, self.least + other.least, self.most + other.most,
            min(self.runs, other.runs), max(peaks, default=None),
        )

    def cells(self) -> list[str]:
        spread = f"{self.least:.1f}–{self.most:.1f}" if self.runs > 1 else "–"
        return [f"{self.median:.1f}", spread, str(self.runs), "–" if self.peak_mb is None else f"{self.peak_mb:.0f}"]


COST_HEADER = ["median ms", "least–most ms", "runs", "peak MB"]


def process(command: Sequence[str | Path], runs: int, output: Path | None = None) -> Cost:
    """Runs a command so many times, after one run that warms the file cache; its answer goes to `output`."""
    costs = [once(command, output) for _ in range(runs + 1)]
    return Cost.of([c["seconds"] * 1000 for c in costs[1:]], max(c["peakKB"] for c in costs) / 1024)


def once(command: Sequence[str | Path], output: Path | None) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        result, words = Path(folder, "cost.json"), Path(folder, "stderr")
        # Some programs tell their errors on stdout.
        with open(output or words, "ab" if output is None else "wb") as out, words.open("ab") as err:
            # -I and -S keep the launcher small and deaf to the environment; the child gets the environment whole.
            launcher = [sys.executable, "-I", "-S", str(SPAWN), str(result)]
            subprocess.run([*launcher, *map(str, command)], stdout=out, stderr=err)
        said = words.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        cost = json.loads(result.read_text()) if result.exists() else {"code": "not started"}
        if cost["code"] != 0:
            name = " ".join(map(str, command))
            raise Failed("\n".join([f"{name}: exit {cost['code']}", *said[-ADVICE_LINES:]]))
        return cost


def inside(work: Callable[[], Answer], runs: int, warm: bool = True) -> tuple[Cost, Answer]:
    """Times a piece of this process, after one run that is not counted; the answer is the first run's.

    The peak is this process's while the piece ran, so it holds the interpreter and the inputs, too.
    """
    times, answer = [], None
    CLEAR_PEAK.write_text("5")
    for run in range(runs + warm):
        start = time.perf_counter()
        found = work()
        if run or not warm:
            times.append((time.perf_counter() - start) * 1000)
        answer = found if run == 0 else answer
    peak = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
    return Cost.of(times, int(peak.split()[1]) / 1024), answer


@dataclass
class Line:
    """One program's way to the answer, with what it cost; `factor` is the least ratio to ours that is asked for."""

    name: str
    cost: Cost
    factor: float | None = None

    def cells(self, ours: Cost | None) -> list[str]:
        ratio = "–" if ours is None or self.cost is ours else f"{self.cost.median / ours.median:.1f} ×"
        if self.factor is None:
            return [self.name, *self.cost.cells(), ratio, "", ""]
        ok = "" if ours is None else "ok" if self.cost.median >= self.factor * ours.median else "MISSED"
        target = self.cost.median / self.factor
        return [self.name, *self.cost.cells(), ratio, f"{self.factor:g} ×, so {target:.2f} ms", ok]


LINE_HEADER = ["program", *COST_HEADER, "of ours", "asked for", ""]


def report(title: str, lines: list[Line], ours: Cost | None) -> tuple[Table, bool]:
    """The table of one task, and whether every factor that is asked for was reached."""
    rows = [line.cells(ours) for line in lines]
    return Table(title, LINE_HEADER, rows), not any(row[-1] == "MISSED" for row in rows)


def benchmark(command: str, *arguments: str | Path) -> tuple[Cost, dict]:
    """What `oligoplan-bench` says of one task inside its process: {"name", "medianMS", "runs", …}; `leastMS` and
    `mostMS` may be there. The peak is the whole process's."""
    program = Path(os.environ["OLIGOPLAN_BENCH"])
    if not os.access(program, os.X_OK):
        raise Failed(f"no program at {program}: build it with 'swift build -c release', or set OLIGOPLAN_BENCH")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "answer.json")
        peak = once([program, command, *arguments], output)["peakKB"] / 1024
        told = json.loads(output.read_text(encoding="utf-8"))
    middle = told["medianMS"]
    return Cost(middle, told.get("leastMS", middle), told.get("mostMS", middle), told["runs"], peak), told
