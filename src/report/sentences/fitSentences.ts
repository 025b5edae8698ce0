import type { ParameterEstimate, SemFit } from '../../models/sem/results.js';
import { levelName } from '../../models/sem/tables/levelName.js';
import type { Bilingual } from '../../shared/table.js';
import { fitSentence } from '../diagram/footnote.js';
import { formatEstimate, formatFixed, formatPClause, formatUnit } from '../format/formatNumber.js';
import { resolveTableStyle, type TableStyle } from '../format/tableStyle.js';
import type { VariableLabels } from '../parameterTables.js';

/**
 * One sentence per result, made from templates: what was estimated, how sure
 * it is, and no claim past the numbers. A level of .05 is used throughout.
 */
const LEVEL = 0.05;

/** An estimate of one path, from a regression or a structural model. */
export interface PathResult {
  readonly from: string;
  readonly to: string;
  readonly estimate: number | null;
  readonly stdError?: number | null;
  readonly statistic?: number | null;
  readonly pValue: number | null;
  readonly confLow?: number | null;
  readonly confHigh?: number | null;
  readonly standardized?: number | null;
}

export interface SentenceOptions {
  readonly style?: TableStyle;
  readonly labels?: VariableLabels;
  /** Letter of the test statistic. */
  readonly statistic?: 'z' | 't';
  /** Confidence level of the intervals. */
  readonly level?: number;
}

type Side = 'en' | 'zh';

function side(options: SentenceOptions): Side {
  return options.style?.lang === 'zh' ? 'zh' : 'en';
}

function wording(name: string, options: SentenceOptions): string {
  const label = options.labels?.get(name);
  return label === undefined ? name : side(options) === 'zh' ? (label.zh ?? label.en) : label.en;
}

/** `B = 0.65, SE = 0.05, z = 12.31, p < .001, 95% CI [0.55, 0.75], β = .66`; parts that do not exist are left out. */
export function estimateClause(result: Omit<PathResult, 'from' | 'to'>, options: SentenceOptions = {}): string {
  const { digits, pDigits, leadingZero } = resolveTableStyle(options.style ?? {});
  const { estimate, stdError, statistic, pValue, confLow, confHigh, standardized } = result;
  const known = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);
  const parts: string[] = [];
  if (known(estimate)) parts.push(`B = ${formatEstimate(estimate, digits)}`);
  if (known(stdError)) parts.push(`SE = ${formatEstimate(stdError, digits)}`);
  if (known(statistic)) parts.push(`${options.statistic ?? 'z'} = ${formatFixed(statistic, 2)}`);
  if (known(pValue)) parts.push(`p ${formatPClause(pValue, pDigits, leadingZero)}`);
  if (known(confLow) && known(confHigh)) parts.push(`${formatFixed((options.level ?? 0.95) * 100, 0)}% CI [${formatEstimate(confLow, digits)}, ${formatEstimate(confHigh, digits)}]`);
  if (known(standardized)) parts.push(`β = ${formatUnit(standardized, digits, leadingZero)}`);
  return parts.join(', ');
}

/** What the data say of one path. */
export function pathSentence(result: PathResult, options: SentenceOptions = {}): string {
  const from = wording(result.from, options);
  const to = wording(result.to, options);
  const clause = estimateClause(result, options);
  const { estimate, pValue } = result;
  if (side(options) === 'zh') {
    if (estimate === null) return `${from}对${to}的路径没有估计值。`;
    if (pValue === null) return `${from}对${to}的路径系数未检验（${clause}）。`;
    return pValue < LEVEL ? `${from}对${to}有显著${estimate > 0 ? '正向' : '负向'}影响（${clause}）。` : `${from}对${to}的影响不显著（${clause}）。`;
  }
  if (estimate === null) return `The path from ${from} to ${to} has no estimate.`;
  if (pValue === null) return `The path from ${from} to ${to} was not tested (${clause}).`;
  return pValue < LEVEL ? `The path from ${from} to ${to} was ${estimate > 0 ? 'positive' : 'negative'} and significant (${clause}).` : `The path from ${from} to ${to} was not significant (${clause}).`;
}

