import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { reliability } from '../../../../src/statistics/reliability/reliability.js';
import type { ScaleIntervals } from '../../../../src/statistics/reliability/scaleIntervals.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { expectAgrees, expectSensitive } from '../fixture.js';

type Interval = Readonly<Record<'estimate' | 'stdError' | 'confLow' | 'confHigh', number>>;
type ItemLimits = Readonly<Record<'itemTotalLow' | 'itemTotalHigh' | 'alphaIfDeletedLow' | 'alphaIfDeletedHigh', number | null>>;
type Told = Readonly<Partial<Record<keyof ScaleIntervals, Interval>>> & { readonly data: readonly (readonly number[])[]; readonly items: readonly ItemLimits[] };
const { value } = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as { value: Readonly<Record<string, Told>> };
const NAMES = ['standardizedAlpha', 'meanInterItem', 'lambda2', 'lambda6', 'halves', 'spearmanBrown', 'spearmanBrownUnequal', 'guttman', 'omega'] as const;

describe('intervals of reliability coefficients agree with the delta method in R', () => {
  it.each(Object.keys(value))('%s', (name) => {
    const told = value[name];
    const k = told.data[0].length;
    const result = reliability(surveyFromColumns(Array.from({ length: k }, (_, j): [string, number[]] => [`x${j + 1}`, told.data.map((row) => row[j])])), Array.from({ length: k }, (_, j) => `x${j + 1}`));
    for (const key of NAMES) {
      const found = result.intervals[key];
      const wanted = told[key];
      if (!wanted) expect(found.stdError, key).toBeNull();
      else for (const part of ['stdError', 'confLow', 'confHigh'] as const) expectAgrees(found[part], wanted[part], `${key} ${part}`, 1e-8);
    }
    expectSensitive(result.intervals.guttman.confLow, told.guttman?.confLow ?? NaN);
    expectAgrees(result.omegaLow, told.omega?.confLow, 'omegaLow');
    result.items.forEach((item, i) => {
      for (const key of ['itemTotalLow', 'itemTotalHigh', 'alphaIfDeletedLow', 'alphaIfDeletedHigh'] as const) expectAgrees(item[key], told.items[i][key], `${key} of item ${i + 1}`, 1e-10);
    });
  });
});
