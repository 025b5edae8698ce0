#pragma once

// NearbyMemory writes this.
typedef struct {
  int size, memory;
  float *inverse, *left, *right;
  double *unit, *scale, *gradient, *before, *direction, *x, *trial, *moves, *changes, *products, *coefficients;
} Steps;

// Over the plan that is given; see nearbySteps.ts.
double direct(const Steps *m, int kept);
void advance(const Steps *m, double step);
int keep(const Steps *m, int kept);
