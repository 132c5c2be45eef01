// SPDX-License-Identifier: Apache-2.0
#include "CharacterSet.hpp"
#include "File.hpp"
#include "GuardedStream.hpp"

#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <sys/stat.h>

#include <new>

using namespace odcm;

namespace {

// Values up to this length are read with their data set; longer ones, which only pixel data are, when they are asked
// for.
const Uint32 read_at_once = 1 << 22;

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

int odcm_save(odcm_file *file, const char *path, char *message, size_t capacity) {
  OFCondition status = unwrap(file)->format.saveFile(path, EXS_LittleEndianExplicit, EET_UndefinedLength);
  if (status.bad()) tell(message, capacity, status.text());
  return status.good();
}

const char *odcm_version(void) { return OFFIS_DCMTK_VERSION_STRING; }

}  // extern "C"
