// SPDX-License-Identifier: Apache-2.0
#include "CDCMTK.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcfcache.h>
#include <dcmtk/dcmdata/dcistrmf.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <sys/stat.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <new>
#include <vector>

namespace {

// Values up to this length are read with their data set; longer ones, which only pixel data are, when they are asked
// for.
const Uint32 read_at_once = 1 << 22;
// How much of the stack reading may use: 6,000 levels of nesting exhausted 8 MB, and RT objects nest six levels deep.
const size_t deepest_stack = 160 << 10;
// A deflated file may grow to so many bytes, and to so many times its size beyond the first (heuristics, no source: a
// bomb grows a thousandfold).
const offile_off_t most_inflated = offile_off_t(512) << 20;
const offile_off_t inflated_freely = offile_off_t(16) << 20;
const offile_off_t most_growth = 200;

// Seconds of work that reading may take are 4, and one for each so many bytes (heuristic: a structure set of 46 MB took a
// third of one).
const double most_slowness = 20e6;

// A file's stream that ends where reading would exhaust the stack or the memory: DCMTK reads sequences within sequences
// by calling itself, and inflates whatever a file holds.
class GuardedStream : public DcmInputFileStream {
 public:
  GuardedStream(const char *path, offile_off_t size)
      : DcmInputFileStream(OFFilename(path)), base_(here()),
        patience_(4 + size / most_slowness), start_(seconds()),
        limit_(std::max(2 * size + inflated_freely, std::min(most_inflated, inflated_freely + most_growth * size))) {}

  OFBool good() const override { return !refusal_ && DcmInputFileStream::good(); }
  OFCondition status() const override {
    return refusal_ ? OFCondition(EC_InvalidStream) : DcmInputFileStream::status();
  }
  OFBool eos() override { return refusal_ || DcmInputFileStream::eos(); }
  offile_off_t avail() override { return refusal_ ? 0 : DcmInputFileStream::avail(); }
  offile_off_t read(void *bytes, offile_off_t length) override {
    return may(length) ? count(DcmInputFileStream::read(bytes, length)) : 0;
  }
  offile_off_t skip(offile_off_t length) override {
    return may(length) ? count(DcmInputFileStream::skip(length)) : 0;
  }

  // Why it ended before its end; NULL where it did not.
  const char *refusal() const { return refusal_; }

 private:
  static uintptr_t here() { return reinterpret_cast<uintptr_t>(__builtin_frame_address(0)); }

  bool may(offile_off_t) {
    if (base_ - here() > deepest_stack) refusal_ = "sequences lie within sequences deeper than any RT object has them";
    // DCMTK seeks the place of each element from the end, so that tags in falling order take time without end.
    if (++calls_ % 256 == 0 && seconds() - start_ > patience_)
      refusal_ = "reading it takes longer than a file of its size can; are its elements out of order?";
    return !refusal_;
  }

  static double seconds() {
    struct timespec now;
    return clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0 ? now.tv_sec + now.tv_nsec * 1e-9 : 0;
  }
  offile_off_t count(offile_off_t read) {
    total_ += read;
    if (total_ > limit_) refusal_ = "it inflates to more than 512 MB, or to over 200 times its size";
    return read;
  }

  uintptr_t base_;
  double patience_, start_;
  size_t calls_ = 0;
  offile_off_t limit_;
  offile_off_t total_ = 0;
  const char *refusal_ = nullptr;
};

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

File *unwrap(odcm_file *file) { return reinterpret_cast<File *>(file); }
DcmItem *unwrap(odcm_item *item) { return reinterpret_cast<DcmItem *>(item); }
odcm_item *wrap(DcmItem *item) { return reinterpret_cast<odcm_item *>(item); }

void tell(char *message, size_t capacity, const char *text) {
  if (capacity > 0) std::snprintf(message, capacity, "%s", text);
}

// DCMTK logs to standard error by itself; every failure is told by its return value instead.
struct Silence {
  Silence() {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DcmRLEDecoderRegistration::registerCodecs();
    DJDecoderRegistration::registerCodecs();
    DJLSDecoderRegistration::registerCodecs();
  }
};

void silence() { static Silence once; }

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

// Whether all text that the character set is about is UTF-8, some of it beyond ASCII.
//
// Text of a set of single bytes is hardly ever UTF-8 by chance in every name: what looks so was written as UTF-8 under a
// wrong declaration.
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

// Character sets of one byte a character, without code extensions.
bool isSingleByte(const OFString &charset) {
  static const char *const names[] = {"ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127",
                                      "ISO_IR 126", "ISO_IR 138", "ISO_IR 148", "ISO_IR 203", "ISO_IR 166", "ISO_IR 13"};
  for (const char *name : names)
    if (charset == name) return true;
  return false;
}

}  // namespace

