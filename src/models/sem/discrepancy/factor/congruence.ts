import { axpy } from '../../../../numerics/dense/dot.js';
import type { FactorMemory } from './factorMemory.js';

/** How a matrix X is brought into the coordinates of K, or out of them. */
export const KT_X_K = 0;
export const K_X_KT = 1;
export const INVERSE_X = 2;
export const INVERSE_T_X = 3;

/**
 * X ← KᵀXK, KXKᵀ, K⁻¹XK⁻ᵀ or K⁻ᵀXK⁻¹ for a symmetric X, over the entries of K
 * that can differ from zero.
 */
export function congruence(memory: FactorMemory, kind: number, x: Float64Array): void {
  const { ks, factor, reciprocal, diagonal } = memory;
  if (diagonal) {
    for (let i = 0; i < ks; i++) {
      const own = kind < INVERSE_X ? factor[i * ks + i] : reciprocal[i];
      for (let j = 0; j < ks; j++) x[i * ks + j] = x[i * ks + j] * own * (kind < INVERSE_X ? factor[j * ks + j] : reciprocal[j]);
    }
    return;
  }
  multiplyLeft(memory, kind, x);
  transpose(x, ks);
  multiplyLeft(memory, kind, x);
}

/** X ← KᵀX, KX, K⁻¹X or K⁻ᵀX, row by row. */
function multiplyLeft({ ks, factor, reciprocal, factorStart, factorColumn }: FactorMemory, kind: number, x: Float64Array): void {
  const forward = kind === KT_X_K || kind === INVERSE_X;
  const diagonalFirst = kind === K_X_KT || kind === INVERSE_T_X;
  for (let step = 0; step < ks; step++) {
    const i = forward ? step : ks - 1 - step;
    const own = kind < INVERSE_X ? factor[i * ks + i] : reciprocal[i];
    if (diagonalFirst) scale(x, i * ks, own, ks);
    for (let at = factorStart[i]; at < factorStart[i + 1]; at++) {
      const j = factorColumn[at];
      const value = kind < INVERSE_X ? factor[i * ks + j] : -factor[i * ks + j];
      if (kind === K_X_KT || kind === INVERSE_X) axpy(x, i * ks, value, x, j * ks, ks);
      else axpy(x, j * ks, value, x, i * ks, ks);
    }
    if (!diagonalFirst) scale(x, i * ks, own, ks);
  }
}

function scale(x: Float64Array, at: number, by: number, n: number): void {
  for (let j = 0; j < n; j++) x[at + j] *= by;
}

function transpose(x: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = x[i * n + j];
      x[i * n + j] = x[j * n + i];
      x[j * n + i] = value;
    }
  }
}
