// SPDX-License-Identifier: Apache-2.0
// Bytes to the C face of DCMTK: opened, every item walked, pixel data settled and copied.
#include "CDCMTK.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

namespace {

// The sequences that the readers go into, and elements of every kind that they ask for.
const uint16_t sequences[][2] = {{0x3006, 0x0020}, {0x3006, 0x0039}, {0x3006, 0x0040}, {0x3006, 0x0080}, {0x300A, 0x0070},
                                 {0x300A, 0x0010}, {0x300C, 0x0002}, {0x0070, 0x0308}, {0x0070, 0x0309}, {0x0070, 0x030A}};
const uint16_t elements[][2] = {{0x0008, 0x0005}, {0x0008, 0x0016}, {0x0010, 0x0020}, {0x0028, 0x0010}, {0x0028, 0x0100},
                                {0x3004, 0x000C}, {0x3006, 0x0026}, {0x3006, 0x0050}, {0x3006, 0x00C6}, {0x7FE0, 0x0010}};

void walk(void *context, odcm_item *item) {
  const int depth = *static_cast<int *>(context);
  // Reading every byte shows the sanitizer a length that does not hold.
  volatile unsigned sum = 0;
  for (const auto &tag : elements) {
    size_t length = 0;
    const char *text = odcm_string(item, tag[0], tag[1], &length);
    for (size_t i = 0; text && i < length; i++) sum = sum + static_cast<unsigned char>(text[i]);
    uint16_t number = 0;
    sum = sum + odcm_holds(item, tag[0], tag[1]) + odcm_uint16(item, tag[0], tag[1], &number);
  }
  if (depth > 8) return;
  for (const auto &tag : sequences) {
    int deeper = depth + 1;
    if (odcm_count(item, tag[0], tag[1]) > 0) odcm_child(item, tag[0], tag[1], 0);
    odcm_each(item, tag[0], tag[1], &deeper, walk);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const int memory = memfd_create("dicom", 0);
  if (memory < 0 || write(memory, data, size) != static_cast<ssize_t>(size)) return 0;
  char path[32], message[256];
  std::snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
  odcm_refusal refusal;
  if (odcm_file *file = odcm_open(path, 0, &refusal, message, sizeof message)) {
    int depth = 0;
    odcm_charset_of(file);
    walk(&depth, odcm_dataset(file));
    size_t length = 0;
    const size_t sample = size % 2 ? 2 : 4;
    if (odcm_pixels(file, sample, &length, message, sizeof message)) {
      std::vector<unsigned char> bytes(length - length % sample);
      odcm_read_pixels(file, 0, bytes.data(), bytes.size());
    }
    odcm_close(file);
  }
  close(memory);
  return 0;
}