extern "C" {

odcm_file *odcm_open(const char *path, int head_only, enum odcm_refusal *refusal, char *message, size_t capacity) {
  silence();
  *refusal = ODCM_REFUSED_DAMAGED;
  File *file = new (std::nothrow) File;
  if (!file) {
    tell(message, capacity, "out of memory");
    return nullptr;
  }
  if (!dcmDataDict.isDictionaryLoaded()) {
    tell(message, capacity, "DCMTK's dictionary is missing: install libdcmtk17, or let DCMDICTPATH name dicom.dic");
    *refusal = ODCM_REFUSED_DICTIONARY;
    delete file;
    return nullptr;
  }
  struct stat about;
  OFCondition status = EC_InvalidStream;
  const char *guarded = nullptr;
  if (stat(path, &about) == 0) {
    GuardedStream stream(path, about.st_size);
    status = stream.status();
    if (status.good()) {
      file->format.transferInit();
      status = file->format.readUntilTag(stream, EXS_Unknown, EGL_noChange, read_at_once,
                                         head_only ? DCM_PixelData : DCM_UndefinedTagKey);
      file->format.transferEnd();
    }
    guarded = stream.refusal();
    // A stream that ran dry says so by asking for more.
    if (status.good() && !head_only && !stream.eos() && !stream.good()) status = EC_InvalidStream;
  }
  if (guarded || status.bad()) {
    tell(message, capacity, guarded ? guarded : status.text());
    *refusal = guarded ? ODCM_REFUSED_LIMIT : ODCM_REFUSED_DAMAGED;
    delete file;
    return nullptr;
  }
  DcmDataset *dataset = file->format.getDataset();
  OFString charset;
  if (dataset->findAndGetOFStringArray(DCM_SpecificCharacterSet, charset).bad()) charset.clear();
  if (charset.empty() || charset == "ISO_IR 6") {
    // Nothing is declared, so nothing is converted: bytes that are not UTF-8 are read as Latin-1.
    if (readsAsUTF8(dataset)) file->charset = ODCM_CHARSET_UTF8_UNDECLARED;
  } else if (charset != "ISO_IR 192") {
    if (isSingleByte(charset) && readsAsUTF8(dataset)) {
      file->charset = ODCM_CHARSET_UTF8_UNDECLARED;
    } else if (dataset->convertToUTF8().bad()) {
      file->charset = ODCM_CHARSET_FAILED;
    }
  }
  return reinterpret_cast<odcm_file *>(file);
}

odcm_file *odcm_create(void) {
  silence();
  return reinterpret_cast<odcm_file *>(new (std::nothrow) File);
}

void odcm_close(odcm_file *file) { delete unwrap(file); }

odcm_charset odcm_charset_of(odcm_file *file) { return unwrap(file)->charset; }

odcm_item *odcm_dataset(odcm_file *file) { return wrap(unwrap(file)->format.getDataset()); }

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

int odcm_save(odcm_file *file, const char *path, char *message, size_t capacity) {
  OFCondition status = unwrap(file)->format.saveFile(path, EXS_LittleEndianExplicit, EET_UndefinedLength);
  if (status.bad()) tell(message, capacity, status.text());
  return status.good();
}

const char *odcm_version(void) { return OFFIS_DCMTK_VERSION_STRING; }

}  // extern "C"
