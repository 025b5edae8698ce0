import { cholesky, choleskyInverse } from '../../../../numerics/dense/cholesky.js';
import { dot, dotFour } from '../../../../numerics/dense/dot.js';
import { symmetricProduct } from '../../../../numerics/dense/product.js';
import { semidefiniteFactor } from '../../../../numerics/dense/semidefiniteFactor.js';
import { weightedCount, type GroupRows } from '../../../../statistics/rows.js';
import { PatternInverse } from '../../discrepancy/patternInverse.js';
import type { MissingPattern } from '../../estimation/missingPatterns.js';
import type { IncompleteGroup } from '../../estimation/sample.js';
import type { InformationKind } from '../../options.js';
import { traceOfProduct } from '../traces.js';
import { addMean, addPair, whitenDual, whitening, type Whitening } from './whitening.js';

/** Columns of the information loss that are multiplied at once. */
const CHUNK = 256;

/**
 * Information per row of one group's saturated model (all means and
 * covariances free) with missing answers, at its maximum-likelihood moments,
 * in whitened coordinates. There complete rows would have the identity matrix;
 * what is missing costs the conditional variance of the complete-data score,
 *
 *   A = I − Σ_i f_i Var(s_i | answers of row i),
 *
 * which is of rank k(k + 3)/2 for a row with k missing answers: with U the
 * columns of V_·m V_mm^(−½) and w = V_p(y − μ), the columns (u; w∘u) and
 * u_a∘u_b. The expected information has E[wwᵀ] = V_p in the place of wwᵀ.
 *
 * @see Louis (1982), JRSS B 44(2); Savalei (2010), Psychological Methods 15(4)
 */
export class SaturatedInformation {
  private readonly known = new Map<InformationKind, Float64Array>();
  private readonly inverses = new Map<InformationKind, Float64Array | null>();
  private sandwichTrace: number | undefined;

  private constructor(readonly whitening: Whitening, private readonly rows: GroupRows, private readonly incomplete: IncompleteGroup) {}

  /** @param exogenous columns whose moments are fixed. Null when the saturated covariance matrix is not positive definite. */
  static of(rows: GroupRows, incomplete: IncompleteGroup, exogenous: readonly number[]): SaturatedInformation | null {
    const { mean, covariance } = incomplete.saturated;
    const coordinates = whitening(covariance, mean.length, exogenous);
    return coordinates ? new SaturatedInformation(coordinates, rows, incomplete) : null;
  }

  get width(): number {
    return this.whitening.width;
  }

  /** width × width, full. */
  information(kind: InformationKind): Float64Array {
    let found = this.known.get(kind);
    if (!found) this.known.set(kind, (found = kind === 'first.order' ? this.firstOrder() : this.remaining(kind === 'expected')));
    return found;
  }

  /** A⁻¹ of an information; null when the answers do not identify every moment. */
  inverse(kind: InformationKind = 'observed'): Float64Array | null {
    let found = this.inverses.get(kind);
    if (found === undefined) this.inverses.set(kind, (found = inverted(this.information(kind), this.width)));
    return found;
  }

  /** tr(WΓ), W = I the complete-data information, Γ = A⁻¹ or the sandwich A⁻¹BA⁻¹. */
  gammaTrace(robust: boolean): number | null {
    const { width } = this;
    const inverse = this.inverse();
    if (!inverse) return null;
    if (robust) return (this.sandwichTrace ??= traceOfProduct(symmetricSquare(inverse, width), this.information('first.order'), width));
    let sum = 0;
    for (let i = 0; i < width; i++) sum += inverse[i * width + i];
    return sum;
  }

  /** Visits every pattern with its U in whitened coordinates (k × p) and the w of its rows (one at a time). */
  private forPatterns(visit: (pattern: MissingPattern, u: Float64Array, weighted: (row: number, out: Float64Array) => void) => void): void {
    const { whitening: w, rows, incomplete } = this;
    const { p } = w;
    const { mean, covariance } = incomplete.saturated;
    const v = new Float64Array(p * p);
    const factor = covariance.slice();
    cholesky(factor, p);
    choleskyInverse(factor, p, v, new Float64Array(p * p));
    const inverse = new PatternInverse(p);
    const vp = new Float64Array(p * p);
    const u = new Float64Array(p * p);
    const d = new Float64Array(p);
    const vd = new Float64Array(p);
    for (const pattern of incomplete.patterns) {
      inverse.set(v, pattern.missing);
      inverse.matrix(v, pattern.missing, vp);
      for (let a = 0; a < inverse.count; a++) whitenDual(w, inverse.u, a * p, u, a * p);
      visit(pattern, u, (row, out) => {
        d.fill(0);
        for (const j of pattern.observed) d[j] = rows.values[row * p + j] - mean[j];
        for (let i = 0; i < p; i++) vd[i] = dot(vp, i * p, d, 0, p);
        whitenDual(w, vd, 0, out, 0);
      });
    }
  }

