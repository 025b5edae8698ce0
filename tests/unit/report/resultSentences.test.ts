import { describe, expect, it } from 'vitest';
import { importancePerformance, logistic, mediate, moderate, ordinal, regress } from '../../../src/models/regression/index.js';
import { createRandom } from '../../../src/numerics/random.js';
import { toBundle } from '../../../src/report/bundle.js';
import { reportDocument } from '../../../src/report/export/reportDocument.js';
import { resultSummary } from '../../../src/report/fitSummary.js';
import { resultSentences } from '../../../src/report/sentences/resultSentences.js';
import { isFitSummary } from '../../../src/shared/mime/fitSummary.js';
import { crosstab } from '../../../src/statistics/categorical/crosstab.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { describe as describeColumns } from '../../../src/statistics/describe/describe.js';
import { frequencies } from '../../../src/statistics/describe/frequencies.js';
import { normality } from '../../../src/statistics/describe/normality.js';
import { efa } from '../../../src/statistics/factor/efa.js';
import { factorability } from '../../../src/statistics/factor/factorability.js';
import { factorialAnova } from '../../../src/statistics/factorial/factorialAnova.js';
import { compare } from '../../../src/statistics/groups/compare.js';
import { comparePairs, compareToValue } from '../../../src/statistics/groups/comparePairs.js';
import { littleMcar } from '../../../src/statistics/missingness/littleMcar.js';
import { missingReport } from '../../../src/statistics/missingness/missingReport.js';
import { compareRanks } from '../../../src/statistics/ranks/compareRanks.js';
import { itemAnalysis } from '../../../src/statistics/reliability/itemAnalysis.js';
import { reliability } from '../../../src/statistics/reliability/reliability.js';
import { reliabilityOfScales } from '../../../src/statistics/reliability/scaleSummary.js';
import { harmanTest } from '../../../src/statistics/validity/harman.js';
import { parseCodebook } from '../../../src/survey/codebookText/parseCodebook.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';

/** Answers of 160 persons; `strength` 0 makes every variable independent of every other. The seed is one at which chance makes none of the tests below significant then. */
async function answers(strength: number): Promise<Survey> {
  const random = createRandom(7);
  const rating = (z: number): number => Math.max(1, Math.min(5, Math.round(3 + z)));
  const lines = ['g,h,A1,A2,A3,B1,B2,B3,y,c,gap'];
  for (let i = 0; i < 160; i++) {
    const g = 1 + (i % 2);
    const h = 1 + (Math.floor(i / 2) % 3);
    const a = random.normal() + strength * (g - 1.5);
    const b = 0.6 * strength * a + random.normal();
    const items = (z: number): number[] => [0, 1, 2].map(() => rating(strength * z + (1.2 - 0.5 * strength) * random.normal()));
    const y = strength * (0.6 * a + 0.6 * b + 0.4 * a * b + 0.8 * h) + random.normal();
    const c = random.uniform() < 0.5 + 0.35 * strength * (g === 1 ? 1 : -1) ? 1 : 2;
    lines.push([g, h, ...items(a), ...items(b), y.toFixed(3), c, i % 9 === 0 ? '' : random.normal().toFixed(2)].join(','));
  }
  const codebook = 'constructs:\n  A: {items: [A1, A2, A3], label: {en: Attitude, zh: 态度}}\n  B: [B1, B2, B3]\nvariables:\n  A1: {range: 1-5}\n  A2: {range: 1-5}\n  A3: {range: 1-5}\n  B1: {range: 1-5}\n  B2: {range: 1-5}\n  B3: {range: 1-5}\n  c: {level: nominal}\n';
  return readSurvey(new TextEncoder().encode(lines.join('\n')), { name: 'answers.csv', codebook: parseCodebook(codebook) });
}
const strong = await answers(1);
const none = await answers(0);

const results: readonly (readonly [string, (survey: Survey) => unknown])[] = [
  ['descriptives', (s) => describeColumns(s)],
  ['frequencies', (s) => frequencies(s, ['g'])],
  ['normality', (s) => normality(s, ['A'])],
  ['reliability', (s) => reliability(s, ['A'])],
  ['reliability of scales', (s) => reliabilityOfScales(s)],
  ['item analysis', (s) => itemAnalysis(s, 'A')],
  ['KMO', (s) => factorability(s)],
  ['factor analysis', (s) => efa(s, undefined, { factors: 2 })],
  ['Harman', (s) => harmanTest(s)],
  ['correlations', (s) => correlate(s, ['A', 'B', 'y'])],
  ['one correlation', (s) => correlate(s, ['A', 'B'])],
  ['t test', (s) => compare(s, ['A'], 'g')],
  ['one-way ANOVA', (s) => compare(s, ['y'], 'h')],
  ['one-sample t', (s) => compareToValue(s, ['y'], 5)],
  ['pairs', (s) => comparePairs(s, [['y', 'B']])],
  ['two-way ANOVA', (s) => factorialAnova(s, 'y', ['g', 'h'], { covariates: ['B'] })],
  ['Mann-Whitney', (s) => compareRanks(s, ['A'], 'g')],
  ['Kruskal-Wallis', (s) => compareRanks(s, ['y'], 'h')],
  ['cross table', (s) => crosstab(s, 'g', 'c')],
  ['missing answers', (s) => missingReport(s)],
  ['Little', (s) => littleMcar(s, ['y', 'gap'])],
  ['regression', (s) => regress('y ~ A | B', s)],
  ['moderation', (s) => moderate(s, { outcome: 'y', predictor: 'A', moderator: 'B' })],
  ['mediation', (s) => mediate(s, { predictor: 'A', mediators: 'B', outcome: 'y', draws: 400 })],
  ['logistic regression', (s) => logistic('c ~ g', s)],
  ['ordinal regression', (s) => ordinal('A1 ~ B + y', s)],
  ['importance and performance', (s) => importancePerformance(s, regress('y ~ A + B', s))]
];

