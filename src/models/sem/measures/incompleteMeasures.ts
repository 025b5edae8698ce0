import type { GroupRows } from '../../../statistics/rows.js';
import { buildProblem, partMaker, solve } from '../estimation/estimate.js';
import type { FimlPart } from '../estimation/fimlPart.js';
import type { IncompleteGroup } from '../estimation/sample.js';
import { freeMoments } from '../fit/degreesOfFreedom.js';
import type { FitState, ModelTest } from '../fit/fitState.js';
import { incompleteMisfit } from '../inference/incomplete/incompleteMisfit.js';
import { saturatedInformation } from '../inference/incomplete/saturatedTrace.js';
import { isScaled } from '../specification/scaledTests.js';
import { fixedExogenous } from '../inference/robustInference.js';
import { availableMoments } from './availableMoments.js';
import { baselineTable } from './baseline.js';
import { rmseaMeasures, robustIncremental, type Measures } from './fitIndices.js';
import { normalSquares, type WeightedSquares } from './goodnessOfFit.js';
import { informationCriteria } from './likelihoodIndices.js';
import { marginalValue } from './testStatistic.js';

/** Log-likelihoods of incomplete rows: every answered cell counts ln 2π; with fixed exogenous variables conditional on them. */
export function incompleteLikelihood(state: FitState, incomplete: readonly IncompleteGroup[], out: Measures): void {
  const { sample, estimation, npar } = state;
  const exogenous = fixedExogenous(estimation);
  let logl = 0;
  let saturated = 0;
  incomplete.forEach(({ patterns, saturated: h1 }, g) => {
    const rows = sample.rows?.groups[g];
    if (!rows) return;
    const p = sample.names.length;
    let cells = 0;
    for (const { n, observed } of patterns) cells += n * observed.filter((j) => !exogenous.includes(j)).length;
    const constant = -0.5 * cells * Math.log(2 * Math.PI);
    const conditional = exogenous.length > 0 ? marginalValue(rows, p, exogenous) : 0;
    logl += constant - 0.5 * rows.n * (estimation.objective.groupValues[g] + h1.value - conditional);
    saturated += constant - 0.5 * rows.n * (h1.value - conditional);
  });
  informationCriteria(logl, saturated, npar, sample.n, out);
}

/** Residual and total weighted squares of the available-case moments, with the patterns' information Σ_p f_p V_p as the weight. */
export function incompleteSquares(rows: GroupRows, part: FimlPart, exogenous: readonly number[]): WeightedSquares {
  const sample = availableMoments(rows, part.implied.structure.p);
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
  const saturated = saturatedInformation(sample, fixedExogenous(estimation));
  if (!incomplete || !saturated || test.df <= 0 || options.missing === 'ml.x') return;
  const robust = isScaled(options.test);
  const model = incompleteMisfit(estimation, sample, saturated, options.information, robust);
  if (!model) return;
  const scaling = model.correction / test.df;
  rmseaMeasures({ statistic: model.statistic / scaling, df: test.df, n, groups: sample.groups.length, scaling }, '.robust', out);
  if (!options.baseline) return;
  const independence = baselineTable(table);
  const choice = { name: 'ML' as const, groupWeights: Float64Array.from(sample.groups, (group) => group.n / sample.n), incomplete };
  const baseline = solve(buildProblem(independence, sample.groups, choice.groupWeights, partMaker(choice, sample.groups), 'simple'), { maxIterations: 100, tolerance: 1e-10 });
  const misfit = baseline.minimum.converged ? incompleteMisfit(baseline, sample, saturated, options.information, robust) : null;
  if (!misfit) return;
  const df = freeMoments(independence) - independence.freeCount;
  robustIncremental(model.statistic - model.correction, test.df, misfit.statistic - misfit.correction, df, out);
}
