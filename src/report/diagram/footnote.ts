import type { SemFit } from '../../models/sem/results.js';
import type { ParameterTable } from '../../models/sem/parameterTable.js';
import type { Language } from '../../shared/mime/surveyTable.js';
import { preferredMeasure } from '../../models/sem/measures/preferredMeasure.js';
import { canJudgeFit, sentenceIndices } from '../fitTable.js';
import { FIT_THRESHOLDS } from '../fitThresholds.js';
import { formatFixed, formatInteger, formatPClause, formatUnit } from '../format/formatNumber.js';
import type { ResolvedDiagramOptions } from './diagramOptions.js';
import type { DiagramGraph } from './graph.js';

/** The variables' part of fit: `χ²(24) = 85.31, p < .001, CFI = .93 …`. */
export function fitSentence(fit: SemFit): string {
  const { value: chiSquare, variant } = preferredMeasure(fit, 'chisq');
  const suffix = variant === '' ? '' : `.${variant}`;
  const df = fit.measures[`df${suffix}`] ?? fit.measures.df ?? null;
  const p = fit.measures[`pvalue${suffix}`] ?? null;
  const parts: string[] = [];
  if (chiSquare !== null && df !== null) parts.push(df === 0 ? 'Saturated model (df = 0)' : `${variant === '' ? '' : `${variant} `}χ²(${formatInteger(df)}) = ${formatFixed(chiSquare, 2)}${p === null ? '' : `, p ${formatPClause(p, 3, false)}`}`);
  if (canJudgeFit(fit)) {
    for (const key of sentenceIndices(fit)) {
      const { value, variant: kind } = preferredMeasure(fit, key);
      if (value !== null) parts.push(`${kind === '' ? '' : `${kind} `}${FIT_THRESHOLDS.find((one) => one.key === key)?.label.en ?? key.toUpperCase()} = ${formatUnit(value, 3, false)}`);
    }
  }
  // A number stays on the line of its name.
  return parts.map((part) => part.replace(/ (?=[=<>] )|(?<=[=<>]) /g, '\u00a0')).join(', ');
}

const ESTIMATES: Readonly<Record<'en' | 'zh', Readonly<Record<ResolvedDiagramOptions['estimates'], string>>>> = {
  en: { std: 'Standardized estimates', unstd: 'Unstandardized estimates', both: 'Unstandardized / standardized estimates', none: '' },
  zh: { std: '标准化估计值', unstd: '非标准化估计值', both: '非标准化 / 标准化估计值', none: '' }
};

function sideOf(lang: Language): 'en' | 'zh' {
  return lang === 'zh' ? 'zh' : 'en';
}

/** What a reader must know to read the drawing, in whole sentences. */
export function footnotes(source: SemFit | ParameterTable, graphs: readonly DiagramGraph[], options: ResolvedDiagramOptions, hiddenResiduals = 0): readonly string[] {
  const side = sideOf(options.lang);
  const english = side === 'en';
  const notes: string[] = [];
  if (source.kind === 'sem') {
    const { converged } = source.convergence;
    const estimator = typeof source.options.estimator === 'string' ? source.options.estimator : '';
    const clusters = (source.levels?.clusters ?? []).reduce((sum, { count }) => sum + count, 0);
    const sample = `n = ${source.sample.used}${clusters === 0 ? '' : english ? ` in ${clusters} clusters` : `（${clusters} 个群组）`}`;
    if (!converged) notes.push(english ? 'The model did not converge: no estimates are shown.' : '模型未收敛：不显示估计值。');
    else {
      if (!source.admissible) notes.push(english ? 'Inadmissible solution (see the warnings).' : '解不可接受（见警告）。');
      notes.push([[ESTIMATES[side][options.estimates], estimator, sample].filter((part) => part !== '').join(', '), fitSentence(source)].filter((part) => part !== '').join(english ? '. ' : '；') + (english ? '.' : '。'));
    }
  }
  const labels = graphs.flatMap(({ edges }) => edges.map(({ label }) => label ?? ''));
  const dashed = graphs.some(({ edges }) => edges.some((edge) => edge.dashed));
  const marks = [...(labels.some((label) => /\*/.test(label)) ? ['* p < .05, ** p < .01, *** p < .001'] : []), ...(dashed ? [english ? 'dashed: p ≥ .05' : '虚线：p ≥ .05'] : [])];
  if (marks.length > 0) notes.push(`${marks.join(english ? '; ' : '；')}${english ? '.' : '。'}`);
  const paths = graphs.reduce((sum, { hiddenPaths }) => sum + hiddenPaths, 0);
  const covariances = graphs.reduce((sum, { hiddenCovariances }) => sum + hiddenCovariances, 0);
  if (paths > 0) notes.push(english ? `${paths} path(s) with p ≥ .05 are not drawn.` : `未显示 ${paths} 条不显著路径（p ≥ .05）。`);
  if (hiddenResiduals > 0) notes.push(english ? `${hiddenResiduals} residual variance(s) are not drawn.` : `未显示 ${hiddenResiduals} 个残差方差。`);
  if (covariances > 0) notes.push(english ? `${covariances} covariance(s) are not drawn.` : `未显示 ${covariances} 个协方差。`);
  return notes;
}
