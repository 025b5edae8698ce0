import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { axpy, dot } from '../../../numerics/dense/dot.js';
import { multiplyTransposed, symmetricProduct } from '../../../numerics/dense/product.js';
import type { Derivatives } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import { ALPHA, BETA, LAMBDA, NU, PSI, THETA, type GroupStructure } from '../structure/modelStructure.js';
import type { GroupSample } from './normalTheory.js';

/** A residual variance below this share of the sample variance makes Θ⁻¹ too large to compute with. */
const SMALLEST_RESIDUAL = 1e-6;

/** Rows of Λ that Θ ties together, and where W = Θ⁻¹Λ can differ from zero. */
interface FactorPattern {
  /** Rows of each block of Θ; most have one. */
  readonly blocks: readonly Int32Array[];
  /** Latent variables that Λ has a column for, k of them, and the index among them per latent variable (or −1). */
  readonly measured: Int32Array;
  readonly indexOf: Int32Array;
  /** Entries of W row by row: columns among the k. */
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  /** The same entries column by column: their rows, and their places in the order by rows. */
  readonly columnStart: Int32Array;
  readonly columnRow: Int32Array;
  readonly columnEntry: Int32Array;
  /** Places x·k + y of a k × k matrix where two entries of a block's rows meet. */
  readonly pairs: Int32Array;
}

/**
 * Maximum likelihood of one group where Θ is positive definite and block
 * diagonal, without forming Σ (p × p): with W = Θ⁻¹Λ, C = ΛᵀW = KKᵀ,
 * G = I + KᵀΦK and D = (Φ⁻¹ + C)⁻¹ = K⁻ᵀ(I − G⁻¹)K⁻¹ over the k measured latent
 * variables,
 *
 *   Σ⁻¹ = Θ⁻¹ − WDWᵀ,   |Σ| = |Θ| |G|,
 *   F = ln|Θ| + ln|G| − ln|S| + tr(TΘ⁻¹) − tr(DA) − p,   A = WᵀTW,  T = S + rrᵀ,
 *
 * and with Ω = Σ⁻¹ − Σ⁻¹TΣ⁻¹, M = I − DC, B = Θ⁻¹TW,
 *
 *   ΩΛΦ = WE − BD,  E = D + DAD,   ΛᵀΩΛ = CM − MᵀAM = ZM,  Z = C − A + CDA,
 *   Ω_ij = (Θ⁻¹ − Θ⁻¹TΘ⁻¹)_ij − W_iEW_jᵀ + (BD)_iW_jᵀ + W_i(BD)_jᵀ.
 *
 * One evaluation with its gradient costs of the order of p·|W| + k³ instead of p³.
 *
 * @see Lawley & Maxwell (1971), Factor Analysis as a Statistical Method, chapter 4; Woodbury (1950)
 */
export class FactorLikelihood {
  private readonly pattern: FactorPattern;
  private readonly k: number;
  private readonly w: Float64Array;
  /** Θ⁻¹ of each block, and the sum of T's block against it. */
  private readonly inverses: readonly Float64Array[];
  private readonly blockScratch: Float64Array;
  private readonly c: Float64Array;
  private readonly upper: Float64Array;
  private readonly g: Float64Array;
  private readonly d: Float64Array;
  private readonly phi: Float64Array;
  private readonly q: Float64Array;
  private readonly qt: Float64Array;
  private readonly a: Float64Array;
  private readonly ad: Float64Array;
  private readonly da: Float64Array;
  private readonly e: Float64Array;
  private readonly one: Float64Array;
  private readonly two: Float64Array;
  private readonly core: Float64Array;
  private readonly four: Float64Array = new Float64Array(4);
  private readonly weights: Float64Array;
  private readonly spread: Float64Array;
  /** QD and BD at the entries of W. */
  private readonly qd: Float64Array;
  private readonly bd: Float64Array;
  private readonly dwr: Float64Array;
  private readonly residual: Float64Array;
  private readonly drift: Float64Array;
  private readonly wr: Float64Array;
  /** Diagonals of ΓᵀΣ⁻¹Γ and (ΛΦ)ᵀΣ⁻¹ΛΦ. */
  private readonly precisions: Float64Array;
  private readonly variances: Float64Array;
  private readonly blockOf: Int32Array;
  private readonly placeOf: Int32Array;

