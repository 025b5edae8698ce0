// One group at the parameters x: what is said of the latent variables, the
// likelihood, its gradient and the diagonal of the information. The same sums
// in the same order as ImpliedMoments, LatentForms, FactorLikelihood and
// FactorInformation.
#pragma once

#include "../../../../numerics/simd/logProduct.h"
#include "../../discrepancy/factor/simd/congruence.h"
#include "../../discrepancy/factor/simd/plan.h"

#define PIVOT_TOLERANCE 1e-14

enum { LAMBDA, THETA, PSI, BETA, NU, ALPHA };

// GroupMemory writes this.
typedef struct {
  int m, count, paths, regressions;
  const Plan *factor;
  // weight, ln|S|, F
  double *numbers;
  double *mean, *nu, *alpha, *kappa, *psi, *beta, *phi, *product, *half, *whole, *drift, *precision, *variances, *rowPrecisions, *w, *elimination;
  // to and mirror are the addresses of a cell's number
  int *pathCell, *pathTo, *pathFrom, *measured, *indexOf, *loadingStart, *loadingColumn, *loadingEntry, *to, *mirror, *matrix, *row, *column, *position, *place, *own;
} Group;

static inline const double *latentCovariance(const Group *g) { return g->regressions ? g->phi : g->psi; }
static inline const double *latentMean(const Group *g) { return g->regressions ? g->kappa : g->alpha; }
static inline const double *wholeForm(const Group *g) { return g->regressions ? g->whole : g->half; }

// rows of any length
static inline void addRow(double *y, double factor, const double *x, int n) {
  int j = 0;
  Pair f = both(factor);
  for (; j + 1 < n; j += 2) store(y + j, load(y + j) + f * load(x + j));
  if (j < n) y[j] += factor * x[j];
}

static inline double dotRows(const double *x, const double *y, int n) {
  Pair s = both(0), t = both(0);
  int j = 0;
  for (; j < n - 3; j += 4) {
    s += load(x + j) * load(y + j);
    t += load(x + j + 2) * load(y + j + 2);
  }
  double s0 = s[0];
  for (; j < n; j++) s0 += x[j] * y[j];
  return s0 + s[1] + (t[0] + t[1]);
}

static void carry(const Group *g, double *x, int width) {
  for (int k = 0; k < g->paths; k++) addRow(x + g->pathTo[k] * width, g->beta[g->pathCell[k]], x + g->pathFrom[k] * width, width);
}

static void carryBack(const Group *g, double *x, int width) {
  for (int k = g->paths - 1; k >= 0; k--) addRow(x + g->pathFrom[k] * width, g->beta[g->pathCell[k]], x + g->pathTo[k] * width, width);
}

static void transposeInto(const double *x, double *out, int n) {
  for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) out[j * n + i] = x[i * n + j];
}

static void setCells(const Group *g, const double *x) {
  for (int c = 0; c < g->count; c++) {
    double value = x[g->position[c]];
    *(double *)g->to[c] = value;
    *(double *)g->mirror[c] = value;
  }
}

static void followPaths(const Group *g) {
  int m = g->m;
  for (int i = 0; i < m * m; i++) g->product[i] = g->psi[i];
  carry(g, g->product, m);
  transposeInto(g->product, g->phi, m);
  carry(g, g->phi, m);
  if (!g->factor->means) return;
  for (int i = 0; i < m; i++) g->kappa[i] = g->alpha[i];
  carry(g, g->kappa, 1);
}

static void residuals(const Group *g) {
  const Plan *f = g->factor;
  const double *kappa = latentMean(g);
  for (int i = 0; i < f->p; i++) {
    double mu = g->nu[i];
    for (int e = g->loadingStart[i]; e < g->loadingStart[i + 1]; e++) mu += f->lambda[g->loadingEntry[e]] * kappa[g->loadingColumn[e]];
    f->residual[i] = g->mean[i] - mu;
  }
}

// F of the group; false where it is not defined
static int groupValue(const Group *g, const double *x) {
  const Plan *f = g->factor;
  int m = g->m, k = f->k, ks = f->ks;
  setCells(g, x);
  if (g->regressions) followPaths(g);
  const double *phi = latentCovariance(g);
  for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) f->phi[a * ks + b] = phi[g->measured[a] * m + g->measured[b]];
  if (f->means) residuals(g);
  if (!value(f)) return 0;
  double total = f->result[0] - g->numbers[1] + f->result[1] - f->p;
  g->numbers[2] = total;
  return total - total == 0;
}

// AᵀJ and AᵀJA of a matrix J over the measured latent variables, rows ks apart
static void carryForms(const Group *g, const double *j) {
  int m = g->m, k = g->factor->k, ks = g->factor->ks;
  if (k < m) for (int i = 0; i < m * m; i++) g->half[i] = 0;
  for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) g->half[g->measured[a] * m + g->measured[b]] = j[a * ks + b];
  if (!g->regressions) return;
  carryBack(g, g->half, m);
  transposeInto(g->half, g->whole, m);
  carryBack(g, g->whole, m);
}

