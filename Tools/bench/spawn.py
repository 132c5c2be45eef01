# SPDX-License-Identifier: Apache-2.0
"""Runs one command and writes what it cost as JSON to a file: seconds, peak memory, exit status.

A program of its own, and without imports of weight: Linux counts the memory of the process that forks towards
the peak of the child (ru_maxrss survives exec), so a child of a large interpreter would seem to be large. What
this interpreter holds itself, some 10 MB, is the least that can be told.
"""

import os
import sys
import time

result, *command = sys.argv[1:]
start = time.perf_counter()
child = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
code = os.waitstatus_to_exitcode(status)
with open(result, "w", encoding="ascii") as file:
    file.write(f'{{"seconds": {seconds!r}, "peakKB": {usage.ru_maxrss}, "code": {code}}}')
