import type { GroupRows } from '../../../statistics/rows.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { FimlPart } from '../estimation/fimlPart.js';
import type { IncompleteGroup } from '../estimation/sample.js';
import { freeMoments } from '../fit/degreesOfFreedom.js';
import type { FitState, ModelTest } from '../fit/fitState.js';
import { incompleteMisfit } from '../inference/incomplete/incompleteMisfit.js';
import { saturatedInformation } from '../inference/incomplete/saturatedTrace.js';
import { isScaled } from '../specification/scaledTests.js';
import { fixedExogenous } from '../inference/fixedExogenous.js';
import { availableMoments } from './availableMoments.js';
import { baselineTable } from './baseline.js';
import { rmseaMeasures, robustIncremental, type Measures } from './fitIndices.js';
import { normalSquares, type WeightedSquares } from './goodnessOfFit.js';
import { informationCriteria } from './likelihoodIndices.js';
import { exogenousValue, solveIndependence } from './testStatistic.js';

/** Log-likelihoods of incomplete rows: every answered cell counts ln 2π; with fixed exogenous variables conditional on them. */
export function incompleteLikelihood(state: FitState, incomplete: readonly IncompleteGroup[], out: Measures): void {
  const { sample, estimation, npar } = state;
  let logl = 0;
  let saturated = 0;
  incomplete.forEach(({ patterns, saturated: h1 }, g) => {
    const { n } = sample.groups[g];
    const exogenous = fixedExogenous(estimation, g);
    let cells = 0;
    for (const { share, observed } of patterns) cells += share * n * observed.filter((j) => !exogenous.includes(j)).length;
    const constant = -0.5 * cells * Math.log(2 * Math.PI);
    const conditional = exogenousValue(sample, g, exogenous);
    logl += constant - 0.5 * n * (estimation.objective.groupValues[g] + h1.value - conditional);
    saturated += constant - 0.5 * n * (h1.value - conditional);
  });
  informationCriteria(logl, saturated, npar, sample.n, out);
}

/** Residual and total weighted squares of the available-case moments (with sampling weights, of the saturated ones), with the patterns' information Σ_p f_p V_p as the weight. */
export function incompleteSquares(rows: GroupRows, saturated: GroupSample, part: FimlPart, exogenous: readonly number[]): WeightedSquares {
  const sample = rows.weights ? saturated : availableMoments(rows, part.implied.structure.p);
  let residual = 0;
  let total = 0;
  part.forPatterns(({ share }, vp) => {
    const squares = normalSquares(sample, part.implied, vp, true, exogenous);
    residual += share * squares.residual;
    total += share * squares.total;
  });
  return { residual, total };
}

/** Robust CFI, TLI, RNI and RMSEA: what they would be had nobody left out an answer. */
export function robustIncompleteMeasures(state: FitState, test: ModelTest, out: Measures): void {
  const { estimation, sample, options, table, effectiveN: n } = state;
  const { incomplete } = sample;
  const saturated = saturatedInformation(sample, (g) => fixedExogenous(estimation, g));
  if (!incomplete || !saturated || test.df <= 0) return;
  const robust = isScaled(options.test);
  const model = incompleteMisfit(estimation, sample, saturated, options.information, robust);
  if (!model) return;
  const scaling = model.correction / test.df;
  rmseaMeasures({ statistic: model.statistic / scaling, df: test.df, n, groups: sample.groups.length, scaling }, '.robust', out);
  if (!options.baseline) return;
  const independence = baselineTable(table, options);
  const choice = { name: 'ML' as const, groupWeights: Float64Array.from(sample.groups, (group) => group.n / sample.n), incomplete };
  const baseline = solveIndependence(independence, sample, choice);
  const misfit = baseline.minimum.converged ? incompleteMisfit(baseline, sample, saturated, options.information, robust) : null;
  if (!misfit) return;
  const df = freeMoments(independence) - independence.freeCount;
  robustIncremental(model.statistic - model.correction, test.df, misfit.statistic - misfit.correction, df, out);
}
