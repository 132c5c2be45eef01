// SPDX-License-Identifier: Apache-2.0
#include "COpenJPEG.h"

// The library's headers lie in a folder of their version.
#if __has_include(<openjpeg-2.5/openjpeg.h>)
#include <openjpeg-2.5/openjpeg.h>
#elif __has_include(<openjpeg-2.4/openjpeg.h>)
#include <openjpeg-2.4/openjpeg.h>
#else
#include <openjpeg.h>
#endif
#include <string.h>

// A codestream in memory that is read once.
struct source {
  const uint8_t *bytes;
  size_t length;
  size_t at;
};

static OPJ_SIZE_T read_bytes(void *buffer, OPJ_SIZE_T wanted, void *context) {
  struct source *source = context;
  const size_t left = source->length - source->at;
  if (left == 0) return (OPJ_SIZE_T)-1;
  const size_t count = wanted < left ? wanted : left;
  memcpy(buffer, source->bytes + source->at, count);
  source->at += count;
  return count;
}

static OPJ_OFF_T skip_bytes(OPJ_OFF_T wanted, void *context) {
  struct source *source = context;
  const size_t left = source->length - source->at;
  if (wanted < 0) return -1;
  const size_t count = (size_t)wanted < left ? (size_t)wanted : left;
  source->at += count;
  return (OPJ_OFF_T)count;
}

static OPJ_BOOL seek_bytes(OPJ_OFF_T place, void *context) {
  struct source *source = context;
  if (place < 0 || (size_t)place > source->length) return OPJ_FALSE;
  source->at = (size_t)place;
  return OPJ_TRUE;
}

static void silent(const char *message, void *context) {
  (void)message;
  (void)context;
}

int oj2k_decode(const uint8_t *bytes, size_t length, uint32_t width, uint32_t height, uint16_t *samples) {
  static const uint8_t jp2[] = {0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20};
  const int is_file = length > sizeof jp2 && memcmp(bytes, jp2, sizeof jp2) == 0;
  struct source source = {bytes, length, 0};
  opj_codec_t *codec = opj_create_decompress(is_file ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K);
  opj_stream_t *stream = opj_stream_create(1 << 16, OPJ_TRUE);
  opj_image_t *image = NULL;
  int done = 0;
  if (codec && stream) {
    opj_dparameters_t parameters;
    opj_set_default_decoder_parameters(&parameters);
    opj_set_error_handler(codec, silent, NULL);
    opj_set_warning_handler(codec, silent, NULL);
    opj_set_info_handler(codec, silent, NULL);
    opj_stream_set_read_function(stream, read_bytes);
    opj_stream_set_skip_function(stream, skip_bytes);
    opj_stream_set_seek_function(stream, seek_bytes);
    opj_stream_set_user_data(stream, &source, NULL);
    opj_stream_set_user_data_length(stream, length);
    // The size is looked at before anything as large is allocated.
    if (opj_setup_decoder(codec, &parameters) && opj_read_header(stream, codec, &image) && image->numcomps == 1
        && image->x1 - image->x0 == width && image->y1 - image->y0 == height && image->comps[0].prec <= 16
        && opj_decode(codec, stream, image) && opj_end_decompress(codec, stream) && image->comps[0].data
        && image->comps[0].w == width && image->comps[0].h == height) {
      const size_t count = (size_t)width * height;
      for (size_t i = 0; i < count; i++) samples[i] = (uint16_t)image->comps[0].data[i];
      done = 1;
    }
  }
  if (image) opj_image_destroy(image);
  if (stream) opj_stream_destroy(stream);
  if (codec) opj_destroy_codec(codec);
  return done;
}

const char *oj2k_version(void) { return opj_version(); }
