# SPDX-License-Identifier: Apache-2.0
"""A CT series on disk, written by pydicom in any patient orientation."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

# Directions of rows and columns in the patient's x and y for the positions of the table.
ORIENTATIONS = {
    "HFS": ((1, 0, 0), (0, 1, 0)),
    "HFP": ((-1, 0, 0), (0, -1, 0)),
    "FFS": ((-1, 0, 0), (0, 1, 0)),
    "FFP": ((1, 0, 0), (0, -1, 0)),
    "HFDL": ((0, 1, 0), (-1, 0, 0)),
    "FFDR": ((0, -1, 0), (1, 0, 0)),
}


@dataclass
class Volume:
    """Hounsfield units by z, y and x, all growing with the patient's axes, and where the first voxel's centre lies."""

    values: np.ndarray
    spacing: tuple[float, float]
    first: tuple[float, float]
    planes: list[float]


def _placed(volume: Volume, orientation: str, plane: int) -> tuple[np.ndarray, list[float], list[float]]:
    """An image as it is stored, where its first voxel lies, and the spacing of its rows and columns."""
    row, column = ORIENTATIONS[orientation]
    image = volume.values[plane]
    (sx, sy), (ny, nx) = volume.spacing, image.shape
    if row[0]:
        x, y, stored, spacing = row[0], column[1], image[:: column[1], :: row[0]], [sy, sx]
    else:
        x, y, stored, spacing = column[0], row[1], image.T[:: column[0], :: row[1]], [sx, sy]
    return (
        stored,
        [
            volume.first[0] + (0 if x > 0 else sx * (nx - 1)),
            volume.first[1] + (0 if y > 0 else sy * (ny - 1)),
            volume.planes[plane],
        ],
        spacing,
    )


def write(volume: Volume, folder: Path, orientation: str = "HFS") -> list[Dataset]:
    """Writes a series and gives its data sets."""
    folder.mkdir(parents=True)
    made = []
    for plane in range(len(volume.planes)):
        stored, position, spacing = _placed(volume, orientation, plane)
        meta = FileMetaDataset()
        meta.TransferSyntaxUID = ExplicitVRLittleEndian
        meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
        meta.MediaStorageSOPInstanceUID = f"1.2.826.0.1.3680043.8.498.7.{plane + 1}"
        data = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
        data.SOPClassUID, data.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
        data.Modality, data.PatientID, data.PatientName = "CT", "X1", "Body^No"
        data.PatientBirthDate, data.PatientSex, data.StudyID, data.AccessionNumber = "", "O", "1", ""
        data.StudyDate, data.StudyTime, data.ReferringPhysicianName, data.Manufacturer = "20260115", "", "", "m"
        data.SeriesNumber, data.InstanceNumber = 1, plane + 1
        data.StudyInstanceUID = "1.2.826.0.1.3680043.8.498.5"
        data.SeriesInstanceUID = "1.2.826.0.1.3680043.8.498.6"
        data.FrameOfReferenceUID = "1.2.826.0.1.3680043.8.498.8"
        row, column = ORIENTATIONS[orientation]
        data.ImageOrientationPatient = [*row, *column]
        data.ImagePositionPatient, data.PixelSpacing = position, spacing
        data.SliceThickness = abs(volume.planes[1] - volume.planes[0])
        data.Rows, data.Columns = stored.shape
        data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 16, 15, 0
        data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
        data.RescaleSlope, data.RescaleIntercept = 1, -1024
        data.PixelData = np.ascontiguousarray(stored.astype(np.int32) + 1024).astype("<u2").tobytes()
        data.save_as(folder / f"{(plane * 7) % len(volume.planes):04d}.dcm", enforce_file_format=True)
        made.append(data)
    return made
