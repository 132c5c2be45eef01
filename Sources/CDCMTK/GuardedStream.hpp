// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmdata/dcistrmf.h>

#include <time.h>

#include <algorithm>
#include <cstdint>

namespace odcm {

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

}  // namespace odcm