/** A hypothesis with its verdict, as the study's verdicts hold it. */
export interface JudgedHypothesis extends PathResult {
  readonly hypothesis: { readonly id: string; readonly statement: Bilingual };
  readonly verdict: 'supported' | 'not supported' | 'opposite sign' | 'untested';
}

const VERDICTS: Readonly<Record<JudgedHypothesis['verdict'], Readonly<Record<Side, string>>>> = {
  supported: { en: 'was supported', zh: '成立' },
  'not supported': { en: 'was not supported', zh: '不成立' },
  'opposite sign': { en: 'was contradicted: the effect is significant with the opposite sign', zh: '不成立：效应显著但方向相反' },
  untested: { en: 'was not tested', zh: '未检验' }
};

/** `H1 (…) was supported: B = …` */
export function hypothesisSentence(judged: JudgedHypothesis, options: SentenceOptions = {}): string {
  const which = side(options);
  const { id, statement } = judged.hypothesis;
  const clause = estimateClause(judged, options);
  if (which === 'zh') return `${id}（${statement.zh ?? statement.en}）${VERDICTS[judged.verdict].zh}${clause === '' ? '' : `（${clause}）`}。`;
  return `${id} (${statement.en}) ${VERDICTS[judged.verdict].en}${clause === '' ? '' : `: ${clause}`}.`;
}

/** A defined parameter: an indirect or total effect, judged by its interval. */
export function effectSentence(row: ParameterEstimate, options: SentenceOptions = {}): string {
  const clause = estimateClause({ ...row, standardized: row.stdAll }, options);
  const { confLow, confHigh } = row;
  const chinese = side(options) === 'zh';
  if (confLow === null || confHigh === null) return chinese ? `${row.lhs}：${clause}。` : `The effect ${row.lhs}: ${clause}.`;
  const excludes = confLow > 0 || confHigh < 0;
  if (chinese) return `效应 ${row.lhs} 的置信区间${excludes ? '不含' : '含'}0（${clause}）。`;
  return `The interval of the effect ${row.lhs} ${excludes ? 'excludes' : 'includes'} zero (${clause}).`;
}

/** Global fit, every structural path, every defined effect; a fit that failed says so and nothing else. */
export function fitSentences(fit: SemFit, style: TableStyle = {}, labels?: VariableLabels): readonly string[] {
  if (style.lang === 'both') return [...fitSentences(fit, { ...style, lang: 'zh' }, labels), ...fitSentences(fit, { ...style, lang: 'en' }, labels)];
  const options: SentenceOptions = { style, ...(labels ? { labels } : {}), ...(typeof fit.options.level === 'number' ? { level: fit.options.level } : {}) };
  const chinese = side(options) === 'zh';
  if (!fit.convergence.converged) return [chinese ? `模型未收敛（${fit.convergence.message}），不报告估计值。` : `The model did not converge (${fit.convergence.message}); no estimates are reported.`];
  const sentences: string[] = [];
  if (!fit.admissible) sentences.push(chinese ? '解不可接受，下列数值需谨慎对待。' : 'The solution is inadmissible; the numbers below must not be interpreted before the cause is found.');
  const fits = fitSentence(fit);
  if (fits !== '') sentences.push(chinese ? `模型拟合：${fits}。` : `Model fit: ${fits}.`);
  const groups = fit.table.groupLabels.length;
  const { levelLabels } = fit.table;
  const tag = (row: ParameterEstimate): string => {
    const level = levelLabels ? levelName(levelLabels, row.level) : null;
    const place = [groups > 1 && row.group > 0 ? fit.table.groupLabels[row.group - 1] : '', level ? (chinese ? (level.zh ?? level.en) : level.en) : ''].filter((part) => part !== '');
    return place.length > 0 ? `${place.join(', ')}: ` : '';
  };
  for (const row of fit.paths) sentences.push(tag(row) + pathSentence({ ...row, from: row.rhs, to: row.lhs, standardized: row.stdAll }, options));
  for (const row of fit.defined) sentences.push(effectSentence(row, options));
  return sentences;
}
