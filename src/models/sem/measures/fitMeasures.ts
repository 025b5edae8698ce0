import { finite } from '../../../shared/table.js';
import { filterPacked } from '../../../shared/packedArray.js';
import type { FitMeasures } from '../results.js';
import { pairwiseCriteria } from '../categorical/pairwise/pairwiseCriteria.js';
import { catmlIndices } from '../categorical/catmlIndices.js';
import { categoricalMeasures } from '../categorical/categoricalMeasures.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import { inverseCovariance } from '../estimation/estimate.js';
import { FimlPart } from '../estimation/fimlPart.js';
import { MomentPart } from '../estimation/momentPart.js';
import { NormalPart } from '../estimation/normalPart.js';
import type { FitState, ModelTest } from '../fit/fitState.js';
import { freeMoments } from '../fit/degreesOfFreedom.js';
import { isIdentified } from '../fit/identified.js';
import { conditionalPair, conditionalSquares } from './conditionalMoments.js';
import { criticalN, incrementalIndices, pValue, rmseaMeasures, robustIncremental, type Measures } from './fitIndices.js';
import { incompleteLikelihood, incompleteSquares, robustIncompleteMeasures } from './incompleteMeasures.js';
import { fixedExogenous } from '../inference/fixedExogenous.js';
import { momentSquares, normalSquares } from './goodnessOfFit.js';
import { informationCriteria, logDet, normalLogLikelihood, saturatedLogLikelihood, submatrix } from './likelihoodIndices.js';
import { noReference } from '../specification/noReference.js';
import { residualIndices } from './residualIndices.js';
import { levelLikelihood, levelResiduals } from '../twoLevel/levelMeasures.js';

/** All fit measures by lavaan's names and in its order. What does not exist for this fit is absent or null. */
export function fitMeasures(state: FitState): FitMeasures {
  const out: Measures = new Map();
  const { baseline, estimation, npar, effectiveN: n, sample } = state;
  // with more parameters than moments nothing is tested; of a model that is not identified χ² is known, and its degrees of freedom (more than parameters counted say) are not
  const identified = isIdentified(state);
  const test = identified && state.test && state.test.df >= 0 ? state.test : null;
  out.set('npar', npar);
  out.set('fmin', finite(estimation.minimum.value));
  if (test) testMeasures(state, test, baseline, out);
  else if (state.test) for (const [name, value] of [['chisq', state.test.df >= 0 ? finite(state.test.statistic) : null], ['df', state.test.df], ['pvalue', null]] as const) out.set(name, value);
  if (state.twoLevel) levelLikelihood(state, state.twoLevel, out);
  else if (state.options.discrepancy === 'ML') likelihoodMeasures(state, out);
  else if (state.pairwise) pairwiseCriteria(state.pairwise, sample.n, out);
  if (!identified) for (const name of ['aic', 'bic', 'bic2']) if (out.has(name)) out.set(name, null);
  if (test) {
    const groups = sample.groups.length;
    rmseaMeasures({ statistic: test.statistic, df: test.df, n, groups }, '', out);
    // the adjusted pairwise ratio estimates no noncentrality per row
    if (test.scaled && !state.pairwise) scaledRmsea(test, n, groups, hasRobustIndices(state), out);
    if (sample.incomplete) robustIncompleteMeasures(state, test, out);
    out.set('rmsea.ci.level', 0.9);
    out.set('rmsea.close.h0', 0.05);
    out.set('rmsea.notclose.h0', 0.08);
  }
  if (state.twoLevel) {
    levelResiduals(state, state.twoLevel, out);
    return Object.freeze(Object.fromEntries(out));
  }
  const ordinal = filterPacked(estimation.objective.parts, (part) => part instanceof CategoricalPart);
  if (ordinal.length > 0) categoricalMeasures(ordinal, state.pairwise ? null : (test?.statistic ?? null), out);
  if (ordinal.length > 0 && test) catmlIndices(state, test, baseline, out);
  else if (!state.options.conditionalX) residualIndices(sample.groups, estimation.implied, state.table.meanStructure, out);
  else {
    const pairs = sample.groups.map((group, g) => conditionalPair(group, estimation.implied[g], fixedExogenous(estimation, g))).filter((pair) => pair !== null);
    if (pairs.length === sample.groups.length) residualIndices(pairs.map((pair) => pair.sample), pairs.map((pair) => pair.implied), state.table.meanStructure, out);
  }
  // Mplus' own form of the index is the one shown with its name
  if (state.options.mimic === 'Mplus' && ordinal.length === 0) out.set('srmr', out.get('srmr_mplus') ?? null);
  if (test) {
    out.set('cn_05', criticalN(test, n, 0.05));
    out.set('cn_01', criticalN(test, n, 0.01));
    absoluteMeasures(state, test, out);
  }
  return Object.freeze(Object.fromEntries(out));
}

