// SPDX-License-Identifier: Apache-2.0
// Bytes to the C face of nifticlib: opened, extensions looked at, labels read in pieces.
#define _GNU_SOURCE
#include "CNIfTI.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

// As many voxels as are read of one image: what follows is more of the same.
static const int64_t most_voxels = INT64_C(1) << 22;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static int32_t labels[4096];
  const int memory = memfd_create("nifti", 0);
  if (memory < 0 || write(memory, data, size) != (ssize_t)size) return 0;
  char path[32], message[256];
  snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
  enum onifti_refusal reason;
  struct onifti_image *image = onifti_open(path, &reason, message, sizeof message);
  if (image) {
    volatile unsigned sum = 0;
    size_t length = 0;
    for (int i = 0; i < 100; i++) {
      const char *bytes = onifti_extension(image, i, &length);
      if (!bytes) break;
      for (size_t k = 0; k < length; k++) sum = sum + (unsigned char)bytes[k];
    }
    int64_t voxels = onifti_size(image, 0) * onifti_size(image, 1) * onifti_size(image, 2);
    const int is_whole = voxels <= most_voxels;
    if (!is_whole) voxels = most_voxels;
    enum onifti_label_state state = ONIFTI_LABELS_READ;
    while (voxels > 0 && (state == ONIFTI_LABELS_READ || state == ONIFTI_LABELS_EMPTY)) {
      const int64_t count = voxels < 4096 ? voxels : 4096;
      double offender = 0;
      int64_t index = 0;
      state = onifti_read_labels(image, labels, count, &offender, &index);
      voxels -= count;
    }
    if (is_whole && voxels == 0) onifti_ends_well(image);
    onifti_affine(image, 2, 3);
    onifti_disagreement(image);
    onifti_close(image);
  }
  close(memory);
  return 0;
}
