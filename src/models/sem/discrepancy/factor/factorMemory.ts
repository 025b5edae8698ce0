import { plannedArrays } from '../../../../numerics/simd/plannedArrays.js';
import type { Room } from '../../../../numerics/simd/wasmInstance.js';
import { padded, type FactorPattern } from './factorPattern.js';

/**
 * Everything that an evaluation in factor form reads and writes, in one stretch
 * of memory, so that the same arrays serve the plain kernel and the one in
 * WebAssembly. Orders are padded to multiples of four: `ps` rows and columns of
 * the sample covariances, `ks` of the latent variables. What is padded is zero,
 * but for ones on the diagonal of C.
 *
 * The words in front are `Plan` of factor.c: sizes, then the address of each
 * array in the order below.
 */
export class FactorMemory {
  readonly p: number;
  readonly ps: number;
  readonly k: number;
  readonly ks: number;
  readonly entries: number;
  readonly blocks: number;
  /** Whether K is diagonal: each item measures one latent variable, and no residual covariance joins two. */
  readonly diagonal: boolean;
  /** S, ps × ps, and the smallest residual variances that are computed with. */
  readonly covariance: Float64Array;
  readonly limit: Float64Array;
  /** r = m − μ. */
  readonly residual: Float64Array;
  /** Λ at the entries of W; Θ block by block. */
  readonly lambda: Float64Array;
  readonly theta: Float64Array;
  readonly phi: Float64Array;
  readonly inverse: Float64Array;
  readonly w: Float64Array;
  readonly c: Float64Array;
  /** K of C = KKᵀ, and the reciprocals of its diagonal. */
  readonly factor: Float64Array;
  readonly reciprocal: Float64Array;
  /** H = (I + KᵀΦK)⁻¹ and Ã = K⁻¹AK⁻ᵀ. */
  readonly h: Float64Array;
  readonly a: Float64Array;
  /** Q = TW by rows (p × ks) and by columns (ks × ps). */
  readonly q: Float64Array;
  readonly qt: Float64Array;
  readonly wr: Float64Array;
  readonly v: Float64Array;
  readonly x: Float64Array;
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** ΛᵀΩΛ. */
  readonly core: Float64Array;
  readonly dwr: Float64Array;
  /** QD and BD at the entries of W. */
  readonly qd: Float64Array;
  readonly bd: Float64Array;
  /** ½∂F/∂Λ without means at the entries of W. */
  readonly slope: Float64Array;
  /** Ω block by block. */
  readonly omega: Float64Array;
  /** ω. */
  readonly drift: Float64Array;
  readonly scratch: Float64Array;
  /** ln|Θ| + ln|G| and tr(TΘ⁻¹) − tr(DA). */
  readonly result: Float64Array;
  /** Rows of the blocks one after the other, and where each block begins there. */
  readonly blockStart: Int32Array;
  readonly blockRow: Int32Array;
  readonly blockAt: Int32Array;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly columnStart: Int32Array;
  readonly columnRow: Int32Array;
  readonly columnEntry: Int32Array;
  readonly factorStart: Int32Array;
  readonly factorColumn: Int32Array;
  /** Where the plan begins. */
  readonly address: number;

  constructor(pattern: FactorPattern, readonly means: boolean, allocate: (bytes: number) => Room) {
    const { p, k, blocks } = pattern;
    const [ps, ks, entries] = [padded(p), padded(k), pattern.column.length];
    const residuals = pattern.blockAt[blocks.length];
    const largest = Math.max(...blocks.map((rows) => rows.length ** 2));
    const square = ks * ks;
    const doubles = [ps * ps, p, ps, entries, residuals, square, residuals, entries, square, square, ks, square, square, p * ks, ks * ps, ks, square, square, square, square, square, ks, entries, entries, entries, residuals, p, Math.max(2 * largest, ks), 2];
    let blockEnd = 0;
    const blockStart = [0, ...blocks.map((rows) => (blockEnd += rows.length))];
    const indices = [blockStart, blocks.flatMap((rows) => [...rows]), pattern.blockAt, pattern.rowStart, pattern.column, pattern.columnStart, pattern.columnRow, pattern.columnEntry, pattern.factorStart, pattern.factorColumn];
    const diagonal = pattern.factorColumn.length === 0;
    const sizes = [p, ps, k, ks, blocks.length, means ? 1 : 0, diagonal ? 1 : 0];
    const planned = plannedArrays({ sizes, doubles, indices }, allocate);
    this.address = planned.address;
    [this.p, this.ps, this.k, this.ks, this.blocks] = sizes;
    this.entries = entries;
    this.diagonal = diagonal;
    [this.covariance, this.limit, this.residual, this.lambda, this.theta, this.phi, this.inverse, this.w, this.c, this.factor, this.reciprocal, this.h, this.a, this.q, this.qt, this.wr, this.v, this.x, this.d, this.e, this.core, this.dwr, this.qd, this.bd, this.slope, this.omega, this.drift, this.scratch, this.result] = planned.doubles;
    [this.blockStart, this.blockRow, this.blockAt, this.rowStart, this.column, this.columnStart, this.columnRow, this.columnEntry, this.factorStart, this.factorColumn] = planned.indices;
  }
}
