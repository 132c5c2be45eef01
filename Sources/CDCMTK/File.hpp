// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CDCMTK.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcfcache.h>

#include <cstdio>
#include <vector>

// What the functions of CDCMTK.h share.
namespace odcm {

struct File {
  DcmFileFormat format;
  odcm_charset charset = ODCM_CHARSET_AS_DECLARED;
  // The order of the 16-bit halves of 32-bit samples is settled only once.
  bool wordsSettled = false;
  // The pixel data once their form is settled, and the file they are read from piece by piece.
  DcmElement *pixels = nullptr;
  DcmFileCache cache;
  // A frame's fragments, one after the other.
  std::vector<Uint8> fragments;
};

inline File *unwrap(odcm_file *file) { return reinterpret_cast<File *>(file); }
inline DcmItem *unwrap(odcm_item *item) { return reinterpret_cast<DcmItem *>(item); }
inline odcm_item *wrap(DcmItem *item) { return reinterpret_cast<odcm_item *>(item); }

inline void tell(char *message, size_t capacity, const char *text) {
  if (capacity > 0) std::snprintf(message, capacity, "%s", text);
}

}  // namespace odcm
