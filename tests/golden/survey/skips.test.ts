import { readFileSync } from 'node:fs';
import { describe as suite, expect, it } from 'vitest';
import { describe } from '../../../src/statistics/describe/describe.js';
import { frequencies } from '../../../src/statistics/describe/frequencies.js';
import { missingReport } from '../../../src/statistics/missingness/missingReport.js';
import { responseQuality } from '../../../src/statistics/screening/responseQuality.js';
import { screen } from '../../../src/statistics/screening/screen.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { skipsOf } from '../../../src/survey/skip/skipsOf.js';

interface Expected {
  readonly names: readonly string[];
  readonly answered: readonly number[];
  readonly missing: readonly number[];
  readonly notAsked: readonly number[];
  readonly though: Readonly<Record<string, readonly number[]>>;
  readonly complete: number;
  readonly missingShare: number;
  readonly patterns: { readonly key: readonly string[]; readonly n: readonly number[] };
  readonly over30: readonly number[];
  readonly share: readonly (number | null)[];
}

const folder = new URL('skips/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;
const items = ['q2', 'q3', 'q4', 'q5', 'q6'];
const codebook = `constructs: {X: [${items.join(', ')}]}
missing: {q2: 9}
asked:
  q2: {q1: 1}
  q3: {q2: [1, 2]}
  q4: q1 = 1 and age >= 18
  q5: [{q6: {min: 4}}, {q1: {not: 1}}]
`;

suite('skip patterns, against the three-valued logic of R', async () => {
  const survey = await readSurvey(readFileSync(new URL('data.csv', folder)), { name: 'data.csv', codebook });

  it('each question is answered, missing or not asked as R counts it', () => {
    const report = missingReport(survey, expected.names);
    expect(report.variables.map(({ valid }) => valid)).toEqual(expected.answered);
    expect(report.variables.map(({ missing }) => missing)).toEqual(expected.missing);
    expect(report.variables.map(({ notAsked }) => notAsked)).toEqual(expected.notAsked);
    expect(report.completeRows).toBe(expected.complete);
    expect(report.missingShare).toBeCloseTo(expected.missingShare, 14);
    const described = describe(survey, expected.names).variables;
    expect(described.map(({ n, missing, notAsked }) => [n, missing, notAsked])).toEqual(expected.names.map((_, j) => [expected.answered[j], expected.missing[j], expected.notAsked[j]]));
  });

  it('patterns tell missing and not asked apart', () => {
    const key = (answered: readonly number[], notAsked: readonly number[]): string => expected.names.map((_, j) => (answered.includes(j) ? '1' : notAsked.includes(j) ? '2' : '0')).join('');
    const ours = new Map(missingReport(survey, expected.names).patterns.map(({ answered, notAsked, rows }) => [key(answered, notAsked), rows.length]));
    expect(ours).toEqual(new Map(expected.patterns.key.map((name, i) => [name, expected.patterns.n[i]])));
  });

  it('answers to questions that were not to be asked are found row by row', () => {
    for (const [name, rows] of Object.entries(expected.though)) expect([...(skipsOf(survey, name)?.answeredThough ?? [])].map((row) => row + 1), name).toEqual(rows);
    const stray = new Set(Object.values(expected.though).flat());
    const screened = screen(survey, { skips: true });
    expect([...(screened.screening?.steps[0].found?.keys() ?? [])].map((row) => row + 1)).toEqual([...stray].sort((a, b) => a - b));
    expect(survey.warnings.map(({ code }) => code)).toEqual(Object.values(expected.though).filter((rows) => rows.length > 0).map(() => 'answered-though-skipped'));
  });

  it('the share of missing answers leaves out what was not asked', () => {
    const rows = [...(screen(survey, { maxMissing: 0.3 }).screening?.steps[0].found?.keys() ?? [])].map((row) => row + 1);
    expect(rows).toEqual(expected.over30);
    const shares = responseQuality(survey).missingShare;
    expected.share.forEach((share, row) => expect(shares[row], `row ${row + 1}`).toBeCloseTo(share ?? NaN, 14));
  });

  it('frequency tables add up to the rows', () => {
    const { rows } = frequencies(survey, ['q3']).tables()[0];
    const j = expected.names.indexOf('q3');
    expect(rows.slice(-4).map(({ value, frequency }) => [value, frequency])).toEqual([['Valid total', expected.answered[j]], ['Missing', expected.missing[j]], ['Not asked', expected.notAsked[j]], ['Total', survey.rowCount]]);
  });
});
