// SPDX-License-Identifier: Apache-2.0
// libcrypto, used for SHA-256 of inputs and case parts only.
#ifndef OLIGOPLAN_CCRYPTO_SHIM_H
#define OLIGOPLAN_CCRYPTO_SHIM_H
#include <openssl/evp.h>
#endif
