import { fail } from '../../../shared/diagnostic.js';
import { table, type Table } from '../../../shared/table.js';
import { dot } from '../../../numerics/dense/dot.js';
import { NormalPart } from '../estimation/normalPart.js';
import { stateOf } from '../fit/fittedModel.js';
import { derivatives } from '../implied/derivatives.js';
import { jacobian, momentCount } from '../implied/jacobian.js';
import type { SemFit } from '../results.js';
import { fitNotes } from '../tables/fitNotes.js';
import { levelCount } from '../structure/blocks.js';

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

/** Standard errors of residuals below this share of the moment's own are zero: the model fits that moment by construction. */
const NO_ERROR = 1e-6;

/**
 * Residual moments of a fitted model, per group.
 * @see Bentler (1995), EQS manual; Ogasawara (2001), Structural Equation Modeling 8(2)
 */
export function residuals(fit: SemFit, type: ResidualType = 'raw'): readonly GroupResiduals[] {
  const state = stateOf(fit);
  const { estimation, sample, table: parameters, options } = state;
  if (options.missing.endsWith('two.stage') && (type === 'normalized' || type === 'standardized')) fail('residual-type', `\`${type}\` residuals of two-stage estimation would take the saturated moments for those of complete rows`, { help: 'use `raw` or `cor.bollen`' });
  if (options.categorical && (type === 'normalized' || type === 'standardized')) fail('residual-type', `\`${type}\` residuals are for continuous variables`, { help: 'use `raw` or `cor.bollen`' });
  if (state.twoLevel && (type === 'normalized' || type === 'standardized')) fail('two-level', `\`${type}\` residuals are not available for two-level models`, { help: 'use `raw`, `cor.bollen` or `cor.bentler`' });
  const moments = state.twoLevel?.saturated.moments ?? sample.groups;
  return estimation.implied.map((implied, g) => {
    const { covariance: s, mean: m, n } = moments[g];
    const { p, observed } = implied.structure;
    const { sigma, mu } = implied;
    const means = parameters.meanStructure;
    const out = new Float64Array(p * p);
    const mean = means ? m.map((value, i) => value - mu[i]) : null;
    const errors = type === 'normalized' || type === 'standardized' ? residualErrors(state, g, type, n) : null;
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

/**
 * Standard errors under normality: of s_ij, √((s_ii s_jj + s_ij²)/n); of the
 * residual, √(diag(QΓQᵀ)/n), less what the parameters explain.
 */
function residualErrors(state: ReturnType<typeof stateOf>, g: number, type: ResidualType, n: number): { covariance: Float64Array; mean: Float64Array } {
  const { estimation, vcov, table: parameters, sample } = state;
  const implied = estimation.implied[g];
  const { p } = implied.structure;
  const { size, position } = estimation.structure;
  const means = parameters.meanStructure;
  const base = sample.groups[g].covariance;
  const covariance = new Float64Array(p * p);
  const mean = new Float64Array(p);
  const explained = new Float64Array(momentCount(p, means));
  if (type === 'standardized') {
    if (!vcov) return fail('no-covariance', 'standardized residuals need standard errors, and the model is not identified');
    const part = estimation.objective.parts[g];
    if (!(part instanceof NormalPart)) return fail('residual-type', 'standardized residuals are available for complete data under ML and GLS', { help: 'use `normalized`' });
    const delta = new Float64Array(explained.length * size);
    jacobian(derivatives(implied.structure, position), implied, size, means, delta);
    explainedVariance(delta, size, p, means, base, part.discrepancy.v, vcov.map((value) => value * n), explained);
    for (let r = 0; r < explained.length; r++) explained[r] /= n;
  }
  let at = 0;
  const root = (whole: number, less: number): number => (whole - less > NO_ERROR * whole ? Math.sqrt(whole - less) : 0);
  if (means) for (let i = 0; i < p; i++) mean[i] = root(base[i * p + i] / n, explained[at++]);
  for (let j = 0; j < p; j++) for (let i = j; i < p; i++) covariance[i * p + j] = root((base[i * p + i] * base[j * p + j] + base[i * p + j] ** 2) / n, explained[at++]);
  return { covariance, mean };
}

/**
 * What Q = I − ΔE⁻¹ΔᵀW takes away from the variances of the moments:
 * diag(Γ − QΓQᵀ), Γ normal-theory at S and W at Σ̂. With B = SV, the rows of
 * ΔᵀWΓ are the moments B D_k Bᵀ of each derivative D_k.
 */
function explainedVariance(delta: Float64Array, q: number, p: number, means: boolean, s: Float64Array, v: Float64Array, inverse: Float64Array, out: Float64Array): void {
  const rows = out.length;
  const offset = means ? p : 0;
  const b = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) b[i * p + j] = dot(s, i * p, v, j * p, p);
  const moved = new Float64Array(q * rows);
  const full = new Float64Array(p * p);
  const half = new Float64Array(p * p);
  const weighted = new Float64Array(q * rows);
  /** (A D Aᵀ) of derivative k as moments, diagonal times `diagonal`; means A dμ. */
  const transform = (a: Float64Array, k: number, diagonal: number, target: Float64Array): void => {
    let at = offset;
    for (let j = 0; j < p; j++) for (let i = j; i < p; i++) full[i * p + j] = full[j * p + i] = delta[at++ * q + k];
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) half[i * p + j] = dot(a, i * p, full, j * p, p);
    at = offset;
    for (let j = 0; j < p; j++) for (let i = j; i < p; i++) target[k * rows + at++] = (i === j ? diagonal : 1) * dot(half, i * p, a, j * p, p);
    if (means) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) target[k * rows + i] += a[i * p + j] * delta[j * q + k];
  };
  for (let k = 0; k < q; k++) {
    transform(b, k, 1, moved);
    transform(v, k, 0.5, weighted);
  }
  const meat = new Float64Array(q * q);
  for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) meat[k * q + l] = dot(weighted, k * rows, moved, l * rows, rows);
  const spread = new Float64Array(q);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < q; k++) spread[k] = dot(inverse, k * q, delta, r * q, q);
    let sum = 0;
    for (let k = 0; k < q; k++) sum += spread[k] * (2 * moved[k * rows + r] - dot(meat, k * q, spread, 0, q));
    out[r] = sum;
  }
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
