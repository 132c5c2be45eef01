# SPDX-License-Identifier: Apache-2.0
"""Statistics of a cumulative dose-volume curve, read the same way for every program. Doses in Gy, volumes in cc."""

import re
from dataclasses import dataclass

import numpy as np

NAME = re.compile(r"(?P<kind>CV|D|V)(?P<at>\d+(?:\.\d+)?)(?P<unit>%|cc|Gy)$")


@dataclass
class Curve:
    """The volume that receives at least each dose, straight between the doses; it never rises."""

    dose: np.ndarray
    volume: np.ndarray
    mean: float  # told by the program itself, as bins would round it

    @property
    def total(self) -> float:
        return float(self.volume[0]) if len(self.volume) else 0.0

    def dose_at(self, volume: float) -> float | None:
        """The greatest dose that the volume receives; none for more than the whole."""
        if not 0 < volume <= self.total * (1 + 1e-9):
            return None
        last = int(np.flatnonzero(self.volume >= volume * (1 - 1e-9))[-1])
        if last == len(self.dose) - 1:
            return float(self.dose[-1])
        high, low = self.volume[last], self.volume[last + 1]
        return float(np.interp(high - volume, [0, high - low], self.dose[last : last + 2]))

    def volume_at(self, dose: float) -> float:
        return float(np.interp(dose, self.dose, self.volume, left=self.total, right=0.0))

    @property
    def minimum(self) -> float:
        """The dose that the whole receives, as far as bins tell."""
        return float(self.dose[np.flatnonzero(self.volume >= self.total * (1 - 1e-9))[-1]])

    @property
    def maximum(self) -> float:
        """The dose from which on nothing is left."""
        none = np.flatnonzero(self.volume <= self.total * 1e-12)
        return float(self.dose[none[0]] if len(none) else self.dose[-1])

    def statistic(self, name: str, unit: str) -> float | None:
        """A statistic by the name it has in our files (`D95%`, `D0.03cc`, `V20Gy`, `CV1500cc`, and `volumeCC`,
        `meanGy`, `minimumGy`, `maximumGy`) in the unit asked for; `None` for more than there is and for other names.

        `CV1500cc` is a critical volume's dose: the least that the coldest 1500 cc stay below.
        """
        plain = {"volumeCC": "total", "meanGy": "mean", "minimumGy": "minimum", "maximumGy": "maximum"}
        if name in plain:
            return getattr(self, plain[name])
        if not (match := NAME.match(name)):
            return None
        kind, at, of = match["kind"], float(match["at"]), match["unit"]
        if (kind == "V") != (of == "Gy"):
            return None
        if kind == "V":
            volume = self.volume_at(at)
            return volume if unit != "%" else 100 * volume / self.total if self.total else None
        volume = at / 100 * self.total if of == "%" else at
        return self.dose_at(volume if kind == "D" else self.total - volume)
