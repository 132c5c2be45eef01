# SPDX-License-Identifier: Apache-2.0
"""One CT in six patient orientations: the same image and the same bodies, to the last bit."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import series

OLIGOPLAN = os.environ["OLIGOPLAN"]


def _trunk() -> series.Volume:
    """A trunk with two lungs of unlike size and a windpipe, in noise."""
    nz, ny, nx = 60, 90, 120
    z, y, x = np.meshgrid(np.arange(nz), np.arange(ny), np.arange(nx), indexing="ij")
    values = np.where(((x - 60) / 52) ** 2 + ((y - 45) / 36) ** 2 <= 1, 40, -1000)
    for centre, radii in (((35, 45, 30), (16, 24, 24)), ((86, 45, 32), (14, 22, 22))):
        inside = sum(((axis - c) / r) ** 2 for axis, c, r in zip((x, y, z), centre, radii, strict=True)) <= 1
        values = np.where(inside, -850, values)
    values = np.where((x - 60) ** 2 + (y - 40) ** 2 <= 4, -1000, values)
    noise = np.random.default_rng(3).integers(-20, 21, values.shape)
    return series.Volume((values + noise).astype(np.int16), (3.0, 3.0), (-180.0, -130.0), [-150 + 5.0 * k for k in range(nz)])


def main() -> int:
    work = Path(sys.argv[1])
    volume = _trunk()
    rows = work / "list.csv"
    rows.write_text("lesion_id,site,side,longest_diameter_mm,x_mm,y_mm,z_mm\nL1,lung,right,15,-75,0,0\n")
    sums = {}
    for orientation in series.ORIENTATIONS:
        series.write(volume, work / orientation, orientation)
        case = work / f"case-{orientation}"
        told = subprocess.run(
            [OLIGOPLAN, "import", "--lesions", rows, "--ct", work / orientation, "-o", case],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        assert "Lung_R" in told.stderr and "Lung_L" in told.stderr, told.stderr
        sums[orientation] = tuple(hashlib.sha256((case / name).read_bytes()).hexdigest() for name in ("ct.bin", "bodies.bin"))
    same = len(set(sums.values())) == 1
    print(f"{'ok   ' if same else 'WRONG'} {len(sums)} orientations give {len(set(sums.values()))} image(s) with its bodies")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
