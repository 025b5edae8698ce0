// The arithmetic of the likelihood in factor form; see ../factorLikelihood.ts
// for the formulas and ../plainKernel.ts for the same sums in the same order.
// Rows have a length that is a multiple of four. Compiled by make.mjs.

#include "../../../../../numerics/simd/logProduct.h"
#include "cholesky.h"
#include "congruence.h"
#include "plan.h"

#define PIVOT_TOLERANCE 1e-14
#define SMALLEST_RESIDUAL 1e-6

static int invertResiduals(const Plan *m) {
  for (int block = 0; block < m->blocks; block++) {
    int from = m->blockStart[block], size = m->blockStart[block + 1] - from, at = m->blockAt[block];
    double *theta = m->theta + at, *scratch = m->scratch;
    for (int i = 0; i < size; i++) if (!(theta[i * size + i] > m->limit[m->blockRow[from + i]])) return 0;
    if (size == 1) {
      m->inverse[at] = 1 / theta[0];
      multiplyLog(theta[0]);
      continue;
    }
    for (int i = 0; i < size * size; i++) scratch[i] = theta[i];
    if (!cholesky(scratch, size, SMALLEST_RESIDUAL)) return 0;
    for (int i = 0; i < size; i++) multiplyLog(scratch[i * size + i] * scratch[i * size + i]);
    choleskyInverse(scratch, size, m->inverse + at, scratch + size * size);
  }
  return 1;
}

static void weigh(const Plan *m) {
  for (int block = 0; block < m->blocks; block++) {
    int first = m->blockStart[block], size = m->blockStart[block + 1] - first;
    const double *inverse = m->inverse + m->blockAt[block];
    if (size == 1) {
      for (int e = m->rowStart[m->blockRow[first]]; e < m->rowStart[m->blockRow[first] + 1]; e++) m->w[e] = 0 + inverse[0] * m->lambda[e];
      continue;
    }
    for (int i = 0; i < size; i++) {
      int from = m->rowStart[m->blockRow[first + i]], width = m->rowStart[m->blockRow[first + i] + 1] - from;
      for (int f = 0; f < width; f++) {
        double sum = 0;
        for (int j = 0; j < size; j++) sum += inverse[i * size + j] * m->lambda[m->rowStart[m->blockRow[first + j]] + f];
        m->w[from + f] = sum;
      }
    }
  }
}

static int factorize(const Plan *m) {
  int ks = m->ks;
  double *c = m->c, *factor = m->factor;
  clear(c, ks * ks);
  for (int i = 0; i < m->p; i++) {
    for (int e = m->rowStart[i]; e < m->rowStart[i + 1]; e++) {
      for (int f = m->rowStart[i]; f < m->rowStart[i + 1]; f++) c[m->column[e] * ks + m->column[f]] += m->lambda[e] * m->w[f];
    }
  }
  for (int x = m->k; x < ks; x++) c[x * ks + x] = 1;
  for (int i = 0; i < ks; i++) {
    double own = c[i * ks + i], pivot = own;
    for (int at = m->factorStart[i]; at < m->factorStart[i + 1]; at++) {
      int j = m->factorColumn[at];
      double sum = c[i * ks + j];
      for (int other = m->factorStart[j]; other < m->factorStart[j + 1]; other++) sum -= factor[j * ks + m->factorColumn[other]] * factor[i * ks + m->factorColumn[other]];
      double value = sum * m->reciprocal[j];
      factor[i * ks + j] = value;
      pivot -= value * value;
    }
    if (!(pivot > PIVOT_TOLERANCE * own) || !(pivot < __builtin_inf())) return 0;
    factor[i * ks + i] = __builtin_sqrt(pivot);
    m->reciprocal[i] = 1 / factor[i * ks + i];
  }
  return 1;
}

