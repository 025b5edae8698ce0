import { invertGeneral } from '../../../numerics/dense/lu.js';
import type { Derivatives } from '../implied/derivatives.js';
import { NO_MEAN, UNIT_MEAN } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { CategoricalMap } from './categoricalMap.js';
import { pairPlace, type MomentLayout } from './layout.js';

/** The state of a `CategoricalPart` that its derivatives depend on. */
export interface JacobianPoint {
  /** Moments given the exogenous variables, which have mean 0 and unit covariance. */
  readonly inner: ImpliedMoments;
  /** One value per row of the parameter table. */
  readonly values: Float64Array;
  readonly scale: Float64Array;
  /** Covariances of the latent responses given the exogenous variables, variables × variables. */
  readonly conditional: Float64Array;
}

/** Rows of a matrix by their elements that are not 0: row r has `column` (in any order) and `value` at start[r] … start[r + 1] − 1. */
export interface SparseRows {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/**
 * Δ = ∂(moments)/∂(free parameters) of a group with ordinal variables, by
 * columns: each parameter moves μ by a vector and Σ by a matrix of rank two
 * (`Derivatives`); from these follow, with Δ_v the scale of a variable,
 *
 *   ∂[Δ(τ − μ)],  ∂[ΔΠ],  ∂Σ_vv,  ∂[Δ_v Δ_w Σ_vw].
 */
export class MomentJacobian {
  /** ∂(moments)/∂θ of the parameters in `moving`, one row of moments each. */
  readonly byParameter: Float64Array;
  /** Parameters that move more than one threshold each. */
  readonly moving: Int32Array;
  /** Per parameter: 1 where it is a threshold (or several) and nothing else. */
  private readonly single: Uint8Array;
  private readonly entries: readonly (readonly number[])[];
  private readonly sigma: Float64Array;
  private readonly given: Float64Array;
  private readonly mean: Float64Array;
  private readonly scaleMove: Float64Array;
  private readonly a: Float64Array;
  private readonly b: Float64Array;
  private readonly support: Int32Array;

  constructor(private readonly d: Derivatives, private readonly position: Int32Array, private readonly map: CategoricalMap, private readonly layout: MomentLayout, private readonly p: number, q: number) {
    const entries = Array.from({ length: q }, (): number[] => []);
    for (let k = 0; k < d.count; k++) entries[d.position[k]].push(k);
    this.entries = entries;
    const rescaling = new Set(map.theta ? [] : map.variables.map(({ scaleRow }) => (scaleRow >= 0 ? position[scaleRow] : -1)));
    this.moving = Int32Array.from({ length: q }, (_, c) => c).filter((c) => entries[c].length > 0 || rescaling.has(c));
    this.single = new Uint8Array(q).fill(1);
    for (const c of this.moving) this.single[c] = 0;
    this.byParameter = new Float64Array(this.moving.length * layout.count);
    this.sigma = new Float64Array(p * p);
    this.given = new Float64Array(map.variables.length ** 2);
    this.mean = new Float64Array(p);
    this.scaleMove = new Float64Array(map.variables.length);
    this.a = new Float64Array(p);
    this.b = new Float64Array(p);
    this.support = new Int32Array(p);
  }

  update(point: JacobianPoint): void {
    const { map, position } = this;
    const { scale, inner } = point;
    this.byParameter.fill(0);
    const twins = this.twins(inner);
    const inverse = twins.length > 0 ? twinInverse(inner, twins.map((v) => map.variables[v].index)) : null;
    this.moving.forEach((c, at) => {
      this.sigma.fill(0);
      this.mean.fill(0);
      this.scaleMove.fill(0);
      for (const k of this.entries[c]) this.addEntry(k, inner);
      if (!map.theta) map.variables.forEach(({ scaleRow, ordinal }, v) => (this.scaleMove[v] = ordinal && scaleRow >= 0 && position[scaleRow] === c ? 1 : 0));
      if (inverse) this.followTwins(point, twins, inverse);
      this.condition(inner);
      if (map.theta) map.variables.forEach(({ ordinal }, v) => (this.scaleMove[v] = ordinal ? -0.5 * scale[v] ** 3 * this.given[v * map.variables.length + v] : 0));
      this.write(at, point);
      map.variables.forEach(({ thresholdRows }, v) => {
        for (let t = 0; t < thresholdRows.length; t++) if (position[thresholdRows[t]] === c) this.byParameter[at * this.layout.count + this.layout.location[v] + t] += scale[v];
      });
    });
  }

