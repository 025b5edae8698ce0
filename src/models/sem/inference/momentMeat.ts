import { fail } from '../../../shared/diagnostic.js';
import { rowMoments } from '../../../statistics/moments.js';
import { categoricalDeviations } from '../categorical/categoricalDeviations.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import type { Estimation } from '../estimation/estimate.js';
import { MomentPart } from '../estimation/momentPart.js';
import { NormalPart } from '../estimation/normalPart.js';
import type { SemSample } from '../estimation/sample.js';
import { derivatives } from '../implied/derivatives.js';
import { addCrossProducts } from './casewise.js';
import { clusteredDeviations } from './clusteredDeviations.js';
import { deviations } from './deviations.js';
import { fixedExogenous } from './fixedExogenous.js';
import { normalDeviations, weightedDeviations, type WeightedDeviations } from './momentDeviations.js';
import { rowsOf } from './rowsOf.js';
import { atUnrestrictedMoments, observedWeights } from './unrestrictedWeight.js';
import type { GroupPart } from '../estimation/groupPart.js';
import type { ResolvedSemOptions } from '../options.js';

/** Rows' weighted deviations of the moments, per group. */
export function momentDeviations(estimation: Estimation, sample: SemSample, wantZ: boolean, parts: readonly GroupPart[] = estimation.objective.parts): readonly WeightedDeviations[] {
  const { structure, table } = estimation;
  return parts.map((part, g) => {
    if (part instanceof CategoricalPart) return categoricalDeviations(part);
    const { cluster, weights } = rowsOf(sample)[g];
    // lavaan takes Γ from unweighted rows; a warning says so
    const mean = weights ? rowMoments({ ...rowsOf(sample)[g], weights: undefined }, sample.names[g].length, 'n').mean : sample.groups[g].mean;
    const rows = deviations(rowsOf(sample)[g], mean ?? sample.groups[g].mean, fixedExogenous(estimation, g));
    const d = derivatives(structure.groups[g], structure.position);
    const piece =
      part instanceof NormalPart ? normalDeviations(part, d, rows, part.discrepancy.v, table.meanStructure, structure.size, wantZ || cluster !== undefined)
      : part instanceof MomentPart ? weightedDeviations(part, d, rows, table.meanStructure, structure.size)
      : fail('robust-estimator', 'this estimator has no robust sandwich');
    return cluster ? clusteredDeviations(piece, cluster) : piece;
  });
}

/** The same with the weight that goes with an information matrix: expected at the implied or at the sample moments, or observed. */
export function deviationsUnder(estimation: Estimation, sample: SemSample, options: ResolvedSemOptions, information: ResolvedSemOptions['information'], wantZ: boolean): readonly WeightedDeviations[] {
  const observed = information === 'observed' && options.h1Information === 'structured' && options.discrepancy === 'ML' ? observedWeights(estimation) : null;
  return momentDeviations(atUnrestrictedMoments(estimation, options), sample, wantZ, observed ?? undefined);
}

/** ΔᵀWΓWΔ = (1/N) Σ t_i t_iᵀ, lower triangle. */
export function momentMeat(pieces: readonly WeightedDeviations[], size: number, n: number): Float64Array {
  const out = new Float64Array(size * size);
  for (const piece of pieces) addCrossProducts(piece.t, piece.n, size, 1 / n, out);
  return out;
}