static int invertInPlace(const Plan *m, double *x, int n) {
  double *limit = m->scratch;
  for (int j = 0; j < n; j++) limit[j] = PIVOT_TOLERANCE * x[j * n + j];
  for (int j = 0; j < n; j++) {
    double pivot = x[j * n + j];
    if (!(pivot > limit[j]) || !(pivot < __builtin_inf())) return 0;
    multiplyLog(pivot);
    double factor = 1 / pivot;
    scale(x + j * n, factor, n);
    x[j * n + j] = factor;
    for (int i = 0; i < n; i++) {
      if (i == j) continue;
      double slope = x[i * n + j];
      x[i * n + j] = 0;
      axpy(x + i * n, -slope, x + j * n, n);
    }
  }
  return 1;
}

static void project(const Plan *m) {
  int ps = m->ps, ks = m->ks;
  for (int y = 0; y < m->k; y++) {
    double *out = m->qt + y * ps, sum = 0;
    clear(out, ps);
    for (int at = m->columnStart[y]; at < m->columnStart[y + 1]; at++) {
      double weight = m->w[m->columnEntry[at]];
      int row = m->columnRow[at];
      axpy(out, weight, m->covariance + row * ps, ps);
      sum += weight * m->residual[row];
    }
    m->wr[y] = sum;
    if (m->means) axpy(out, sum, m->residual, ps);
  }
  for (int i = 0; i < m->p; i++) for (int y = 0; y < ks; y++) m->q[i * ks + y] = m->qt[y * ps + i];
}

static double residualTrace(const Plan *m) {
  double trace = 0;
  for (int block = 0; block < m->blocks; block++) {
    int first = m->blockStart[block], size = m->blockStart[block + 1] - first;
    if (size == 1) {
      int row = m->blockRow[first];
      trace += m->inverse[m->blockAt[block]] * (m->covariance[row * m->ps + row] + m->residual[row] * m->residual[row]);
      continue;
    }
    for (int i = 0; i < size; i++) {
      int row = m->blockRow[first + i];
      for (int j = 0; j < size; j++) {
        int other = m->blockRow[first + j];
        trace += m->inverse[m->blockAt[block] + i * size + j] * (m->covariance[row * m->ps + other] + m->residual[row] * m->residual[other]);
      }
    }
  }
  return trace;
}

// out = XY: two rows of X with four columns of Y at a time
static void multiply(const double *x, const double *y, int n, double *out) {
  for (int i = 0; i < n; i += 2) {
    for (int j = 0; j < n; j += 4) {
      Pair s0 = both(0), s1 = both(0), t0 = both(0), t1 = both(0);
      for (int l = 0; l < n; l++) {
        Pair a = both(x[i * n + l]), b = both(x[(i + 1) * n + l]), u = load(y + l * n + j), v = load(y + l * n + j + 2);
        s0 += a * u;
        s1 += a * v;
        t0 += b * u;
        t1 += b * v;
      }
      store(out + i * n + j, s0);
      store(out + i * n + j + 2, s1);
      store(out + (i + 1) * n + j, t0);
      store(out + (i + 1) * n + j + 2, t1);
    }
  }
}

// deriveBlock of one row that measures one latent variable; sums of one number begin at 0 as the others do
static void deriveRow(const Plan *m, int block) {
  int row = m->blockRow[m->blockStart[block]], at = m->blockAt[block], e = m->rowStart[row], y = m->column[e], ks = m->ks;
  double inverse = m->inverse[at], w = m->w[e], residual = m->residual[row];
  double qd = dot(m->q + row * ks, m->d + y * ks, ks), bd = 0 + inverse * qd, slope = 0 + w * m->e[y * ks + y] - bd;
  m->qd[e] = qd;
  m->bd[e] = bd;
  m->slope[e] = slope;
  if (m->means) m->drift[row] = 0 + inverse * residual - w * m->dwr[y];
  double weighted = 0 + inverse * (m->covariance[row * m->ps + row] + residual * residual);
  m->omega[at] = inverse - weighted * inverse + (w * bd - slope * w);
}

