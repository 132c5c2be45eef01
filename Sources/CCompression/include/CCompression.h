// SPDX-License-Identifier: Apache-2.0
// A C face of zlib and zstd, as little as reading packed files and keeping images needs.
//
// A stream belongs to one task. Whole-buffer functions hold no state.
#ifndef OLIGOPLAN_CCOMPRESSION_H
#define OLIGOPLAN_CCOMPRESSION_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

struct ocmp_stream { unsigned char opaque; };

// Opens gzip data that begin at `offset` of a file; NULL where it cannot be read.
struct ocmp_stream *_Nullable ocmp_open(const char *path, int64_t offset);
// Fills `bytes`; returns how many there were, or -1 for data that are damaged or end within their compression.
int64_t ocmp_read(struct ocmp_stream *stream, void *bytes, size_t length);
void ocmp_close(struct ocmp_stream *stream);

// Inflates a deflated buffer without a wrapper; returns how many bytes it gave, or -1 for damage or more than `capacity`.
int64_t ocmp_inflate(const void *packed, size_t length, void *bytes, size_t capacity);

// Deflates a buffer without a wrapper: the most that it can take, and packing (0 on failure).
size_t ocmp_deflate_bound(size_t length);
size_t ocmp_deflate(const void *bytes, size_t length, void *packed, size_t capacity);

// zstd: the most that a packed buffer can take, packing (0 on failure) and unpacking (-1 on failure, or where the length
// is not `length`).
size_t ocmp_bound(size_t length);
size_t ocmp_pack(const void *bytes, size_t length, void *packed, size_t capacity, int level);
int ocmp_unpack(const void *packed, size_t packed_length, void *bytes, size_t length);

const char *ocmp_zstd_version(void);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
#endif
