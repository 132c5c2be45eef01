// SPDX-License-Identifier: Apache-2.0
// Where the voxels lie: sform before qform, and neither when it is no affine.
#include "image.h"

#include <math.h>
#include <string.h>

static int usable(const double matrix[3][4]) {
  for (int row = 0; row < 3; row++) {
    for (int column = 0; column < 4; column++) {
      if (!isfinite(matrix[row][column])) return 0;
    }
  }
  double a = matrix[0][0], b = matrix[0][1], c = matrix[0][2];
  double d = matrix[1][0], e = matrix[1][1], f = matrix[1][2];
  double g = matrix[2][0], h = matrix[2][1], i = matrix[2][2];
  double determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  return isfinite(determinant) && determinant != 0;
}

// The farthest that two affines put one corner of the image apart.
static double farthest(const double a[3][4], const double b[3][4], const int64_t size[3]) {
  double worst = 0;
  for (int corner = 0; corner < 8; corner++) {
    double sum = 0;
    for (int row = 0; row < 3; row++) {
      double gap = a[row][3] - b[row][3];
      for (int axis = 0; axis < 3; axis++) {
        double index = (corner >> axis) & 1 ? (double)(size[axis] - 1) : 0;
        gap += (a[row][axis] - b[row][axis]) * index;
      }
      sum += gap * gap;
    }
    worst = fmax(worst, sqrt(sum));
  }
  return worst;
}

int onifti_place(const struct header *header, struct image *image, enum onifti_refusal *reason, char *message,
                 size_t capacity) {
  *reason = ONIFTI_PLACEMENT;
  if (header->sform <= 0 && header->qform <= 0) {
    return say(message, capacity, "it has neither an sform nor a qform");
  }
  double qform[3][4];
  int has_qform = header->qform > 0;
  if (has_qform) {
    // nifticlib would read a spacing of 0 as 1 and a NaN as 0.
    for (int i = 0; i < 3; i++) {
      has_qform = has_qform && isfinite(header->pixdim[i + 1]) && header->pixdim[i + 1] > 0 &&
                  isfinite(header->quatern[i]) && isfinite(header->origin[i]);
    }
    // A unit quaternion's vector part is no longer than 1; nifticlib would scale a longer one.
    double square = header->quatern[0] * header->quatern[0] + header->quatern[1] * header->quatern[1] +
                    header->quatern[2] * header->quatern[2];
    has_qform = has_qform && square <= 1.0001;
  }
  if (has_qform) {
    nifti_dmat44 matrix = nifti_quatern_to_dmat44(
        header->quatern[0], header->quatern[1], header->quatern[2], header->origin[0], header->origin[1],
        header->origin[2], header->pixdim[1], header->pixdim[2], header->pixdim[3],
        header->pixdim[0] < 0 ? -1 : 1);
    for (int row = 0; row < 3; row++) memcpy(qform[row], matrix.m[row], sizeof qform[row]);
    has_qform = usable((const double(*)[4])qform);
  }
  image->uses_sform = header->sform > 0;
  if (image->uses_sform) {
    if (!usable(header->rows)) return say(message, capacity, "its sform holds no usable affine");
    memcpy(image->affine, header->rows, sizeof image->affine);
    if (has_qform) image->disagreement = farthest(header->rows, (const double(*)[4])qform, image->size);
  } else {
    if (!has_qform) {
      return say(message, capacity, "its qform holds no usable affine (voxel size %g x %g x %g)",
                 header->pixdim[1], header->pixdim[2], header->pixdim[3]);
    }
    memcpy(image->affine, qform, sizeof image->affine);
  }
  image->units = header->units;
  return 1;
}
