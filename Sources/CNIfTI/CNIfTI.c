// SPDX-License-Identifier: Apache-2.0
// Opening: headers and extensions.
#include "image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// The largest image that is read, in voxels and in bytes as they are packed: far beyond a whole body at 1 mm. What a
// compressed file claims is unpacked only within it.
static const int64_t most_voxels = INT64_C(1) << 31;
static const int64_t most_bytes = INT64_C(3) << 29;
static const int64_t longest_axis = 65535;
// The farthest that data may begin: header extensions of real files take kilobytes.
static const int64_t farthest_offset = INT64_C(1) << 26;

__attribute__((constructor)) static void keep_quiet(void) { nifti_set_debug_level(0); }

// Both versions name their fields alike.
#define TAKE(raw)                                           \
  for (int i = 0; i < 8; i++) {                             \
    header->dim[i] = (raw)->dim[i];                         \
    header->pixdim[i] = (raw)->pixdim[i];                   \
  }                                                         \
  for (int i = 0; i < 4; i++) {                             \
    header->rows[0][i] = (raw)->srow_x[i];                  \
    header->rows[1][i] = (raw)->srow_y[i];                  \
    header->rows[2][i] = (raw)->srow_z[i];                  \
  }                                                         \
  header->datatype = (raw)->datatype;                       \
  header->offset = (double)(raw)->vox_offset;               \
  header->slope = (raw)->scl_slope;                         \
  header->intercept = (raw)->scl_inter;                     \
  header->qform = (raw)->qform_code;                        \
  header->sform = (raw)->sform_code;                        \
  header->units = XYZT_TO_SPACE((raw)->xyzt_units);         \
  header->quatern[0] = (raw)->quatern_b;                    \
  header->quatern[1] = (raw)->quatern_c;                    \
  header->quatern[2] = (raw)->quatern_d;                    \
  header->origin[0] = (raw)->qoffset_x;                     \
  header->origin[1] = (raw)->qoffset_y;                     \
  header->origin[2] = (raw)->qoffset_z

static void take_first(struct header *header, const nifti_1_header *raw) { TAKE(raw); }
static void take_second(struct header *header, const nifti_2_header *raw) { TAKE(raw); }

static int read_header(znzFile stream, struct header *header, enum onifti_refusal *reason, char *message,
                       size_t capacity) {
  union {
    int32_t size;
    nifti_1_header first;
    nifti_2_header second;
  } raw;
  memset(&raw, 0, sizeof raw);
  *reason = ONIFTI_NOT_NIFTI;
  size_t first = znzread(&raw.size, 1, 4, stream);
  if (first > 4) {
    // A small file is unpacked at the first reading, and its checksum compared.
    *reason = ONIFTI_DAMAGED;
    return say(message, capacity, "its compression does not hold");
  }
  if (first < 4) return say(message, capacity, "fewer than 4 bytes");
  int32_t size = raw.size;
  int32_t reversed = size;
  nifti_swap_4bytes(1, &reversed);
  header->swapped = reversed == 348 || reversed == 540;
  if (header->swapped) size = reversed;
  if (size != 348 && size != 540) return say(message, capacity, "no header of 348 or 540 bytes");
  header->version = size == 348 ? 1 : 2;
  if (!read_exactly(stream, (char *)&raw + 4, (size_t)size - 4)) {
    *reason = ONIFTI_DAMAGED;
    return say(message, capacity, "the header is cut short");
  }
  const char *magic = header->version == 1 ? raw.first.magic : raw.second.magic;
  if (memcmp(magic, header->version == 1 ? "ni1" : "ni2", 4) == 0) {
    *reason = ONIFTI_PAIR;
    return say(message, capacity, "its image lies in a file of its own (.img)");
  }
  if (header->swapped) swap_nifti_header(&raw, header->version);
  if (memcmp(magic, header->version == 1 ? "n+1" : "n+2", 4) != 0) {
    return say(message, capacity, "the header has no NIfTI magic; Analyze 7.5 does not say where its image lies");
  }
  if (header->version == 1) {
    take_first(header, &raw.first);
  } else {
    take_second(header, &raw.second);
  }
  return 1;
}

static int check_dimensions(const struct header *header, struct image *image, enum onifti_refusal *reason,
                            char *message, size_t capacity) {
  *reason = ONIFTI_DAMAGED;
  int64_t count = header->dim[0];
  if (count < 1 || count > 7) return say(message, capacity, "it claims %lld dimensions", (long long)count);
  *reason = ONIFTI_DIMENSIONS;
  if (count < 3) return say(message, capacity, "it has %lld dimensions", (long long)count);
  for (int64_t i = 4; i <= count; i++) {
    // Some writers leave 0 where they mean none.
    if (header->dim[i] > 1 || header->dim[i] < 0) {
      return say(message, capacity, "it holds %lld images along dimension %lld", (long long)header->dim[i],
                 (long long)i);
    }
  }
  int64_t voxels = 1;
  for (int i = 0; i < 3; i++) {
    int64_t n = header->dim[i + 1];
    if (n < 1) {
      *reason = ONIFTI_DAMAGED;
      return say(message, capacity, "it claims %lld voxels along axis %d", (long long)n, i + 1);
    }
    if (n > longest_axis || n > most_voxels / voxels) {
      return say(message, capacity, "it claims %lld x %lld x %lld voxels, more than any image has",
                 (long long)header->dim[1], (long long)header->dim[2], (long long)header->dim[3]);
    }
    voxels *= n;
    image->size[i] = n;
    image->spacing[i] = header->pixdim[i + 1];
  }
  return 1;
}

