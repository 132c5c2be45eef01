// SPDX-License-Identifier: Apache-2.0
// What the parts of this target share.
#ifndef OLIGOPLAN_CNIFTI_IMAGE_H
#define OLIGOPLAN_CNIFTI_IMAGE_H

#include "CNIfTI.h"

#include <stdarg.h>
#include <stdio.h>

#include <nifti/nifti2_io.h>

struct image {
  znzFile stream;
  int swapped;
  int64_t size[3];
  int datatype;
  int bytes;
  int swap_bytes;
  double slope, intercept;
  double affine[3][4];
  int uses_sform;
  double disagreement;
  double spacing[3];
  int units;
  char *extensions;
  size_t extensions_length;
  unsigned char *buffer;
  int64_t buffer_voxels;
};

static inline struct image *inside(struct onifti_image *image) { return (struct image *)image; }
static inline const struct image *within(const struct onifti_image *image) { return (const struct image *)image; }

// The header as NIfTI-2 in native byte order, from either version.
struct header {
  int version;
  int swapped;
  int64_t dim[8];
  int datatype;
  double pixdim[8];
  double offset;
  double slope, intercept;
  int qform, sform;
  double quatern[3], origin[3];
  double rows[3][4];
  int units;
};

// Settles the affine; 0, the reason and a message when there is none that can be used.
int onifti_place(const struct header *header, struct image *image, enum onifti_refusal *reason, char *message,
                 size_t capacity);

__attribute__((format(printf, 3, 4))) static inline int say(char *message, size_t capacity, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, capacity, format, arguments);
  va_end(arguments);
  return 0;
}

static inline int read_exactly(znzFile stream, void *bytes, size_t count) {
  // In members of one byte, since znzread prints about anything larger that it reads in part.
  return znzread(bytes, 1, count, stream) == count;
}

#endif
