// The logarithm of a product, see dense/logProduct.ts.
#pragma once

#define LARGE 1e100
#define SMALL 1e-100

__attribute__((import_module("math"), import_name("log"))) double logarithm(double);

static double product, logSum;

static inline void clearLog(void) {
  product = 1;
  logSum = 0;
}

static inline void multiplyLog(double factor) {
  product *= factor;
  if (product < LARGE && product > SMALL) return;
  logSum += logarithm(product);
  product = 1;
}

static inline double totalLog(void) { return logSum + logarithm(product); }
