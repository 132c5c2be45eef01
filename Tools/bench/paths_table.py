# SPDX-License-Identifier: Apache-2.0
"""Prints what needle paths cost oligoplan and its peer. Usage: paths_table.py PEER.json [OURS.json], see `paths`."""

import json
import sys
from pathlib import Path

from tables import Table, publish


def spread(middle: float, least: float, most: float) -> str:
    return f"{middle:.1f} ({least:.1f}–{most:.1f})"


def per_thousand(milliseconds: float, candidates: int) -> float:
    return 1000 * milliseconds / candidates


def costs(peer: dict, ours: dict | None) -> Table:
    """Milliseconds by target. The peer's search is without the reading of its files."""
    mine = {t["lesion"]: t for t in ours["targets"]} if ours else {}
    header = ["target", "peer's candidates", "ms", "of it search", "search per 1000"]
    if ours:
        header += ["our candidates", "ms", "of it space", "per 1000", "search to ours", "per candidate"]
    rows = []
    for target in peer["targets"]:
        search = 1000 * target["searchSeconds"]
        each = per_thousand(search, target["candidates"])
        times = (1000 * target[key] for key in ("seconds", "leastSeconds", "mostSeconds"))
        row = [target["lesion"], str(target["candidates"]), spread(*times), f"{search:.1f}", f"{each:.0f}"]
        if us := mine.get(target["lesion"]):
            our_each = per_thousand(us["medianMS"], us["candidates"])
            row += [str(us["candidates"]), spread(us["medianMS"], us["leastMS"], us["mostMS"])]
            row += [f"{us['spaceMS']:.1f}" if us.get("spaceMS") is not None else "–", f"{our_each:.2f}"]
            row += [f"{search / us['medianMS']:.1f} ×", f"{each / our_each:.0f} ×"]
        elif ours:
            row += ["–"] * 6
        rows.append(row)
    notes = [f"oligoplan: {key} {ours[key]:.1f}" for key in ("marginMapMS", "planMS") if ours and key in ours]
    return Table("Costs where the peer does best (scene filled)", header, rows, notes)


def fates(scene: dict) -> Table:
    """What becomes of the peer's directions."""
    first = scene["targets"][0]["fates"]
    header = ["target", *first, "feasible", "of them through the cut ends", "shortest mm"]
    rows = []
    for t in scene["targets"]:
        counts = [*t["fates"].values(), t["feasible"], t["feasibleThroughCutEnds"]]
        rows.append([t["lesion"], *map(str, counts), str(t["shortestMM"][0]) if t["shortestMM"] else "–"])
    return Table(f"The peer's directions, scene {scene['scene']}", header, rows)


def main() -> None:
    peer, *ours = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:])
    scenes = {s["scene"]: s for s in peer["scenes"]}
    size = " × ".join(map(str, peer["voxels"]))
    tables = [costs(scenes["filled"], ours[0] if ours else None), *map(fates, scenes.values())]
    tables[0].notes.append(f"peer: {peer['peer']}, commit {peer['commit'] or 'unknown'}; {peer['runs']} runs")
    tables[0].notes.append(f"its images: {size} voxels of {peer['pitchMM']:g} mm; {peer['notRun']} are not run")
    publish("Needle paths", tables, None)


if __name__ == "__main__":
    main()
