import { describe, expect, it } from 'vitest';
import { reliability } from '../../../src/statistics/reliability/reliability.js';
import type { Reliability } from '../../../src/statistics/reliability/reliabilityResult.js';
import { expected, expectAgrees, expectSensitive, goldenColumns, goldenSurvey } from './fixture.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

type Scale = Record<string, number | number[] | Record<string, number>>;
const wanted = expected<Record<string, Scale>>('reliability');
const survey = goldenSurvey();

const cases: [string, Reliability][] = [
  ['EXP', reliability(survey, 'EXP')],
  ['TRU', reliability(survey, 'TRU')],
  ['FUN', reliability(survey, ['FUN1', 'FUN2', 'FUN3'])],
  ['TWO', reliability(survey, ['FUN1', 'FUN2'])],
  ['ALL', reliability(survey, ['EXP', 'TRU', 'FUN'])],
  ['FORGOTTEN', reliability(surveyFromColumns(goldenColumns()), ['EXP1', 'EXP2', 'EXP3', 'EXP4r'])]
];

describe('reliability against psych, lavaan and formulas in R', () => {
  for (const [name, result] of cases) {
    it(`${name} agrees in every coefficient`, () => {
      const scale = wanted[name];
      for (const key of ['n', 'alpha', 'standardizedAlpha', 'meanInterItem', 'confLow', 'confHigh', 'lambda2', 'lambda6', 'scaleMean', 'scaleVariance'] as const) if (scale[key] !== undefined) expectAgrees(result[key], scale[key] as number, key, 1e-10);
      for (const key of ['omega', 'standardizedOmega'] as const) expectAgrees(result[key], scale[key] as number | undefined, key, 1e-8);
      for (const key of ['itemTotal', 'itemTotalUncorrected', 'squaredMultiple', 'alphaIfDeleted', 'scaleMeanIfDeleted', 'scaleVarianceIfDeleted'] as const) {
        result.items.forEach((item, i) => expectAgrees(item[key], (scale[key] as number[] | undefined)?.[i] ?? null, `${key} of ${item.item}`, 1e-10));
      }
      const half = scale['splitHalf'] as Record<string, number>;
      for (const key of ['correlation', 'spearmanBrown', 'spearmanBrownUnequal', 'guttman'] as const) expectAgrees(result.splitHalf?.[key], half[key], key, 1e-10);
      expectSensitive(result.alpha, scale['alpha'] as number);
    });
  }

  it('a forgotten reverse item is warned about, a declared one is marked', () => {
    const forgotten = cases[5][1];
    expect(forgotten.warnings.map((w) => w.code)).toContain('negative-item-total');
    expect(forgotten.warnings[0].message).toContain('EXP4r');
    const declared = cases[0][1];
    expect(declared.warnings).toEqual([]);
    expect(declared.items.map((item) => item.reversed)).toEqual([false, false, false, true]);
    expect(declared.tables()[1].rows[3]['item']).toBe('EXP4r (R)');
  });
});
