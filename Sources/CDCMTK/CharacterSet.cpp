// SPDX-License-Identifier: Apache-2.0
#include "CharacterSet.hpp"

namespace {

// Whether bytes are UTF-8, and whether one of them lies beyond ASCII.
bool isUTF8(const char *text, size_t length, bool &beyond) {
  for (size_t i = 0; i < length;) {
    const unsigned char first = static_cast<unsigned char>(text[i]);
    size_t more = 0;
    if (first < 0x80) {
      i++;
      continue;
    }
    beyond = true;
    if (first >= 0xC2 && first <= 0xDF) more = 1;
    else if (first >= 0xE0 && first <= 0xEF) more = 2;
    else if (first >= 0xF0 && first <= 0xF4) more = 3;
    else return false;
    if (i + more >= length) return false;
    for (size_t k = 1; k <= more; k++)
      if ((static_cast<unsigned char>(text[i + k]) & 0xC0) != 0x80) return false;
    i += more + 1;
  }
  return true;
}

}  // namespace

namespace odcm {

bool readsAsUTF8(DcmDataset *dataset) {
  bool beyond = false;
  DcmStack stack;
  while (dataset->nextObject(stack, OFTrue).good()) {
    DcmObject *object = stack.top();
    switch (object->ident()) {
      case EVR_SH: case EVR_LO: case EVR_ST: case EVR_LT: case EVR_PN: case EVR_UC: case EVR_UT: break;
      default: continue;
    }
    char *value = nullptr;
    Uint32 length = 0;
    if (static_cast<DcmElement *>(object)->getString(value, length).bad() || !value) continue;
    if (!isUTF8(value, length, beyond)) return false;
  }
  return beyond;
}

bool isSingleByte(const OFString &charset) {
  static const char *const names[] = {"ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127",
                                      "ISO_IR 126", "ISO_IR 138", "ISO_IR 148", "ISO_IR 203", "ISO_IR 166", "ISO_IR 13"};
  for (const char *name : names)
    if (charset == name) return true;
  return false;
}

}  // namespace odcm