  /** @param logDetSample ln|S| of the sample as it is now. */
  constructor(private readonly implied: ImpliedMoments, private readonly sample: GroupSample, private readonly means: boolean, private readonly logDetSample: () => number | null) {
    const { p, m } = implied.structure;
    const pattern = factorPattern(implied.structure);
    const k = pattern.measured.length;
    this.pattern = pattern;
    this.k = k;
    this.w = new Float64Array(pattern.column.length);
    this.inverses = pattern.blocks.map((rows) => new Float64Array(rows.length ** 2));
    this.blockOf = new Int32Array(p);
    this.placeOf = new Int32Array(p);
    pattern.blocks.forEach((rows, block) => rows.forEach((row, place) => {
      this.blockOf[row] = block;
      this.placeOf[row] = place;
    }));
    const largest = Math.max(...pattern.blocks.map((rows) => rows.length ** 2), k * k);
    this.blockScratch = new Float64Array(2 * largest);
    const square = (): Float64Array => new Float64Array(k * k);
    [this.c, this.upper, this.g, this.d, this.phi, this.a, this.ad, this.da, this.e, this.one, this.two, this.core] = Array.from({ length: 12 }, square);
    this.weights = new Float64Array(pattern.column.length);
    this.q = new Float64Array(p * k);
    this.qt = new Float64Array(p * k);
    this.qd = new Float64Array(pattern.column.length);
    this.bd = new Float64Array(pattern.column.length);
    this.dwr = new Float64Array(k);
    this.spread = new Float64Array(k * m);
    this.residual = new Float64Array(p);
    this.drift = new Float64Array(p);
    this.wr = new Float64Array(k);
    this.precisions = new Float64Array(m);
    this.variances = new Float64Array(m);
  }

