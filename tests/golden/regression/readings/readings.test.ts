import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { caseDiagnostics, importancePerformance, moderate, regress } from '../../../../src/models/regression/index.js';
import { parseCodebook } from '../../../../src/survey/codebookText/parseCodebook.js';
import { readSurvey } from '../../../../src/survey/readSurvey.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { near } from '../near.js';

type Numbers = readonly number[];
interface Expected {
  readonly interaction: { readonly from: number; readonly to: number; readonly lines: readonly Numbers[] };
  readonly cases: { readonly row: Numbers; readonly fitted: Numbers; readonly deletedResidual: Numbers; readonly leverage: Numbers; readonly cook: Numbers; readonly dffits: Numbers; readonly dfbetas: Numbers; readonly parameter: readonly string[] };
  readonly map: { readonly data: Readonly<Record<string, Numbers>>; readonly importance: Numbers; readonly performance: Numbers };
}
const here = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const expected = JSON.parse(here('./expected.json')) as Expected;
const { data } = JSON.parse(here('../process/expected.json')) as { data: Readonly<Record<string, (number | null)[]>> };
const survey = surveyFromColumns(data);

describe('what is read off a regression agrees with R', () => {
  it.each(['mean', 'none'] as const)('interaction lines, covariates at their means, centre %s', (centre) => {
    const { from, to, lines } = moderate(survey, { outcome: 'y', predictor: 'x', moderator: 'w', covariates: ['k', 's'], centre }).interaction;
    near([from, to], [expected.interaction.from, expected.interaction.to], 'range of x');
    lines.forEach(({ intercept, slope }, i) => near([intercept + slope * from, intercept + slope * to], expected.interaction.lines[i], `line ${i}`));
  });

  it('the cases that stand out, in the order of Cook’s distance', () => {
    const { cases } = caseDiagnostics(regress('y ~ x + w + k', survey));
    const told = expected.cases;
    expect(cases.map(({ row }) => row)).toEqual(told.row);
    expect(cases.map(({ parameter }) => parameter)).toEqual(told.parameter);
    for (const key of ['fitted', 'deletedResidual', 'leverage', 'cook', 'dffits', 'dfbetas'] as const) near(cases.map((one) => one[key] ?? NaN), told[key], key);
  });

  it('importance and performance', async () => {
    const names = Object.keys(expected.map.data);
    const csv = [names.join(','), ...expected.map.data[names[0]].map((_, i) => names.map((name) => expected.map.data[name][i]).join(','))].join('\n');
    const items = await readSurvey(new TextEncoder().encode(csv), { name: 'items.csv', codebook: parseCodebook('constructs:\n  A: [a1, a2]\n  B: [b1, b2]\nrange: 1-5') });
    const { rows } = importancePerformance(items, regress('z ~ A + B', items));
    const byName = (name: string): (typeof rows)[number] => rows.find((row) => row.name === name) ?? rows[0];
    near([byName('A').importance, byName('B').importance], expected.map.importance, 'importance');
    near([byName('A').performance, byName('B').performance], expected.map.performance, 'performance');
    expect([...rows].map(({ importance }) => importance)).toEqual(rows.map(({ importance }) => importance).sort((a, b) => b - a));
  });
});
