// SPDX-License-Identifier: Apache-2.0
// CBC's C API. A model is a pointer to void there; Optimization wraps it at once.
#ifndef OLIGOPLAN_CCBC_SHIM_H
#define OLIGOPLAN_CCBC_SHIM_H

#include <coin/Cbc_C_Interface.h>

#endif