  /** F at the cells and latent moments as they are, or null where Θ or Σ is not safely positive definite. */
  value(): number | null {
    const { implied, sample, pattern, k, w, weights, c, upper, g, d, phi, a, q, qt, residual, wr, means, one, two, four } = this;
    const { lambda, mu, structure } = implied;
    const { p, m } = structure;
    const { rowStart, column, columnStart, columnRow, columnEntry, measured } = pattern;
    const s = sample.covariance;
    const logResidual = this.invertResiduals();
    if (logResidual === null) return null;
    this.weigh();
    for (let e = 0; e < weights.length; e++) weights[e] = w[columnEntry[e]];
    c.fill(0);
    for (let i = 0; i < p; i++) {
      const from = rowStart[i];
      const to = rowStart[i + 1];
      for (let e = from; e < to; e++) {
        const loading = lambda[i * m + measured[column[e]]];
        if (loading !== 0) for (let f = from; f < to; f++) c[column[e] * k + column[f]] += loading * w[f];
      }
    }
    for (let x = 0; x < k; x++) for (let y = 0; y < k; y++) phi[x * k + y] = implied.phi[measured[x] * m + measured[y]];
    // Kᵀ, then KᵀΦ and G = I + (KᵀΦ)K
    one.set(c);
    if (cholesky(one, k) >= 0) return null;
    for (let x = 0; x < k; x++) for (let y = 0; y <= x; y++) upper[y * k + x] = one[x * k + y];
    multiplyTransposed(upper, phi, k, two, four);
    symmetricProduct(two, upper, k, 1, 0, two, g, four);
    for (let x = 0; x < k; x++) g[x * k + x] += 1;
    if (cholesky(g, k) >= 0) return null;
    const logDet = logDeterminant(g, k);
    // U = H⁻¹KᵀΦ, column by column
    for (let y = 0; y < k; y++) for (let x = 0; x < k; x++) one[y * k + x] = (two[x * k + y] - dot(g, x * k, one, y * k, x)) / g[x * k + x];
    symmetricProduct(one, one, k, -1, 1, phi, d, four);
    let trace = 0;
    if (means) {
      for (let i = 0; i < p; i++) residual[i] = sample.mean[i] - mu[i];
      for (let y = 0; y < k; y++) {
        let sum = 0;
        for (let e = columnStart[y]; e < columnStart[y + 1]; e++) sum += weights[e] * residual[columnRow[e]];
        wr[y] = sum;
      }
    }
    // Q = TW, made by columns: S is symmetric, so each entry of W adds a row of it
    qt.fill(0);
    for (let y = 0; y < k; y++) {
      for (let e = columnStart[y]; e < columnStart[y + 1]; e++) axpy(qt, y * p, weights[e], s, columnRow[e] * p, p);
      if (means) axpy(qt, y * p, wr[y], residual, 0, p);
    }
    for (let i = 0; i < p; i++) for (let y = 0; y < k; y++) q[i * k + y] = qt[y * p + i];
    a.fill(0);
    for (let i = 0; i < p; i++) {
      for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
        const weight = w[e];
        const to = column[e] * k;
        for (let y = 0; y < k; y++) a[to + y] += weight * q[i * k + y];
      }
    }
    trace += this.residualTrace();
    for (let x = 0; x < k * k; x++) trace -= d[x] * a[x];
    const value = logResidual + logDet - (this.logDetSample() ?? 0) + trace - p;
    return Number.isFinite(value) ? value : null;
  }

  /** Adds weight · ½ ∂F at the point whose value was asked for last. */
  addGradient(cells: Derivatives, weight: number, out: Float64Array): void {
    const { implied, k, e: reach, w, bd, core, spread, pattern, drift, means } = this;
    const { kappa, phi, effects, structure } = implied;
    const { m, regressions } = structure;
    const { measured, indexOf, rowStart, column } = pattern;
    this.differentiate();
    for (let cell = 0; cell < cells.count; cell++) {
      const i = cells.row[cell];
      const j = cells.column[cell];
      let value = 0;
      switch (cells.matrix[cell]) {
        case LAMBDA: {
          const to = indexOf[j];
          for (let at = rowStart[i]; at < rowStart[i + 1]; at++) value += column[at] === to ? w[at] * reach[to * k + to] - bd[at] : w[at] * reach[column[at] * k + to];
          if (means) value -= kappa[j] * drift[i];
          break;
        }
        case THETA:
          value = cells.w[cell] * this.omega(i, j);
          break;
        case PSI:
          if (!regressions) value = indexOf[i] < 0 || indexOf[j] < 0 ? 0 : core[indexOf[i] * k + indexOf[j]];
          else for (let y = 0; y < k; y++) value += effects[measured[y] * m + i] * spread[j * k + y];
          value *= cells.w[cell];
          break;
        case BETA:
          for (let y = 0; y < k; y++) value += phi[measured[y] * m + j] * spread[i * k + y];
          if (means) value -= kappa[j] * this.latentDrift(i);
          break;
        case NU:
          value = means ? -drift[i] : 0;
          break;
        case ALPHA:
          value = means ? -this.latentDrift(i) : 0;
          break;
      }
      out[cells.position[cell]] += weight * value;
    }
  }

  /**
   * Adds weight times the diagonal of the expected information per cell at the
   * point whose gradient was asked for last, ½ tr(Σ⁻¹∂Σ Σ⁻¹∂Σ) + ∂μᵀΣ⁻¹∂μ, with
   * Σ⁻¹ΛΦ = WD and (ΛΦ)ᵀΣ⁻¹ΛΦ = Φ − D.
   */
  addInformationDiagonal(cells: Derivatives, weight: number, out: Float64Array): void {
    const { implied, k, c, d, w, one, two, pattern, means, four } = this;
    const { kappa, phi, effects, structure } = implied;
    const { m, regressions } = structure;
    const { measured, indexOf, rowStart, column } = pattern;
    // ΛᵀΣ⁻¹Λ = C − CDC
    multiplyTransposed(c, d, k, one, four);
    symmetricProduct(one, c, k, -1, 1, c, two, four);
    /** Inner product of the latent columns i of `left` and j of `right` (m × m) under ΛᵀΣ⁻¹Λ. */
    const form = (left: Float64Array, i: number, right: Float64Array, j: number): number => {
      let sum = 0;
      for (let x = 0; x < k; x++) {
        const factor = left[measured[x] * m + i];
        if (factor !== 0) for (let y = 0; y < k; y++) sum += factor * two[x * k + y] * right[measured[y] * m + j];
      }
      return sum;
    };
    const gamma = (i: number, j: number): number => {
      if (regressions) return form(effects, i, effects, j);
      return indexOf[i] < 0 || indexOf[j] < 0 ? 0 : two[indexOf[i] * k + indexOf[j]];
    };
    const { variances, precisions } = this;
    for (let j = 0; j < m; j++) {
      precisions[j] = gamma(j, j);
      variances[j] = indexOf[j] < 0 ? form(phi, j, phi, j) : phi[j * m + j] - d[indexOf[j] * k + indexOf[j]];
    }
    const precision = (i: number): number => this.precision(i, i);
    for (let cell = 0; cell < cells.count; cell++) {
      const i = cells.row[cell];
      const j = cells.column[cell];
      let value = 0;
      switch (cells.matrix[cell]) {
        case LAMBDA:
          for (let at = rowStart[i]; at < rowStart[i + 1]; at++) value += w[at] * d[column[at] * k + indexOf[j]];
          value = precision(i) * variances[j] + value * value;
          if (means) value += kappa[j] ** 2 * precision(i);
          break;
        case THETA:
          value = cells.w[cell] ** 2 * (precision(i) * precision(j) + this.precision(i, j) ** 2);
          break;
        case PSI:
          value = cells.w[cell] ** 2 * (precisions[i] * precisions[j] + gamma(i, j) ** 2);
          break;
        case BETA:
          value = precisions[i] * variances[j] + form(effects, i, phi, j) ** 2;
          if (means) value += kappa[j] ** 2 * precisions[i];
          break;
        case NU:
          value = means ? precision(i) : 0;
          break;
        case ALPHA:
          value = means ? precisions[i] : 0;
          break;
      }
      out[cells.position[cell]] += weight * value;
    }
  }

  /** (Σ⁻¹)_ij for rows of one block of Θ. */
  private precision(i: number, j: number): number {
    const { pattern, inverses, k, d, w, blockOf, placeOf } = this;
    const { rowStart, column } = pattern;
    let value = inverses[blockOf[i]][placeOf[i] * pattern.blocks[blockOf[i]].length + placeOf[j]];
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) for (let f = rowStart[j]; f < rowStart[j + 1]; f++) value -= w[e] * w[f] * d[column[e] * k + column[f]];
    return value;
  }

  /** Θ⁻¹ block by block; ln|Θ|, or null where a block is not safely positive definite. */
  private invertResiduals(): number | null {
    const { pattern, inverses, blockScratch, sample } = this;
    const { theta, structure } = this.implied;
    const { p } = structure;
    let logDet = 0;
    for (let at = 0; at < inverses.length; at++) {
      const rows = pattern.blocks[at];
      const size = rows.length;
      for (let i = 0; i < size; i++) if (!(theta[rows[i] * p + rows[i]] > SMALLEST_RESIDUAL * sample.covariance[rows[i] * p + rows[i]])) return null;
      if (size === 1) {
        const value = theta[rows[0] * p + rows[0]];
        inverses[at][0] = 1 / value;
        logDet += Math.log(value);
        continue;
      }
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) blockScratch[i * size + j] = theta[rows[i] * p + rows[j]];
      if (cholesky(blockScratch, size, SMALLEST_RESIDUAL) >= 0) return null;
      logDet += logDeterminant(blockScratch, size);
      choleskyInverse(blockScratch, size, inverses[at], blockScratch.subarray(size * size));
    }
    return logDet;
  }

  /** W = Θ⁻¹Λ. */
  private weigh(): void {
    const { pattern, inverses, w } = this;
    const { lambda, structure } = this.implied;
    const { m } = structure;
    const { blocks, rowStart, column, measured } = pattern;
    for (let at = 0; at < blocks.length; at++) {
      const rows = blocks[at];
      const size = rows.length;
      const inverse = inverses[at];
      for (let i = 0; i < size; i++) {
        for (let e = rowStart[rows[i]]; e < rowStart[rows[i] + 1]; e++) {
          let sum = 0;
          for (let j = 0; j < size; j++) sum += inverse[i * size + j] * lambda[rows[j] * m + measured[column[e]]];
          w[e] = sum;
        }
      }
    }
  }

  /** tr(TΘ⁻¹). */
  private residualTrace(): number {
    const { pattern, inverses, sample, residual, means } = this;
    const { p } = this.implied.structure;
    let trace = 0;
    for (let at = 0; at < inverses.length; at++) {
      const rows = pattern.blocks[at];
      const size = rows.length;
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const t = sample.covariance[rows[i] * p + rows[j]] + (means ? residual[rows[i]] * residual[rows[j]] : 0);
          trace += inverses[at][i * size + j] * t;
        }
      }
    }
    return trace;
  }

  /** What the gradient is made of: E where entries of W meet, ΛᵀΩΛ, BD at the entries of W, and ω. */
  private differentiate(): void {
    const { implied, pattern, k, c, d, a, ad, da, e: reach, one, two, core, spread, qd, bd, q, w, inverses, drift, residual, wr, dwr, means, four } = this;
    const { effects, structure } = implied;
    const { m, regressions } = structure;
    const { blocks, rowStart, column, measured } = pattern;
    multiplyTransposed(a, d, k, ad, four);
    for (let x = 0; x < k; x++) for (let y = 0; y < k; y++) da[x * k + y] = ad[y * k + x];
    for (const pair of pattern.pairs) {
      const x = (pair / k) | 0;
      const y = pair - x * k;
      reach[pair] = d[pair] + dot(da, x * k, d, y * k, k);
    }
    // Z = C − A + C(AD)ᵀ, ΛᵀΩΛ = Z − (ZD)C
    multiplyTransposed(c, ad, k, one, four);
    for (let x = 0; x < k * k; x++) one[x] += c[x] - a[x];
    multiplyTransposed(one, d, k, two, four);
    symmetricProduct(two, c, k, -1, 1, one, core, four);
    if (regressions) {
      // (ΛᵀΩΛ)A₁, kept by columns; most effects are zero
      spread.fill(0);
      for (let y = 0; y < k; y++) {
        const from = measured[y] * m;
        for (let j = 0; j < m; j++) {
          const effect = effects[from + j];
          if (effect !== 0) for (let x = 0; x < k; x++) spread[j * k + x] += core[y * k + x] * effect;
        }
      }
    }
    if (means) for (let y = 0; y < k; y++) dwr[y] = dot(d, y * k, wr, 0, k);
    for (let at = 0; at < blocks.length; at++) {
      const rows = blocks[at];
      const size = rows.length;
      const inverse = inverses[at];
      for (let i = 0; i < size; i++) {
        const row = rows[i];
        for (let f = rowStart[row]; f < rowStart[row + 1]; f++) qd[f] = dot(q, row * k, d, column[f] * k, k);
      }
      // rows of a block have the same columns, in the same order
      for (let i = 0; i < size; i++) {
        const from = rowStart[rows[i]];
        const width = rowStart[rows[i] + 1] - from;
        for (let f = 0; f < width; f++) {
          let sum = 0;
          for (let j = 0; j < size; j++) sum += inverse[i * size + j] * qd[rowStart[rows[j]] + f];
          bd[from + f] = sum;
        }
        if (!means) continue;
        // ω = Θ⁻¹r − WDWᵀr
        let sum = 0;
        for (let j = 0; j < size; j++) sum += inverse[i * size + j] * residual[rows[j]];
        for (let f = from; f < from + width; f++) sum -= w[f] * dwr[column[f]];
        drift[rows[i]] = sum;
      }
    }
  }

  /** Ω_ij for rows of one block of Θ. */
  private omega(i: number, j: number): number {
    const { pattern, inverses, sample, residual, means, k, bd, w, e: reach, blockOf, placeOf } = this;
    const { p } = this.implied.structure;
    const { rowStart, column } = pattern;
    const rows = pattern.blocks[blockOf[i]];
    const inverse = inverses[blockOf[i]];
    const size = rows.length;
    const x = placeOf[i] * size;
    const y = placeOf[j] * size;
    const [from, other, width] = [rowStart[i], rowStart[j], rowStart[i + 1] - rowStart[i]];
    let value = inverse[x + placeOf[j]];
    for (let u = 0; u < size; u++) {
      for (let v = 0; v < size; v++) {
        const t = sample.covariance[rows[u] * p + rows[v]] + (means ? residual[rows[u]] * residual[rows[v]] : 0);
        value -= inverse[x + u] * t * inverse[y + v];
      }
    }
    for (let f = 0; f < width; f++) {
      value += bd[from + f] * w[other + f] + w[from + f] * bd[other + f];
      for (let g = 0; g < width; g++) value -= w[from + f] * w[other + g] * reach[column[from + f] * k + column[other + g]];
    }
    return value;
  }

  /** (Γᵀω)_i. */
  private latentDrift(i: number): number {
    const { drift, implied } = this;
    const { lambda, effects, structure } = implied;
    const { p, m, loadingStart, loadingColumn } = structure;
    let sum = 0;
    for (let row = 0; row < p; row++) for (let e = loadingStart[row]; e < loadingStart[row + 1]; e++) sum += drift[row] * lambda[row * m + loadingColumn[e]] * effects[loadingColumn[e] * m + i];
    return sum;
  }
}

