import { axpy } from '../../../numerics/dense/dot.js';
import type { GroupPart } from '../estimation/groupPart.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { Derivatives } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { CategoricalMap } from './categoricalMap.js';
import { LatentResponses } from './latentResponses.js';
import { pairPlace } from './layout.js';
import { MomentJacobian, type SparseRows } from './momentJacobian.js';
import type { CategoricalMoments } from './sample/categoricalMoments.js';

/**
 * A group with ordinal variables under weighted least squares,
 * F = (s − σ)ᵀ W (s − σ) over thresholds, intercepts, slopes, variances and
 * correlations. With the latent responses y* of the LISREL model given the
 * exogenous variables, mean μ, slopes Π, covariance Σ, and scales Δ
 * (`LatentResponses`):
 *
 *   threshold Δ(τ − μ),  slope ΔΠ,  correlation Δ_i Δ_j Σ_ij.
 *
 * @see Muthén & Asparouhov (2002), Latent variable analysis with categorical outcomes, Mplus Web Notes 4
 */
export class CategoricalPart implements GroupPart {
  readonly responses: LatentResponses;
  /** s − σ at the point evaluated last. */
  readonly residual: Float64Array;
  private readonly weighted: Float64Array;
  protected readonly jacobian: MomentJacobian;
  /** Δ where it is known. */
  protected rows: SparseRows | null = null;

  /**
   * @param implied moved to the solution by `finish`, exogenous moments included
   * @param q number of distinct free parameters
   */
  constructor(
    readonly implied: ImpliedMoments,
    readonly moments: CategoricalMoments,
    readonly map: CategoricalMap,
    readonly weight: MomentWeight,
    d: Derivatives,
    protected readonly position: Int32Array,
    readonly q: number
  ) {
    this.responses = new LatentResponses(implied.structure, map);
    const { count } = moments.layout;
    this.residual = new Float64Array(count);
    this.weighted = new Float64Array(count);
    this.jacobian = new MomentJacobian(d, position, map, moments.layout, implied.structure.p, q);
  }

  /** The same discrepancy over a structure with more parameters, whose rows are appended to the table's. */
  over(implied: ImpliedMoments, d: Derivatives, position: Int32Array, q: number): CategoricalPart {
    return new CategoricalPart(implied, this.moments, { ...this.map, rowCount: position.length }, this.weight, d, position, q);
  }

  evaluate(values: Float64Array): number | null {
    this.rows = null;
    if (!this.responses.move(values)) return null;
    this.writeResiduals(values);
    let total = 0;
    const { count } = this.moments.layout;
    const { weight, residual, weighted } = this;
    for (let i = 0; i < count; i++) {
      let sum = 0;
      if (weight.kind === 'diagonal') sum = weight.values[i] * residual[i];
      else for (let j = 0; j < count; j++) sum += weight.values[i * count + j] * residual[j];
      weighted[i] = sum;
      total += sum * residual[i];
    }
    this.responses.writeImplied(values);
    return Number.isFinite(total) ? total : null;
  }

  /** s − σ. */
  protected writeResiduals(values: Float64Array): void {
    const { map, moments, residual } = this;
    const { inner, scale, conditional } = this.responses;
    const { layout, values: observed } = moments;
    const { m, twin } = inner.structure;
    const k = map.variables.length;
    for (let v = 0; v < k; v++) {
      const { index, ordinal, thresholdRows } = map.variables[v];
      const at = layout.location[v];
      if (ordinal) thresholdRows.forEach((row, t) => (residual[at + t] = observed[at + t] - scale[v] * (values[row] - inner.mu[index])));
      else residual[at] = observed[at] - inner.mu[index];
      map.exogenous.forEach((x, j) => {
        const place = layout.slopes + v * layout.exogenous + j;
        residual[place] = observed[place] - scale[v] * inner.gamma[index * m + twin[x]];
      });
      if (layout.variance[v] >= 0) residual[layout.variance[v]] = observed[layout.variance[v]] - conditional[v * k + v];
      for (let b = v + 1; b < k; b++) {
        const place = pairPlace(layout, v, b);
        residual[place] = observed[place] - scale[v] * scale[b] * conditional[v * k + b];
      }
    }
  }

  /** Δ = ∂(moments)/∂(free parameters) at the point evaluated last, by moments. */
  delta(): SparseRows {
    if (this.rows) return this.rows;
    this.jacobian.update(this.responses);
    return (this.rows = this.jacobian.byMoments(this.responses.scale));
  }

  addGradient(weight: number, out: Float64Array): void {
    const { start, column, value } = this.delta();
    const { weighted } = this;
    for (let r = 0; r < weighted.length; r++) {
      const factor = weight * weighted[r];
      for (let e = start[r]; e < start[r + 1]; e++) out[column[e]] -= factor * value[e];
    }
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    const { start, column, value } = this.delta();
    const { count } = this.moments.layout;
    if (this.weight.kind === 'diagonal') {
      for (let r = 0; r < count; r++) {
        const w = weight * this.weight.values[r];
        for (let e = start[r]; e < start[r + 1]; e++) {
          const factor = w * value[e];
          const c = column[e];
          for (let f = start[r]; f <= e; f++) out[c > column[f] ? c * q + column[f] : column[f] * q + c] += factor * value[f];
        }
      }
      return;
    }
    // Δᵀ(WΔ), with WΔ by parameters
    const product = new Float64Array(q * count);
    const { values } = this.weight;
    for (let r = 0; r < count; r++) for (let e = start[r]; e < start[r + 1]; e++) axpy(product, column[e] * count, value[e], values, r * count, count);
    for (let r = 0; r < count; r++) for (let e = start[r]; e < start[r + 1]; e++) for (let b = 0; b <= column[e]; b++) out[column[e] * q + b] += weight * value[e] * product[b * count + r];
  }

  /** Gauss-Newton: the residuals' own curvature is left out, so that scoring converges linearly but safely. */
  addHessian(weight: number, q: number, out: Float64Array): void {
    this.addInformation(weight, q, out);
  }

  /** eᵀWe and sᵀWs, for goodness-of-fit indices; null where no least squares are made. */
  squares(): { readonly residual: number; readonly total: number } | null {
    const { weight, residual, weighted, moments } = this;
    const { count } = moments.layout;
    const s = moments.values;
    let own = 0;
    let total = 0;
    for (let i = 0; i < count; i++) {
      own += residual[i] * weighted[i];
      if (weight.kind === 'diagonal') total += weight.values[i] * s[i] ** 2;
      else for (let j = 0; j < count; j++) total += s[i] * weight.values[i * count + j] * s[j];
    }
    return { residual: own, total };
  }

  /** Covariances and means of the observed variables in the units of the sample's, latent responses times their scales. */
  scaledMoments(): { readonly covariance: Float64Array; readonly mean: Float64Array } {
    const { implied, map } = this;
    const { p } = implied.structure;
    const scale = new Float64Array(p).fill(1);
    map.variables.forEach(({ index }, v) => (scale[index] = this.responses.scale[v]));
    return { covariance: implied.sigma.map((value, at) => value * scale[Math.floor(at / p)] * scale[at % p]), mean: implied.mu.map((value, i) => value * scale[i]) };
  }

  /** Moves `implied` to the values, exogenous variables with their sample moments: for standardization and R². */
  finish(values: Float64Array): void {
    const { implied } = this;
    implied.setCells(values);
    implied.update();
  }
}
