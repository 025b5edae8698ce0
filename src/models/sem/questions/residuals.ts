import { CategoricalPart } from '../categorical/categoricalPart.js';
import { fail } from '../../../shared/diagnostic.js';
import { table, type Table } from '../../../shared/table.js';
import { stateOf } from '../fit/fittedModel.js';
import type { SemFit } from '../results.js';
import { fitNotes } from '../tables/fitNotes.js';
import { levelCount } from '../structure/blocks.js';
import { residualErrors } from './residualErrors/residualErrors.js';

/**
 * raw s − σ; cor.bollen difference of correlations; cor.bentler (s − σ)/√(s_ii s_jj);
 * normalized raw over the standard error of s; standardized raw over its own standard error.
 */
export type ResidualType = 'raw' | 'cor.bollen' | 'cor.bentler' | 'normalized' | 'standardized';

export interface GroupResiduals {
  readonly group: string;
  /** Of a two-level model: residuals from the unrestricted moments of that level. */
  readonly level?: string;
  readonly names: readonly string[];
  /** p × p, row-major, symmetric; NaN where the standard error is 0. */
  readonly covariance: Float64Array;
  /** p; null without a mean structure. */
  readonly mean: Float64Array | null;
}

/**
 * Residual moments of a fitted model, per group.
 * @see Bentler (1995), EQS manual; Ogasawara (2001), Structural Equation Modeling 8(2)
 */
export function residuals(fit: SemFit, type: ResidualType = 'raw'): readonly GroupResiduals[] {
  const state = stateOf(fit);
  const { estimation, sample, table: parameters, options } = state;
  if (options.categorical && (type === 'normalized' || type === 'standardized')) fail('residual-type', `\`${type}\` residuals are for continuous variables`, { help: 'use `raw` or `cor.bollen`' });
  if (state.twoLevel && (type === 'normalized' || type === 'standardized')) fail('two-level', `\`${type}\` residuals are not available for two-level models`, { help: 'use `raw`, `cor.bollen` or `cor.bentler`' });
  const errorsOf = type === 'normalized' || type === 'standardized' ? residualErrors(state, type) : null;
  const moments = state.twoLevel?.saturated.moments ?? sample.groups;
  return estimation.implied.map((implied, g) => {
    const { covariance: s, mean: m } = moments[g];
    const { p, observed } = implied.structure;
    const part = estimation.objective.parts[g];
    const { covariance: sigma, mean: mu } = part instanceof CategoricalPart ? part.scaledMoments() : { covariance: implied.sigma, mean: implied.mu };
    const means = parameters.meanStructure;
    const out = new Float64Array(p * p);
    const mean = means ? m.map((value, i) => value - mu[i]) : null;
    const errors = errorsOf?.[g] ?? null;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) {
        const own = Math.sqrt(s[i * p + i] * s[j * p + j]);
        let value = s[i * p + j] - sigma[i * p + j];
        if (type === 'cor.bentler') value /= own;
        else if (type === 'cor.bollen') value = s[i * p + j] / own - sigma[i * p + j] / Math.sqrt(sigma[i * p + i] * sigma[j * p + j]);
        else if (errors) value = errors.covariance[i * p + j] > 0 ? value / errors.covariance[i * p + j] : NaN;
        out[i * p + j] = out[j * p + i] = value;
      }
      if (mean && type === 'cor.bentler') mean[i] /= Math.sqrt(s[i * p + i]);
      else if (mean && type === 'cor.bollen') mean[i] = m[i] / Math.sqrt(s[i * p + i]) - mu[i] / Math.sqrt(sigma[i * p + i]);
      else if (mean && errors) mean[i] = errors.mean[i] > 0 ? mean[i] / errors.mean[i] : NaN;
    }
    const levels = levelCount(parameters);
    return { group: sample.groupLabels[Math.floor(g / levels)], ...(parameters.levelLabels ? { level: parameters.levelLabels[g % levels] } : {}), names: observed, covariance: out, mean };
  });
}

/** The residual correlations that are largest in size. */
export function residualTable(fit: SemFit, most = 10): Table {
  const groups = residuals(fit, 'cor.bollen');
  const rows = groups.flatMap(({ group, level, names, covariance }) =>
    names.flatMap((a, i) => names.slice(0, i).map((b, j) => ({ group, ...(level === undefined ? {} : { level }), first: b, second: a, residual: covariance[i * names.length + j] })))
  );
  rows.sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual));
  return table(
    { en: 'Largest residual correlations', zh: '最大残差相关' },
    [
      ...(groups.some(({ group }) => group !== groups[0].group) ? [{ key: 'group', label: { en: 'Group', zh: '组' }, kind: 'text' as const }] : []),
      ...(groups[0].level === undefined ? [] : [{ key: 'level', label: { en: 'Level', zh: '层次' }, kind: 'text' as const }]),
      { key: 'first', label: { en: 'Variable', zh: '变量' }, kind: 'text' },
      { key: 'second', label: { en: 'with', zh: '与' }, kind: 'text' },
      { key: 'residual', label: { en: 'Residual r', zh: '残差相关' }, kind: 'unit' }
    ],
    rows.slice(0, most),
    { notes: [{ en: 'above .10 in size a pair is badly reproduced', zh: '绝对值大于 .10 表示该对变量拟合不佳' }, ...fitNotes(fit)] }
  );
}
