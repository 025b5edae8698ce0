// Weighted sums of products of columns; see resampledMoments.ts. Compiled by make.mjs.

typedef double Pair __attribute__((vector_size(16)));
typedef int Four __attribute__((vector_size(16)));
typedef short Eight __attribute__((vector_size(16)));

// PairProducts writes this.
typedef struct {
  int rows, vectors;
  // 8 vectors × 8 vectors
  double *sums;
  // rows one after the other, `vectors` times eight numbers each
  const short *values;
  int *counts;
  // two rows at a time, number by number, plain and weighted: four columns of all pairs, then the next four
  Eight *plain, *weighted;
} Plan;

enum { MOST_ROWS = 512, MOST_PAIRS = MOST_ROWS / 2, LARGEST_WEIGHT = 63 };

static inline Eight low(Eight a, Eight b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
static inline Eight high(Eight a, Eight b) { return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15); }
static inline Four products(Eight a, Eight b) { return __builtin_wasm_dot_s_i32x4_i16x8(a, b); }
static inline Eight column(const Eight *four, int at) {
  int both = ((const int *)four)[at];
  return (Eight)(Four){both, both, both, both};
}

static void enter(const Plan *m, int pair, int first, int firstWeight, int second, int secondWeight) {
  const Eight *a = (const Eight *)m->values + first * m->vectors, *b = (const Eight *)m->values + second * m->vectors;
  short v = (short)firstWeight, w = (short)secondWeight;
  Eight left = {v, v, v, v, v, v, v, v}, right = {w, w, w, w, w, w, w, w};
  for (int c = 0; c < m->vectors; c++) {
    Eight *plain = m->plain + 2 * c * MOST_PAIRS + pair, *weighted = m->weighted + 2 * c * MOST_PAIRS + pair;
    Eight x = a[c] * left, y = b[c] * right;
    plain[0] = low(a[c], b[c]);
    plain[MOST_PAIRS] = high(a[c], b[c]);
    weighted[0] = low(x, y);
    weighted[MOST_PAIRS] = high(x, y);
  }
}

static void add(double *sums, Four value) {
  sums[0] += value[0];
  sums[1] += value[1];
  sums[2] += value[2];
  sums[3] += value[3];
}

// sums of four columns from `i` on with eight from `j` on
static void addBlock(const Plan *m, int i, int j, int pairs) {
  const Eight *w = m->weighted + i * MOST_PAIRS, *x = m->plain + j * MOST_PAIRS, *y = x + MOST_PAIRS;
  Four a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, b0 = {0}, b1 = {0}, b2 = {0}, b3 = {0};
  for (int k = 0; k < pairs; k++) {
    Eight a = x[k], b = y[k], c0 = column(w + k, 0), c1 = column(w + k, 1), c2 = column(w + k, 2), c3 = column(w + k, 3);
    a0 += products(a, c0);
    b0 += products(b, c0);
    a1 += products(a, c1);
    b1 += products(b, c1);
    a2 += products(a, c2);
    b2 += products(b, c2);
    a3 += products(a, c3);
    b3 += products(b, c3);
  }
  int width = 8 * m->vectors;
  double *out = m->sums + 4 * i * width + 4 * j;
  add(out, a0);
  add(out + 4, b0);
  add(out + width, a1);
  add(out + width + 4, b1);
  add(out + 2 * width, a2);
  add(out + 2 * width + 4, b2);
  add(out + 3 * width, a3);
  add(out + 3 * width + 4, b3);
}

static void addPairs(const Plan *m, int pairs) {
  for (int i = 0; i < 2 * m->vectors; i++) for (int j = 0; j <= i; j += 2) addBlock(m, i, j, pairs);
}

// Lower triangle of the sums over all rows, each as often as counted; the counts are 0 afterwards.
void addIntegers(const Plan *m) {
  int pairs = 0, first = -1, firstWeight = 0;
  for (int at = 0; at < 64 * m->vectors * m->vectors; at++) m->sums[at] = 0;
  for (int i = 0; i < m->rows; i++) {
    // a row drawn more often than a weight can say is entered again
    while (m->counts[i] > 0) {
      int weight = m->counts[i] < LARGEST_WEIGHT ? m->counts[i] : LARGEST_WEIGHT;
      m->counts[i] -= weight;
      if (first < 0) {
        first = i;
        firstWeight = weight;
        continue;
      }
      enter(m, pairs++, first, firstWeight, i, weight);
      first = -1;
      if (pairs == MOST_PAIRS) {
        addPairs(m, pairs);
        pairs = 0;
      }
    }
  }
  if (first >= 0) enter(m, pairs++, first, firstWeight, first, 0);
  if (pairs > 0) addPairs(m, pairs);
}

// y = x w over `bytes`
void weighDoubles(const Pair *x, const Pair *w, Pair *y, int bytes) {
  for (int k = 0; k < bytes / 16; k++) y[k] = x[k] * w[k];
}

// The 3 × 3 sums of products of the columns at `a` and at `b`, `stride` bytes apart, over `bytes` of each.
void doubles(const Pair *a, const Pair *b, int bytes, int stride, double *out) {
  int step = stride / 16;
  Pair s00 = {0}, s01 = {0}, s02 = {0}, s10 = {0}, s11 = {0}, s12 = {0}, s20 = {0}, s21 = {0}, s22 = {0};
  for (int k = 0; k < bytes / 16; k++) {
    Pair x0 = a[k], x1 = a[step + k], x2 = a[2 * step + k], y = b[k];
    s00 += x0 * y;
    s10 += x1 * y;
    s20 += x2 * y;
    y = b[step + k];
    s01 += x0 * y;
    s11 += x1 * y;
    s21 += x2 * y;
    y = b[2 * step + k];
    s02 += x0 * y;
    s12 += x1 * y;
    s22 += x2 * y;
  }
  Pair sums[] = {s00, s01, s02, s10, s11, s12, s20, s21, s22};
  for (int at = 0; at < 9; at++) out[at] = sums[at][0] + sums[at][1];
}
