import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey, regress } from '../../../src/index.js';

const { fits } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as { readonly fits: readonly { readonly formula: string; readonly terms: readonly string[]; readonly estimates: readonly (number | null)[]; readonly rSquared: number }[] };
const survey = await readSurvey(readFileSync(new URL('../sem/data/hs.csv', import.meta.url)), { name: 'hs.csv' });

describe('terms are named, ordered and coded as in R', () => {
  it.each(fits)('$formula', ({ formula, terms, estimates, rSquared }) => {
    const fit = regress(formula, survey);
    expect(fit.coefficients.map(({ term }) => term)).toEqual(terms);
    fit.coefficients.forEach(({ estimate }, i) => {
      const wanted = estimates[i];
      if (typeof wanted === 'number') expect(Math.abs((estimate ?? NaN) - wanted)).toBeLessThan(1e-9 * Math.max(1, Math.abs(wanted)));
      else expect(estimate).toBeNull();
    });
    expect(fit.measures.rSquared).toBeCloseTo(rSquared, 10);
  });
});
