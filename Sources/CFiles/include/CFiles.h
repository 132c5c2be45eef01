// SPDX-License-Identifier: Apache-2.0
// System calls of Linux that Swift's Glibc module does not show.
#ifndef OLIGOPLAN_CFILES_H
#define OLIGOPLAN_CFILES_H

#pragma clang assume_nonnull begin

// A file in memory that no folder names and that goes with its descriptor; -1 and errno on failure.
int ofiles_anonymous(const char *name);
// Exchanges two names in one step; 0, or -1 and errno (EINVAL and ENOSYS where the disk cannot).
int ofiles_exchange(const char *one, const char *other);

#pragma clang assume_nonnull end

#endif
