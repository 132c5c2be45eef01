# SPDX-License-Identifier: Apache-2.0
"""Gives oligoplan damaged and hostile inputs, kills it at work, and tells what it did wrong."""

import argparse
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faults
import kills
import lanes
import lanes_cases
import running
from judging import Finding, Tally, visible
from lanes import LANES
from seeds import Broken, Seeds

OTHERS = ["kills", "races", "faults"]
# Inputs kept of each group of findings.
MOST_KEPT = 3


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="Tools/fuzz", description=__doc__)
    parser.add_argument("--binary", type=Path, required=True, help="the program; the release build without it")
    parser.add_argument("--inputs", type=int, help="inputs for each reader; 200 without it")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same inputs")
    parser.add_argument("--readers", help="some of these only: " + ", ".join([*LANES, *OTHERS]))
    parser.add_argument("--only", type=int, help="only the input of this number")
    parser.add_argument("--kills", type=int, help="how often to kill the program while it writes; 100 without it")
    parser.add_argument("--races", type=int, help="how often to refuse one input beside a good one; 300 without it")
    parser.add_argument("--workers", type=int, default=1, help="how many inputs at once")
    parser.add_argument("--keep", type=Path, help="where inputs of findings are kept")
    parser.add_argument("--short", action="store_true", help="few inputs of each reader, in about a minute")
    chosen = parser.parse_args()
    readers = chosen.readers.split(",") if chosen.readers else [*LANES, *OTHERS]
    if unknown := [r for r in readers if r not in LANES and r not in OTHERS]:
        parser.error(f"no reader {', '.join(unknown)}; there are {', '.join([*LANES, *OTHERS])}")
    chosen.readers = readers
    return chosen


def run_lane(tally: Tally, chosen: argparse.Namespace, seeds: Seeds, base: Path) -> None:
    """Everything of one lane."""

    def count(told: int | None, short: int, usual: int) -> range:
        return range(told if told is not None else short if chosen.short else usual)

    if tally.lane == "faults":
        faults.run_all(seeds, base, tally)
    elif tally.lane == "races":
        for number in count(chosen.races, 50, 300):
            kills.race(number, chosen.seed, seeds, base, tally)
    elif tally.lane == "kills":
        killer = kills.Killer(seeds, base)
        for number in count(chosen.kills, 20, 100):
            killer.kill(number, chosen.seed, tally)
    else:
        numbers = [chosen.only] if chosen.only is not None else count(chosen.inputs, LANES[tally.lane].short, 200)
        run_reader(tally, numbers, chosen, seeds, base)


def run_reader(tally: Tally, numbers: range | list[int], chosen: argparse.Namespace, seeds: Seeds, base: Path) -> None:
    """The inputs of one reader, as many at once as there are workers."""

    def one(number: int) -> lanes.Result:
        return lanes.go(tally.lane, number, chosen.seed, seeds, base, chosen.keep)

    with ThreadPoolExecutor(chosen.workers) as pool:
        for result in pool.map(one, numbers):
            tally.inputs += 1
            for outcome in result.outcomes:
                tally.count(outcome)
            last = result.outcomes[-1].status
            tally.accepted += last == 0
            tally.refused += last > 0
            needed = False
            for finding in result.findings:
                tally.add(finding)
                needed = needed or len(tally.groups[finding.key]) <= MOST_KEPT
            if result.findings and not needed and result.findings[0].kept:
                shutil.rmtree(result.findings[0].kept, ignore_errors=True)


def tell_group(group: list[Finding], seed: int) -> None:
    """A group of findings by its first."""
    first = group[0]
    print(f"{first.lane}: {first.kind}, {len(group)} times: {visible(first.message)[:200]}")
    print(f"  number {first.number}, seed {seed}" + (f": {visible(first.how)[:300]}" if first.how else ""))
    if first.outcome:
        print("  " + " ".join(lanes.quoted(a) for a in ["oligoplan", *first.outcome.arguments[1:]])[:600])
        outcome = first.outcome
        print(
            f"  {outcome.ending}, {outcome.seconds:.2f} s ({outcome.worked:.2f} s of work), {outcome.megabytes:.0f} MB"
        )
        for line in outcome.err.decode("utf-8", "replace").split("\n")[:3]:
            if line.strip():
                print(f"  | {visible(line)[:200]}")
    if first.kept and first.kept.exists():
        print(f"  kept: {first.kept}")


def tell_table(tallies: list[Tally]) -> None:
    """The last lines: what each reader came to."""
    heads = ["lane", "inputs", "refused", "accepted", "findings", "slowest s", "greatest MB"]
    rows = [
        [
            t.lane,
            str(t.inputs),
            str(t.refused),
            str(t.accepted),
            str(t.findings),
            f"{t.slowest:.2f}",
            f"{t.greatest:.0f}",
        ]
        for t in tallies
    ]
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, *rows]:
        print(
            "  ".join(
                cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
            )
        )


# Inputs nest thousands of levels deep, and their hashes are taken level by level.
sys.setrecursionlimit(50_000)


def main() -> int:
    """Runs what was asked for; 1 when anything was found."""
    chosen = arguments()
    binary = chosen.binary.resolve()
    if not binary.is_file():
        print(f"fuzz: no program at {binary}", file=sys.stderr)
        return 66
    running.guard_machine()
    sys.stdout.reconfigure(errors="backslashreplace")
    keep_given = chosen.keep is not None
    chosen.keep = (chosen.keep or Path(tempfile.mkdtemp(prefix="oligoplan-fuzz-"))).resolve()
    chosen.keep.mkdir(parents=True, exist_ok=True)
    tallies: list[Tally] = []
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        base = Path(folder)
        try:
            seeds = Seeds(binary, base)
            lanes_cases.check_hashes(seeds)
        except Broken as broken:
            print(f"fuzz: what everything starts from cannot be made: {visible(str(broken))}")
            return 1
        for name in chosen.readers:
            start = time.monotonic()
            tally = Tally(name)
            tallies.append(tally)
            try:
                run_lane(tally, chosen, seeds, base)
            except Broken as broken:
                tally.add(Finding(name, tally.inputs, "cannot be checked", str(broken)))
            print(
                f"{name}: {tally.inputs} inputs, {tally.findings} findings, {time.monotonic() - start:.1f} s",
                file=sys.stderr,
            )
    print()
    for tally in tallies:
        for group in tally.groups.values():
            tell_group(group, chosen.seed)
            print()
    if not keep_given and not any(chosen.keep.iterdir()):
        chosen.keep.rmdir()
    elif any(chosen.keep.iterdir()):
        print(f"inputs kept in {chosen.keep}")
    print(f"seed {chosen.seed}, {time.monotonic() - begun:.0f} s")
    tell_table(tallies)
    return 1 if any(t.findings for t in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
