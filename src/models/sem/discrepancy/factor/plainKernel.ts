import { cholesky, choleskyInverse, PIVOT_TOLERANCE } from '../../../../numerics/dense/cholesky.js';
import { axpy, dot } from '../../../../numerics/dense/dot.js';
import { LogProduct } from '../../../../numerics/dense/logProduct.js';
import { plainRoom } from '../../../../numerics/simd/wasmInstance.js';
import { congruence, INVERSE_T_X, INVERSE_X, KT_X_K, K_X_KT } from './congruence.js';
import type { FactorKernel } from './factorKernel.js';
import { FactorMemory } from './factorMemory.js';
import type { FactorPattern } from './factorPattern.js';

/** A residual variance below this share of the sample variance makes Θ⁻¹ too large to compute with. */
export const SMALLEST_RESIDUAL = 1e-6;

/** The kernel without WebAssembly; factor.c makes the same sums in the same order, so that the bits agree. */
export class PlainKernel implements FactorKernel {
  readonly memory: FactorMemory;
  private readonly log: LogProduct = new LogProduct();

  constructor(pattern: FactorPattern, means: boolean) {
    this.memory = new FactorMemory(pattern, means, plainRoom);
  }

  value(): boolean {
    const { memory, log } = this;
    const { ks, phi, h, a, v, result } = memory;
    log.clear();
    if (!this.invertResiduals()) return false;
    weigh(memory);
    if (!factorize(memory)) return false;
    h.set(phi);
    congruence(memory, KT_X_K, h);
    for (let x = 0; x < ks; x++) h[x * ks + x] += 1;
    if (!this.invertInPlace(h, ks)) return false;
    project(memory);
    a.fill(0);
    addWeighted(memory);
    congruence(memory, INVERSE_X, a);
    for (let x = 0; x < ks * ks; x++) v[x] = -h[x];
    for (let x = 0; x < ks; x++) v[x * ks + x] += 1;
    result[0] = log.total();
    result[1] = residualTrace(memory) - dot(v, 0, a, 0, ks * ks);
    return true;
  }

  derive(): void {
    const { memory } = this;
    const { ks, h, a, v, x, d, e, core } = memory;
    multiply(h, a, ks, v);
    multiply(v, h, ks, x);
    for (let i = 0; i < ks; i++) {
      for (let j = 0; j < ks; j++) {
        const at = i * ks + j;
        const rest = (i === j ? 1 : 0) - h[at];
        d[at] = rest;
        e[at] = rest + a[at] - (v[at] + v[j * ks + i]) + x[at];
        core[at] = h[at] - x[at];
      }
    }
    congruence(memory, INVERSE_T_X, d);
    congruence(memory, INVERSE_T_X, e);
    congruence(memory, K_X_KT, core);
    if (memory.means) for (let y = 0; y < ks; y++) memory.dwr[y] = dot(d, y * ks, memory.wr, 0, ks);
    for (let block = 0; block < memory.blocks; block++) deriveBlock(memory, block);
  }

  /** Θ⁻¹ block by block. */
  private invertResiduals(): boolean {
    const { blocks, blockStart, blockRow, blockAt, theta, inverse, limit, scratch } = this.memory;
    for (let block = 0; block < blocks; block++) {
      const from = blockStart[block];
      const size = blockStart[block + 1] - from;
      const at = blockAt[block];
      for (let i = 0; i < size; i++) if (!(theta[at + i * size + i] > limit[blockRow[from + i]])) return false;
      if (size === 1) {
        inverse[at] = 1 / theta[at];
        this.log.multiply(theta[at]);
        continue;
      }
      for (let i = 0; i < size * size; i++) scratch[i] = theta[at + i];
      if (cholesky(scratch, size, SMALLEST_RESIDUAL) >= 0) return false;
      for (let i = 0; i < size; i++) this.log.multiply(scratch[i * size + i] * scratch[i * size + i]);
      choleskyInverse(scratch, size, inverse.subarray(at, at + size * size), scratch.subarray(size * size));
    }
    return true;
  }

