# SPDX-License-Identifier: Apache-2.0
"""Writes the hand-made files of one kind into a folder, for a fuzzer that learns from them."""

import sys
from pathlib import Path

import dicom
import dicom_seeds
import mutate_bytes
import nifti


def dicom_files() -> dict[str, bytes]:
    """Every object in every transfer syntax."""
    objects = {
        "rs": dicom_seeds.small_set(False),
        "rd16": dicom_seeds.dose(),
        "rd32": dicom_seeds.dose(bits=32),
        "rp": dicom_seeds.plan(),
        "reg": dicom_seeds.registration(),
    }
    files = {
        f"{name}-{syntax}-{undefined:d}.dcm": dicom.encode(data, syntax, undefined=undefined)
        for name, data in objects.items()
        for syntax in ("explicit", "implicit", "big", "deflated")
        for undefined in (False, True)
    }
    files |= {f"rle{bits}.dcm": dicom.encode(dicom_seeds.dose(bits=bits, rle=True), "rle") for bits in (16, 32)}
    return files


def nifti_files() -> dict[str, bytes]:
    """Both versions, both byte orders, every kind of number, plain and compressed."""
    files = {}
    for version in (1, 2):
        for big in (False, True):
            for datatype in nifti.CODES:
                files[f"{version}-{'big' if big else 'little'}-{datatype}.nii"] = nifti.Image(
                    version, big, datatype, (6, 5, 4)
                ).encode()
        files[f"{version}.nii.gz"] = mutate_bytes.packed(nifti.Image(version).encode())
    return files


if __name__ == "__main__":
    kind, folder = sys.argv[1], Path(sys.argv[2])
    for name, data in (dicom_files() if kind == "dicom" else nifti_files()).items():
        (folder / name).write_bytes(data)
