import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { eliminatedLogDeterminant } from '../../../numerics/dense/eliminatedLogDeterminant.js';
import { dot } from '../../../numerics/dense/dot.js';
import { multiplyTransposed, symmetricProduct } from '../../../numerics/dense/product.js';
import { Slab } from '../../../numerics/dense/slab.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';

/** Sample moments of one group as the estimators read them. */
export interface GroupSample {
  readonly n: number;
  readonly mean: Float64Array;
  /** p × p. */
  readonly covariance: Float64Array;
}

/**
 * What an estimator says of one group at one point: the value F, and the
 * matrix Ω and vector ω in dF = tr(Ω dΣ) − 2 ωᵀ dμ.
 */
export interface GroupDiscrepancy {
  /** Ω, p × p, symmetric. */
  readonly omega: Float64Array;
  /** ω, p. */
  readonly drift: Float64Array;
  /** V of the information ½ tr(V∂Σ V∂Σ) + ∂μᵀV∂μ, p × p. */
  readonly v: Float64Array;
  /** True when the Hessian has the maximum-likelihood form (V depends on the parameters). */
  readonly likelihood: boolean;
  /** F at the implied moments, or null where it is not defined. */
  value(implied: ImpliedMoments): number | null;
  /** Computes Ω and ω at the point whose value was asked for last. */
  derive(): void;
}

/**
 * Maximum likelihood, with r = m − μ:
 *
 *   F = ln|Σ| − ln|S| + tr(SΣ⁻¹) − p + rᵀΣ⁻¹r,   Ω = V − VTV,  T = S + rrᵀ,  ω = Vr.
 *
 * @see Jöreskog (1967), Psychometrika 32(4); Bollen (1989) eq. 4.14
 */
export class MaximumLikelihood implements GroupDiscrepancy {
  readonly omega: Float64Array;
  readonly drift: Float64Array;
  readonly v: Float64Array;
  readonly likelihood = true;
  /** ln|S|, or null when S is singular: F then lacks its constant. */
  logDetSample: number | null = null;
  private readonly factor: Float64Array;
  private readonly scratch: Float64Array;
  private readonly residual: Float64Array;
  private readonly product: Float64Array;
  private readonly target: Float64Array;
  private readonly four: Float64Array = new Float64Array(4);

  constructor(private readonly p: number, private readonly sample: GroupSample, private readonly means: boolean) {
    const slab = new Slab(6 * p * p + 2 * p);
    this.omega = slab.take(p * p);
    this.v = slab.take(p * p);
    this.factor = slab.take(p * p);
    this.scratch = slab.take(p * p);
    this.product = slab.take(p * p);
    this.target = slab.take(p * p);
    this.drift = slab.take(p);
    this.residual = slab.take(p);
    this.readSample();
  }

  /** Reads the sample moments again, after they were overwritten in place (a bootstrap draw). */
  readSample(): void {
    const { p, factor, sample } = this;
    this.target.set(sample.covariance);
    factor.set(sample.covariance);
    this.logDetSample = eliminatedLogDeterminant(factor, p);
  }

  value(implied: ImpliedMoments): number | null {
    const { p, factor, v, sample, residual, drift, target } = this;
    factor.set(implied.sigma);
    if (cholesky(factor, p) >= 0) return null;
    const logDet = logDeterminant(factor, p);
    choleskyInverse(factor, p, v, this.scratch);
    const s = sample.covariance;
    let value = logDet - (this.logDetSample ?? 0) - p;
    if (this.means) {
      for (let i = 0; i < p; i++) residual[i] = sample.mean[i] - implied.mu[i];
      for (let i = 0; i < p; i++) {
        drift[i] = dot(v, i * p, residual, 0, p);
        for (let j = 0; j < p; j++) target[i * p + j] = s[i * p + j] + residual[i] * residual[j];
      }
    }
    value += dot(v, 0, target, 0, p * p);
    return Number.isFinite(value) ? value : null;
  }

  derive(): void {
    const { p, v, target, product, omega, four } = this;
    multiplyTransposed(v, target, p, product, four);
    symmetricProduct(product, v, p, -1, 1, v, omega, four);
  }
}

/**
 * Generalized least squares with the constant weight W = S⁻¹:
 *
 *   F = ½ tr[(W(S − Σ))²] + rᵀWr,   Ω = W(Σ − S)W,  ω = Wr.
 *
 * @see Browne (1974), South African Statistical Journal 8
 */
export class GeneralizedLeastSquares implements GroupDiscrepancy {
  readonly omega: Float64Array;
  readonly drift: Float64Array;
  readonly v: Float64Array;
  readonly likelihood = false;
  private readonly difference: Float64Array;
  private readonly product: Float64Array;
  private readonly residual: Float64Array;

  /** @param inverse W, p × p. */
  constructor(private readonly p: number, private readonly sample: GroupSample, private readonly means: boolean, inverse: Float64Array) {
    this.v = inverse;
    this.omega = new Float64Array(p * p);
    this.difference = new Float64Array(p * p);
    this.product = new Float64Array(p * p);
    this.drift = new Float64Array(p);
    this.residual = new Float64Array(p);
  }

  value(implied: ImpliedMoments): number | null {
    const { p, v, sample, difference, product, residual, drift } = this;
    for (let i = 0; i < p * p; i++) difference[i] = implied.sigma[i] - sample.covariance[i];
    let value = 0;
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) product[i * p + j] = dot(v, i * p, difference, j * p, p);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) value += 0.5 * product[i * p + j] * product[j * p + i];
    if (this.means) {
      for (let i = 0; i < p; i++) residual[i] = sample.mean[i] - implied.mu[i];
      for (let i = 0; i < p; i++) {
        drift[i] = dot(v, i * p, residual, 0, p);
        value += drift[i] * residual[i];
      }
    }
    return Number.isFinite(value) ? value : null;
  }

  derive(): void {
    const { p, v, product, omega } = this;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) {
        const value = dot(product, i * p, v, j * p, p);
        omega[i * p + j] = value;
        omega[j * p + i] = value;
      }
    }
  }
}
