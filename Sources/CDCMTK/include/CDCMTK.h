// SPDX-License-Identifier: Apache-2.0
// A C face of DCMTK's data sets (dcmdata), as little as reading and writing RT objects needs.
//
// Items are borrowed from their file and live as long as it does. Strings are returned as bytes in the
// data set's character set, converted to UTF-8 when the file was opened. One file belongs to one task.
#ifndef OLIGOPLAN_CDCMTK_H
#define OLIGOPLAN_CDCMTK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma clang assume_nonnull begin

struct odcm_file { unsigned char opaque; };
struct odcm_item { unsigned char opaque; };

// Opens and reads a file in any transfer syntax, with or without preamble and meta header: the whole, or all that stands
// before its pixel data.
// Returns NULL, the reason and a message of at most `capacity` bytes on failure.
typedef enum odcm_refusal {
  // No DICOM file, or one that is cut short.
  ODCM_REFUSED_DAMAGED,
  // A file that would exhaust the stack or the memory: nested too deep, or inflated too far.
  ODCM_REFUSED_LIMIT,
  // DCMTK's dictionary is not there, without which implicit data sets cannot be read.
  ODCM_REFUSED_DICTIONARY
} odcm_refusal;
struct odcm_file *_Nullable odcm_open(const char *path, int head_only, odcm_refusal *refusal, char *message, size_t capacity);
// A new, empty data set to be written.
struct odcm_file *_Nullable odcm_create(void);
void odcm_close(struct odcm_file *file);
// How strings came to be UTF-8: converted from the declared character set; taken as they are, because they are UTF-8
// whatever is declared; or not at all.
typedef enum {
  ODCM_CHARSET_AS_DECLARED,
  ODCM_CHARSET_UTF8_UNDECLARED,
  ODCM_CHARSET_FAILED
} odcm_charset;
odcm_charset odcm_charset_of(struct odcm_file *file);

struct odcm_item *odcm_dataset(struct odcm_file *file);

// The value of an element as text, all values joined by backslashes; NULL when absent or empty.
// `length` receives the number of bytes.
const char *_Nullable odcm_string(struct odcm_item *item, uint16_t group, uint16_t element, size_t *length);
// Whether an element is there and not empty.
int odcm_holds(struct odcm_item *item, uint16_t group, uint16_t element);
// The number of items of a sequence; -1 when absent.
long odcm_count(struct odcm_item *item, uint16_t group, uint16_t element);
struct odcm_item *_Nullable odcm_child(struct odcm_item *item, uint16_t group, uint16_t element, long index);
// Calls back for every item of a sequence, in order: linear where indexed access is quadratic.
void odcm_each(struct odcm_item *item, uint16_t group, uint16_t element, void *context,
               void (*body)(void *context, struct odcm_item *child));

// The first value of an unsigned 16-bit element; 0 when absent.
int odcm_uint16(struct odcm_item *item, uint16_t group, uint16_t element, uint16_t *value);
// The values of an element of 32-bit floating point; NULL when absent or of another kind.
const float *_Nullable odcm_floats(struct odcm_item *item, uint16_t group, uint16_t element, size_t *count);
// Settles the pixel data as samples of `sample_bytes` (1, 2 or 4), whatever the transfer syntax, as far as it is
// uncompressed, deflated, RLE, JPEG or JPEG-LS, and gives their length in bytes. 0 and a message on failure.
int odcm_pixels(struct odcm_file *file, size_t sample_bytes, size_t *length, char *message, size_t capacity);
// The transfer syntax that the file was written in.
const char *odcm_transfer_syntax(struct odcm_file *file);
// The compressed bytes of one of `frames` frames as they stand in the file, until the next call; NULL where they are not
// compressed, or not one fragment a frame. A file of one frame may have several fragments.
const uint8_t *_Nullable odcm_fragments(struct odcm_file *file, size_t frame, size_t frames, size_t *length);
// Copies bytes of settled pixel data, in host order; 0 on failure. Pieces begin and end with whole samples.
int odcm_read_pixels(struct odcm_file *file, size_t offset, void *bytes, size_t length);
// Stores pixel data of 16-bit words (low word first for 32-bit samples); 0 on failure.
int odcm_put_pixels(struct odcm_item *item, const uint16_t *words, unsigned long count);

// Sets an element from text (values joined by backslashes); 0 on failure.
int odcm_put(struct odcm_item *item, uint16_t group, uint16_t element, const char *value);
// Appends an item to a sequence, which is made when absent; NULL on failure.
struct odcm_item *_Nullable odcm_append(struct odcm_item *item, uint16_t group, uint16_t element);
// Makes a sequence without items; 0 on failure.
int odcm_empty_sequence(struct odcm_item *item, uint16_t group, uint16_t element);
// Writes explicit little endian with meta header; 0 and a message on failure.
int odcm_save(struct odcm_file *file, const char *path, char *message, size_t capacity);

const char *odcm_version(void);

#pragma clang assume_nonnull end

#ifdef __cplusplus
}
#endif
#endif