describe('every result', () => {
  it.each(results)('%s: sentences in both languages, complete, without a hole', (_, make) => {
    for (const survey of [strong, none]) {
      const result = make(survey);
      const en = resultSentences(result);
      const zh = resultSentences(result, { lang: 'zh' });
      expect(en.length).toBeGreaterThan(0);
      expect(zh).toHaveLength(en.length);
      for (const text of en) {
        expect(text).toMatch(/^.*\.$/);
        expect(text).not.toMatch(/undefined|NaN|null\b|Infinity|[\u4e00-\u9fff]|\(\)|, ,/);
      }
      for (const text of zh) {
        expect(text).toMatch(/[\u4e00-\u9fff].*。$/);
        expect(text).not.toMatch(/undefined|NaN|Infinity|significant|（）/);
      }
      expect(resultSentences(result, { lang: 'both' })).toEqual([...zh, ...en]);
    }
  });
});

describe('a verdict follows its p value', () => {
  const told = (kind: string, survey: Survey): string => resultSentences(results.find(([name]) => name === kind)?.[1](survey)).join(' ');

  it.each([
    ['one correlation', /significantly and positively correlated/, /not significantly correlated/],
    ['t test', /differed significantly/, /did not differ significantly/],
    ['one-way ANOVA', /differed significantly over/, /did not differ significantly over/],
    ['Mann-Whitney', /ranks of Attitude differed significantly/, /did not differ significantly/],
    ['Kruskal-Wallis', /By Dunn’s test/, /did not differ significantly/],
    ['cross table', /significantly associated/, /not significantly associated/],
    ['regression', /a significant share/, /no significant share/],
    ['moderation', /depended significantly/, /did not depend significantly/],
    ['mediation', /A → B → y excludes zero/, /A → B → y includes zero/],
    ['logistic regression', /improved the prediction/, /did not improve the prediction/],
    ['KMO', /rejected that the items are uncorrelated/, /did not reject/]
  ] as const)('%s', (kind, yes, no) => {
    expect(told(kind, strong)).toMatch(yes);
    expect(told(kind, strong)).not.toMatch(no);
    expect(told(kind, none)).toMatch(no);
  });

  it('the direction of post hoc differences is that of the means', () => {
    expect(told('one-way ANOVA', strong)).toMatch(/3 above 1 \(p < \.001\)/);
  });

  it('no sentence speaks of causes', () => {
    for (const [, make] of results) expect(resultSentences(make(strong)).join(' ')).not.toMatch(/\b(cause|causes|caused|leads? to|influences?|impacts?|mediates?)\b/);
  });
});

describe('where sentences stand', () => {
  const result = compare(strong, ['A'], 'g');

  it('under the tables of a bundle, in a payload that the guard accepts, and not where they are left out', () => {
    const bundle = toBundle(result).data as Record<string, unknown>;
    const payload = bundle['application/vnd.semlab.fit-summary.v1+json'];
    expect(isFitSummary(payload)).toBe(true);
    expect((payload as { sentences: readonly string[] }).sentences).toEqual(resultSentences(result));
    expect(String(bundle['text/plain'])).toContain('Attitude differed significantly');
    expect(String(bundle['text/html'])).toContain('Attitude differed significantly');
    expect(isFitSummary(resultSummary(result.tables()))).toBe(true);
  });

  it('behind the tables of a document, unless it asks for none', () => {
    const paragraphs = (sentences: boolean): number => reportDocument([result], { sentences }).blocks.filter(({ type }) => type === 'paragraph').length;
    expect(paragraphs(true) - paragraphs(false)).toBe(resultSentences(result).length);
  });

  it('a value of no result has none', () => {
    for (const value of [null, 1, 'x', {}, { kind: 'other', tables: () => [] }]) expect(resultSentences(value)).toEqual([]);
  });
});

describe('warnings', () => {
  it('are told in the language of the tables', async () => {
    const constant = strong.withColumn('k', new Float64Array(160).fill(2));
    const result = correlate(constant, ['k', 'y']);
    const message = (lang: 'en' | 'zh' | 'both'): string => resultSummary(result.tables(), result.warnings, { lang }).warnings[0].message;
    expect(message('en')).toBe('`k` does not vary, so it has no correlation');
    expect(message('zh')).toBe('`k` 没有变异，不存在相关');
    expect(message('both')).toContain(' / ');
    const { printed } = resultSummary(result.tables(), [], { lang: 'zh' }).tables[0];
    expect(printed.notes.join()).toContain('警告：`k` 没有变异');
  });
});
