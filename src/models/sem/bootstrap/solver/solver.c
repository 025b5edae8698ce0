// Minimizes the likelihood in factor form of one sample near the solution of
// another: minimizeNear of numerics/optimize/quasiNewton.ts over FactorObjective,
// the same sums in the same order. Compiled by make.mjs.

#include "../../../../numerics/optimize/nearby/nearby.h"
#include "group.h"

#define ARMIJO 1e-4
#define SHORTEST_STEP 1e-6
#define RESCALINGS 2
#define FASTEST 0.2
#define SLOWEST 0.5

// SimdSolver writes this.
typedef struct {
  int groups, n;
  const Steps *steps;
  // of the information at the nearby solution
  double *diagonal;
  const Group **group;
} Solver;

static int evaluate(const Solver *s, const double *x, double *out) {
  double total = 0;
  for (int g = 0; g < s->groups; g++) {
    if (!groupValue(s->group[g], x)) return 0;
    total += s->group[g]->numbers[0] * s->group[g]->numbers[2];
  }
  *out = total / 2;
  return 1;
}

static void gradient(const Solver *s) {
  double *out = s->steps->gradient;
  for (int k = 0; k < s->n; k++) out[k] = 0;
  for (int g = 0; g < s->groups; g++) addGradient(s->group[g], out);
}

static void informationDiagonal(const Solver *s, double *out, int n) {
  for (int k = 0; k < n; k++) out[k] = 0;
  for (int g = 0; g < s->groups; g++) addInformationDiagonal(s->group[g], out);
}

// The diagonal of the information at x, for all samples that follow.
int prepare(const Solver *s) {
  double value;
  if (!evaluate(s, s->steps->x, &value)) return 0;
  gradient(s);
  informationDiagonal(s, s->diagonal, s->n);
  return 1;
}

// Reads the samples anew.
void readSamples(const Solver *s) {
  for (int g = 0; g < s->groups; g++) s->group[g]->numbers[1] = logDeterminant(s->group[g]);
}

// The minimum is at `trial` afterwards; false where the steps do not get there.
int solve(const Solver *s, double tolerance, int most) {
  const Steps *m = s->steps;
  double value, before = 0;
  int kept = 0;
  if (!evaluate(s, m->x, &value)) return 0;
  gradient(s);
  for (int k = 0; k < m->size; k++) m->scale[k] = 1;
  for (int iteration = 0; iteration < most; iteration++) {
    double descent = direct(m, kept), length = __builtin_sqrt(-descent), shortening = SLOWEST, step = 1, next = 0;
    if (before > 0) {
      shortening = length / before;
      if (!(shortening > FASTEST)) shortening = FASTEST;
      if (!(shortening < SLOWEST)) shortening = SLOWEST;
    }
    if (length * shortening <= tolerance) {
      advance(m, 1);
      return 1;
    }
    if (!(descent < 0)) return 0;
    before = length;
    for (;;) {
      advance(m, step);
      if (evaluate(s, m->trial, &next) && next <= value + ARMIJO * step * descent + 1e-14 * (1 + __builtin_fabs(value))) break;
      step *= 0.4;
      if (step < SHORTEST_STEP) return 0;
    }
    for (int k = 0; k < m->size; k++) m->before[k] = m->gradient[k];
    gradient(s);
    if (iteration < RESCALINGS) {
      informationDiagonal(s, m->scale, m->size);
      for (int k = 0; k < s->n; k++) m->scale[k] = m->scale[k] > 0 ? __builtin_sqrt(s->diagonal[k] / m->scale[k]) : 1;
    }
    if (keep(m, kept)) kept++;
    value = next;
  }
  return 0;
}
