// SPDX-License-Identifier: Apache-2.0
#include "File.hpp"

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <cstdint>
#include <utility>

using namespace odcm;

extern "C" {

int odcm_pixels(odcm_file *handle, size_t sample_bytes, size_t *length, char *message, size_t capacity) {
  File *file = unwrap(handle);
  DcmDataset *dataset = file->format.getDataset();
  *length = 0;
  const bool bigEndian = DcmXfer(dataset->getOriginalXfer()).getByteOrder() == EBO_BigEndian;
  OFCondition status = dataset->chooseRepresentation(EXS_LittleEndianExplicit, nullptr);
  if (status.bad() || !dataset->canWriteXfer(EXS_LittleEndianExplicit)) {
    tell(message, capacity, "the pixel data are compressed in a way that is not read here");
    return 0;
  }
  DcmElement *element = nullptr;
  if (dataset->findAndGetElement(DCM_PixelData, element).bad() || !element || element->getLength() == 0) {
    tell(message, capacity, "there are no pixel data");
    return 0;
  }
  file->pixels = element;
  *length = element->getLength();
  if (sample_bytes != 4 || !bigEndian || file->wordsSettled) return 1;
  Uint16 *words = nullptr;
  status = element->getUint16Array(words);
  if (status.bad() || !words) {
    tell(message, capacity, status.bad() ? status.text() : "the pixel data cannot be read");
    return 0;
  }
  // Writers disagree about the halves of 32-bit samples in big endian files. Dose is smooth, so the wrong order,
  // in which the low half counts 65536-fold, jumps from voxel to voxel; only a plain difference is trusted.
  double asIs = 0, swapped = 0;
  const size_t samples = *length / 4;
  for (size_t i = 1; i < samples; i++) {
    const double a = words[2 * i - 2] + 65536.0 * words[2 * i - 1], b = words[2 * i] + 65536.0 * words[2 * i + 1];
    const double c = words[2 * i - 1] + 65536.0 * words[2 * i - 2], d = words[2 * i + 1] + 65536.0 * words[2 * i];
    asIs += a > b ? a - b : b - a;
    swapped += c > d ? c - d : d - c;
  }
  if (swapped * 10 < asIs) {
    for (size_t i = 0; i < samples; i++) std::swap(words[2 * i], words[2 * i + 1]);
  } else if (asIs * 10 >= swapped) {
    tell(message, capacity, "32-bit values in big endian order whose halves cannot be told apart");
    return 0;
  }
  file->wordsSettled = true;
  return 1;
}

const char *odcm_transfer_syntax(odcm_file *file) {
  return DcmXfer(unwrap(file)->format.getDataset()->getOriginalXfer()).getXferID();
}

const uint8_t *odcm_fragments(odcm_file *handle, size_t frame, size_t frames, size_t *length) {
  File *file = unwrap(handle);
  *length = 0;
  DcmElement *element = nullptr;
  if (file->format.getDataset()->findAndGetElement(DCM_PixelData, element).bad() || !element) return nullptr;
  if (element->ident() != EVR_PixelData) return nullptr;
  DcmPixelSequence *sequence = nullptr;
  if (static_cast<DcmPixelData *>(element)
          ->getEncapsulatedRepresentation(file->format.getDataset()->getOriginalXfer(), nullptr, sequence)
          .bad()
      || !sequence)
    return nullptr;
  // The first item tells offsets and holds no pixels.
  const size_t count = sequence->card() > 0 ? sequence->card() - 1 : 0;
  if (count == 0 || (frames > 1 && count != frames) || frame >= frames) return nullptr;
  file->fragments.clear();
  const size_t first = frames > 1 ? frame : 0, last = frames > 1 ? frame + 1 : count;
  for (size_t i = first; i < last; i++) {
    DcmPixelItem *item = nullptr;
    Uint8 *bytes = nullptr;
    if (sequence->getItem(item, static_cast<unsigned long>(i + 1)).bad() || !item || item->getUint8Array(bytes).bad() || !bytes)
      return nullptr;
    file->fragments.insert(file->fragments.end(), bytes, bytes + item->getLength());
  }
  *length = file->fragments.size();
  return file->fragments.data();
}

int odcm_read_pixels(odcm_file *handle, size_t offset, void *bytes, size_t length) {
  File *file = unwrap(handle);
  if (!file->pixels || offset > UINT32_MAX || length > UINT32_MAX) return 0;
  return file->pixels
      ->getPartialValue(bytes, static_cast<Uint32>(offset), static_cast<Uint32>(length), &file->cache, gLocalByteOrder)
      .good();
}

int odcm_put_pixels(odcm_item *item, const uint16_t *words, unsigned long count) {
  return unwrap(item)->putAndInsertUint16Array(DCM_PixelData, words, count).good();
}

}  // extern "C"
