/*
 * Cross products of tiles of 256 rows, two rows at a time, and residuals of the
 * same rows. A tile holds its columns one after the other, 2048 bytes each.
 *
 * Uses no memory of its own: the caller lays out all of it, from byte 0 on.
 * Compiled into products.ts by make.mjs.
 */
#include "rows.h"

enum { ROWS = 256, BLOCK = 3 };

static inline void addTo(double *out, Pair sum) { *out += sum[0] + sum[1]; }

/* Adds the 3 x 3 sums of products of the columns at `a` and at `b` to the nine doubles at `out`. */
static inline __attribute__((always_inline)) void products(const double *a, const double *b, double *out) {
  Pair s00 = both(0), s01 = s00, s02 = s00, s10 = s00, s11 = s00, s12 = s00, s20 = s00, s21 = s00, s22 = s00;
#pragma clang loop unroll_count(2)
  for (int i = 0; i < ROWS; i += 2) {
    Pair x0 = load(a + i), x1 = load(a + i + ROWS), x2 = load(a + i + 2 * ROWS);
    Pair y = load(b + i);
    s00 += x0 * y, s10 += x1 * y, s20 += x2 * y;
    y = load(b + i + ROWS);
    s01 += x0 * y, s11 += x1 * y, s21 += x2 * y;
    y = load(b + i + 2 * ROWS);
    s02 += x0 * y, s12 += x1 * y, s22 += x2 * y;
  }
  addTo(out, s00), addTo(out + 1, s01), addTo(out + 2, s02);
  addTo(out + 3, s10), addTo(out + 4, s11), addTo(out + 5, s12);
  addTo(out + 6, s20), addTo(out + 7, s21), addTo(out + 8, s22);
}

/* The same for the columns at `a` against `count` blocks of three columns from `b` on; sums from `out` on, nine for each. */
void blockRow(const double *a, const double *b, int count, double *out) {
  for (; count > 0; count--, b += BLOCK * ROWS, out += BLOCK * BLOCK) products(a, b, out);
}

/* Writes the 256 values at `from` less `centre` to `to`; gives the sum of what is written. */
double centre(const double *from, double *to, double centre) {
  Pair c = both(centre), s0 = both(0), s1 = s0;
  for (int i = 0; i < ROWS; i += 4) {
    Pair x0 = load(from + i) - c, x1 = load(from + i + 2) - c;
    store(to + i, x0);
    store(to + i + 2, x1);
    s0 += x0;
    s1 += x1;
  }
  s0 += s1;
  return s0[0] + s0[1];
}

/* Subtracts `constant` and each slope times its column from the `count` values at `target`, an even number; columns lie `stride` doubles apart. */
void subtractFit(double *target, int count, double constant, const double *x, int stride, const double *slopes, int columns) {
  Pair c = both(constant);
  for (int i = 0; i < count; i += 2) store(target + i, load(target + i) - c);
  int j = 0;
  for (; j + 4 <= columns; j += 4, x += 4 * stride) {
    Pair b0 = both(slopes[j]), b1 = both(slopes[j + 1]), b2 = both(slopes[j + 2]), b3 = both(slopes[j + 3]);
    for (int i = 0; i < count; i += 2) {
      Pair rest = load(target + i) - b0 * load(x + i);
      rest -= b1 * load(x + i + stride);
      rest -= b2 * load(x + i + 2 * stride);
      rest -= b3 * load(x + i + 3 * stride);
      store(target + i, rest);
    }
  }
  for (; j < columns; j++, x += stride) {
    Pair b = both(slopes[j]);
    for (int i = 0; i < count; i += 2) store(target + i, load(target + i) - b * load(x + i));
  }
}
