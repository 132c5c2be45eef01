// SPDX-License-Identifier: Apache-2.0
// nifti2_io.h asks for <znzlib.h>, which Debian keeps in a subfolder.
#include <nifti/znzlib.h>
