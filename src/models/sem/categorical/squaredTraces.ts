import { axpy, dot } from '../../../numerics/dense/dot.js';
import { symmetricGram, TILE_STRIDE } from '../../../numerics/simd/symmetricGram.js';

/** One group's rows: √w_r times the influences of moment r is row r of Z, and T = ΔᵀWC. */
export interface TraceGroup {
  readonly n: number;
  /** Moments × n. */
  readonly influence: Float64Array;
  readonly roots: Float64Array;
  /** Moments that the model does not fit exactly whatever the data, ascending. */
  readonly kept: readonly number[];
  /** Moments that the independence model sets to 0, ascending. */
  readonly zero: readonly number[];
  /** LᵀT with LLᵀ the inverse information: parameters × n. */
  readonly turned: Float64Array;
}

/** tr((UΓ)²) of the model, and of the independence model. */
export interface SquaredTraces {
  readonly model: number;
  readonly baseline: number;
}

/**
 * With U = W − WΔE⁻¹ΔᵀW and Γ = CCᵀ/n: tr((UΓ)²) = Σ_ij k_ij²/N² over pairs of
 * rows, k_ij = (N/n_g) z_iᵀz_j − t_iᵀE⁻¹t_j (the first only within a group);
 * or, with M = Σ a aᵀ over a = [√(N/n_g) z; Lᵀt] and J = diag(1, −1),
 * tr((JM)²)/N²: whichever has the smaller matrix. The independence model's
 * U is the weight of the moments that it sets to 0, so that both share products.
 *
 * @param size parameters kept
 */
export function squaredTraces(groups: readonly TraceGroup[], size: number): SquaredTraces {
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const width = Math.max(...groups.map((group) => group.kept.length)) + size;
  return Math.max(...groups.map((group) => group.n)) < width && n < 2 * width ? byRows(groups, size, n) : byMoments(groups, size, n);
}

function byRows(groups: readonly TraceGroup[], size: number, n: number): SquaredTraces {
  const turned = symmetricGram(n, size, (tile, start, end) => {
    let row = 0;
    for (const group of groups) {
      for (let k = start; k < end; k++) for (let i = 0; i < group.n; i++) tile[(row + i) * TILE_STRIDE + k - start] = group.turned[k * group.n + i];
      row += group.n;
    }
  });
  // pairs of rows of different groups, and those of one group taken out again below
  let model = 0;
  for (const value of turned) model += value * value;
  let baseline = 0;
  let offset = 0;
  for (const group of groups) {
    const zero = new Set(group.zero);
    const kept = new Set(group.kept);
    const both = rowProducts(group, group.kept.filter((r) => zero.has(r)));
    const onlyModel = rowProducts(group, group.kept.filter((r) => !zero.has(r)));
    const onlyBaseline = rowProducts(group, group.zero.filter((r) => !kept.has(r)));
    const scale = n / group.n;
    for (let i = 0, at = 0; i < group.n; i++) {
      for (let j = 0; j < group.n; j++, at++) {
        const t = turned[(offset + i) * n + offset + j];
        const common = both ? both[at] : 0;
        const k = scale * (common + (onlyModel ? onlyModel[at] : 0)) - t;
        model += k * k - t * t;
        const b = common + (onlyBaseline ? onlyBaseline[at] : 0);
        baseline += (b * b) / group.n ** 2;
      }
    }
    offset += group.n;
  }
  return { model: model / n ** 2, baseline };
}

/** z_iᵀz_j over some moments, n × n; null without any. */
function rowProducts({ n, influence, roots }: TraceGroup, moments: readonly number[]): Float64Array | null {
  if (moments.length === 0) return null;
  return symmetricGram(n, moments.length, (tile, start, end) => {
    for (let k = start; k < end; k++) {
      const from = moments[k] * n;
      const root = roots[moments[k]];
      for (let i = 0, to = k - start; i < n; i++, to += TILE_STRIDE) tile[to] = root * influence[from + i];
    }
  });
}

function byMoments(groups: readonly TraceGroup[], size: number, n: number): SquaredTraces {
  const parameters = new Float64Array(size * size);
  let model = 0;
  let baseline = 0;
  for (const group of groups) {
    const kept = new Set(group.kept);
    const zero = new Set(group.zero);
    const used = [...new Set([...group.kept, ...group.zero])].sort((a, b) => a - b);
    const k = used.length;
    const width = k + size;
    const scale = n / group.n;
    const gram = symmetricGram(width, group.n, (tile, start, end) => {
      used.forEach((r, j) => {
        const root = Math.sqrt(scale) * group.roots[r];
        for (let i = start; i < end; i++) tile[j * TILE_STRIDE + i - start] = root * group.influence[r * group.n + i];
      });
      for (let j = 0; j < size; j++) tile.set(group.turned.subarray(j * group.n + start, j * group.n + end), (k + j) * TILE_STRIDE);
    });
    used.forEach((r, a) => {
      used.forEach((s, b) => {
        const square = gram[a * width + b] ** 2;
        if (kept.has(r) && kept.has(s)) model += square;
        if (zero.has(r) && zero.has(s)) baseline += square;
      });
      if (kept.has(r)) for (let b = k; b < width; b++) model -= 2 * gram[a * width + b] ** 2;
    });
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) parameters[a * size + b] += gram[(k + a) * width + k + b];
  }
  model += dot(parameters, 0, parameters, 0, parameters.length);
  return { model: model / n ** 2, baseline: baseline / n ** 2 };
}

/** LᵀT over the parameters kept: `lower` is L (kept × kept), `scores` T (all parameters × n). */
export function turnedScores(scores: Float64Array, n: number, kept: readonly number[], lower: Float64Array): Float64Array {
  const k = kept.length;
  const out = new Float64Array(k * n);
  for (let j = 0; j < k; j++) for (let a = 0; a <= j; a++) if (lower[j * k + a] !== 0) axpy(out, a * n, lower[j * k + a], scores, kept[j] * n, n);
  return out;
}
