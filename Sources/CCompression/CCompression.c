// SPDX-License-Identifier: Apache-2.0
#include "CCompression.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

struct ocmp_stream *ocmp_open(const char *path, int64_t offset) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return NULL;
  if (lseek(file, (off_t)offset, SEEK_SET) < 0) {
    close(file);
    return NULL;
  }
  gzFile stream = gzdopen(file, "rb");
  if (!stream) {
    close(file);
    return NULL;
  }
  gzbuffer(stream, 1 << 17);
  return (struct ocmp_stream *)stream;
}

int64_t ocmp_read(struct ocmp_stream *stream, void *bytes, size_t length) {
  gzFile file = (gzFile)stream;
  size_t done = 0;
  while (done < length) {
    const size_t left = length - done;
    const int count = gzread(file, (char *)bytes + done, left > (1u << 30) ? 1u << 30 : (unsigned)left);
    if (count < 0) return -1;
    if (count == 0) {
      int error = Z_OK;
      gzerror(file, &error);
      // Data that end within their compression read as fewer bytes; only the error tells.
      if (error != Z_OK && error != Z_STREAM_END) return -1;
      break;
    }
    done += (size_t)count;
  }
  return (int64_t)done;
}

void ocmp_close(struct ocmp_stream *stream) { gzclose_r((gzFile)stream); }

int64_t ocmp_inflate(const void *packed, size_t length, void *bytes, size_t capacity) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (length > UINT_MAX || capacity > UINT_MAX) return -1;
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return -1;
  stream.next_in = (Bytef *)packed;
  stream.avail_in = (uInt)length;
  stream.next_out = bytes;
  stream.avail_out = (uInt)capacity;
  const int state = inflate(&stream, Z_FINISH);
  const int64_t given = (int64_t)stream.total_out;
  inflateEnd(&stream);
  return state == Z_STREAM_END ? given : -1;
}

size_t ocmp_deflate_bound(size_t length) { return compressBound(length) + 16; }

size_t ocmp_deflate(const void *bytes, size_t length, void *packed, size_t capacity) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (length > UINT_MAX || capacity > UINT_MAX) return 0;
  if (deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  stream.next_in = (Bytef *)bytes;
  stream.avail_in = (uInt)length;
  stream.next_out = packed;
  stream.avail_out = (uInt)capacity;
  const int state = deflate(&stream, Z_FINISH);
  const size_t given = stream.total_out;
  deflateEnd(&stream);
  return state == Z_STREAM_END ? given : 0;
}

size_t ocmp_bound(size_t length) { return ZSTD_compressBound(length); }

size_t ocmp_pack(const void *bytes, size_t length, void *packed, size_t capacity, int level) {
  const size_t used = ZSTD_compress(packed, capacity, bytes, length, level);
  return ZSTD_isError(used) ? 0 : used;
}

int ocmp_unpack(const void *packed, size_t packed_length, void *bytes, size_t length) {
  // Refused before anything is written where it says that it holds something else.
  if (ZSTD_getFrameContentSize(packed, packed_length) != length) return -1;
  const size_t given = ZSTD_decompress(bytes, length, packed, packed_length);
  return ZSTD_isError(given) || given != length ? -1 : 0;
}

const char *ocmp_zstd_version(void) { return ZSTD_versionString(); }
