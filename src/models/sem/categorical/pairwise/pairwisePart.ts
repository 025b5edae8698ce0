import type { Derivatives } from '../../implied/derivatives.js';
import type { ImpliedMoments } from '../../implied/impliedMoments.js';
import type { CategoricalMap } from '../categoricalMap.js';
import { CategoricalPart } from '../categoricalPart.js';
import type { CategoricalMoments } from '../sample/categoricalMoments.js';
import type { PairwiseLikelihood } from './pairwiseLikelihood.js';

/** Relative step of the central differences of Δ. */
const STEP = 1e-5;

/**
 * A group of ordinal variables under pairwise maximum likelihood: F of
 * `PairwiseLikelihood` at the thresholds and correlations σ(θ) that the model
 * implies for the latent responses. With Δ = ∂σ/∂θ,
 *
 *   ∂F = −2 Δᵀ ∂pl/n,  ½∂²F = (ΔᵀHΔ − Σ_r ∂pl_r ∂²σ_r)/n,
 *
 * H = −∂²pl over σ. The residuals are those of the sample's polychoric
 * correlations, as for weighted least squares.
 *
 * @see Katsikatsou, Moustaki, Yang-Wallentin & Jöreskog (2012), section 3
 */
export class PairwisePart extends CategoricalPart {
  /** ∂pl over the moments at the point evaluated last. */
  private readonly score: Float64Array;
  private readonly fitted: Float64Array;
  private scored = false;

  constructor(implied: ImpliedMoments, moments: CategoricalMoments, map: CategoricalMap, readonly likelihood: PairwiseLikelihood, d: Derivatives, position: Int32Array, q: number) {
    super(implied, moments, map, { kind: 'diagonal', values: new Float64Array(moments.layout.count).fill(1) }, d, position, q);
    this.score = new Float64Array(moments.layout.count);
    this.fitted = new Float64Array(moments.layout.count);
  }

  override over(implied: ImpliedMoments, d: Derivatives, position: Int32Array, q: number): PairwisePart {
    return new PairwisePart(implied, this.moments, { ...this.map, rowCount: position.length }, this.likelihood, d, position, q);
  }

  override evaluate(values: Float64Array): number | null {
    this.rows = null;
    this.scored = false;
    if (!this.responses.move(values)) return null;
    this.writeResiduals(values);
    const { fitted, residual, moments } = this;
    for (let r = 0; r < fitted.length; r++) fitted[r] = moments.values[r] - residual[r];
    const total = this.likelihood.move(fitted);
    this.responses.writeImplied(values);
    return total;
  }

  private momentScore(): Float64Array {
    if (!this.scored) this.likelihood.gradient(this.score);
    this.scored = true;
    return this.score;
  }

  override addGradient(weight: number, out: Float64Array): void {
    const { start, column, value } = this.delta();
    const score = this.momentScore();
    const factor = -weight / this.likelihood.n;
    for (let r = 0; r < score.length; r++) for (let e = start[r]; e < start[r + 1]; e++) out[column[e]] += factor * score[r] * value[e];
  }

  override addInformation(weight: number, q: number, out: Float64Array): void {
    this.likelihood.curvature(false).addCongruence(this.delta(), weight / this.likelihood.n, q, out);
  }

  override addHessian(weight: number, q: number, out: Float64Array): void {
    const factor = weight / this.likelihood.n;
    this.likelihood.curvature(true).addCongruence(this.delta(), factor, q, out);
    this.addBend(factor, q, out);
  }

  /**
   * Adds −factor · Σ_r ∂pl_r ∂²σ_r, by central differences of ∂plᵀΔ; the point
   * stays. Thresholds alone are left as they are: σ is linear in them.
   */
  private addBend(factor: number, q: number, out: Float64Array): void {
    const { jacobian, responses, position } = this;
    const score = this.momentScore();
    const here = responses.values.slice();
    const { moving } = jacobian;
    const bend = new Float64Array(moving.length * q);
    const inMoving = new Uint8Array(q);
    for (const c of moving) inMoving[c] = 1;
    moving.forEach((c, j) => {
      const h = STEP * Math.max(1, Math.abs(here[position.indexOf(c)]));
      for (const shift of [h, -h]) {
        const moved = here.slice();
        for (let i = 0; i < moved.length; i++) if (position[i] === c) moved[i] += shift;
        if (!responses.move(moved)) continue;
        jacobian.update(responses);
        const { start, column, value } = jacobian.byMoments(responses.scale);
        for (let r = 0; r < score.length; r++) for (let e = start[r]; e < start[r + 1]; e++) bend[j * q + column[e]] += (score[r] * value[e]) / (2 * shift);
      }
    });
    responses.move(here);
    jacobian.update(responses);
    moving.forEach((c, j) => {
      for (let k = 0; k < q; k++) {
        const share = inMoving[k] && k !== c ? factor / 2 : factor;
        out[Math.max(c, k) * q + Math.min(c, k)] -= share * bend[j * q + k];
      }
    });
  }

  /** There is no weight matrix to measure residuals with. */
  override squares(): null {
    return null;
  }

  /** Each row's ∂pl over the model's parameters, parameters × n. */
  rowScores(): Float64Array {
    const { n } = this.likelihood;
    const { start, column, value } = this.delta();
    const scores = this.likelihood.scores();
    const out = new Float64Array(this.q * n);
    for (let r = 0; r + 1 < start.length; r++) {
      for (let e = start[r]; e < start[r + 1]; e++) for (let i = 0, to = column[e] * n, from = r * n; i < n; i++) out[to + i] += value[e] * scores[from + i];
    }
    return out;
  }
}
