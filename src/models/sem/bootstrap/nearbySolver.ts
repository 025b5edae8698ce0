import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { NearbySteps } from '../../../numerics/optimize/nearby/nearbySteps.js';
import { PlainSteps } from '../../../numerics/optimize/nearby/plainSteps.js';
import { simdSteps } from '../../../numerics/optimize/nearby/simdSteps.js';
import { minimizeNear, type NearObjective } from '../../../numerics/optimize/quasiNewton.js';
import { FactorPart } from '../estimation/factorPart.js';
import type { ModelProblem } from '../estimation/estimate.js';
import { ModelObjective } from '../estimation/modelObjective.js';
import { NormalPart } from '../estimation/normalPart.js';
import { fastestKernel } from '../discrepancy/factor/fastestKernel.js';
import { hasFactorForm } from '../discrepancy/factor/factorPattern.js';
import { MaximumLikelihood, type GroupSample } from '../discrepancy/normalTheory.js';
import { derivatives } from '../implied/derivatives.js';

/** Distance of a draw's estimates from the full fit of its rows, in standard errors of the estimates. */
const DISTANCE = 1e-6;
/** Steps before the ordinary minimizer takes over. */
const MOST_STEPS = 60;

/**
 * Solves problems that differ from a solved one by their sample alone: quasi-
 * Newton steps from the known solution upon its Hessian, which is inverted once. Where the model has a factor form, Σ is never formed.
 */
export class NearbySolver {
  private constructor(
    private readonly problem: ModelProblem,
    private readonly from: Float64Array,
    private readonly steps: NearbySteps,
    private readonly tolerance: number,
    private readonly likelihoods: readonly MaximumLikelihood[],
    private readonly light: LightObjective | null,
    /** Diagonal of the information at the known solution. */
    private readonly diagonal: Float64Array | undefined
  ) {}

  /** Null when the problem has constraints, is not plain maximum likelihood or its curvature is not positive definite. */
  static of(problem: ModelProblem, from: Float64Array, samples: readonly GroupSample[]): NearbySolver | null {
    const { objective, constraints, structure, table } = problem;
    const n = objective.size;
    if (constraints || n === 0 || objective.evaluate(from) === null) return null;
    const likelihoods: MaximumLikelihood[] = [];
    const parts: FactorPart[] = [];
    for (const [g, part] of objective.parts.entries()) {
      if (!(part instanceof NormalPart) || !(part.discrepancy instanceof MaximumLikelihood)) return null;
      likelihoods.push(part.discrepancy);
      const own = structure.groups[g];
      if (hasFactorForm(own)) parts.push(new FactorPart(part, part.discrepancy, samples[g], derivatives(own, structure.position), table.meanStructure, fastestKernel));
    }
    const inverse = inverseCurvature(objective);
    if (!inverse) return null;
    const rows = samples.reduce((sum, sample) => sum + sample.n, 0);
    const light = parts.length === objective.parts.length ? new LightObjective(problem, parts) : null;
    return new NearbySolver(problem, from, simdSteps(inverse, n) ?? new PlainSteps(inverse, n), DISTANCE / Math.sqrt(rows), likelihoods, light, light?.diagonalAt(from));
  }

  /**
   * The solution for the samples as they are now, or null when the steps do not
   * get there. Afterwards the model matrices, what is implied of the latent
   * variables, the variances of the observed ones and the values of F are those
   * of the solution.
   */
  solve(): Float64Array | null {
    const { problem, likelihoods } = this;
    for (const likelihood of likelihoods) likelihood.readSample();
    this.light?.readSample();
    const x = this.inFactorForm();
    if (x) return x;
    const general = this.from.slice();
    if (!minimizeNear(problem.objective, general, this.steps, this.tolerance, MOST_STEPS)) return null;
    return problem.objective.evaluate(general) === null ? null : general;
  }

  private inFactorForm(): Float64Array | null {
    const { problem, light, steps, tolerance, diagonal } = this;
    if (!light) return null;
    const { objective } = problem;
    const x = this.from.slice();
    if (!minimizeNear(light, x, steps, tolerance, MOST_STEPS, diagonal)) return null;
    objective.setValues(x);
    objective.groupValues.set(light.groupValues);
    for (const implied of problem.implied) {
      implied.setCells(objective.values);
      if (!implied.updateLatent()) return null;
      implied.updateVariances();
    }
    return x;
  }
}

/** The objective in factor form, over the same values and weights. */
class LightObjective extends ModelObjective implements NearObjective {
  constructor({ structure, objective }: ModelProblem, private readonly factorParts: readonly FactorPart[]) {
    super(structure, factorParts, objective.weights, objective.values);
  }

  readSample(): void {
    for (const part of this.factorParts) part.readSample();
  }

  informationDiagonal(out: Float64Array): void {
    out.fill(0);
    this.factorParts.forEach((part, g) => part.addInformationDiagonal(this.weights[g], out));
  }

  diagonalAt(x: Float64Array): Float64Array {
    const out = new Float64Array(this.size);
    this.evaluate(x);
    this.gradient(out);
    this.informationDiagonal(out);
    return out;
  }
}

/** Inverse of the Hessian at the point evaluated last, of the information where the Hessian is not positive definite; null where neither is. */
function inverseCurvature(objective: ModelObjective): Float64Array | null {
  const n = objective.size;
  const factor = new Float64Array(n * n);
  objective.hessian(factor);
  if (cholesky(factor, n) >= 0) {
    factor.fill(0);
    objective.information(factor);
    if (cholesky(factor, n) >= 0) return null;
  }
  const inverse = new Float64Array(n * n);
  choleskyInverse(factor, n, inverse, new Float64Array(n * n));
  return inverse;
}