  /** A symmetric positive definite matrix becomes its inverse (Gauss-Jordan elimination); its determinant joins the product. */
  private invertInPlace(x: Float64Array, n: number): boolean {
    const { scratch } = this.memory;
    for (let j = 0; j < n; j++) scratch[j] = PIVOT_TOLERANCE * x[j * n + j];
    for (let j = 0; j < n; j++) {
      const pivot = x[j * n + j];
      if (!(pivot > scratch[j]) || !(pivot < Infinity)) return false;
      this.log.multiply(pivot);
      const factor = 1 / pivot;
      for (let y = 0; y < n; y++) x[j * n + y] *= factor;
      x[j * n + j] = factor;
      for (let i = 0; i < n; i++) {
        if (i === j) continue;
        const slope = x[i * n + j];
        x[i * n + j] = 0;
        axpy(x, i * n, -slope, x, j * n, n);
      }
    }
    return true;
  }
}

/** W = Θ⁻¹Λ. */
function weigh({ blocks, blockStart, blockRow, blockAt, inverse, rowStart, lambda, w }: FactorMemory): void {
  for (let block = 0; block < blocks; block++) {
    const first = blockStart[block];
    const size = blockStart[block + 1] - first;
    for (let i = 0; i < size; i++) {
      const from = rowStart[blockRow[first + i]];
      const width = rowStart[blockRow[first + i] + 1] - from;
      for (let f = 0; f < width; f++) {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += inverse[blockAt[block] + i * size + j] * lambda[rowStart[blockRow[first + j]] + f];
        w[from + f] = sum;
      }
    }
  }
}

/** C = ΛᵀW and its factor K; false where C is singular. */
function factorize({ p, k, ks, c, factor, reciprocal, rowStart, column, lambda, w, factorStart, factorColumn }: FactorMemory): boolean {
  c.fill(0);
  for (let i = 0; i < p; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      for (let f = rowStart[i]; f < rowStart[i + 1]; f++) c[column[e] * ks + column[f]] += lambda[e] * w[f];
    }
  }
  for (let x = k; x < ks; x++) c[x * ks + x] = 1;
  for (let i = 0; i < ks; i++) {
    const own = c[i * ks + i];
    let pivot = own;
    for (let at = factorStart[i]; at < factorStart[i + 1]; at++) {
      const j = factorColumn[at];
      let sum = c[i * ks + j];
      for (let other = factorStart[j]; other < factorStart[j + 1]; other++) sum -= factor[j * ks + factorColumn[other]] * factor[i * ks + factorColumn[other]];
      const value = sum * reciprocal[j];
      factor[i * ks + j] = value;
      pivot -= value * value;
    }
    if (!(pivot > PIVOT_TOLERANCE * own) || !(pivot < Infinity)) return false;
    factor[i * ks + i] = Math.sqrt(pivot);
    reciprocal[i] = 1 / factor[i * ks + i];
  }
  return true;
}

/** Q = TW, made by columns: S is symmetric, so each entry of W adds a row of it. */
function project({ p, ps, k, ks, means, covariance, residual, w, wr, q, qt, columnStart, columnRow, columnEntry }: FactorMemory): void {
  qt.fill(0);
  for (let y = 0; y < k; y++) {
    let sum = 0;
    for (let at = columnStart[y]; at < columnStart[y + 1]; at++) {
      const weight = w[columnEntry[at]];
      axpy(qt, y * ps, weight, covariance, columnRow[at] * ps, ps);
      sum += weight * residual[columnRow[at]];
    }
    wr[y] = sum;
    if (means) axpy(qt, y * ps, sum, residual, 0, ps);
  }
  for (let i = 0; i < p; i++) for (let y = 0; y < ks; y++) q[i * ks + y] = qt[y * ps + i];
}