static int is_real_number(int datatype) {
  switch (datatype) {
    case NIFTI_TYPE_UINT8:
    case NIFTI_TYPE_INT8:
    case NIFTI_TYPE_UINT16:
    case NIFTI_TYPE_INT16:
    case NIFTI_TYPE_UINT32:
    case NIFTI_TYPE_INT32:
    case NIFTI_TYPE_UINT64:
    case NIFTI_TYPE_INT64:
    case NIFTI_TYPE_FLOAT32:
    case NIFTI_TYPE_FLOAT64: return 1;
    default: return 0;
  }
}

// Reads everything up to the data, extensions among it.
static int read_extensions(const struct header *header, struct image *image, enum onifti_refusal *reason,
                           char *message, size_t capacity) {
  *reason = ONIFTI_DAMAGED;
  int64_t start = header->version == 1 ? 348 : 540;
  double offset = header->offset == 0 ? (double)(start + 4) : header->offset;
  if (!(offset >= (double)start && offset <= (double)farthest_offset) || offset != floor(offset)) {
    return say(message, capacity, "it claims that its data begin at byte %g", header->offset);
  }
  size_t length = (size_t)((int64_t)offset - start);
  if (length == 0) return 1;
  char *bytes = malloc(length);
  if (!bytes) return say(message, capacity, "out of memory");
  if (!read_exactly(image->stream, bytes, length)) {
    free(bytes);
    return say(message, capacity, "it ends before its data begin");
  }
  if (length > 4 && bytes[0] != 0) {
    image->extensions = bytes;
    image->extensions_length = length;
    // The four bytes of the extension flag are no extension.
    image->extensions_length -= 4;
    memmove(image->extensions, image->extensions + 4, image->extensions_length);
  } else {
    free(bytes);
  }
  return 1;
}

struct onifti_image *onifti_open(const char *path, enum onifti_refusal *reason, char *message,
                                 size_t capacity) {
  struct image *image = calloc(1, sizeof *image);
  *reason = ONIFTI_UNREADABLE;
  if (!image) {
    say(message, capacity, "out of memory");
    return NULL;
  }
  // zlib reads plain files through the same face.
  image->stream = znzopen(path, "rb", 1);
  if (znz_isnull(image->stream)) {
    say(message, capacity, "it cannot be opened");
    free(image);
    return NULL;
  }
  struct header header;
  memset(&header, 0, sizeof header);
  int good = read_header(image->stream, &header, reason, message, capacity) &&
             check_dimensions(&header, image, reason, message, capacity);
  if (good && !is_real_number(header.datatype)) {
    *reason = ONIFTI_DATATYPE;
    good = say(message, capacity, "its voxels are of type %s (%d)", nifti_datatype_string(header.datatype),
               header.datatype);
  }
  if (good) {
    int bytes = 0, swap = 0;
    nifti_datatype_sizes(header.datatype, &bytes, &swap);
    if (image->size[0] * image->size[1] * image->size[2] > most_bytes / bytes) {
      reason[0] = ONIFTI_TOO_LARGE;
      good = say(message, capacity, "its %lld x %lld x %lld voxels take %lld MB unpacked, more than the %lld MB that are read",
                 (long long)image->size[0], (long long)image->size[1], (long long)image->size[2],
                 (long long)(image->size[0] * image->size[1] * image->size[2] * bytes >> 20),
                 (long long)(most_bytes >> 20));
    }
  }
  good = good && onifti_place(&header, image, reason, message, capacity) &&
         read_extensions(&header, image, reason, message, capacity);
  if (!good) {
    onifti_close((struct onifti_image *)image);
    return NULL;
  }
  image->swapped = header.swapped;
  image->datatype = header.datatype;
  nifti_datatype_sizes(header.datatype, &image->bytes, &image->swap_bytes);
  // The standard: a slope of 0 means none; writers also leave NaN there.
  int scaled = isfinite(header.slope) && header.slope != 0;
  image->slope = scaled ? header.slope : 1;
  image->intercept = scaled && isfinite(header.intercept) ? header.intercept : 0;
  // Scaling would rename every organ: label 1 of a map with slope 2 reads as label 2.
  if (image->slope != 1 || image->intercept != 0) {
    say(message, capacity, "its values are scaled by %g and shifted by %g, where a label map holds plain labels",
        image->slope, image->intercept);
    *reason = ONIFTI_DATATYPE;
    onifti_close((struct onifti_image *)image);
    return NULL;
  }
  return (struct onifti_image *)image;
}

void onifti_close(struct onifti_image *opaque) {
  struct image *image = inside(opaque);
  znzclose(image->stream);
  free(image->extensions);
  free(image->buffer);
  free(image);
}

int64_t onifti_size(const struct onifti_image *image, int axis) { return within(image)->size[axis]; }
double onifti_affine(const struct onifti_image *image, int row, int column) {
  return within(image)->affine[row][column];
}
int onifti_uses_sform(const struct onifti_image *image) { return within(image)->uses_sform; }
double onifti_disagreement(const struct onifti_image *image) { return within(image)->disagreement; }
double onifti_spacing(const struct onifti_image *image, int axis) { return within(image)->spacing[axis]; }
int onifti_space_units(const struct onifti_image *image) { return within(image)->units; }

const char *onifti_extension(const struct onifti_image *opaque, int index, size_t *length) {
  const struct image *image = within(opaque);
  size_t position = 0;
  while (image->extensions && image->extensions_length - position >= 8) {
    int32_t size;
    memcpy(&size, image->extensions + position, 4);
    if (image->swapped) nifti_swap_4bytes(1, &size);
    // An extension that reaches beyond its end makes all that follow guesswork.
    if (size < 8 || (size_t)size > image->extensions_length - position) return NULL;
    if (index-- == 0) {
      *length = (size_t)size - 8;
      return image->extensions + position + 8;
    }
    position += (size_t)size;
  }
  return NULL;
}
