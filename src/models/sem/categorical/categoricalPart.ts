import { cholesky } from '../../../numerics/dense/cholesky.js';
import { axpy, dot } from '../../../numerics/dense/dot.js';
import type { GroupPart } from '../estimation/groupPart.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { Derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { WeightedDeviations } from '../inference/momentDeviations.js';
import type { CategoricalMap } from './categoricalMap.js';
import { pairPlace } from './layout.js';
import { MomentJacobian, twinInverse, type SparseRows } from './momentJacobian.js';
import type { CategoricalMoments } from './sample/categoricalMoments.js';

/**
 * A group with ordinal variables under weighted least squares,
 * F = (s − σ)ᵀ W (s − σ) over thresholds, intercepts, slopes, variances and
 * correlations. With the latent responses y* of the LISREL model given the
 * exogenous variables, mean μ, slopes Π, covariance Σ, and scales Δ
 * (delta: a parameter; theta: Δ_i = Σ_ii^(−1/2); 1 for continuous variables):
 *
 *   threshold Δ(τ − μ),  slope ΔΠ,  correlation Δ_i Δ_j Σ_ij.
 *
 * Under delta the residual variance of an ordinal variable is what makes
 * Σ_ii = Δ_i⁻².
 *
 * @see Muthén & Asparouhov (2002), Latent variable analysis with categorical outcomes, Mplus Web Notes 4
 */
