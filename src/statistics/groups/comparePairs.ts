import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import { pearsonTest } from '../correlate/coefficient.js';
import { pearson } from '../correlate/pearson.js';
import { tiedDifferences, wilcoxon } from '../ranks/wilcoxon.js';
import { completeRows, present, scoredVariables, takeRows } from '../variables.js';
import { normalQuantile } from '../../numerics/distributions/index.js';
import { requireShare, resolveOptions } from '../options.js';
import { meansTidy, meanTables, pairsTidy, pairTables } from './meanTestTables.js';
import type { MeanOptions, MeanTest, MeanTests, PairComparison, PairComparisons } from './meanTests.js';
import { oneSampleTTest, pairedTTest, sampleMoments } from './tTest.js';

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
  return Object.freeze({ ...facts, tidy: () => pairsTidy(facts), tables: () => pairTables(facts) });
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
  return Object.freeze({ ...facts, tidy: () => meansTidy(facts), tables: () => meanTables(facts) });
}
