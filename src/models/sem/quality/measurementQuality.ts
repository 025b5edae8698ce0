import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { finite, table, type Bilingual, type Table } from '../../../shared/table.js';
import { averageVarianceExtracted, constructReliability } from '../../../statistics/validity/convergent.js';
import { fornellLarckerTable, htmtTable } from '../../../statistics/validity/discriminantTables.js';
import { heterotraitMonotrait } from '../../../statistics/validity/heterotraitMonotrait.js';
import { cronbachAlpha, scaleSums } from '../../../statistics/reliability/alpha.js';
import { stateOf } from '../fit/fittedModel.js';
import type { ParameterEstimate, SemFit } from '../results.js';
import { oneLevelOnly } from '../twoLevel/oneLevelOnly.js';

/** Usual demands. @see Fornell & Larcker (1981); Hair et al. (2019), Multivariate Data Analysis, 8th ed. */
export const LEAST_LOADING = 0.5;
export const LEAST_AVE = 0.5;
export const LEAST_RELIABILITY = 0.7;

export interface FactorQuality {
  readonly factor: string;
  readonly loadings: readonly ParameterEstimate[];
  /** (Σλ)² / ((Σλ)² + Σ(1 − λ²)), λ standardized. */
  readonly compositeReliability: number | null;
  /** Mean λ². */
  readonly averageVarianceExtracted: number | null;
  /** Cronbach's alpha of the indicators; null for factors of factors. */
  readonly alpha: number | null;
}

export interface MeasurementQuality {
  readonly kind: 'measurement-quality';
  readonly factors: readonly FactorQuality[];
  /** Model-implied correlations of the factors, row-major. */
  readonly correlation: Float64Array;
  /** HTMT of the factors with observed indicators, row-major in the order of `htmtNames`. */
  readonly htmt: Float64Array;
  readonly htmtNames: readonly string[];
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

/**
 * Convergent and discriminant validity read from a fitted measurement model:
 * standardized loadings, composite reliability, average variance extracted,
 * Fornell-Larcker, HTMT. An indicator of several factors counts for each.
 *
 * @param group 1-based
 * @throws SurveyError `not-converged`, `no-loadings`
 */
export function measurementQuality(fit: SemFit, group: number = 1): MeasurementQuality {
  const state = oneLevelOnly(stateOf(fit), 'measurement quality figures');
  if (!fit.convergence.converged) fail('not-converged', 'the model did not converge, so its loadings say nothing about validity');
  const loadings = fit.loadings.filter((row) => row.group === group);
  if (loadings.length === 0) fail('no-loadings', 'the model measures no latent variable', { help: 'write a measurement model: `f =~ x1 + x2 + x3`' });
  const implied = state.estimation.implied[group - 1];
  const { observed, latent, m, p } = implied.structure;
  const { covariance } = state.sample.groups[group - 1];
  const names = [...new Set(loadings.map((row) => row.lhs))];
  const place = new Map(observed.map((name, i) => [name, i]));
  const factors = names.map((factor): FactorQuality => {
    const own = loadings.filter((row) => row.lhs === factor);
    const lambda = own.map((row) => row.stdAll);
    const usable = lambda.every((value): value is number => value !== null && Math.abs(value) <= 1);
    const items = own.map((row) => place.get(row.rhs));
    const allObserved = items.every((item): item is number => item !== undefined) && own.length > 1;
    return {
      factor, loadings: own,
      compositeReliability: usable ? finite(constructReliability(lambda as number[])) : null,
      averageVarianceExtracted: usable ? finite(averageVarianceExtracted(lambda as number[])) : null,
      alpha: allObserved ? cronbachAlpha(scaleSums(Float64Array.from((items as number[]).flatMap((i) => (items as number[]).map((j) => covariance[i * p + j]))), items.length)) : null
    };
  });
  const at = names.map((name) => latent.indexOf(name));
  const correlation = new Float64Array(names.length ** 2);
  at.forEach((i, a) => at.forEach((j, b) => (correlation[a * names.length + b] = implied.phi[i * m + j] / Math.sqrt(implied.phi[i * m + i] * implied.phi[j * m + j]))));
  const measured = factors.filter(({ alpha, loadings: own }) => alpha !== null && own.length > 1);
  const items = Float64Array.from(covariance, (value, k) => value / Math.sqrt(covariance[Math.floor(k / p) * p + Math.floor(k / p)] * covariance[(k % p) * p + (k % p)]));
  const htmt = heterotraitMonotrait(items, p, measured.map(({ loadings: own }) => own.map((row) => place.get(row.rhs) as number)));
  const facts = { kind: 'measurement-quality' as const, factors, correlation, htmt, htmtNames: measured.map(({ factor }) => factor), warnings: qualityWarnings(factors), used: fit.sample.used };
  return Object.freeze({ ...facts, tidy: () => convergentTable(facts), tables: () => qualityTables(facts) });
}

function qualityWarnings(factors: readonly FactorQuality[]): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { factor, loadings, compositeReliability, averageVarianceExtracted: ave } of factors) {
    for (const { rhs, stdAll } of loadings) {
      if (stdAll !== null && Math.abs(stdAll) > 1) found.push(warning('loading-above-one', `the standardized loading of \`${rhs}\` on \`${factor}\` is ${stdAll.toFixed(3)}, so CR and AVE of \`${factor}\` are left out`, { zh: `\`${rhs}\` 在 \`${factor}\` 上的标准化载荷为 ${stdAll.toFixed(3)}，故略去 \`${factor}\` 的 CR 与 AVE` }));
      else if (stdAll !== null && Math.abs(stdAll) < LEAST_LOADING) found.push(warning('low-loading', `the standardized loading of \`${rhs}\` on \`${factor}\` is ${stdAll.toFixed(3)}, below ${LEAST_LOADING}`, { zh: `\`${rhs}\` 在 \`${factor}\` 上的标准化载荷为 ${stdAll.toFixed(3)}，低于 ${LEAST_LOADING}` }));
    }
    if (compositeReliability !== null && compositeReliability < LEAST_RELIABILITY) found.push(warning('low-reliability', `composite reliability of \`${factor}\` is ${compositeReliability.toFixed(3)}, below ${LEAST_RELIABILITY}`, { zh: `\`${factor}\` 的组合信度为 ${compositeReliability.toFixed(3)}，低于 ${LEAST_RELIABILITY}` }));
    if (ave !== null && ave < LEAST_AVE) found.push(warning('low-ave', `average variance extracted of \`${factor}\` is ${ave.toFixed(3)}, below ${LEAST_AVE}`, { zh: `\`${factor}\` 的平均方差抽取量为 ${ave.toFixed(3)}，低于 ${LEAST_AVE}` }));
  }
  return found;
}

