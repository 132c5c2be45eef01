// SPDX-License-Identifier: Apache-2.0
// A C face of OpenJPEG, as little as reading grey-scale frames of DICOM needs. Holds no state.
#ifndef OLIGOPLAN_COPENJPEG_H
#define OLIGOPLAN_COPENJPEG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

// Decodes a JPEG 2000 codestream (or a JP2 file) of one component into samples of 16 bits, row by row: the low bits of
// each value in two's complement. 0 where it is damaged, or not of this width and height.
int oj2k_decode(const uint8_t *bytes, size_t length, uint32_t width, uint32_t height, uint16_t *samples);

const char *oj2k_version(void);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
#endif
