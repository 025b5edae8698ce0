import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exclusionTable, screen } from '../../../src/statistics/screening/screen.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { screeningTable } from '../../../src/survey/surveyTables.js';

interface Expected {
  readonly steps: readonly { readonly rule: string; readonly excluded: number; readonly remaining: number }[];
  readonly excludedBy: readonly number[];
  readonly valid: number;
  readonly noTime: number;
  readonly incomplete: number;
}

const folder = new URL('screeningFlow/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Expected;
const codebook = `constructs: {F: [i1, i2, i3, -i4, i5, i6, i7, -i8, i9, i10]}
range: 1-5
variables: {gender: {level: nominal, values: {1: male, 2: female}}, att: {missing: 9}}
screening: {sent: 450, attention: {att: [3, 4]}, seconds: seconds, minSeconds: 45, maxSeconds: 600, maxMissing: 0.2, impossible: true, longString: 6, minDeviation: 0.4, duplicates: true, mahalanobis: 0.01}
`;

describe('screening rule by rule, against base R', async () => {
  const survey = await readSurvey(readFileSync(new URL('data.csv', folder)), { name: 'data.csv', codebook });
  const screened = screen(survey);
  const flow = screened.screening;

  it('each rule excludes the rows that R excludes, in the order of the flow', () => {
    expect(flow?.steps.map(({ rule, excluded, remaining }) => ({ rule, excluded, remaining }))).toEqual(expected.steps);
    expect([...(flow?.excludedBy ?? [])]).toEqual(expected.excludedBy);
    expect(screened.validCount).toBe(expected.valid);
  });

  it('sent, returned and valid add up, and every excluded row has a reason', () => {
    const rows = screeningTable(screened).rows;
    expect([rows[0], rows[1], rows.at(-1)].map((row) => row?.remaining)).toEqual([450, 400, expected.valid]);
    expect(rows.slice(2, -1).reduce((sum, row) => sum + Number(row.excluded), 0)).toBe(400 - expected.valid);
    const reasons = exclusionTable(screened).rows;
    expect(reasons.map(({ row }) => row)).toEqual(expected.excludedBy.flatMap((by, row) => (by > 0 ? [row + 1] : [])));
    expect(reasons.every(({ rule, ruleZh, found }) => rule !== '' && ruleZh !== null && found !== '')).toBe(true);
  });

  it('rows that a rule cannot judge are told', () => {
    expect(screened.warnings.map(({ message }) => message)).toEqual([
      `${expected.noTime} rows have no answering time in \`seconds\`, and were not judged by it`,
      `${expected.incomplete} rows have no Mahalanobis distance, as answers to items are missing, and were not judged by it`
    ]);
  });

  it('masks and never deletes: the file’s rows stay, and another screening starts anew', () => {
    expect(screened.rowCount).toBe(400);
    expect(screened.column('i1').values).toEqual(survey.column('i1').values);
    expect(screen(screened, { impossible: false }).validCount).toBe(400);
    expect([...(screen(screen(screened, {}), survey.codebook.screening).screening?.excludedBy ?? [])]).toEqual(expected.excludedBy);
  });
});