static void carryDrift(const Group *g) {
  const Plan *f = g->factor;
  for (int j = 0; j < g->m; j++) g->drift[j] = 0;
  for (int i = 0; i < f->p; i++) for (int e = g->loadingStart[i]; e < g->loadingStart[i + 1]; e++) g->drift[g->loadingColumn[e]] += f->drift[i] * f->lambda[g->loadingEntry[e]];
  if (g->regressions) carryBack(g, g->drift, 1);
}

static void addGradient(const Group *g, double *out) {
  const Plan *f = g->factor;
  int m = g->m, means = f->means;
  double weight = g->numbers[0];
  derive(f);
  carryForms(g, f->core);
  if (means) carryDrift(g);
  const double *phi = latentCovariance(g), *kappa = latentMean(g), *whole = wholeForm(g);
  for (int c = 0; c < g->count; c++) {
    int i = g->row[c], j = g->column[c];
    double value = 0;
    switch (g->matrix[c]) {
      case LAMBDA:
        value = f->slope[g->place[c]];
        if (means) value -= kappa[j] * f->drift[i];
        break;
      case THETA:
        value = g->w[c] * f->omega[g->place[c]];
        break;
      case PSI:
        value = g->w[c] * whole[i * m + j];
        break;
      case BETA:
        value = dotRows(g->half + i * m, phi + j * m, m);
        if (means) value -= kappa[j] * g->drift[i];
        break;
      case NU:
        value = means ? -f->drift[i] : 0;
        break;
      case ALPHA:
        value = means ? -g->drift[i] : 0;
        break;
    }
    out[g->position[c]] += weight * value;
  }
}

// (Σ⁻¹)_ij for rows of one block of Θ
static double between(const Plan *f, int i, int j, int at) {
  double value = f->inverse[at];
  for (int e = f->rowStart[i]; e < f->rowStart[i + 1]; e++) for (int h = f->rowStart[j]; h < f->rowStart[j + 1]; h++) value -= f->w[e] * f->w[h] * f->d[f->column[e] * f->ks + f->column[h]];
  return value;
}

static void prepareInformation(const Group *g) {
  const Plan *f = g->factor;
  int m = g->m, k = f->k, ks = f->ks;
  for (int i = 0; i < ks * ks; i++) g->precision[i] = f->h[i];
  congruence(f, K_X_KT, g->precision);
  carryForms(g, g->precision);
  const double *phi = latentCovariance(g);
  for (int j = 0; j < m; j++) {
    int at = g->indexOf[j];
    if (at >= 0) {
      g->variances[j] = phi[j * m + j] - f->d[at * ks + at];
      continue;
    }
    double sum = 0;
    for (int a = 0; a < k; a++) for (int b = 0; b < k; b++) sum += phi[j * m + g->measured[a]] * g->precision[a * ks + b] * phi[j * m + g->measured[b]];
    g->variances[j] = sum;
  }
  for (int i = 0; i < f->p; i++) g->rowPrecisions[i] = between(f, i, i, g->own[i]);
}

static void addInformationDiagonal(const Group *g, double *out) {
  const Plan *f = g->factor;
  int m = g->m, means = f->means;
  prepareInformation(g);
  const double *phi = latentCovariance(g), *kappa = latentMean(g), *whole = wholeForm(g), *rows = g->rowPrecisions;
  for (int c = 0; c < g->count; c++) {
    int i = g->row[c], j = g->column[c];
    double value = 0, other, w = g->w[c];
    switch (g->matrix[c]) {
      case LAMBDA:
        for (int at = f->rowStart[i]; at < f->rowStart[i + 1]; at++) value += f->w[at] * f->d[f->column[at] * f->ks + g->indexOf[j]];
        value = rows[i] * g->variances[j] + value * value;
        if (means) value += kappa[j] * kappa[j] * rows[i];
        break;
      case THETA:
        other = between(f, i, j, g->place[c]);
        value = w * w * (rows[i] * rows[j] + other * other);
        break;
      case PSI:
        value = w * w * (whole[i * m + i] * whole[j * m + j] + whole[i * m + j] * whole[i * m + j]);
        break;
      case BETA:
        other = dotRows(g->half + i * m, phi + j * m, m);
        value = whole[i * m + i] * g->variances[j] + other * other;
        if (means) value += kappa[j] * kappa[j] * whole[i * m + i];
        break;
      case NU:
        value = means ? rows[i] : 0;
        break;
      case ALPHA:
        value = means ? whole[i * m + i] : 0;
        break;
    }
    out[g->position[c]] += g->numbers[0] * value;
  }
}

// ln|S|, 0 where S is singular; see numerics/dense/eliminatedLogDeterminant.ts
static double logDeterminant(const Group *g) {
  const Plan *f = g->factor;
  int p = f->p, ps = f->ps;
  double *a = g->elimination;
  for (int i = 0; i < p * ps; i += 2) store(a + i, load(f->covariance + i));
  clearLog();
  for (int j = 0; j < p; j++) {
    double *row = a + j * ps, pivot = row[j];
    if (!(pivot > PIVOT_TOLERANCE * f->covariance[j * ps + j]) || !(pivot < __builtin_inf())) return 0;
    multiplyLog(pivot);
    double reciprocal = 1 / pivot;
    for (int i = j + 1; i < p; i++) {
      int from = i & ~3;
      axpy(a + i * ps + from, -(row[i] * reciprocal), row + from, ps - from);
    }
  }
  return totalLog();
}
