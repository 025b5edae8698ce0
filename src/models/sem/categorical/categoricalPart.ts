import { invertGeneral } from '../../../numerics/dense/lu.js';
import type { GroupPart } from '../estimation/groupPart.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { Derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import { jacobian, momentCount } from '../implied/jacobian.js';
import type { WeightedDeviations } from '../inference/momentDeviations.js';
import type { CategoricalMap } from './categoricalMap.js';
import { pairPlace } from './layout.js';
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
  private readonly inner: ImpliedMoments;
  /** s − σ at the point evaluated last. */
  readonly residual: Float64Array;
  private readonly weighted: Float64Array;
  private readonly scale: Float64Array;
  /** Covariances of the latent responses given the exogenous variables, variables × variables. */
  readonly conditional: Float64Array;
  private delta: Float64Array | undefined;
  private joint: Float64Array | undefined;
  private current = false;
  private readonly values: Float64Array;

  /**
   * @param implied moved to the solution by `finish`, exogenous moments included
   * @param q number of distinct free parameters
   */
  constructor(
    readonly implied: ImpliedMoments,
    readonly moments: CategoricalMoments,
    readonly map: CategoricalMap,
    readonly weight: MomentWeight,
    private readonly d: Derivatives,
    private readonly position: Int32Array,
    private readonly q: number
  ) {
    this.inner = new ImpliedMoments(implied.structure);
    const { count, variables } = moments.layout;
    this.residual = new Float64Array(count);
    this.weighted = new Float64Array(count);
    this.scale = new Float64Array(variables).fill(1);
    this.conditional = new Float64Array(variables * variables);
    this.values = new Float64Array(map.rowCount);
  }

  evaluate(values: Float64Array): number | null {
    const { inner, map, moments } = this;
    this.current = false;
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
      const inverse = this.twinInverse(implied, twins.map(({ index }) => index));
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

  /** Inverse of ∂Σ_ii/∂ψ_k = γ_ik² among ordinal variables with a latent twin. */
  private twinInverse(implied: ImpliedMoments, index: readonly number[]): Float64Array | null {
    const { m, twin } = implied.structure;
    const k = index.length;
    const matrix = new Float64Array(k * k);
    index.forEach((i, r) => index.forEach((j, c) => (matrix[r * k + c] = implied.gamma[i * m + twin[j]] ** 2)));
    const inverse = new Float64Array(k * k);
    return invertGeneral(matrix, k, inverse) ? inverse : null;
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

  /** Δ = ∂(moments)/∂(free parameters), count × q. */
  private moved(): Float64Array {
    const { inner, map, moments, scale, conditional, q } = this;
    const { layout } = moments;
    const { p, m, twin } = inner.structure;
    const joint = (this.joint ??= new Float64Array(momentCount(p, true) * q));
    const out = (this.delta ??= new Float64Array(layout.count * q));
    if (this.current) return out;
    this.current = true;
    jacobian(this.d, inner, q, true, joint);
    out.fill(0);
    const covariance = (i: number, j: number): number => {
      const [low, high] = i < j ? [i, j] : [j, i];
      return (p + low * p - (low * (low - 1)) / 2 + (high - low)) * q;
    };
    if (!map.theta) this.followTwins(joint, covariance);
    const k = map.variables.length;
    const exogenous = map.exogenous;
    /** Adds factor · ∂Σ_ij given x. */
    const addConditional = (to: number, i: number, j: number, factor: number): void => {
      const from = covariance(i, j);
      for (let c = 0; c < q; c++) out[to + c] += factor * joint[from + c];
      for (const x of exogenous) {
        const [gi, gj] = [factor * inner.gamma[j * m + twin[x]], factor * inner.gamma[i * m + twin[x]]];
        const [fi, fj] = [covariance(i, x), covariance(j, x)];
        for (let c = 0; c < q; c++) out[to + c] -= gi * joint[fi + c] + gj * joint[fj + c];
      }
    };
    // ∂Δ_v: theta by the implied variance, delta by its own parameter
    const scaleRow = new Float64Array(k * q);
    map.variables.forEach(({ index, ordinal, scaleRow: row }, v) => {
      if (!ordinal) return;
      if (!map.theta) {
        if (row >= 0 && this.position[row] >= 0) scaleRow[v * q + this.position[row]] = 1;
        return;
      }
      const before = out.slice(0, q);
      out.fill(0, 0, q);
      addConditional(0, index, index, -0.5 * scale[v] ** 3);
      scaleRow.set(out.subarray(0, q), v * q);
      out.set(before, 0);
    });
    const addScale = (to: number, v: number, factor: number): void => {
      if (factor !== 0) for (let c = 0; c < q; c++) out[to + c] += factor * scaleRow[v * q + c];
    };
    for (let v = 0; v < k; v++) {
      const { index, ordinal, thresholdRows } = map.variables[v];
      const at = layout.location[v];
      if (ordinal) {
        thresholdRows.forEach((row, t) => {
          const to = (at + t) * q;
          for (let c = 0; c < q; c++) out[to + c] -= scale[v] * joint[index * q + c];
          if (this.position[row] >= 0) out[to + this.position[row]] += scale[v];
          addScale(to, v, this.values[row] - inner.mu[index]);
        });
      } else for (let c = 0; c < q; c++) out[at * q + c] = joint[index * q + c];
      exogenous.forEach((x, j) => {
        const to = (layout.slopes + v * layout.exogenous + j) * q;
        const from = covariance(index, x);
        for (let c = 0; c < q; c++) out[to + c] = scale[v] * joint[from + c];
        if (ordinal) addScale(to, v, inner.gamma[index * m + twin[x]]);
      });
      if (layout.variance[v] >= 0) addConditional(layout.variance[v] * q, index, index, 1);
      for (let b = v + 1; b < k; b++) {
        const to = pairPlace(layout, v, b) * q;
        addConditional(to, index, map.variables[b].index, scale[v] * scale[b]);
        if (ordinal) addScale(to, v, scale[b] * conditional[v * k + b]);
        if (map.variables[b].ordinal) addScale(to, b, scale[v] * conditional[v * k + b]);
      }
    }
    return out;
  }

  /**
   * Delta scaling holds Σ_ii of ordinal variables: where such a variable
   * explains others, its residual variance ψ moves with the parameters, and
   * with it Σ_ab by γ_a γ_b dψ.
   */
  private followTwins(joint: Float64Array, covariance: (i: number, j: number) => number): void {
    const { inner, map, q, scale } = this;
    const { p, m, twin } = inner.structure;
    const twins = map.variables.map((variable, v) => ({ ...variable, v })).filter(({ ordinal, index }) => ordinal && twin[index] >= 0);
    const reaches = twins.some(({ index }) => map.variables.some((other) => other.index !== index && inner.gamma[other.index * m + twin[index]] !== 0));
    if (!reaches) return;
    const k = twins.length;
    const inverse = this.twinInverse(inner, twins.map(({ index }) => index));
    if (!inverse) return;
    const need = new Float64Array(k * q);
    twins.forEach(({ index, v, scaleRow }, r) => {
      const from = covariance(index, index);
      for (let c = 0; c < q; c++) need[r * q + c] = -joint[from + c];
      for (const x of map.exogenous) for (let c = 0; c < q; c++) need[r * q + c] += 2 * inner.gamma[index * m + twin[x]] * joint[covariance(index, x) + c];
      if (scaleRow >= 0 && this.position[scaleRow] >= 0) need[r * q + this.position[scaleRow]] -= 2 / scale[v] ** 3;
    });
    const move = new Float64Array(k * q);
    for (let r = 0; r < k; r++) for (let s = 0; s < k; s++) for (let c = 0; c < q; c++) move[r * q + c] += inverse[r * k + s] * need[s * q + c];
    for (let i = 0; i < p; i++) {
      for (let j = i; j < p; j++) {
        const to = covariance(i, j);
        twins.forEach(({ index }, r) => {
          const factor = inner.gamma[i * m + twin[index]] * inner.gamma[j * m + twin[index]];
          if (factor !== 0) for (let c = 0; c < q; c++) joint[to + c] += factor * move[r * q + c];
        });
      }
    }
  }

  addGradient(weight: number, out: Float64Array): void {
    const delta = this.moved();
    const { q, weighted } = this;
    for (let r = 0; r < weighted.length; r++) {
      const factor = weight * weighted[r];
      if (factor !== 0) for (let c = 0; c < q; c++) out[c] -= factor * delta[r * q + c];
    }
  }

  /** Parameters that move each moment: few, so that products skip the zeros. */
  private supports(delta: Float64Array): readonly Int32Array[] {
    const { q } = this;
    return Array.from({ length: this.moments.layout.count }, (_, r) => {
      const found: number[] = [];
      for (let c = 0; c < q; c++) if (delta[r * q + c] !== 0) found.push(c);
      return Int32Array.from(found);
    });
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    const delta = this.moved();
    const { count } = this.moments.layout;
    const supports = this.supports(delta);
    if (this.weight.kind === 'diagonal') {
      for (let r = 0; r < count; r++) {
        const w = weight * this.weight.values[r];
        const support = supports[r];
        for (const a of support) {
          const factor = w * delta[r * q + a];
          for (const b of support) {
            if (b > a) break;
            out[a * q + b] += factor * delta[r * q + b];
          }
        }
      }
      return;
    }
    const product = this.weightedJacobian(delta);
    for (let r = 0; r < count; r++) for (const a of supports[r]) for (let b = 0; b <= a; b++) out[a * q + b] += weight * delta[r * q + a] * product[r * q + b];
  }

  /** WΔ. */
  private weightedJacobian(delta: Float64Array): Float64Array {
    const { q, weight } = this;
    const { count } = this.moments.layout;
    const out = new Float64Array(count * q);
    for (let r = 0; r < count; r++) {
      if (weight.kind === 'diagonal') {
        for (let c = 0; c < q; c++) out[r * q + c] = weight.values[r] * delta[r * q + c];
        continue;
      }
      for (let s = 0; s < count; s++) {
        const w = weight.values[r * count + s];
        for (let c = 0; c < q; c++) out[r * q + c] += w * delta[s * q + c];
      }
    }
    return out;
  }

  /** Gauss-Newton: the residuals' own curvature is left out, so that scoring converges linearly but safely. */
  addHessian(weight: number, q: number, out: Float64Array): void {
    this.addInformation(weight, q, out);
  }

  /** Rows' influences on the moments, weighted: what sandwich and scaled tests are made of. */
  deviations(size: number): WeightedDeviations {
    const { n, influence, layout } = this.moments;
    const { count } = layout;
    const delta = this.moved();
    const product = this.weightedJacobian(delta);
    const supports = this.supports(product);
    const t = new Float64Array(n * size);
    let squares = 0;
    const z = new Float64Array(n * count);
    const diagonal = this.weight.kind === 'diagonal' ? this.weight.values : null;
    const lower = diagonal ? null : lowerFactor(this.weight.values, count);
    for (let i = 0; i < n; i++) {
      const at = i * count;
      for (let r = 0; r < count; r++) {
        const c = influence[at + r];
        if (c === 0) continue;
        for (const a of supports[r]) t[i * size + a] += c * product[r * size + a];
        if (diagonal) z[at + r] = Math.sqrt(diagonal[r]) * c;
      }
      if (lower) for (let r = 0; r < count; r++) for (let s = r; s < count; s++) z[at + r] += lower[s * count + r] * influence[at + s];
      for (let r = 0; r < count; r++) squares += z[at + r] ** 2;
    }
    return { n, t, squares, z, width: count };
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

/** L with LLᵀ = W. */
function lowerFactor(w: Float64Array, n: number): Float64Array {
  const l = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = w[i * n + j];
      for (let k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 0)) : l[j * n + j] > 0 ? sum / l[j * n + j] : 0;
    }
  }
  return l;
}

