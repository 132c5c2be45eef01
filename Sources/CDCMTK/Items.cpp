// SPDX-License-Identifier: Apache-2.0
#include "File.hpp"

using namespace odcm;

extern "C" {

const char *odcm_string(odcm_item *item, uint16_t group, uint16_t element, size_t *length) {
  DcmElement *found = nullptr;
  *length = 0;
  if (unwrap(item)->findAndGetElement(DcmTagKey(group, element), found).bad() || !found) return nullptr;
  char *value = nullptr;
  Uint32 size = 0;
  if (found->getString(value, size).good() && value && size > 0) {
    *length = size;
    return value;
  }
  // Explicit VR cannot say lengths over 64 KB for text, so writers call such values UN.
  Uint8 *bytes = nullptr;
  if (found->ident() == EVR_UN && found->getUint8Array(bytes).good() && bytes && found->getLength() > 0) {
    *length = found->getLength();
    return reinterpret_cast<const char *>(bytes);
  }
  return nullptr;
}

int odcm_holds(odcm_item *item, uint16_t group, uint16_t element) {
  DcmElement *found = nullptr;
  return unwrap(item)->findAndGetElement(DcmTagKey(group, element), found).good() && found
         && found->getLength() > 0;
}

long odcm_count(odcm_item *item, uint16_t group, uint16_t element) {
  DcmSequenceOfItems *sequence = nullptr;
  if (unwrap(item)->findAndGetSequence(DcmTagKey(group, element), sequence).bad() || !sequence) return -1;
  return static_cast<long>(sequence->card());
}

odcm_item *odcm_child(odcm_item *item, uint16_t group, uint16_t element, long index) {
  DcmItem *child = nullptr;
  if (unwrap(item)->findAndGetSequenceItem(DcmTagKey(group, element), child, index).bad()) return nullptr;
  return wrap(child);
}

void odcm_each(odcm_item *item, uint16_t group, uint16_t element, void *context,
               void (*body)(void *context, odcm_item *child)) {
  DcmSequenceOfItems *sequence = nullptr;
  if (unwrap(item)->findAndGetSequence(DcmTagKey(group, element), sequence).bad() || !sequence) return;
  DcmObject *child = nullptr;
  while ((child = sequence->nextInContainer(child)) != nullptr)
    body(context, wrap(static_cast<DcmItem *>(child)));
}

int odcm_uint16(odcm_item *item, uint16_t group, uint16_t element, uint16_t *value) {
  Uint16 found = 0;
  if (unwrap(item)->findAndGetUint16(DcmTagKey(group, element), found).bad()) return 0;
  *value = found;
  return 1;
}

const float *odcm_floats(odcm_item *item, uint16_t group, uint16_t element, size_t *count) {
  const Float32 *values = nullptr;
  unsigned long found = 0;
  *count = 0;
  if (unwrap(item)->findAndGetFloat32Array(DcmTagKey(group, element), values, &found).bad() || !values) return nullptr;
  *count = found;
  return values;
}

int odcm_put(odcm_item *item, uint16_t group, uint16_t element, const char *value) {
  return unwrap(item)->putAndInsertString(DcmTagKey(group, element), value).good();
}

odcm_item *odcm_append(odcm_item *item, uint16_t group, uint16_t element) {
  DcmItem *child = nullptr;
  if (unwrap(item)->findOrCreateSequenceItem(DcmTagKey(group, element), child, -2).bad()) return nullptr;
  return wrap(child);
}

int odcm_empty_sequence(odcm_item *item, uint16_t group, uint16_t element) {
  return unwrap(item)->insertEmptyElement(DcmTagKey(group, element)).good();
}

}  // extern "C"