type Facts = Omit<MeasurementQuality, 'tidy' | 'tables'> & { readonly used: number };

function convergentTable({ factors, used }: Facts): Table {
  const sections: { beforeRow: number }[] = [];
  const rows = factors.flatMap(({ factor, loadings, compositeReliability, averageVarianceExtracted: ave, alpha }, f) =>
    loadings.map((row, i) => {
      if (i === 0 && f > 0) sections.push({ beforeRow: factors.slice(0, f).reduce((sum, one) => sum + one.loadings.length, 0) });
      return {
        factor: i === 0 ? factor : '', indicator: row.rhs, stdAll: row.stdAll, stdError: row.free > 0 ? row.stdError : null, statistic: row.statistic, pValue: row.pValue,
        alpha: i === 0 ? alpha : null, compositeReliability: i === 0 ? compositeReliability : null, ave: i === 0 ? ave : null
      };
    })
  );
  return table(
    { en: 'Convergent validity', zh: '收敛效度' },
    [
      { key: 'factor', label: { en: 'Construct', zh: '构念' }, kind: 'text' },
      { key: 'indicator', label: { en: 'Indicator', zh: '指标' }, kind: 'text' },
      { key: 'stdAll', label: { en: 'Std. loading', zh: '标准化载荷' }, kind: 'unit', digits: 3, starsFrom: 'pValue' },
      { key: 'stdError', label: { en: 'SE', zh: '标准误' }, kind: 'estimate', digits: 3 },
      { key: 'statistic', label: { en: 'z (C.R.)', zh: 'z (C.R.)' }, kind: 'number', digits: 3 },
      { key: 'pValue', label: { en: 'p', zh: 'p' }, kind: 'pValue' },
      { key: 'alpha', label: { en: 'α', zh: 'α' }, kind: 'unit', digits: 3 },
      { key: 'compositeReliability', label: { en: 'CR', zh: '组合信度 CR' }, kind: 'unit', digits: 3 },
      { key: 'ave', label: { en: 'AVE', zh: '平均方差抽取量 AVE' }, kind: 'unit', digits: 3 }
    ],
    rows,
    {
      sections,
      notes: [
        { en: `n = ${used}. SE, z and p belong to the unstandardized loading; a marker is fixed to 1 and has none.`, zh: `n = ${used}。标准误、z 与 p 对应未标准化载荷；参照指标固定为 1。` },
        { en: 'CR = (Σλ)² / ((Σλ)² + Σ(1 − λ²)); AVE = mean λ². Usual demands: λ ≥ .50, CR ≥ .70, AVE ≥ .50.', zh: '通常要求：λ ≥ .50，CR ≥ .70，AVE ≥ .50。' }
      ]
    }
  );
}

function qualityTables(facts: Facts): readonly Table[] {
  const names = facts.factors.map(({ factor }) => factor);
  const note: Bilingual = { en: `n = ${facts.used}; correlations implied by the model.`, zh: `n = ${facts.used}；相关系数由模型推得。` };
  const tables = [convergentTable(facts)];
  if (names.length > 1) tables.push(fornellLarckerTable({ names, ave: facts.factors.map((factor) => factor.averageVarianceExtracted), correlation: facts.correlation, notes: [note] }));
  if (facts.htmtNames.length > 1) tables.push(htmtTable(facts.htmtNames, facts.htmt, [{ en: `n = ${facts.used}; from correlations of the indicators.`, zh: `n = ${facts.used}；由指标相关系数计算。` }]));
  return tables;
}