  /** Δ by moments, without its zeros: what `update` left, and the thresholds themselves. */
  byMoments(scale: Float64Array): SparseRows {
    const { map, position, layout, byParameter, moving } = this;
    const { count } = layout;
    const start = new Int32Array(count + 1);
    map.variables.forEach(({ thresholdRows }, v) => {
      for (let t = 0; t < thresholdRows.length; t++) if (this.single[position[thresholdRows[t]]]) start[layout.location[v] + t + 1]++;
    });
    for (let c = 0, at = 0; c < moving.length; c++) for (let r = 0; r < count; r++, at++) if (byParameter[at] !== 0) start[r + 1]++;
    for (let r = 0; r < count; r++) start[r + 1] += start[r];
    const next = start.slice(0, count);
    const column = new Int32Array(start[count]);
    const value = new Float64Array(start[count]);
    const put = (r: number, c: number, v: number): void => {
      column[next[r]] = c;
      value[next[r]++] = v;
    };
    for (let k = 0, at = 0; k < moving.length; k++) for (let r = 0; r < count; r++, at++) if (byParameter[at] !== 0) put(r, moving[k], byParameter[at]);
    map.variables.forEach(({ thresholdRows }, v) => {
      for (let t = 0; t < thresholdRows.length; t++) if (this.single[position[thresholdRows[t]]]) put(layout.location[v] + t, position[thresholdRows[t]], scale[v]);
    });
    return { start, column, value };
  }

  /** Adds the k-th derivative to ∂Σ and ∂μ. */
  private addEntry(k: number, inner: ImpliedMoments): void {
    const { d, p, sigma, mean, a, b, support } = this;
    fillVector(d.a[k], inner, a);
    if (d.mean[k] !== NO_MEAN) {
      const c = d.mean[k] === UNIT_MEAN ? 1 : inner.kappa[d.mean[k]];
      if (c !== 0) for (let i = 0; i < p; i++) mean[i] += c * a[i];
    }
    const w = d.w[k];
    if (w === 0) return;
    fillVector(d.b[k], inner, b);
    let count = 0;
    for (let j = 0; j < p; j++) if (b[j] !== 0) support[count++] = j;
    for (let i = 0; i < p; i++) {
      const left = w * a[i];
      if (left === 0) continue;
      for (let s = 0; s < count; s++) {
        const j = support[s];
        const value = left * b[j];
        sigma[i * p + j] += value;
        sigma[j * p + i] += value;
      }
    }
  }

  /** Ordinal variables that explain others, so that their residual variance moves what they explain. */
  private twins({ structure: { m, twin }, gamma }: ImpliedMoments): readonly number[] {
    const { map } = this;
    if (map.theta) return [];
    const twins = map.variables.flatMap(({ ordinal, index }, v) => (ordinal && twin[index] >= 0 ? [v] : []));
    const reach = twins.some((v) => map.variables.some((other) => other.index !== map.variables[v].index && gamma[other.index * m + twin[map.variables[v].index]] !== 0));
    return reach ? twins : [];
  }

