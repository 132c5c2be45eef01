# SPDX-License-Identifier: Apache-2.0
"""Runs peers beside oligoplan on the same files and prints what each costs and what each answers.

Sections: dvh, clearances, margin, plan; all of them when none is named. Ends with 1 when a factor that is asked for is
missed or when programs that measure the same solid disagree.
"""

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from tables import Table, publish
from timing import Failed

SECTIONS = ("dvh", "clearances", "margin", "plan")
LIBRARIES = ("dicompyler-core", "pydicom", "numpy", "shapely", "SimpleITK")


def machine() -> Table:
    told = [line.partition(":") for line in Path("/proc/cpuinfo").read_text().splitlines()]
    cpu = next((value.strip() for key, _, value in told if key.strip() == "model name"), platform.machine())
    rows = [["processor", f"{cpu}, {os.cpu_count()} cores"], ["Python", platform.python_version()]]
    rows += [[name, version(name)] for name in LIBRARIES]
    return Table("Machine and versions", ["what", "which"], rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--phantom", type=Path, required=True, help="folder with structures.dcm and dose.dcm")
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is made on the way")
    parser.add_argument("--dose", type=Path, help="another dose than the phantom's")
    parser.add_argument("--runs", type=int, default=5, help="runs of each program, the median counts (5)")
    parser.add_argument("--peers-only", action="store_true", help="time the peers without oligoplan's side")
    parser.add_argument("--supersampled", action="store_true", help="time dicompyler-core's supersampling, too")
    parser.add_argument("--markdown", type=Path, help="write the tables to this file, too")
    arguments = parser.parse_args()
    sections = arguments.sections or SECTIONS
    if unknown := set(sections) - set(SECTIONS):
        parser.error(f"unknown section {', '.join(sorted(unknown))}: there are {', '.join(SECTIONS)}")
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    dose = arguments.dose or arguments.phantom / "dose.dcm"
    if "dvh" in sections and not dose.exists():
        parser.error(f"the phantom has no dose ({dose.name}): give one with --dose FILE")

    tables, ok = [machine()], True
    try:
        for section in sections:
            print(f"running {section} …", file=sys.stderr)
            # Imported here, for each brings libraries that only it needs.
            if section == "dvh":
                import dvh_peers

                settings = ["default", "extents"] + ["supersampled"] * arguments.supersampled
                found = dvh_peers.run(
                    arguments.phantom, dose, arguments.work, arguments.runs, arguments.peers_only, settings
                )
            elif section == "clearances":
                import clearance_peers

                found = clearance_peers.run(arguments.phantom, arguments.work, arguments.runs, arguments.peers_only)
            elif section == "plan":
                import plan_peers

                found = plan_peers.run(arguments.phantom, dose, arguments.work, arguments.runs, arguments.peers_only)
            else:
                import margin_peers

                found = margin_peers.run(arguments.work, arguments.runs, arguments.peers_only)
            tables += found[0]
            ok &= found[1]
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 70
    publish("oligoplan and its peers", tables, arguments.markdown)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
