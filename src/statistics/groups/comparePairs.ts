import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Table, TableColumn, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { warningNotes, type Analysis } from '../analysis.js';
import { pearsonTest } from '../correlate/coefficient.js';
import { pearson } from '../correlate/pearson.js';
import { column, heading } from '../headings.js';
import { tiedDifferences, wilcoxon, type Wilcoxon } from '../ranks/wilcoxon.js';
import { completeRows, present, scoredVariables, takeRows } from '../variables.js';
import { normalQuantile } from '../../numerics/distributions/index.js';
import { requireShare, resolveOptions } from '../options.js';
import { oneSampleTTest, pairedTTest, sampleMoments, type OneSampleTTest, type SampleMoments } from './tTest.js';

export interface MeanOptions {
  confidence: number;
}

export interface PairComparison {
  readonly first: string;
  readonly second: string;
  readonly n: number;
  readonly dropped: number;
  readonly moments: readonly [SampleMoments, SampleMoments];
  /** Correlation of the two over the pairs. */
  readonly r: number | null;
  readonly rP: number | null;
  /** First less second. */
  readonly test: OneSampleTTest;
  readonly wilcoxon: Wilcoxon;
}

export interface PairComparisons extends Analysis {
  readonly kind: 'pair-comparisons';
  readonly options: Readonly<MeanOptions>;
  readonly rows: number;
  readonly pairs: readonly PairComparison[];
}

/** Paired t tests, with Wilcoxon's signed-rank test beside. A construct stands for its score. @throws SurveyError `too-few-rows` */
export function comparePairs(survey: Survey, pairs: readonly (readonly [string, string])[], options?: Partial<MeanOptions>): PairComparisons {
  const resolved = resolveOptions<MeanOptions>('comparePairs', options, { confidence: 0.95 });
  requireShare('comparePairs', 'confidence', resolved.confidence);
  if (pairs.length === 0) fail('no-variables', 'no pair to compare');
  const warnings: Diagnostic[] = [];
  const compared = pairs.map(([first, second]): PairComparison => {
    if (first === second) fail('same-variable', `\`${first}\` is paired with itself`);
    const [a, b] = scoredVariables(survey, [first, second]);
    const rows = completeRows([a.values, b.values]);
    if (rows.length < 2) fail('too-few-rows', `only ${rows.length} rows answer both \`${first}\` and \`${second}\``);
    const x = takeRows(a.values, rows);
    const y = takeRows(b.values, rows);
    const test = pairedTTest(x, y, resolved.confidence);
    if (test.t === null) warnings.push(warning('constant-variable', `\`${first}\` less \`${second}\` is the same in every row, so no t exists`, { zh: `\`${first}\` 与 \`${second}\` 之差在每一行都相同，t 不存在` }));
    const { r, pValue } = pearsonTest(pearson(x, y), rows.length, normalQuantile(0.975));
    return { first, second, n: rows.length, dropped: a.values.length - rows.length, moments: [sampleMoments(x), sampleMoments(y)], r, rP: pValue, test, wilcoxon: wilcoxon(tiedDifferences(x, y), resolved.confidence) };
  });
  const facts = { kind: 'pair-comparisons' as const, options: resolved, rows: survey.validCount, pairs: compared, warnings };
  const made = (): Table => pairTable(facts);
  return Object.freeze({ ...facts, tidy: made, tables: () => [made()] });
}

/** g with its interval. */
const HEDGES: readonly TableColumn[] = [column('g', 'number', { en: 'Hedges’s g', zh: 'Hedges’s g' }), column('gLow', 'number', { en: 'g CI lower', zh: 'g 置信下限' }), column('gHigh', 'number', { en: 'g CI upper', zh: 'g 置信上限' })];

/** What d and g stand on. */
function effectNote(confidence: number): Bilingual {
  const percent = `${Math.round(confidence * 1000) / 10}%`;
  return { en: `${percent} intervals; d standardized by the SD of what is tested, g corrects it for small samples, intervals of both from the noncentral t.`, zh: `${percent} 置信区间；d 以所检验变量（差值）的标准差标准化，g 为小样本校正，二者区间基于非中心 t 分布。` };
}

