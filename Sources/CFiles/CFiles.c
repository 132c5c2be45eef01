// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CFiles.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>

int ofiles_anonymous(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int ofiles_exchange(const char *one, const char *other) {
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}
