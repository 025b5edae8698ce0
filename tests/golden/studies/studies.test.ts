/**
 * Both study notebooks' numbers against R and lavaan (make.R beside this file),
 * read from the same committed data files: .sav here, .csv there.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import { studyScreening, studySurvey } from '../../../src/studies/studySurvey.js';
import { screen } from '../../../src/statistics/screening/screen.js';
import { reliability } from '../../../src/statistics/reliability/reliability.js';
import { compare } from '../../../src/statistics/groups/compare.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { regress, type RegressionFit } from '../../../src/models/regression/index.js';
import { cfa, sem } from '../../../src/models/sem/sem.js';
import type { SemFit } from '../../../src/models/sem/results.js';
import { WOM_FORMULA, womStudy } from '../../../src/studies/wom.js';
import { CONTINUANCE_MEASUREMENT_MODEL, CONTINUANCE_MODEL, continuanceStudy } from '../../../src/studies/continuance.js';
import { judgeAll } from '../../../src/studies/verdicts.js';
import type { Study } from '../../../src/studies/study.js';

const here = dirname(fileURLToPath(import.meta.url));
const data = join(here, '../../../notebooks/data');
const expected = JSON.parse(readFileSync(join(here, 'expected.json'), 'utf8'));

async function load(study: Study, ending: string): Promise<Survey> {
  const file = `${study.id}.${ending}`;
  const survey = studySurvey(study, await readSurvey(readFileSync(join(data, file)), { name: file }));
  return screen(survey, studyScreening(study, survey));
}

function near(actual: number | null | undefined, wanted: number, relative: number, what: string): void {
  expect(actual, what).toBeTypeOf('number');
  const allowed = relative * Math.max(1e-3, Math.abs(wanted));
  if (!(Math.abs((actual as number) - wanted) <= allowed)) expect.fail(`${what}: found ${actual}, expected ${wanted} within ${allowed}`);
}

describe('the word-of-mouth study', () => {
  let survey: Survey;
  let fit: RegressionFit;
  beforeAll(async () => {
    survey = await load(womStudy, 'sav');
    fit = regress(WOM_FORMULA, survey);
  });

  it('screens 528 answers down to 500, as the rules say', () => {
    const { flow } = expected.wom;
    expect(survey.screening?.returned).toBe(flow.returned);
    expect(survey.screening?.valid).toBe(flow.valid);
    expect(survey.screening?.steps.map(({ excluded }) => excluded)).toEqual([flow.attention, flow.seconds, flow.longString]);
  });

  it('the .sav and the .csv hold the same answers', async () => {
    const csv = await load(womStudy, 'csv');
    for (const name of survey.names()) expect([...csv.numeric(name)], name).toEqual([...survey.numeric(name)]);
  });

  it('alpha of every scale', () => {
    for (const { name } of womStudy.constructs) near(reliability(survey, name).alpha, expected.wom.alpha[name], 1e-10, `alpha of ${name}`);
  });

  it('correlations of the scales', () => {
    const names = womStudy.constructs.map(({ name }) => name);
    const rows = correlate(survey, names).tidy().rows;
    expect(rows.length).toBe((names.length * (names.length - 1)) / 2);
    for (const row of rows) {
      const values = Object.values(row).filter((cell): cell is string => typeof cell === 'string');
      const [a, b] = names.filter((name) => values.includes(name));
      near(row.estimate as number, expected.wom.correlation[names.indexOf(a)][names.indexOf(b)], 1e-10, `r of ${a} and ${b}`);
    }
  });

  it('both blocks of the regression, the change of R², Durbin–Watson', () => {
    [expected.wom.block1, expected.wom.block2].forEach((wanted, b) => {
      const block = fit.blocks[b];
      expect(block.coefficients.length).toBe(wanted.term.length);
      block.coefficients.forEach((row, i) => {
        for (const key of ['estimate', 'stdError', 'statistic', 'pValue'] as const) near(row[key], wanted[key][i], 1e-8, `${key} of ${row.term} in block ${b + 1}`);
        if (i > 0) near(row.beta, wanted.beta[i], 1e-8, `beta of ${row.term} in block ${b + 1}`);
      });
      near(block.rSquared, wanted.rSquared, 1e-10, 'R²');
      near(block.adjRSquared, wanted.adjRSquared, 1e-10, 'adjusted R²');
      near(block.sigma, wanted.sigma, 1e-10, 'sigma');
      near(block.fStatistic, wanted.fStatistic, 1e-9, 'F');
    });
    near(fit.blocks[1].fChange, expected.wom.block2.fChange, 1e-9, 'F change');
    near(fit.blocks[1].pChange, expected.wom.block2.fChangeP, 1e-7, 'p of F change');
    near(fit.measures.durbinWatson, expected.wom.block2.durbinWatson, 1e-10, 'Durbin–Watson');
  });

  it('t test by gender, ANOVA by service life', () => {
    const [gender] = compare(survey, ['WOM'], 'gender').variables;
    if (gender.design !== 't') return expect.fail('two groups need a t test');
    near(gender.student.t, expected.wom.gender.t, 1e-9, 't');
    near(gender.student.pValue, expected.wom.gender.pValue, 1e-8, 'p');
    const [years] = compare(survey, ['WOM'], 'years').variables;
    if (years.design === 't') return expect.fail('four groups need an ANOVA');
    near(years.anova.f, expected.wom.years.f, 1e-9, 'F');
    near(years.anova.pValue, expected.wom.years.pValue, 1e-8, 'p');
  });

  it('supports all six hypotheses, as the thesis reports', () => {
    const verdicts = judgeAll(womStudy.hypotheses, fit.coefficients.map((row) => ({ from: row.term, to: 'WOM', estimate: row.estimate, standardized: row.beta, stdError: row.stdError, statistic: row.statistic, pValue: row.pValue })));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(Array(6).fill('supported'));
  });
});

describe('the continuance study', () => {
  let survey: Survey;
  let measurement: SemFit;
  let structural: SemFit;
  beforeAll(async () => {
    survey = await load(continuanceStudy, 'sav');
    measurement = cfa(CONTINUANCE_MEASUREMENT_MODEL, survey);
    structural = sem(CONTINUANCE_MODEL, survey);
  });

  it('screens 512 answers down to exactly 455', () => {
    const { flow } = expected.continuance;
    expect(survey.screening?.steps.map(({ excluded }) => excluded)).toEqual([flow.attention, flow.seconds, flow.longString]);
    expect(survey.validCount).toBe(455);
    expect(flow.valid).toBe(455);
  });

  it('alpha of every scale', () => {
    for (const { name } of continuanceStudy.constructs) near(reliability(survey, name).alpha, expected.continuance.alpha[name], 1e-10, `alpha of ${name}`);
  });

  /** lavaan's optimum is polished by Newton steps, so seven digits are asked for throughout. */
  const close = (fit: SemFit, wanted: Record<string, never>): void => {
    const answer = wanted as unknown as { lhs: string[]; op: string[]; rhs: string[]; est: number[]; se: number[]; stdAll: number[]; measures: Record<string, number>; r2: Record<string, number>; n: number };
    expect(fit.sample.used).toBe(answer.n);
    expect(fit.parameters.length).toBe(answer.lhs.length);
    answer.lhs.forEach((lhs, i) => {
      const row = fit.parameters.find((one) => one.lhs === lhs && one.op === answer.op[i] && (one.op === ':=' || one.rhs === answer.rhs[i]));
      const name = `${lhs} ${answer.op[i]} ${answer.rhs[i]}`;
      near(row?.estimate, answer.est[i], 1e-7, `estimate of ${name}`);
      if (answer.se[i] > 0) near(row?.stdError, answer.se[i], 1e-7, `standard error of ${name}`);
      near(row?.stdAll, answer.stdAll[i], 1e-7, `standardized estimate of ${name}`);
    });
    for (const [name, value] of Object.entries(answer.measures)) near(fit.measures[name], value, name === 'pvalue' || name.startsWith('rmsea') ? 1e-5 : 1e-7, name);
    for (const [name, value] of Object.entries(answer.r2)) near(fit.rSquared[0].get(name), value, 1e-7, `R² of ${name}`);
  };

  it('measurement model as lavaan', () => close(measurement, expected.continuance.measurement));
  it('structural model as lavaan, indirect effects included', () => close(structural, expected.continuance.structural));

  it('supports all seven hypotheses, as the thesis reports', () => {
    const verdicts = judgeAll(continuanceStudy.hypotheses, structural.paths.map((row) => ({ from: row.rhs, to: row.lhs, estimate: row.estimate, standardized: row.stdAll, stdError: row.stdError, statistic: row.statistic, pValue: row.pValue })));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(Array(7).fill('supported'));
  });
});
