import type { NearbySteps } from '../../../../numerics/optimize/nearby/nearbySteps.js';
import { minimizeNear, type NearObjective } from '../../../../numerics/optimize/quasiNewton.js';
import type { FactorKernel } from '../../discrepancy/factor/factorKernel.js';
import type { FactorPattern } from '../../discrepancy/factor/factorPattern.js';
import type { MaximumLikelihood } from '../../discrepancy/normalTheory.js';
import type { ModelProblem } from '../../estimation/estimate.js';
import { FactorPart } from '../../estimation/factorPart.js';
import { ModelObjective } from '../../estimation/modelObjective.js';
import { NormalPart } from '../../estimation/normalPart.js';
import { derivatives } from '../../implied/derivatives.js';
import type { GroupSample } from '../../discrepancy/normalTheory.js';
import type { NearSolver } from './nearSolver.js';

/** The solver outside WebAssembly, and for latent variables that cause each other in a circle; solver.c makes the same sums in the same order. */
export class PlainSolver implements NearSolver {
  readonly groupValues: Float64Array;
  private readonly objective: FactorObjective;
  private readonly diagonal: Float64Array;

  /**
   * @param samples of the objective, read anew by every `solve`
   * @param kernelOf where the likelihood is computed
   */
  constructor(problem: ModelProblem, private readonly from: Float64Array, samples: readonly GroupSample[], private readonly steps: NearbySteps, private readonly tolerance: number, private readonly most: number, kernelOf: (pattern: FactorPattern, means: boolean) => FactorKernel) {
    const { objective, structure, table } = problem;
    const likelihoods: MaximumLikelihood[] = [];
    const parts = objective.parts.map((part, g) => {
      const general = part as NormalPart;
      const likelihood = general.discrepancy as MaximumLikelihood;
      likelihoods.push(likelihood);
      return new FactorPart(general, likelihood, samples[g], derivatives(structure.groups[g], structure.position), table.meanStructure, kernelOf);
    });
    this.objective = new FactorObjective(problem, parts, likelihoods);
    this.groupValues = this.objective.groupValues;
    this.diagonal = this.objective.diagonalAt(from);
  }

  solve(): Float64Array | null {
    const { objective, steps, tolerance, most, diagonal } = this;
    objective.readSamples();
    const x = this.from.slice();
    return minimizeNear(objective, x, steps, tolerance, most, diagonal) ? x : null;
  }
}

/** The objective in factor form, over the same values and weights. */
class FactorObjective extends ModelObjective implements NearObjective {
  constructor({ structure, objective }: ModelProblem, private readonly factorParts: readonly FactorPart[], private readonly likelihoods: readonly MaximumLikelihood[]) {
    super(structure, factorParts, objective.weights, objective.values);
  }

  readSamples(): void {
    for (const likelihood of this.likelihoods) likelihood.readSample();
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