static void deriveBlock(const Plan *m, int block) {
  int first = m->blockStart[block], size = m->blockStart[block + 1] - first, ks = m->ks;
  const int *rows = m->blockRow + first, *start = m->rowStart, *column = m->column;
  const double *inverse = m->inverse + m->blockAt[block], *w = m->w;
  for (int i = 0; i < size; i++) {
    for (int f = start[rows[i]]; f < start[rows[i] + 1]; f++) m->qd[f] = dot(m->q + rows[i] * ks, m->d + column[f] * ks, ks);
  }
  for (int i = 0; i < size; i++) {
    int from = start[rows[i]], width = start[rows[i] + 1] - from;
    for (int f = 0; f < width; f++) {
      double sum = 0, value = 0;
      for (int j = 0; j < size; j++) sum += inverse[i * size + j] * m->qd[start[rows[j]] + f];
      m->bd[from + f] = sum;
      for (int g = 0; g < width; g++) value += w[from + g] * m->e[column[from + g] * ks + column[from + f]];
      m->slope[from + f] = value - sum;
    }
    if (!m->means) continue;
    double sum = 0;
    for (int j = 0; j < size; j++) sum += inverse[i * size + j] * m->residual[rows[j]];
    for (int f = from; f < from + width; f++) sum -= w[f] * m->dwr[column[f]];
    m->drift[rows[i]] = sum;
  }
  for (int i = 0; i < size; i++) {
    int from = start[rows[i]], width = start[rows[i] + 1] - from;
    for (int v = 0; v < size; v++) {
      double sum = 0;
      for (int u = 0; u < size; u++) sum += inverse[i * size + u] * (m->covariance[rows[u] * m->ps + rows[v]] + m->residual[rows[u]] * m->residual[rows[v]]);
      m->scratch[v] = sum;
    }
    for (int j = 0; j < size; j++) {
      int other = start[rows[j]];
      double value = inverse[i * size + j];
      for (int v = 0; v < size; v++) value -= m->scratch[v] * inverse[j * size + v];
      for (int f = 0; f < width; f++) value += w[from + f] * m->bd[other + f] - m->slope[from + f] * w[other + f];
      m->omega[m->blockAt[block] + i * size + j] = value;
    }
  }
}

int value(const Plan *m) {
  int ks = m->ks;
  clearLog();
  if (!invertResiduals(m)) return 0;
  weigh(m);
  if (!factorize(m)) return 0;
  for (int i = 0; i < ks * ks; i += 2) store(m->h + i, load(m->phi + i));
  congruence(m, KT_X_K, m->h);
  for (int x = 0; x < ks; x++) m->h[x * ks + x] += 1;
  if (!invertInPlace(m, m->h, ks)) return 0;
  project(m);
  clear(m->a, ks * ks);
  for (int i = 0; i < m->p; i++) for (int e = m->rowStart[i]; e < m->rowStart[i + 1]; e++) axpy(m->a + m->column[e] * ks, m->w[e], m->q + i * ks, ks);
  congruence(m, INVERSE_X, m->a);
  for (int i = 0; i < ks * ks; i += 2) store(m->v + i, -load(m->h + i));
  for (int x = 0; x < ks; x++) m->v[x * ks + x] += 1;
  m->result[0] = totalLog();
  m->result[1] = residualTrace(m) - dot(m->v, m->a, ks * ks);
  return 1;
}

void derive(const Plan *m) {
  int ks = m->ks;
  double *v = m->v;
  multiply(m->h, m->a, ks, v);
  multiply(v, m->h, ks, m->x);
  for (int i = 0; i < ks; i++) {
    for (int j = 0; j < ks; j++) {
      int at = i * ks + j;
      double rest = (i == j) - m->h[at];
      m->d[at] = rest;
      m->e[at] = rest + m->a[at] - (v[at] + v[j * ks + i]) + m->x[at];
      m->core[at] = m->h[at] - m->x[at];
    }
  }
  congruence(m, INVERSE_T_X, m->d);
  congruence(m, INVERSE_T_X, m->e);
  congruence(m, K_X_KT, m->core);
  if (m->means) for (int y = 0; y < ks; y++) m->dwr[y] = dot(m->d + y * ks, m->wr, ks);
  for (int block = 0; block < m->blocks; block++) {
    int row = m->blockRow[m->blockStart[block]];
    if (m->blockStart[block + 1] - m->blockStart[block] == 1 && m->rowStart[row + 1] - m->rowStart[row] == 1) deriveRow(m, block);
    else deriveBlock(m, block);
  }
}
