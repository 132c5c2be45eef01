// SPDX-License-Identifier: Apache-2.0
// A C face of nifticlib, as little as reading label maps needs.
//
// The library converts headers and opens plain and compressed files. Everything that it trusts a file with is
// checked before it sees it: nifticlib 3.0.1 takes sizes, offsets and extensions as they stand, and mends bad
// spacings and NaN in silence. Data are read in a stream, so a header that claims too much costs nothing.
// One image belongs to one task.
#ifndef OLIGOPLAN_CNIFTI_H
#define OLIGOPLAN_CNIFTI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

struct onifti_image { unsigned char opaque; };

// What a file is refused for.
enum onifti_refusal {
  ONIFTI_UNREADABLE,   // it cannot be opened
  ONIFTI_NOT_NIFTI,    // neither a NIfTI-1 nor a NIfTI-2 header
  ONIFTI_PAIR,         // a header whose image lies in a file of its own
  ONIFTI_DAMAGED,      // cut short, or a header that contradicts itself
  ONIFTI_DIMENSIONS,   // not one three-dimensional image
  ONIFTI_DATATYPE,     // colours, complex numbers, bits, 128-bit numbers
  ONIFTI_PLACEMENT,    // no affine, or none that can be used
  ONIFTI_TOO_LARGE,    // unpacked, it would take more than is read
};

// Opens an image and reads its header and extensions.
// Returns NULL, the reason, and a message of at most `capacity` bytes on failure; nothing is printed.
struct onifti_image *_Nullable onifti_open(const char *path, enum onifti_refusal *reason, char *message,
                                           size_t capacity);
void onifti_close(struct onifti_image *image);

// The number of voxels along the file's axis 0, 1 or 2; at least 1, and at most 2^31 in all.
int64_t onifti_size(const struct onifti_image *image, int axis);
// Entry of the affine from voxel indices to RAS, in the file's units; row 0 to 2, column 0 to 3.
double onifti_affine(const struct onifti_image *image, int row, int column);
// Whether the affine is the sform; else it is the qform.
int onifti_uses_sform(const struct onifti_image *image);
// The farthest distance, in the file's units, between where sform and qform put a corner of the image; 0 when
// only one of them is there.
double onifti_disagreement(const struct onifti_image *image);
// The header's voxel size along an axis, which the affine overrules; may be anything.
double onifti_spacing(const struct onifti_image *image, int axis);
// NIFTI_UNITS_*: 1 metre, 2 millimetre, 3 micrometre, others unknown.
int onifti_space_units(const struct onifti_image *image);

// Header extensions: their bytes, not terminated; NULL beyond the last.
const char *_Nullable onifti_extension(const struct onifti_image *image, int index, size_t *length);

// What stopped reading.
enum onifti_label_state {
  ONIFTI_LABELS_EMPTY,      // all of them are 0, and nothing was written
  ONIFTI_LABELS_READ,
  ONIFTI_LABELS_SHORT,      // the file ends before its last voxel, or its compression is damaged
  ONIFTI_LABELS_FRACTION,   // a value that is no whole number, or no number
  ONIFTI_LABELS_NEGATIVE,
  ONIFTI_LABELS_LARGE,      // beyond 2^31 - 1
};

// Reads the next `count` voxels, with slope and intercept applied, in the file's order.
// On a refused value `offender` receives it and `index` its place among the `count`.
enum onifti_label_state onifti_read_labels(struct onifti_image *image, int32_t *labels, int64_t count,
                                           double *offender, int64_t *index);
// Whether voxels can be below zero, by their type and scale.
int onifti_may_be_negative(struct onifti_image *image);
// Reads the next `count` voxels as they are, with slope and intercept applied; 0 where the file ends before.
int onifti_read_values(struct onifti_image *image, double *values, int64_t count);
// Whether the stream ends well after the last voxel: 0 when its checksum fails.
int onifti_ends_well(struct onifti_image *image);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
#endif
