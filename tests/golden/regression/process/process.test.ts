import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mediateWith } from '../../../../src/models/regression/mediation.js';
import { moderate, type IndirectEffect, type Mediation, type MediationSpec, type SimpleSlope } from '../../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { near } from '../near.js';

type Numbers = readonly number[];
interface Bootstrapped {
  readonly n: number;
  readonly estimate: Numbers;
  readonly stdError: Numbers;
  readonly low: Numbers;
  readonly high: Numbers;
  readonly bcLow: Numbers;
  readonly bcHigh: Numbers;
}
interface Expected {
  readonly data: Readonly<Record<string, (number | null)[]>>;
  readonly moderation: { readonly n: number; readonly slopes: readonly Numbers[]; readonly percentiles: readonly Numbers[]; readonly values: Numbers; readonly roots: Numbers | number; readonly below: Numbers | number; readonly F: number; readonly p: number };
  readonly model4: Bootstrapped & { readonly resamples: readonly Numbers[]; readonly sobel: Numbers; readonly standardized: Numbers; readonly total: Numbers; readonly direct: Numbers };
  readonly model7: Bootstrapped & { readonly resamples: readonly Numbers[] };
  readonly model14: Bootstrapped;
}
const expected = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as Expected;
const survey = surveyFromColumns(expected.data);
const DRAWS = 200;

const slopeNumbers = ({ estimate, stdError, statistic, pValue, confLow, confHigh }: SimpleSlope): number[] => [estimate, stdError, statistic, pValue, confLow, confHigh];

describe('moderation agrees with R', () => {
  const told = expected.moderation;
  const found = moderate(survey, { outcome: 'y', predictor: 'x', moderator: 'w', covariates: ['k'] });

  it('simple slopes at the mean and one SD to either side', () => {
    expect(found.fit.sample.used).toBe(told.n);
    found.slopes.forEach((slope, i) => near(slopeNumbers(slope), told.slopes[i], `slope ${i}`));
  });

  it('simple slopes at the 16th, 50th and 84th percentiles', () => {
    const { slopes } = moderate(survey, { outcome: 'y', predictor: 'x', moderator: 'w', covariates: ['k'], probe: 'percentiles' });
    near(slopes.map(({ probe }) => probe.value), told.values, 'values');
    slopes.forEach((slope, i) => near(slopeNumbers(slope), told.percentiles[i], `slope ${i}`));
  });

  it('Johnson-Neyman bounds and the interaction’s F change', () => {
    near(found.johnsonNeyman.map(({ value }) => value), [told.roots].flat(), 'bounds');
    near(found.johnsonNeyman.map(({ below }) => below), [told.below].flat(), 'share below');
    near([found.fit.blocks[1].fChange, found.fit.blocks[1].pChange], [told.F, told.p], 'F change');
  });

  it('without centring the same slopes come back', () => {
    const { slopes } = moderate(survey, { outcome: 'y', predictor: 'x', moderator: 'w', covariates: ['k'], centre: 'none' });
    slopes.forEach((slope, i) => near(slopeNumbers(slope), told.slopes[i], `slope ${i}`));
  });
});

function check(spec: MediationSpec, told: Bootstrapped, resamples: readonly Numbers[]): Mediation {
  const run = (interval: 'percentile' | 'biasCorrected'): Mediation => mediateWith(survey, { ...spec, draws: DRAWS, interval }, (draw) => resamples[draw]);
  const plain = run('percentile');
  const corrected = run('biasCorrected');
  const numbers = (of: Mediation, key: keyof IndirectEffect): (number | null)[] => of.effects.map((effect) => effect[key] as number | null);
  expect(plain.equations[0].sample.used).toBe(told.n);
  near(numbers(plain, 'estimate'), told.estimate, 'effects');
  near(numbers(plain, 'stdError'), told.stdError, 'bootstrap standard errors');
  near(numbers(plain, 'confLow'), told.low, 'lower');
  near(numbers(plain, 'confHigh'), told.high, 'upper');
  near(numbers(corrected, 'confLow'), told.bcLow, 'bias-corrected lower');
  near(numbers(corrected, 'confHigh'), told.bcHigh, 'bias-corrected upper');
  return plain;
}

describe('mediation agrees with R over the same resamples', () => {
  it('model 4 with two parallel mediators and a covariate', () => {
    const told = expected.model4;
    const found = check({ outcome: 'y', predictor: 'x', mediators: ['m', 'm2'], covariates: ['k'] }, told, told.resamples);
    near(found.effects.map(({ standardized }) => standardized), told.standardized, 'standardized');
    near([found.effects[0].sobel?.statistic ?? null, found.effects[0].sobel?.pValue ?? null], told.sobel, 'Sobel');
    const effect = (fit: Mediation['equations'][number] | undefined): (number | null)[] => {
      const row = fit?.coefficients.find(({ term }) => term === 'x');
      return [row?.estimate ?? null, row?.stdError ?? null, row?.statistic ?? null, row?.pValue ?? null];
    };
    near(effect(found.total), told.total, 'total effect');
    near(effect(found.equations[2]), told.direct, 'direct effect');
  });

  it('model 7: conditional indirect effects and the index of moderated mediation', () => {
    check({ outcome: 'y', predictor: 'x', mediators: 'm', moderator: 'w', model: 7, covariates: ['k'] }, expected.model7, expected.model7.resamples);
  });

  it('model 14', () => {
    check({ outcome: 'y', predictor: 'x', mediators: 'm', moderator: 'w', model: 14, covariates: ['k'] }, expected.model14, expected.model7.resamples);
  });
});