  /** I − XXᵀ with one column of X per direction of lost information. */
  private remaining(expected: boolean): Float64Array {
    const { whitening: w, rows, width } = this;
    const { p } = w;
    const out = new Float64Array(width * width);
    for (let i = 0; i < width; i++) out[i * width + i] = 1;
    const columns = new Float64Array(width * CHUNK);
    let filled = 0;
    const flush = (): void => {
      subtractProduct(columns, width, out);
      columns.fill(0);
      filled = 0;
    };
    const next = (): number => {
      if (filled === CHUNK) flush();
      return filled++;
    };
    const whole = weightedCount(rows);
    const row = new Float64Array(p + 1);
    this.forPatterns((pattern, u, weighted) => {
      const k = pattern.missing.length;
      if (k === 0) return;
      const lost = (c: number, x: Float64Array, xAt: number): void => {
        for (let a = 0; a < k; a++) {
          const at = next();
          addMean(w, u, a * p, c, columns, at, CHUNK);
          addPair(w, x, xAt, u, a * p, 1, columns, at, CHUNK);
        }
      };
      const root = Math.sqrt(pattern.share);
      for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) addPair(w, u, a * p, u, b * p, a === b ? Math.SQRT1_2 * root : root, columns, next(), CHUNK);
      if (expected) {
        const projection = projectionOf(u, k, p, root);
        lost(root, row.fill(0), 0);
        for (let b = 0; b < p; b++) lost(0, projection, b * p);
        return;
      }
      if (pattern.n <= p + 1) {
        for (const i of pattern.rows) {
          const f = Math.sqrt((rows.weights ? rows.weights[i] : 1) / whole);
          weighted(i, row);
          for (let j = 0; j < p; j++) row[j] *= f;
          lost(f, row, 0);
        }
        return;
      }
      const s = p + 1;
      const square = new Float64Array(s * s);
      for (const i of pattern.rows) {
        const f = (rows.weights ? rows.weights[i] : 1) / whole;
        weighted(i, row);
        row[p] = 1;
        for (let a = 0; a < s; a++) for (let b = 0; b <= a; b++) square[a * s + b] += f * row[a] * row[b];
      }
      const lower = semidefiniteFactor(square, s);
      for (let b = 0; b < s; b++) {
        for (let a = 0; a < p; a++) row[a] = lower[a * s + b];
        lost(lower[p * s + b], row, 0);
      }
    });
    if (filled > 0) flush();
    mirror(out, width);
    return out;
  }

  /** Mean of s_i s_iᵀ, s_i the rows' scores; weights count squared, and sums over clusters take the place of rows. */
  private firstOrder(): Float64Array {
    const { whitening: w, rows, width } = this;
    const { p, fixed, means } = w;
    const out = new Float64Array(width * width);
    const clusters = new Map<number, number>();
    if (rows.cluster) for (const number of rows.cluster) if (!clusters.has(number)) clusters.set(number, clusters.size);
    const count = rows.cluster ? clusters.size : CHUNK;
    const columns = new Float64Array(width * count);
    let filled = 0;
    const row = new Float64Array(p);
    const score = new Float64Array(width);
    const centre = new Float64Array(width);
    this.forPatterns((pattern, u, weighted) => {
      const k = pattern.missing.length;
      centre.fill(0);
      let at = means;
      for (let i = fixed; i < p; i++) centre[(at += i + 1) - 1] = -Math.SQRT1_2;
      for (let a = 0; a < k; a++) addPair(w, u, a * p, u, a * p, 0.5, centre, 0, 1);
      for (const i of pattern.rows) {
        weighted(i, row);
        score.set(centre);
        addMean(w, row, 0, 1, score, 0, 1);
        addPair(w, row, 0, row, 0, 0.5, score, 0, 1);
        const f = rows.weights ? rows.weights[i] : 1;
        const column = rows.cluster ? (clusters.get(rows.cluster[i]) as number) : filled++;
        for (let j = 0; j < width; j++) columns[j * count + column] += f * score[j];
        if (!rows.cluster && filled === count) {
          subtractProduct(columns, width, out);
          columns.fill(0);
          filled = 0;
        }
      }
    });
    subtractProduct(columns, width, out);
    // the usual small-sample factor of clustered sums
    const scale = -(rows.cluster ? count / (count - 1) : 1) / weightedCount(rows);
    for (let i = 0; i < out.length; i++) out[i] *= scale;
    mirror(out, width);
    return out;
  }
}

/** √share · (I − UUᵀ), which is its own square but for the share. */
function projectionOf(u: Float64Array, k: number, p: number, root: number): Float64Array {
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    out[i * p + i] = root;
    for (let a = 0; a < k; a++) for (let j = 0; j < p; j++) out[i * p + j] -= root * u[a * p + i] * u[a * p + j];
  }
  return out;
}

/** Subtracts XXᵀ from the lower triangle; X is width × (its length / width). */
function subtractProduct(x: Float64Array, width: number, out: Float64Array): void {
  const n = x.length / width;
  const four = new Float64Array(4);
  for (let i = 0; i < width; i++) {
    const blocks = i + 1 - ((i + 1) % 4);
    for (let j = 0; j < blocks; j += 4) {
      dotFour(x, i * n, x, j * n, n, n, four);
      for (let r = 0; r < 4; r++) out[i * width + j + r] -= four[r];
    }
    for (let j = blocks; j <= i; j++) out[i * width + j] -= dot(x, i * n, x, j * n, n);
  }
}

/** Null for a matrix that is not positive definite. */
function inverted(information: Float64Array, width: number): Float64Array | null {
  const factor = information.slice();
  if (cholesky(factor, width, 1e-10) >= 0) return null;
  const out = new Float64Array(width * width);
  choleskyInverse(factor, width, out, new Float64Array(width * width));
  return out;
}

/** A² of a symmetric matrix. */
function symmetricSquare(a: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  symmetricProduct(a, a, n, 1, 0, a, out, new Float64Array(4));
  return out;
}

function mirror(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j];
}
