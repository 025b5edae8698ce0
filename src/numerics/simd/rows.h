// Rows of doubles whose length is a multiple of four, two numbers at a time: sums in the order of dense/dot.ts.
#pragma once

typedef double Pair __attribute__((vector_size(16)));

static inline Pair load(const double *x) { return *(const Pair *)x; }
static inline void store(double *x, Pair value) { *(Pair *)x = value; }
static inline Pair both(double x) { return (Pair){x, x}; }

static inline void clear(double *x, int n) {
  for (int j = 0; j < n; j += 2) store(x + j, both(0));
}

static inline void axpy(double *y, double factor, const double *x, int n) {
  Pair f = both(factor);
  for (int j = 0; j < n; j += 4) {
    store(y + j, load(y + j) + f * load(x + j));
    store(y + j + 2, load(y + j + 2) + f * load(x + j + 2));
  }
}

static inline double dot(const double *x, const double *y, int n) {
  Pair s = both(0), t = both(0);
  for (int j = 0; j < n; j += 4) {
    s += load(x + j) * load(y + j);
    t += load(x + j + 2) * load(y + j + 2);
  }
  return s[0] + s[1] + (t[0] + t[1]);
}