/**
 * RMSEA of a scaled test. Without a shift, X² is referred to tr(UΓ) degrees of
 * freedom (point estimate and interval); with a shift, the scaled statistic to
 * its own. The robust version estimates what RMSEA would be under normality.
 * @see Brosseau-Liard, Savalei & Li (2012), Multivariate Behavioral Research 47(6)
 */
function scaledRmsea(test: ModelTest, n: number, groups: number, robust: boolean, out: Measures): void {
  const { scaled, statistic, df } = test;
  if (!scaled) return;
  const { trace, shift, statistic: adjusted, df: adjustedDf } = scaled;
  if (shift !== 0) rmseaMeasures({ statistic: adjusted, df: adjustedDf, n, groups }, '.scaled', out);
  else rmseaMeasures({ statistic, df: trace * df, n, groups }, '.scaled', out);
  if (!(trace > 0) || !robust) return;
  rmseaMeasures({ statistic: statistic / trace, df, n, groups, scaling: trace }, '.robust', out);
  if (shift === 0) return;
  const point = out.get('rmsea.robust') ?? null;
  rmseaMeasures({ statistic: adjusted, df: adjustedDf, n, groups, scaling: scaled.scaling }, '.robust', out);
  out.set('rmsea.robust', point);
}

/** Incomplete rows have their own robust CFI, TLI and RMSEA. */
function hasRobustIndices({ sample }: FitState): boolean {
  return sample.incomplete === undefined;
}

function testMeasures(state: FitState, test: ModelTest, baseline: ModelTest | null, out: Measures): void {
  out.set('chisq', test.statistic);
  out.set('df', test.df);
  out.set('pvalue', noReference(state.options.discrepancy) ? null : pValue(test));
  if (test.scaled) {
    out.set('chisq.scaled', test.scaled.statistic);
    out.set('df.scaled', test.scaled.df);
    out.set('pvalue.scaled', pValue(test.scaled));
    out.set('chisq.scaling.factor', finite(test.scaled.scaling));
    if (test.scaled.saturated !== undefined) out.set('scaling.factor.h1', test.scaled.saturated / freeMoments(state.table));
    if (test.scaled.model !== undefined) out.set('scaling.factor.h0', test.scaled.model / state.table.freeCount);
  }
  if (!baseline) return;
  out.set('baseline.chisq', baseline.statistic);
  out.set('baseline.df', baseline.df);
  out.set('baseline.pvalue', noReference(state.options.discrepancy) ? null : pValue(baseline));
  if (baseline.scaled) {
    out.set('baseline.chisq.scaled', baseline.scaled.statistic);
    out.set('baseline.df.scaled', baseline.scaled.df);
    out.set('baseline.pvalue.scaled', pValue(baseline.scaled));
    out.set('baseline.chisq.scaling.factor', finite(baseline.scaled.scaling));
  } else if (test.scaled) out.set('baseline.df.scaled', baseline.df);
  incrementalIndices(test, baseline, '', out);
  if (!test.scaled || !baseline.scaled) return;
  incrementalIndices(test.scaled, baseline.scaled, '.scaled', out);
  if (!(test.scaled.trace > 0) || !(baseline.scaled.trace > 0) || !hasRobustIndices(state)) return;
  const { statistic: x, df } = test;
  const { statistic: xb, df: dfb } = baseline;
  robustIncremental(x - test.scaled.trace * df, df, xb - baseline.scaled.trace * dfb, dfb, out);
}