/** Whether every observed variable has a residual of its own, and Θ falls into blocks small enough to pay. */
export function hasFactorForm(structure: GroupStructure): boolean {
  const { p, cells, twin } = structure;
  if (twin.some((column) => column >= 0)) return false;
  const own = new Set(cells.filter((cell) => cell.matrix === THETA && cell.row === cell.column).map((cell) => cell.row));
  if (own.size < p) return false;
  const pattern = factorPattern(structure);
  const work = pattern.blocks.reduce((sum, rows) => sum + rows.length ** 3, 0) + 8 * pattern.measured.length ** 3 + p * pattern.column.length;
  return pattern.measured.length > 0 && work < 2 * p ** 3;
}

function factorPattern(structure: GroupStructure): FactorPattern {
  const { p, m, cells, loadingStart, loadingColumn } = structure;
  const owner = Array.from({ length: p }, (_, i) => i);
  const find = (i: number): number => (owner[i] === i ? i : find(owner[i]));
  for (const cell of cells) if (cell.matrix === THETA && cell.row !== cell.column) owner[find(cell.row)] = find(cell.column);
  const members = new Map<number, number[]>();
  for (let i = 0; i < p; i++) members.set(find(i), [...(members.get(find(i)) ?? []), i]);
  const blocks = [...members.values()].map((rows) => Int32Array.from(rows));
  const measured = [...new Set(loadingColumn)].sort((x, y) => x - y);
  const indexOf = new Int32Array(m).fill(-1);
  measured.forEach((latent, at) => (indexOf[latent] = at));
  const columnsOf: number[][] = Array.from({ length: p }, () => []);
  for (const rows of blocks) {
    const columns = [...new Set([...rows].flatMap((row) => [...loadingColumn.subarray(loadingStart[row], loadingStart[row + 1])].map((latent) => indexOf[latent])))].sort((x, y) => x - y);
    for (const row of rows) columnsOf[row] = columns;
  }
  const pairs = new Set(columnsOf.flatMap((columns) => columns.flatMap((x) => columns.map((y) => x * measured.length + y))));
  const rowStart = new Int32Array(p + 1);
  columnsOf.forEach((columns, i) => (rowStart[i + 1] = rowStart[i] + columns.length));
  const column = Int32Array.from(columnsOf.flat());
  const order = Array.from(column, (_, e) => e).sort((x, y) => column[x] - column[y] || x - y);
  const rowOf = Int32Array.from(columnsOf.flatMap((columns, i) => columns.map(() => i)));
  const columnStart = new Int32Array(measured.length + 1);
  for (const at of column) columnStart[at + 1]++;
  for (let y = 0; y < measured.length; y++) columnStart[y + 1] += columnStart[y];
  return { blocks, measured: Int32Array.from(measured), indexOf, rowStart, column, columnStart, columnRow: Int32Array.from(order, (e) => rowOf[e]), columnEntry: Int32Array.from(order), pairs: Int32Array.from(pairs) };
}
