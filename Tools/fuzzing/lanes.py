# SPDX-License-Identifier: Apache-2.0
"""The lanes by name, and how one input of a lane is made, run and judged."""

import functools
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import judging
import lanes_arguments
import lanes_cases
import lanes_cohorts
import lanes_dicom
import lanes_files
import lanes_images
import running
import words
from classics import CLASSICS
from judging import Finding
from running import Job, Outcome, Room
from seeds import Seeds


@dataclass
class Lane:
    """One reader: what makes its jobs, and how many of them the short run takes."""

    make: Callable[[random.Random, Seeds], Job]
    short: int


LANES = {
    "rtstruct": Lane(lanes_dicom.rtstruct, 30),
    "rtdose": Lane(lanes_dicom.rtdose, 16),
    "rtplan": Lane(lanes_dicom.rtplan, 12),
    "registration": Lane(lanes_dicom.registration, 10),
    "dvhtext": Lane(lanes_files.dvhtext, 24),
    "nifti": Lane(lanes_files.labelmap, 24),
    "labelnames": Lane(lanes_files.labelnames, 16),
    "ct": Lane(lanes_images.ct, 16),
    "seg": Lane(lanes_images.seg, 24),
    "sr": Lane(lanes_images.sr, 16),
    "nrrd": Lane(lanes_images.nrrd, 16),
    "spreadsheet": Lane(lanes_images.spreadsheet, 20),
    "points": Lane(lanes_images.points, 12),
    "list-csv": Lane(lanes_files.list_csv, 30),
    "list-json": Lane(lanes_files.list_json, 16),
    "cohort": Lane(lanes_cohorts.cohort, 40),
    "patient": Lane(lanes_files.patient, 26),
    "case": Lane(lanes_cases.case, 18),
    "plan": Lane(lanes_cases.plan, 8),
    "protocol": Lane(lanes_files.protocol, 10),
    "devices": Lane(lanes_files.devices, 10),
    "geometry": Lane(lanes_dicom.geometry, 14),
    "arguments": Lane(lanes_arguments.arguments, 30),
}


@dataclass
class Result:
    """What came of one input."""

    number: int
    outcomes: list[Outcome]
    findings: list[Finding]
    job: Job


@functools.cache
def _classics(lane: str, seeds: Seeds) -> list[Job]:
    return CLASSICS[lane](seeds) if lane in CLASSICS else []


def job_of(lane: str, number: int, seed: int, seeds: Seeds) -> Job:
    """The job of a number: the same for the same seed, whatever else is run.

    The first ones are the same for all seeds.
    """
    first = _classics(lane, seeds)
    if number < len(first):
        return first[number]
    return LANES[lane].make(random.Random(f"{seed} {lane} {number}"), seeds)


def go(lane: str, number: int, seed: int, seeds: Seeds, base: Path, keep: Path | None) -> Result:
    """Makes, runs and judges one input; keeps it where something was wrong."""
    job = job_of(lane, number, seed, seeds)
    room = Room(base)
    outcomes, findings = [], []
    try:
        room.put(job.files)
        for step in job.steps:
            before = room.state()
            outcome = running.run([str(seeds.binary), *step.arguments], room, redirect=job.redirect)
            outcomes.append(outcome)
            for kind, group, message in judging.judge(outcome, room, step, before, job.hides_name):
                findings.append(Finding(lane, number, kind, message, job.how, outcome, group=group))
            if outcome.status != 0:
                break
        if job.expect and outcome.status >= 0 and outcome.status not in job.expect and not outcome.overdue:
            wanted = " or ".join(map(str, sorted(job.expect)))
            findings.append(Finding(lane, number, f"{outcome.ending} instead of {wanted}", job.how, job.how, outcome))
    finally:
        room.close()
    if findings and keep:
        kept = keep / f"{lane}-{number}"
        for name, data in job.files.items():
            path = kept / words.FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (kept / "command.txt").write_text(commands(job) + "\n", encoding="utf-8")
        for finding in findings:
            finding.kept = kept
    return Result(number, outcomes, findings, job)


def quoted(argument) -> str:
    """An argument as bash takes it, whatever is in it."""
    data = argument if isinstance(argument, bytes) else argument.encode("utf-8", "surrogateescape")
    if data and all(chr(b).isalnum() or b in b"-_./,=%+:" for b in data):
        return data.decode()
    if all(0x20 <= b < 0x7F for b in data) and b"'" not in data:
        return f"'{data.decode()}'"
    return "$'" + "".join(chr(b) if 0x20 <= b < 0x7F and b not in b"'\\" else f"\\x{b:02x}" for b in data) + "'"


def commands(job: Job) -> str:
    """The commands of a job, to be run in a folder that holds its inputs."""
    lines = [
        " ".join(["oligoplan", *map(quoted, step.arguments)]) + (f" {job.redirect}" if job.redirect else "")
        for step in job.steps
    ]
    return "\n".join(line[:4000] for line in lines)