function pairTable(facts: Omit<PairComparisons, 'tidy' | 'tables'>): Table {
  const rows = facts.pairs.map(({ first, second, n, moments, r, test, wilcoxon: ranks }): TableRow => ({ pair: `${first} − ${second}`, n, mean1: moments[0].mean, mean2: moments[1].mean, difference: test.difference, sd: test.sd, t: test.t, df: test.df, pValue: test.pValue, confLow: test.confLow, confHigh: test.confHigh, d: test.effect?.d ?? null, dLow: test.effect?.confLow ?? null, dHigh: test.effect?.confHigh ?? null, g: test.effect?.g ?? null, gLow: test.effect?.gLow ?? null, gHigh: test.effect?.gHigh ?? null, r, z: ranks.z, zP: ranks.pValue, rb: ranks.rankBiserial, rbLow: ranks.confLow, rbHigh: ranks.confHigh }));
  const ranks = { en: 'Wilcoxon', zh: 'Wilcoxon' };
  const columns = [
    column('pair', 'text', { en: 'Pair', zh: '配对' }),
    heading('n'),
    column('mean1', 'number', { en: 'M (first)', zh: '前者均值' }),
    column('mean2', 'number', { en: 'M (second)', zh: '后者均值' }),
    heading('difference'),
    column('sd', 'number', { en: 'SD of differences', zh: '差值标准差' }),
    heading('t', { digits: 3, starsFrom: 'pValue' }),
    heading('df', { kind: 'integer' }),
    heading('pValue'),
    heading('confLow'),
    heading('confHigh'),
    column('d', 'number', { en: 'Cohen’s dz', zh: 'Cohen’s dz' }),
    column('dLow', 'number', { en: 'dz CI lower', zh: 'dz 置信下限' }),
    column('dHigh', 'number', { en: 'dz CI upper', zh: 'dz 置信上限' }),
    ...HEDGES,
    heading('r'),
    heading('z', { group: ranks }),
    heading('pValue', { key: 'zP', group: ranks }),
    column('rb', 'unit', { en: 'Rank-biserial r', zh: '秩二列相关' }, { group: ranks }),
    heading('confLow', { key: 'rbLow', kind: 'unit', group: ranks }),
    heading('confHigh', { key: 'rbHigh', kind: 'unit', group: ranks })
  ];
  return table({ en: 'Paired-samples t tests', zh: '配对样本 t 检验' }, columns, rows, { notes: [...droppedNotes(facts.pairs.map(({ first, second, dropped }) => ({ name: `${first} − ${second}`, dropped })), facts.rows), effectNote(facts.options.confidence), ...warningNotes(facts.warnings)] });
}

export interface MeanTest {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly dropped: number;
  /** Difference from the test value. */
  readonly test: OneSampleTTest;
}

export interface MeanTests extends Analysis {
  readonly kind: 'mean-tests';
  readonly options: Readonly<MeanOptions>;
  readonly value: number;
  readonly rows: number;
  readonly variables: readonly MeanTest[];
}

/** One-sample t tests of means against a value, such as the middle of a scale. @throws SurveyError `too-few-rows` */
export function compareToValue(survey: Survey, names: readonly string[], value: number, options?: Partial<MeanOptions>): MeanTests {
  const resolved = resolveOptions<MeanOptions>('compareToValue', options, { confidence: 0.95 });
  requireShare('compareToValue', 'confidence', resolved.confidence);
  if (!Number.isFinite(value)) fail('invalid-option', `the test value must be a number, found ${value}`);
  const warnings: Diagnostic[] = [];
  const variables = scoredVariables(survey, names).map(({ name, label, values }): MeanTest => {
    const answers = present(values);
    if (answers.length < 2) fail('too-few-rows', `\`${name}\` has ${answers.length} answers, a t test needs two`);
    const test = oneSampleTTest(answers, value, resolved.confidence);
    if (test.t === null) warnings.push(warning('constant-variable', `\`${name}\` does not vary, so no t exists`, { zh: `\`${name}\` 没有变异，t 不存在` }));
    return { variable: name, label, dropped: values.length - answers.length, test };
  });
  const facts = { kind: 'mean-tests' as const, options: resolved, value, rows: survey.validCount, variables, warnings };
  const made = (): Table => meanTable(facts);
  return Object.freeze({ ...facts, tidy: made, tables: () => [made()] });
}

function meanTable(facts: Omit<MeanTests, 'tidy' | 'tables'>): Table {
  const rows = facts.variables.map(({ variable, label, test }): TableRow => ({ variable, variableZh: label?.zh ?? variable, n: test.n, mean: test.mean, sd: test.sd, t: test.t, df: test.df, pValue: test.pValue, difference: test.difference, confLow: test.confLow, confHigh: test.confHigh, d: test.effect?.d ?? null, dLow: test.effect?.confLow ?? null, dHigh: test.effect?.confHigh ?? null, g: test.effect?.g ?? null, gLow: test.effect?.gLow ?? null, gHigh: test.effect?.gHigh ?? null }));
  const columns = [heading('variable', { zhFrom: 'variableZh' }), heading('n'), heading('mean'), heading('sd'), heading('t', { digits: 3, starsFrom: 'pValue' }), heading('df', { kind: 'integer' }), heading('pValue'), heading('difference'), heading('confLow'), heading('confHigh'), column('d', 'number', { en: 'Cohen’s d', zh: 'Cohen’s d' }), column('dLow', 'number', { en: 'd CI lower', zh: 'd 置信下限' }), column('dHigh', 'number', { en: 'd CI upper', zh: 'd 置信上限' }), ...HEDGES];
  return table({ en: `One-sample t tests against ${facts.value}`, zh: `单样本 t 检验（检验值 ${facts.value}）` }, columns, rows, { notes: [...droppedNotes(facts.variables.map(({ variable, dropped }) => ({ name: variable, dropped })), facts.rows), effectNote(facts.options.confidence), ...warningNotes(facts.warnings)] });
}

function droppedNotes(list: readonly { readonly name: string; readonly dropped: number }[], rows: number): readonly Bilingual[] {
  const told = list.filter(({ dropped }) => dropped > 0).map(({ name, dropped }) => `${name} ${dropped}`);
  if (told.length === 0) return [{ en: `n = ${rows}; no row dropped.`, zh: `n = ${rows}；无剔除。` }];
  return [{ en: `Rows dropped for missing values (of ${rows}): ${told.join(', ')}.`, zh: `因缺失剔除的行数（共 ${rows} 行）：${told.join('、')}。` }];
}
