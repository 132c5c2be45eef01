# SPDX-License-Identifier: Apache-2.0
"""Rows of a comparison, in plain text for a terminal and in Markdown for a file."""

from dataclasses import dataclass, field
from pathlib import Path


def number(value: float | None, digits: int = 3) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


@dataclass
class Table:
    title: str
    header: list[str]
    rows: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        widths = [max(map(len, column)) for column in zip(self.header, *self.rows)]
        lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths)).rstrip() for row in [self.header, *self.rows]]
        return "\n".join([self.title, *lines, *self.notes]) + "\n"

    def markdown(self) -> str:
        lines = [self.header, ["---"] * len(self.header), *self.rows]
        cells = ["| " + " | ".join(c.replace("|", "\\|") for c in row) + " |" for row in lines]
        return "\n".join([f"## {self.title}", "", *cells, "", *(f"- {n}" for n in self.notes)]) + "\n"


def publish(heading: str, tables: list[Table], markdown: Path | None) -> None:
    print("\n".join(t.text() for t in tables))
    if markdown:
        markdown.write_text("\n".join([f"# {heading}", "", *(t.markdown() for t in tables)]), encoding="utf-8")
