// Factor and inverse of a small positive definite matrix, n x n by rows.
#pragma once

// smallCholesky and smallInverse of numerics/dense/cholesky.ts
static int cholesky(double *a, int n, double tolerance) {
  for (int i = 0; i < n; i++) {
    double *row = a + i * n;
    for (int j = 0; j < i; j++) {
      double sum = row[j];
      for (int k = 0; k < j; k++) sum -= row[k] * a[j * n + k];
      row[j] = sum / a[j * n + j];
    }
    double pivot = row[i];
    for (int k = 0; k < i; k++) pivot -= row[k] * row[k];
    if (!(pivot > tolerance * row[i]) || !(pivot < __builtin_inf())) return 0;
    row[i] = __builtin_sqrt(pivot);
  }
  return 1;
}

static void choleskyInverse(const double *l, int n, double *out, double *scratch) {
  for (int j = 0; j < n; j++) {
    double *column = scratch + j * n;
    for (int i = 0; i < j; i++) column[i] = 0;
    column[j] = 1 / l[j * n + j];
    for (int i = j + 1; i < n; i++) {
      double sum = 0;
      for (int k = j; k < i; k++) sum += l[i * n + k] * column[k];
      column[i] = -sum / l[i * n + i];
    }
  }
  for (int i = 0; i < n; i++) {
    for (int j = 0; j <= i; j++) {
      double sum = 0;
      for (int k = i; k < n; k++) sum += scratch[i * n + k] * scratch[j * n + k];
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
  }
}
