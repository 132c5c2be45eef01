// SPDX-License-Identifier: Apache-2.0
// What the HTML report is made with: templates, style sheets, scripts and words, as the files of page/ hold them.
#ifndef OLIGOPLAN_CREPORTPAGE_H
#define OLIGOPLAN_CREPORTPAGE_H

#include <stddef.h>

struct oligoplan_page_part {
  const char *_Nonnull name;
  const unsigned char *_Nonnull bytes;
  size_t size;
};

size_t oligoplan_page_part_count(void);
/// The part at a place below the count.
struct oligoplan_page_part oligoplan_page_part_at(size_t place);

#endif
