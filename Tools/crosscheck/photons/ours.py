# SPDX-License-Identifier: Apache-2.0
"""What oligoplan proposes for a lesion (plan --format json), read with patience: whatever is absent is `None`."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_GRAY = 54.0
DEFAULT_MARGINS_MM = ([0.0, 0.0, 0.0], [5.0, 5.0, 5.0])


@dataclass(frozen=True)
class Band:
    """An expectation, with or without a range."""

    expected: float
    low: float | None = None
    high: float | None = None

    @staticmethod
    def of(value) -> "Band | None":
        if isinstance(value, (int, float)):
            return Band(float(value))
        if not isinstance(value, dict) or value.get("expected") is None:
            return None
        return Band(value["expected"], value.get("low"), value.get("high"))

    def holds(self, value: float) -> bool | None:
        """Whether a value lies in the range, which may be open above; `None` without a range."""
        return None if self.low is None else self.low <= value <= (math.inf if self.high is None else self.high)


@dataclass
class Proposal:
    gray: float = DEFAULT_GRAY
    margins_mm: tuple[list[float], list[float]] = DEFAULT_MARGINS_MM
    ptv_cc: Band | None = None
    r50: Band | None = None
    d2cm: Band | None = None
    organs: list[tuple[str, str, str, Band]] = field(default_factory=list)


@dataclass
class Ours:
    """The proposals of one file by lesion, and what they do to the lungs together."""

    proposals: dict[str, Proposal] = field(default_factory=dict)
    lungs: dict[str, Band | None] = field(default_factory=dict)
    heart: Band | None = None
    found: bool = False

    def proposal(self, lesion: str) -> Proposal:
        return self.proposals.get(lesion, Proposal())

    @staticmethod
    def read(path: Path | None) -> "Ours":
        if path is None or not path.exists() or not path.read_text(encoding="utf-8").strip():
            return Ours()
        document = json.loads(path.read_text(encoding="utf-8"))
        ours = Ours(found=True)
        for entry in document.get("proposals") or []:
            if proposal := entry.get("proposal"):
                ours.proposals[entry.get("lesion")] = parsed(proposal)
        burden = document.get("burden") or {}
        lungs = burden.get("lungs") or {}
        for organ in burden.get("organs") or []:
            for metric in organ.get("metrics") or []:
                if (organ.get("name"), metric.get("name")) == ("heart", "Dmean"):
                    ours.heart = Band.of(metric)
        ours.lungs = {key: Band.of(lungs.get(key)) for key in ("meanGy", "v20Percent", "v5Percent")}
        return ours


def parsed(entry: dict) -> Proposal:
    margins = entry.get("margins") or {}
    itv, ptv = (margins.get(key) or default for key, default in zip(("itvMM", "ptvMM"), DEFAULT_MARGINS_MM))
    # An organ is told by its nearest structure; the near-maximum of a point stands beside the hottest 0.03 cc.
    organs = [
        ((organ.get("structures") or [None])[0], "D0.03cc", metric.get("unit"), band)
        for organ in entry.get("organs") or []
        for metric in organ.get("metrics") or []
        if (band := Band.of(metric))
    ]
    return Proposal(
        (entry.get("prescription") or {}).get("doseGy") or DEFAULT_GRAY, (itv, ptv), Band.of(entry.get("ptvCC")),
        Band.of(entry.get("r50")), Band.of(entry.get("d2cmPercent")), organs,
    )
