import { dot, dotFour } from '../../../numerics/dense/dot.js';
import { semidefiniteFactor } from '../../../numerics/dense/semidefiniteFactor.js';
import type { WeightedDeviations } from './momentDeviations.js';

/**
 * tr((UΓ)²) = Σ_ij k_ij² / N², k_ij = z_iᵀz_j N/n_g (same group) − t_iᵀE⁻¹t_j:
 * as the trace of (JM)², M = Σ a aᵀ with a = [z √(N/n_g); Lᵀt], J = diag(1, −1).
 */
export function squaredTrace(pieces: readonly WeightedDeviations[], n: number, inverse: Float64Array, size: number): number {
  const factor = inverse.slice();
  // a constrained inverse is singular: its factor by eigen-free semidefinite elimination
  const lower = semidefiniteFactor(factor, size);
  const width = pieces.reduce((sum, piece) => sum + piece.width, 0) + size;
  if (!pieces.some(({ signs }) => signs) && pieces.reduce((sum, piece) => sum + piece.n, 0) < width) return squaredTraceByRows(pieces, n, lower, size);
  const m = new Float64Array(width * width);
  const sign = new Float64Array(width).fill(-1);
  let offset = 0;
  for (const piece of pieces) {
    const scale = Math.sqrt(n / piece.n);
    const columns = new Float64Array((piece.width + size) * piece.n);
    for (let i = 0; i < piece.n; i++) {
      for (let r = 0; r < piece.width; r++) columns[r * piece.n + i] = scale * (piece.z as Float64Array)[i * piece.width + r];
      for (let k = 0; k < size; k++) {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += lower[j * size + k] * piece.t[i * size + j];
        columns[(piece.width + k) * piece.n + i] = sum;
      }
    }
    const place = (r: number): number => (r < piece.width ? offset + r : width - size + r - piece.width);
    for (let a = 0; a < piece.width + size; a++) {
      for (let b = 0; b <= a; b++) {
        const value = dot(columns, a * piece.n, columns, b * piece.n, piece.n) / n;
        const [i, j] = [place(a), place(b)];
        m[i * width + j] += value;
        if (i !== j) m[j * width + i] += value;
      }
    }
    for (let r = 0; r < piece.width; r++) sign[offset + r] = piece.signs?.[r] ?? 1;
    offset += piece.width;
  }
  let sum = 0;
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) sum += sign[i] * sign[j] * m[i * width + j] ** 2;
  return sum;
}

/** The same as Σ_ij k_ij²/N² over pairs of rows: cheaper when there are fewer rows than moments. */
function squaredTraceByRows(pieces: readonly WeightedDeviations[], n: number, lower: Float64Array, size: number): number {
  const turned = pieces.map((piece) => {
    const out = new Float64Array(piece.n * size);
    for (let i = 0; i < piece.n; i++) {
      for (let j = 0; j < size; j++) {
        const t = piece.t[i * size + j];
        if (t !== 0) for (let k = 0; k <= j; k++) out[i * size + k] += t * lower[j * size + k];
      }
    }
    return out;
  });
  let total = 0;
  pieces.forEach((piece, g) => {
    const z = piece.z as Float64Array;
    const scale = n / piece.n;
    const zFour = new Float64Array(4);
    const tFour = new Float64Array(4);
    for (let i = 0; i < piece.n; i++) {
      let j = 0;
      for (; j + 4 <= i; j += 4) {
        dotFour(z, i * piece.width, z, j * piece.width, piece.width, piece.width, zFour);
        dotFour(turned[g], i * size, turned[g], j * size, size, size, tFour);
        for (let r = 0; r < 4; r++) total += 2 * (scale * zFour[r] - tFour[r]) ** 2;
      }
      for (; j <= i; j++) {
        const k = scale * dot(z, i * piece.width, z, j * piece.width, piece.width) - dot(turned[g], i * size, turned[g], j * size, size);
        total += i === j ? k * k : 2 * k * k;
      }
      for (let h = 0; h < g; h++) for (let j = 0; j < pieces[h].n; j++) total += 2 * dot(turned[g], i * size, turned[h], j * size, size) ** 2;
    }
  });
  return total / n ** 2;
}
