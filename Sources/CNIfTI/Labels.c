// SPDX-License-Identifier: Apache-2.0
// Voxels as whole labels, in a stream.
#include "image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define READ_AS(type)                                          \
  for (int64_t i = 0; i < count; i++) {                        \
    type raw;                                                  \
    memcpy(&raw, bytes + i * (int64_t)sizeof raw, sizeof raw); \
    values[i] = (double)raw;                                   \
  }                                                            \
  break

static void as_double(int datatype, const unsigned char *bytes, double *values, int64_t count) {
  switch (datatype) {
    case NIFTI_TYPE_UINT8: READ_AS(uint8_t);
    case NIFTI_TYPE_INT8: READ_AS(int8_t);
    case NIFTI_TYPE_UINT16: READ_AS(uint16_t);
    case NIFTI_TYPE_INT16: READ_AS(int16_t);
    case NIFTI_TYPE_UINT32: READ_AS(uint32_t);
    case NIFTI_TYPE_INT32: READ_AS(int32_t);
    case NIFTI_TYPE_UINT64: READ_AS(uint64_t);
    case NIFTI_TYPE_INT64: READ_AS(int64_t);
    case NIFTI_TYPE_FLOAT32: READ_AS(float);
    case NIFTI_TYPE_FLOAT64: READ_AS(double);
    default: break;
  }
}

static enum onifti_label_state to_label(double value, int32_t *label) {
  double nearest = nearbyint(value);
  // A slope stored as a 32-bit number leaves whole labels off by its rounding.
  if (!(fabs(value - nearest) <= 1e-6 * fmax(1, fabs(value)))) return ONIFTI_LABELS_FRACTION;
  if (nearest < 0) return ONIFTI_LABELS_NEGATIVE;
  if (nearest > INT32_MAX) return ONIFTI_LABELS_LARGE;
  *label = (int32_t)nearest;
  return ONIFTI_LABELS_READ;
}

// The bytes of the next `count` voxels, in the image's buffer.
static int fill(struct image *image, int64_t count) {
  if (image->buffer_voxels < count) {
    free(image->buffer);
    image->buffer = malloc((size_t)count * (size_t)image->bytes);
    image->buffer_voxels = image->buffer ? count : 0;
    if (!image->buffer) return 0;
  }
  return read_exactly(image->stream, image->buffer, (size_t)count * (size_t)image->bytes);
}

int onifti_may_be_negative(struct onifti_image *opaque) {
  const struct image *image = inside(opaque);
  if (image->intercept < 0 || image->slope < 0) return 1;
  switch (image->datatype) {
    case NIFTI_TYPE_UINT8:
    case NIFTI_TYPE_UINT16:
    case NIFTI_TYPE_UINT32:
    case NIFTI_TYPE_UINT64: return 0;
    default: return 1;
  }
}

int onifti_read_values(struct onifti_image *opaque, double *values, int64_t count) {
  struct image *image = inside(opaque);
  if (!fill(image, count)) return 0;
  if (image->swapped && image->swap_bytes > 1) nifti_swap_Nbytes(count, image->swap_bytes, image->buffer);
  as_double(image->datatype, image->buffer, values, count);
  for (int64_t i = 0; i < count; i++) values[i] = values[i] * image->slope + image->intercept;
  return 1;
}

enum onifti_label_state onifti_read_labels(struct onifti_image *opaque, int32_t *labels, int64_t count,
                                           double *offender, int64_t *index) {
  struct image *image = inside(opaque);
  if (!fill(image, count)) return ONIFTI_LABELS_SHORT;
  size_t length = (size_t)count * (size_t)image->bytes;
  int unscaled = image->slope == 1 && image->intercept == 0;
  // Most of a map is background: bytes that are all 0 are told apart at the speed of memory.
  if (unscaled && image->buffer[0] == 0 && memcmp(image->buffer, image->buffer + 1, length - 1) == 0) {
    return ONIFTI_LABELS_EMPTY;
  }
  if (unscaled && image->bytes == 1 && image->datatype == NIFTI_TYPE_UINT8) {
    for (int64_t i = 0; i < count; i++) labels[i] = image->buffer[i];
    return ONIFTI_LABELS_READ;
  }
  if (image->swapped && image->swap_bytes > 1) nifti_swap_Nbytes(count, image->swap_bytes, image->buffer);
  double values[512];
  for (int64_t start = 0; start < count; start += 512) {
    int64_t part = count - start < 512 ? count - start : 512;
    as_double(image->datatype, image->buffer + start * image->bytes, values, part);
    for (int64_t i = 0; i < part; i++) {
      double value = values[i] * image->slope + image->intercept;
      enum onifti_label_state state = to_label(value, &labels[start + i]);
      if (state != ONIFTI_LABELS_READ) {
        *offender = value;
        *index = start + i;
        return state;
      }
    }
  }
  return ONIFTI_LABELS_READ;
}

int onifti_ends_well(struct onifti_image *opaque) {
  struct image *image = inside(opaque);
  char rest[4096];
  // What follows the last voxel is no part of the image, but the checksum stands after it.
  for (int i = 0; i < 4096; i++) {
    size_t read = znzread(rest, 1, sizeof rest, image->stream);
    if (read > sizeof rest) return 0;
    if (read < sizeof rest) return 1;
  }
  return 1;
}
