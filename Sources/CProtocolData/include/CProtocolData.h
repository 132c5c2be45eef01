// SPDX-License-Identifier: Apache-2.0
// The care protocol that is shipped with the program: the files of protocol/ one after the other.
#ifndef OLIGOPLAN_CPROTOCOLDATA_H
#define OLIGOPLAN_CPROTOCOLDATA_H

#include <stddef.h>

const unsigned char *_Nonnull oligoplan_default_protocol(void);
size_t oligoplan_default_protocol_size(void);

#endif
