import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { NearbySteps } from '../../../numerics/optimize/nearby/nearbySteps.js';
import { PlainSteps } from '../../../numerics/optimize/nearby/plainSteps.js';
import { simdSteps } from '../../../numerics/optimize/nearby/simdSteps.js';
import { minimizeNear } from '../../../numerics/optimize/quasiNewton.js';
import { fastestKernel } from '../discrepancy/factor/fastestKernel.js';
import { hasFactorForm } from '../discrepancy/factor/factorPattern.js';
import { MaximumLikelihood, type GroupSample } from '../discrepancy/normalTheory.js';
import type { ModelProblem } from '../estimation/estimate.js';
import type { ModelObjective } from '../estimation/modelObjective.js';
import { NormalPart } from '../estimation/normalPart.js';
import type { NearSolver } from './solver/nearSolver.js';
import { PlainSolver } from './solver/plainSolver.js';
import { SimdSolver } from './solver/simdSolver.js';

/** Distance of a draw's estimates from the full fit of its rows, in standard errors of the estimates. */
const DISTANCE = 1e-6;
/** Steps before the ordinary minimizer takes over. */
const MOST_STEPS = 60;

/**
 * Solves problems that differ from a solved one by their sample alone: quasi-
 * Newton steps from the known solution upon its Hessian, which is inverted once. Where the model has a factor form, Σ is never formed.
 */
export class NearbySolver {
  private general: NearbySteps | undefined;

  private constructor(
    private readonly problem: ModelProblem,
    private readonly from: Float64Array,
    private readonly samples: readonly GroupSample[],
    private readonly inverse: Float64Array,
    private readonly tolerance: number,
    private readonly likelihoods: readonly MaximumLikelihood[],
    private readonly factor: NearSolver | null
  ) {}

  /** Null when the problem has constraints, is not plain maximum likelihood or its curvature is not positive definite. */
  static of(problem: ModelProblem, from: Float64Array, samples: readonly GroupSample[]): NearbySolver | null {
    const { objective, constraints, structure } = problem;
    const n = objective.size;
    if (constraints || n === 0 || objective.evaluate(from) === null) return null;
    const likelihoods: MaximumLikelihood[] = [];
    for (const part of objective.parts) {
      if (!(part instanceof NormalPart) || !(part.discrepancy instanceof MaximumLikelihood)) return null;
      likelihoods.push(part.discrepancy);
    }
    const inverse = inverseCurvature(objective);
    if (!inverse) return null;
    const rows = samples.reduce((sum, sample) => sum + sample.n, 0);
    const tolerance = DISTANCE / Math.sqrt(rows);
    const factor = structure.groups.every(hasFactorForm) ? (SimdSolver.of(problem, from, samples, inverse, tolerance, MOST_STEPS) ?? new PlainSolver(problem, from, samples, fastestSteps(inverse, n), tolerance, MOST_STEPS, fastestKernel)) : null;
    return new NearbySolver(problem, from, samples, inverse, tolerance, likelihoods, factor);
  }

  /**
   * The solution for the samples as they are now, or null when the steps do not
   * get there. Afterwards the model matrices, what is implied of the latent
   * variables, the variances of the observed ones and the values of F are those
   * of the solution.
   */
  solve(): Float64Array | null {
    return this.inFactorForm() ?? this.inGeneralForm();
  }

  private inFactorForm(): Float64Array | null {
    const { problem, factor, samples } = this;
    const x = factor?.solve(samples);
    if (!factor || !x) return null;
    const { objective } = problem;
    objective.setValues(x);
    objective.groupValues.set(factor.groupValues);
    for (const implied of problem.implied) {
      implied.setCells(objective.values);
      if (!implied.updateLatent()) return null;
      implied.updateVariances();
    }
    return x;
  }

  private inGeneralForm(): Float64Array | null {
    const { problem, likelihoods, tolerance } = this;
    for (const likelihood of likelihoods) likelihood.readSample();
    this.general ??= fastestSteps(this.inverse, problem.objective.size);
    const x = this.from.slice();
    if (!minimizeNear(problem.objective, x, this.general, tolerance, MOST_STEPS)) return null;
    return problem.objective.evaluate(x) === null ? null : x;
  }
}

function fastestSteps(inverse: Float64Array, n: number): NearbySteps {
  return simdSteps(inverse, n) ?? new PlainSteps(inverse, n);
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
