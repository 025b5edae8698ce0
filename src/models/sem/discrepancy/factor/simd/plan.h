#pragma once

// FactorMemory writes this.
typedef struct {
  int p, ps, k, ks, blocks, means, diagonal;
  double *covariance, *limit, *residual, *lambda, *theta, *phi, *inverse, *w, *c, *factor, *reciprocal, *h, *a, *q, *qt, *wr;
  double *v, *x, *d, *e, *core, *dwr, *qd, *bd, *slope, *omega, *drift, *scratch, *result;
  int *blockStart, *blockRow, *blockAt, *rowStart, *column, *columnStart, *columnRow, *columnEntry, *factorStart, *factorColumn;
} Plan;

// See ../factorKernel.ts.
int value(const Plan *m);
void derive(const Plan *m);
