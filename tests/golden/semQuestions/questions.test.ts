import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cfa } from '../../../src/models/sem/sem.js';
import { compareFits } from '../../../src/models/sem/questions/compareFits.js';
import { factorScores } from '../../../src/models/sem/questions/factorScores.js';
import { residuals, type ResidualType } from '../../../src/models/sem/questions/residuals.js';
import { waldTest } from '../../../src/models/sem/questions/waldTest.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import expected from './expected.json';

const bytes = readFileSync(new URL('../sem/data/hs.csv', import.meta.url));
const survey = await readSurvey(new Uint8Array(bytes), { name: 'hs.csv' });
const fit = cfa(expected.model, survey);

/** lavaan stops at a gradient of about 1e-5; residuals of moments that fit exactly are then 1e-6 instead of 0. */
const TOLERANCE = 1e-4;
const near = (actual: ArrayLike<number>, wanted: readonly (number | null | string)[]): void => {
  expect(actual.length).toBe(wanted.length);
  for (let i = 0; i < actual.length; i++) if (typeof wanted[i] === 'number') expect(Math.abs(actual[i] - (wanted[i] as number))).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(wanted[i] as number)));
};
/** Lower triangle without the diagonal, column by column as R does. */
const lower = (matrix: Float64Array, p: number): number[] => Array.from({ length: p }, (_, j) => Array.from({ length: p - j - 1 }, (_, k) => matrix[(j + 1 + k) * p + j])).flat();

describe('residuals', () => {
  for (const [type, wanted] of Object.entries(expected.residuals)) {
    it(`${type} residuals agree with lavaan`, () => near(lower(residuals(fit, type as ResidualType)[0].covariance, 9), wanted));
  }
  it('normalized and standardized residuals of two groups with means agree with lavaan', () => {
    const groups = cfa(expected.plain, survey, { group: 'school', groupEqual: ['loadings', 'intercepts'] });
    for (const type of ['normalized', 'standardized'] as const) {
      const wanted = Object.values(expected.groupResiduals[type]);
      residuals(groups, type).forEach(({ covariance, mean }, g) => {
        near(lower(covariance, 9), wanted[g].cov);
        near(mean ?? [], wanted[g].mean);
      });
    }
  });
});

describe('factor scores', () => {
  for (const method of ['regression', 'Bartlett'] as const) {
    it(`${method} scores and their standard errors agree with lavaan`, () => {
      const [{ scores, stdError }] = factorScores(fit, method).groups;
      near(scores.slice(0, 3), expected.scores[method].first);
      near(scores.slice(-3), expected.scores[method].last);
      near(stdError, expected.scores[method].se);
    });
  }
});

describe('tests between models', () => {
  for (const estimator of ['ML', 'MLR', 'MLM'] as const) {
    it(`χ² differences under ${estimator} agree with lavaan`, () => {
      const free = cfa(expected.plain, survey, { group: 'school', estimator });
      const equal = cfa(expected.plain, survey, { group: 'school', estimator, groupEqual: 'loadings' });
      const row = compareFits({ free, equal }).rows[1];
      const wanted = expected.lrt[estimator];
      near([row.chiSquareDifference ?? NaN, row.dfDifference ?? NaN, row.pValue ?? NaN], [wanted.difference, wanted.df, wanted.p]);
    });
  }
  it('Wald tests agree with lavaan', () => {
    for (const { constraint, statistic, df, p } of expected.wald) {
      const test = waldTest(fit, constraint);
      near([test.statistic, test.df, test.pValue], [statistic, df, p]);
    }
  });
});