/** A = WᵀQ. */
function addWeighted({ p, ks, a, w, q, rowStart, column }: FactorMemory): void {
  for (let i = 0; i < p; i++) for (let e = rowStart[i]; e < rowStart[i + 1]; e++) axpy(a, column[e] * ks, w[e], q, i * ks, ks);
}

/** tr(TΘ⁻¹). */
function residualTrace({ blocks, blockStart, blockRow, blockAt, inverse, covariance, residual, ps }: FactorMemory): number {
  let trace = 0;
  for (let block = 0; block < blocks; block++) {
    const first = blockStart[block];
    const size = blockStart[block + 1] - first;
    for (let i = 0; i < size; i++) {
      const row = blockRow[first + i];
      for (let j = 0; j < size; j++) {
        const other = blockRow[first + j];
        trace += inverse[blockAt[block] + i * size + j] * (covariance[row * ps + other] + residual[row] * residual[other]);
      }
    }
  }
  return trace;
}

/** out = XY, n × n. */
function multiply(x: Float64Array, y: Float64Array, n: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < n; i++) for (let l = 0; l < n; l++) axpy(out, i * n, x[i * n + l], y, l * n, n);
}

/** BD, slopes of Λ, Ω and ω at the rows of one block. */
function deriveBlock({ means, ks, ps, blockStart, blockRow, blockAt, rowStart, column, inverse, covariance, residual, w, q, d, e: reach, dwr, qd, bd, slope, omega, drift, scratch }: FactorMemory, block: number): void {
  const first = blockStart[block];
  const size = blockStart[block + 1] - first;
  const own = blockAt[block];
  for (let i = 0; i < size; i++) {
    const row = blockRow[first + i];
    for (let f = rowStart[row]; f < rowStart[row + 1]; f++) qd[f] = dot(q, row * ks, d, column[f] * ks, ks);
  }
  for (let i = 0; i < size; i++) {
    const row = blockRow[first + i];
    const from = rowStart[row];
    const width = rowStart[row + 1] - from;
    for (let f = 0; f < width; f++) {
      let sum = 0;
      for (let j = 0; j < size; j++) sum += inverse[own + i * size + j] * qd[rowStart[blockRow[first + j]] + f];
      bd[from + f] = sum;
      let value = 0;
      for (let g = 0; g < width; g++) value += w[from + g] * reach[column[from + g] * ks + column[from + f]];
      slope[from + f] = value - sum;
    }
    if (!means) continue;
    // ω = Θ⁻¹r − WDWᵀr
    let sum = 0;
    for (let j = 0; j < size; j++) sum += inverse[own + i * size + j] * residual[blockRow[first + j]];
    for (let f = from; f < from + width; f++) sum -= w[f] * dwr[column[f]];
    drift[row] = sum;
  }
  // Ω = Θ⁻¹ − Θ⁻¹TΘ⁻¹ − WEWᵀ + BDWᵀ + W(BD)ᵀ: with WE = slope + BD, the last three are −slope Wᵀ + W(BD)ᵀ
  for (let i = 0; i < size; i++) {
    const from = rowStart[blockRow[first + i]];
    const width = rowStart[blockRow[first + i] + 1] - from;
    for (let v = 0; v < size; v++) {
      const column = blockRow[first + v];
      let sum = 0;
      for (let u = 0; u < size; u++) {
        const row = blockRow[first + u];
        sum += inverse[own + i * size + u] * (covariance[row * ps + column] + residual[row] * residual[column]);
      }
      scratch[v] = sum;
    }
    for (let j = 0; j < size; j++) {
      const other = rowStart[blockRow[first + j]];
      let value = inverse[own + i * size + j];
      for (let v = 0; v < size; v++) value -= scratch[v] * inverse[own + j * size + v];
      for (let f = 0; f < width; f++) value += w[from + f] * bd[other + f] - slope[from + f] * w[other + f];
      omega[own + i * size + j] = value;
    }
  }
}
