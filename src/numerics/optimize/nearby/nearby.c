// Quasi-Newton directions upon a known inverse curvature in single precision;
// see nearbySteps.ts for the formulas and plainSteps.ts for the same sums in the
// same order. Vectors have a length that is a multiple of four. Compiled by make.mjs.

#include "../../simd/rows.h"
#include "nearby.h"

typedef float Four __attribute__((vector_size(16)));

static inline float sum(Four v) { return v[0] + v[1] + (v[2] + v[3]); }

// y = A x, four rows at a time
static void multiply(const float *a, const float *x, float *y, int n) {
  for (int i = 0; i < n; i += 4, a += 4 * n) {
    Four s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    for (int j = 0; j < n; j += 4) {
      Four v = *(const Four *)(x + j);
      s0 += v * *(const Four *)(a + j);
      s1 += v * *(const Four *)(a + n + j);
      s2 += v * *(const Four *)(a + 2 * n + j);
      s3 += v * *(const Four *)(a + 3 * n + j);
    }
    y[i] = sum(s0);
    y[i + 1] = sum(s1);
    y[i + 2] = sum(s2);
    y[i + 3] = sum(s3);
  }
}

// direction = s A s direction
static void precondition(const Steps *m) {
  int n = m->size;
  double largest = 0;
  for (int i = 0; i < n; i++) {
    double value = m->direction[i] * m->scale[i] * m->unit[i];
    m->direction[i] = value;
    if (__builtin_fabs(value) > largest) largest = __builtin_fabs(value);
  }
  if (!(largest > 0)) {
    for (int i = 0; i < n; i++) m->direction[i] = 0;
    return;
  }
  double one = 1 / largest;
  for (int i = 0; i < n; i++) m->left[i] = (float)(m->direction[i] * one);
  multiply(m->inverse, m->left, m->right, n);
  for (int i = 0; i < n; i++) m->direction[i] = m->right[i] * largest * m->scale[i] * m->unit[i];
}

double direct(const Steps *m, int kept) {
  int n = m->size, oldest = kept > m->memory ? kept - m->memory : 0;
  double *direction = m->direction;
  for (int i = 0; i < n; i++) direction[i] = -m->gradient[i];
  for (int u = kept - 1; u >= oldest; u--) {
    int at = u % m->memory;
    double a = dot(m->moves + at * n, direction, n) * m->products[at];
    m->coefficients[at] = a;
    axpy(direction, -a, m->changes + at * n, n);
  }
  precondition(m);
  for (int u = oldest; u < kept; u++) {
    int at = u % m->memory;
    double b = m->coefficients[at] - dot(m->changes + at * n, direction, n) * m->products[at];
    axpy(direction, b, m->moves + at * n, n);
  }
  return dot(m->gradient, direction, n);
}

void advance(const Steps *m, double step) {
  for (int i = 0; i < m->size; i++) m->trial[i] = m->x[i] + step * m->direction[i];
}

int keep(const Steps *m, int kept) {
  int n = m->size, at = kept % m->memory;
  double *moves = m->moves + at * n, *changes = m->changes + at * n;
  for (int i = 0; i < n; i++) {
    moves[i] = m->trial[i] - m->x[i];
    changes[i] = m->gradient[i] - m->before[i];
    m->x[i] = m->trial[i];
  }
  double product = dot(moves, changes, n);
  if (!(product > 0)) return 0;
  m->products[at] = 1 / product;
  return 1;
}