  /**
   * Delta scaling holds Σ_ii of ordinal variables: where such a variable
   * explains others, its residual variance ψ moves with the parameters, and
   * with it Σ_ab by γ_a γ_b dψ.
   */
  private followTwins({ inner, scale }: JacobianPoint, twins: readonly number[], inverse: Float64Array): void {
    const { map, p, sigma, scaleMove } = this;
    const { m, twin } = inner.structure;
    const k = twins.length;
    const need = twins.map((v) => {
      const { index } = map.variables[v];
      let sum = -sigma[index * p + index];
      for (const x of map.exogenous) sum += 2 * inner.gamma[index * m + twin[x]] * sigma[index * p + x];
      return sum - (2 * scaleMove[v]) / scale[v] ** 3;
    });
    for (let r = 0; r < k; r++) {
      let move = 0;
      for (let s = 0; s < k; s++) move += inverse[r * k + s] * need[s];
      const column = twin[map.variables[twins[r]].index];
      if (move !== 0) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sigma[i * p + j] += move * inner.gamma[i * m + column] * inner.gamma[j * m + column];
    }
  }

  /** ∂Σ given x: less what moves with the slopes Π = γ_x. */
  private condition(inner: ImpliedMoments): void {
    const { map, p, sigma, given } = this;
    const { m, twin } = inner.structure;
    const k = map.variables.length;
    for (let v = 0; v < k; v++) {
      const i = map.variables[v].index;
      for (let w = 0; w <= v; w++) {
        const j = map.variables[w].index;
        let value = sigma[i * p + j];
        for (const x of map.exogenous) value -= inner.gamma[j * m + twin[x]] * sigma[i * p + x] + inner.gamma[i * m + twin[x]] * sigma[j * p + x];
        given[v * k + w] = given[w * k + v] = value;
      }
    }
  }

  private write(at: number, { inner, values, scale, conditional }: JacobianPoint): void {
    const { map, layout, p, sigma, given, mean, scaleMove, byParameter } = this;
    const { m, twin } = inner.structure;
    const out = at * layout.count;
    const k = map.variables.length;
    for (let v = 0; v < k; v++) {
      const { index, ordinal, thresholdRows } = map.variables[v];
      const from = out + layout.location[v];
      if (ordinal) for (let t = 0; t < thresholdRows.length; t++) byParameter[from + t] = scaleMove[v] * (values[thresholdRows[t]] - inner.mu[index]) - scale[v] * mean[index];
      else byParameter[from] = mean[index];
      for (let j = 0; j < map.exogenous.length; j++) {
        const x = map.exogenous[j];
        byParameter[out + layout.slopes + v * layout.exogenous + j] = scale[v] * sigma[index * p + x] + scaleMove[v] * inner.gamma[index * m + twin[x]];
      }
      if (layout.variance[v] >= 0) byParameter[out + layout.variance[v]] = given[v * k + v];
      let to = out + pairPlace(layout, v, v + 1);
      for (let w = v + 1; w < k; w++) byParameter[to++] = scale[v] * scale[w] * given[v * k + w] + (scaleMove[v] * scale[w] + scale[v] * scaleMove[w]) * conditional[v * k + w];
    }
  }
}

/** The derivative vector with an index: e_i, Γ_j or (ΛΦ)_j. */
function fillVector(index: number, { structure: { p, m }, gamma, lambdaPhi }: ImpliedMoments, out: Float64Array): void {
  if (index < p) {
    out.fill(0);
    out[index] = 1;
  } else if (index < p + m) for (let i = 0; i < p; i++) out[i] = gamma[i * m + index - p];
  else for (let i = 0; i < p; i++) out[i] = lambdaPhi[i * m + index - p - m];
}

/** Inverse of ∂Σ_ii/∂ψ_k = γ_ik² among ordinal variables with a latent twin. */
export function twinInverse(implied: ImpliedMoments, index: readonly number[]): Float64Array | null {
  const { m, twin } = implied.structure;
  const k = index.length;
  const matrix = new Float64Array(k * k);
  index.forEach((i, r) => index.forEach((j, c) => (matrix[r * k + c] = implied.gamma[i * m + twin[j]] ** 2)));
  const inverse = new Float64Array(k * k);
  return invertGeneral(matrix, k, inverse) ? inverse : null;
}
