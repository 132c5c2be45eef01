// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

namespace odcm {

// Whether all text that the character set is about is UTF-8, some of it beyond ASCII.
//
// Text of a set of single bytes is hardly ever UTF-8 by chance in every name: what looks so was written as UTF-8 under a
// wrong declaration.
bool readsAsUTF8(DcmDataset *dataset);

// Character sets of one byte a character, without code extensions.
bool isSingleByte(const OFString &charset);

}  // namespace odcm
