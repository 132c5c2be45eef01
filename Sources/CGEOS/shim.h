// SPDX-License-Identifier: Apache-2.0
// GEOS C API, re-entrant functions only.
//
// The opaque structs get a one-byte body, so that Swift imports a distinct
// UnsafeMutablePointer type for each and a context cannot be passed where a
// geometry is wanted. The bodies are never dereferenced.
#ifndef OLIGOPLAN_CGEOS_SHIM_H
#define OLIGOPLAN_CGEOS_SHIM_H

#define GEOS_USE_ONLY_R_API

struct GEOSContextHandle_HS { unsigned char opaque; };
struct GEOSGeom_t { unsigned char opaque; };
struct GEOSPrepGeom_t { unsigned char opaque; };
struct GEOSCoordSeq_t { unsigned char opaque; };
struct GEOSBufParams_t { unsigned char opaque; };
struct GEOSMakeValidParams_t { unsigned char opaque; };

#include <geos_c.h>

#if GEOS_VERSION_MAJOR < 3 || (GEOS_VERSION_MAJOR == 3 && GEOS_VERSION_MINOR < 11)
#error "GEOS 3.11 or newer is needed (Debian 12: libgeos-dev)"
#endif

#endif