/** ℓ of the model and of the saturated model; with fixed exogenous variables, both are conditional on them. */
function likelihoodMeasures(state: FitState, out: Measures): void {
  const { sample, estimation, table, npar } = state;
  if (sample.incomplete) return incompleteLikelihood(state, sample.incomplete, out);
  let logl = 0;
  let saturated = 0;
  let conditional = 0;
  let defined = true;
  sample.groups.forEach((group, g) => {
    const implied = estimation.implied[g];
    const { p } = implied.structure;
    const whole = logDet(group.covariance, p);
    const unrestricted = whole === null ? null : saturatedLogLikelihood(group.n, p, whole);
    // F = 2(ℓ of the saturated model − ℓ of the model)/n, where F was minimized for these moments
    const model = unrestricted !== null && estimation.objective.parts[g] instanceof NormalPart ? unrestricted - 0.5 * group.n * estimation.objective.groupValues[g] : normalLogLikelihood(group.n, p, group.covariance, implied.sigma, table.meanStructure ? group.mean.map((value, i) => value - implied.mu[i]) : null);
    const exogenous = fixedExogenous(estimation, g);
    const block = submatrix(group.covariance, p, exogenous);
    const marginal = normalLogLikelihood(group.n, exogenous.length, block, block, null);
    if (model === null || unrestricted === null || marginal === null) defined = false;
    else {
      logl += model;
      saturated += unrestricted;
      conditional += marginal;
    }
  });
  if (defined) informationCriteria(logl - conditional, saturated - conditional, npar, sample.n, out);
}

function absoluteMeasures(state: FitState, test: ModelTest, out: Measures): void {
  const { estimation, sample, npar, effectiveN: n, table } = state;
  const unrestricted = sample.firstStage !== undefined || (state.options.h1Information === 'unstructured' && state.options.discrepancy === 'ML');
  let residual = 0;
  let total = 0;
  estimation.objective.parts.forEach((part, g) => {
    const weight = (part instanceof CategoricalPart ? part.moments.total : sample.groups[g].n) / sample.n;
    const exogenous = fixedExogenous(estimation, g);
    const squares =
      state.options.conditionalX && !(part instanceof CategoricalPart) ? conditionalSquares(sample.groups[g], estimation.implied[g], exogenous)
      : part instanceof NormalPart ? (unrestricted ? normalSquares(sample.groups[g], part.implied, inverseCovariance(sample.groups[g], sample.names[g].length), table.meanStructure, exogenous) : normalSquares(sample.groups[g], part.implied, part.discrepancy.v, table.meanStructure, exogenous, part.discrepancy.likelihood))
      : part instanceof CategoricalPart ? part.squares()
      : part instanceof FimlPart && sample.rows ? incompleteSquares(sample.rows.groups[g], sample.groups[g], part, exogenous)
      : part instanceof MomentPart ? momentSquares(sample.groups[g], part.implied, part.weight, table.meanStructure)
      : null;
    if (!squares) return;
    // lavaan averages the groups' indices, weighted by their size
    residual += (weight * squares.residual) / squares.total;
    total += weight;
  });
  if (total > 0) {
    const gfi = 1 - residual / total;
    const ordinal = estimation.objective.parts.reduce((sum, part) => sum + (part instanceof CategoricalPart ? part.moments.layout.count : 0), 0);
    const moments = ordinal > 0 ? ordinal : freeMoments(table) + table.rows.filter((row) => !state.options.conditionalX && row.exo && (row.op === '~~' || row.op === '~1')).length;
    out.set('gfi', finite(gfi));
    out.set('agfi', finite(test.df > 0 ? 1 - (moments / test.df) * (1 - gfi) : 1));
    out.set('pgfi', finite((test.df / moments) * gfi));
  }
  out.set('mfi', Math.exp(-0.5 * ((test.statistic - test.df) / n)));
  if (sample.groups.length >= 1 && !state.pairwise) out.set('ecvi', (test.statistic + 2 * npar) / n);
}
