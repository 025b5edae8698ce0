// The coordinates of K, see ../congruence.ts.
#pragma once

#include "../../../../../numerics/simd/rows.h"
#include "plan.h"

enum { KT_X_K, K_X_KT, INVERSE_X, INVERSE_T_X };

static void scale(double *x, double by, int n) {
  Pair f = both(by);
  for (int j = 0; j < n; j += 2) store(x + j, load(x + j) * f);
}

static void multiplyLeft(const Plan *m, int kind, double *x) {
  int ks = m->ks, forward = kind == KT_X_K || kind == INVERSE_X, diagonalFirst = kind == K_X_KT || kind == INVERSE_T_X;
  for (int step = 0; step < ks; step++) {
    int i = forward ? step : ks - 1 - step;
    double own = kind < INVERSE_X ? m->factor[i * ks + i] : m->reciprocal[i];
    if (diagonalFirst) scale(x + i * ks, own, ks);
    for (int at = m->factorStart[i]; at < m->factorStart[i + 1]; at++) {
      int j = m->factorColumn[at];
      double value = kind < INVERSE_X ? m->factor[i * ks + j] : -m->factor[i * ks + j];
      if (kind == K_X_KT || kind == INVERSE_X) axpy(x + i * ks, value, x + j * ks, ks);
      else axpy(x + j * ks, value, x + i * ks, ks);
    }
    if (!diagonalFirst) scale(x + i * ks, own, ks);
  }
}

static void transpose(double *x, int n) {
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) {
      double value = x[i * n + j];
      x[i * n + j] = x[j * n + i];
      x[j * n + i] = value;
    }
  }
}

static void congruence(const Plan *m, int kind, double *x) {
  int ks = m->ks;
  if (!m->diagonal) {
    multiplyLeft(m, kind, x);
    transpose(x, ks);
    multiplyLeft(m, kind, x);
    return;
  }
  double *by = m->scratch;
  for (int i = 0; i < ks; i++) by[i] = kind < INVERSE_X ? m->factor[i * ks + i] : m->reciprocal[i];
  for (int i = 0; i < ks; i++) {
    Pair own = both(by[i]);
    for (int j = 0; j < ks; j += 2) store(x + i * ks + j, load(x + i * ks + j) * own * load(by + j));
  }
}