export class CategoricalPart implements GroupPart {
  /** Moments given the exogenous variables: those have mean 0 and unit covariance here, so that Π = cov(y*, x). */
  readonly inner: ImpliedMoments;
  /** s − σ at the point evaluated last. */
  readonly residual: Float64Array;
  private readonly weighted: Float64Array;
  readonly scale: Float64Array;
  /** Covariances of the latent responses given the exogenous variables, variables × variables. */
  readonly conditional: Float64Array;
  private readonly jacobian: MomentJacobian;
  private rows: SparseRows | null = null;
  readonly values: Float64Array;

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
    position: Int32Array,
    private readonly q: number
  ) {
    this.inner = new ImpliedMoments(implied.structure);
    const { count, variables } = moments.layout;
    this.residual = new Float64Array(count);
    this.weighted = new Float64Array(count);
    this.scale = new Float64Array(variables).fill(1);
    this.conditional = new Float64Array(variables * variables);
    this.values = new Float64Array(map.rowCount);
    this.jacobian = new MomentJacobian(d, position, map, moments.layout, implied.structure.p, q);
  }

  /** The same discrepancy over a structure with more parameters, whose rows are appended to the table's. */
  over(implied: ImpliedMoments, d: Derivatives, position: Int32Array, q: number): CategoricalPart {
    return new CategoricalPart(implied, this.moments, { ...this.map, rowCount: position.length }, this.weight, d, position, q);
  }

  evaluate(values: Float64Array): number | null {
    const { inner, map, moments } = this;
    this.rows = null;
    inner.setCells(values);
    this.unitExogenous(inner);
    if (!this.place(inner, values)) return null;
    this.values.set(values);
    this.readScales(values);
    if (!this.residuals(values)) return null;
    let total = 0;
    const { count } = moments.layout;
    const { weight, residual, weighted } = this;
    for (let i = 0; i < count; i++) {
      let sum = 0;
      if (weight.kind === 'diagonal') sum = weight.values[i] * residual[i];
      else for (let j = 0; j < count; j++) sum += weight.values[i * count + j] * residual[j];
      weighted[i] = sum;
      total += sum * residual[i];
    }
    for (const variable of map.variables) if (variable.varianceRow >= 0 && variable.ordinal && !map.theta) values[variable.varianceRow] = this.residualVariance(inner, variable.index);
    if (map.theta) for (const [v, variable] of map.variables.entries()) if (variable.scaleRow >= 0) values[variable.scaleRow] = this.scale[v];
    return Number.isFinite(total) ? total : null;
  }

  private residualVariance(implied: ImpliedMoments, i: number): number {
    const { twin, p, m } = implied.structure;
    return twin[i] >= 0 ? implied.psi[twin[i] * m + twin[i]] : implied.theta[i * p + i];
  }

  /** Exogenous variables with mean 0 and covariance I, so that Π can be read off. */
  private unitExogenous(implied: ImpliedMoments): void {
    const { m, twin } = implied.structure;
    for (const a of this.map.exogenous) {
      implied.alpha[twin[a]] = 0;
      for (const b of this.map.exogenous) implied.psi[twin[a] * m + twin[b]] = a === b ? 1 : 0;
    }
  }

  /** Sets the residual variances that delta scaling implies, and updates everything. */
  private place(implied: ImpliedMoments, values: Float64Array): boolean {
    const { map } = this;
    if (map.theta) return implied.update();
    const { p, m, twin } = implied.structure;
    const ordinal = map.variables.filter((variable) => variable.ordinal);
    for (const { index } of ordinal) {
      if (twin[index] >= 0) implied.psi[twin[index] * m + twin[index]] = 0;
      else implied.theta[index * p + index] = 0;
    }
    if (!implied.update()) return false;
    const target = (row: number, index: number): number => {
      const scale = row >= 0 ? values[row] : 1;
      return 1 / (scale * scale) + this.explainedByExogenous(implied, index, index);
    };
    const twins = ordinal.filter(({ index }) => twin[index] >= 0);
    if (twins.length > 0) {
      const k = twins.length;
      const inverse = twinInverse(implied, twins.map(({ index }) => index));
      if (!inverse) return false;
      const short = twins.map(({ index, scaleRow }) => target(scaleRow, index) - implied.sigma[index * p + index]);
      twins.forEach(({ index }, i) => {
        let value = 0;
        for (let j = 0; j < k; j++) value += inverse[i * k + j] * short[j];
        implied.psi[twin[index] * m + twin[index]] = value;
      });
      if (!implied.update()) return false;
    }
    for (const { index, scaleRow } of ordinal) {
      if (twin[index] >= 0) continue;
      const wanted = target(scaleRow, index);
      implied.theta[index * p + index] = wanted - implied.sigma[index * p + index];
      implied.sigma[index * p + index] = wanted;
    }
    return true;
  }

  /** Π_a Π_bᵀ, zero without exogenous variables (which have unit covariance). */
  private explainedByExogenous(implied: ImpliedMoments, a: number, b: number): number {
    const { p, m, twin } = implied.structure;
    let sum = 0;
    if (implied === this.inner) for (const x of this.map.exogenous) sum += implied.gamma[a * m + twin[x]] * implied.gamma[b * m + twin[x]];
    else for (const x of this.map.exogenous) for (const z of this.map.exogenous) sum += implied.gamma[a * m + twin[x]] * implied.sigma[x * p + z] * implied.gamma[b * m + twin[z]];
    return sum;
  }

  private readScales(values: Float64Array): void {
    const { inner, map, scale, conditional } = this;
    const { p } = inner.structure;
    const k = map.variables.length;
    for (let a = 0; a < k; a++) {
      for (let b = 0; b <= a; b++) {
        const [i, j] = [map.variables[a].index, map.variables[b].index];
        conditional[a * k + b] = conditional[b * k + a] = inner.sigma[i * p + j] - this.explainedByExogenous(inner, i, j);
      }
      const { ordinal, scaleRow } = map.variables[a];
      if (ordinal) scale[a] = map.theta ? 1 / Math.sqrt(conditional[a * k + a]) : scaleRow >= 0 ? values[scaleRow] : 1;
    }
  }

  /** s − σ. False where a scale does not exist. */
  private residuals(values: Float64Array): boolean {
    const { inner, map, moments, residual, scale, conditional } = this;
    const { layout, values: observed } = moments;
    const { m, twin } = inner.structure;
    const k = map.variables.length;
    for (let v = 0; v < k; v++) {
      const { index, ordinal, thresholdRows } = map.variables[v];
      if (!Number.isFinite(scale[v])) return false;
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
    return true;
  }

  /** Δ = ∂(moments)/∂(free parameters) at the point evaluated last, by moments. */
  delta(): SparseRows {
    if (this.rows) return this.rows;
    this.jacobian.update(this);
    return (this.rows = this.jacobian.byMoments(this.scale));
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

  /** T = ΔᵀWC of the rows' influences C on the moments, parameters × rows. */
  scores(): Float64Array {
    const { n, influence, layout } = this.moments;
    const { start, column, value } = this.delta();
    const t = new Float64Array(this.q * n);
    const weighted = this.weight.kind === 'diagonal' ? null : this.fullyWeighted();
    for (let r = 0; r < layout.count; r++) {
      const w = this.weight.kind === 'diagonal' ? this.weight.values[r] : 1;
      for (let e = start[r]; e < start[r + 1]; e++) axpy(t, column[e] * n, w * value[e], weighted ?? influence, r * n, n);
    }
    return t;
  }

  /** WC for a full weight matrix, moments × rows. */
  private fullyWeighted(): Float64Array {
    const { n, influence, layout } = this.moments;
    const out = new Float64Array(layout.count * n);
    for (let r = 0; r < layout.count; r++) for (let s = 0; s < layout.count; s++) axpy(out, r * n, this.weight.values[r * layout.count + s], influence, s * n, n);
    return out;
  }

  /** Z with ZᵀZ = CᵀWC: √W C for a diagonal weight, LᵀC with W = LLᵀ for a full one; moments × rows. */
  turnedInfluence(): Float64Array {
    const { n, influence, layout } = this.moments;
    const { count } = layout;
    const out = new Float64Array(count * n);
    if (this.weight.kind === 'diagonal') {
      for (let r = 0; r < count; r++) axpy(out, r * n, Math.sqrt(this.weight.values[r]), influence, r * n, n);
      return out;
    }
    const lower = this.weight.values.slice();
    cholesky(lower, count);
    for (let r = 0; r < count; r++) for (let s = r; s < count; s++) axpy(out, r * n, lower[s * count + r], influence, s * n, n);
    return out;
  }

  /** The rows as the general sandwich and tests take them, by rows. */
  deviations(): WeightedDeviations {
    const { n, layout } = this.moments;
    const turned = this.turnedInfluence();
    return { n, t: transposed(this.scores(), this.q, n), squares: dot(turned, 0, turned, 0, turned.length), z: transposed(turned, layout.count, n), width: layout.count };
  }

  /** eᵀWe and sᵀWs, for goodness-of-fit indices. */
  squares(): { readonly residual: number; readonly total: number } {
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

  /** Moves `implied` to the values, exogenous variables with their sample moments: for standardization and R². */
  finish(values: Float64Array): void {
    const { implied } = this;
    implied.setCells(values);
    implied.update();
  }
}

function transposed(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
}
