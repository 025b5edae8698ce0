import { dot } from './dot.js';

/** Pivots below this share of their diagonal element are zero. */
const ZERO_PIVOT = 1e-12;

/** L (lower triangular, n × n) with LLᵀ = A for a positive semidefinite A, of which the lower triangle is read; columns of zero pivots are zero. */
export function semidefiniteFactor(a: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const pivot = a[j * n + j] - dot(l, j * n, l, j * n, j);
    if (!(pivot > ZERO_PIVOT * a[j * n + j])) continue;
    const root = Math.sqrt(pivot);
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i++) l[i * n + j] = (a[i * n + j] - dot(l, i * n, l, j * n, j)) / root;
  }
  return l;
}
