import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey, sem } from '../../../src/index.js';

interface Expected {
  readonly model: string;
  readonly fits: readonly { readonly fixed: boolean; readonly chisq: number; readonly df: number; readonly srmr: number; readonly parameters: readonly { readonly term: string; readonly est: number; readonly se: number }[] }[];
}
const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Expected;
const survey = await readSurvey(readFileSync(new URL('../sem/data/hs.csv', import.meta.url)), { name: 'hs.csv' });

describe('standardized data', () => {
  for (const wanted of expected.fits) {
    it(wanted.fixed ? 'leave fixed exogenous variables in their own units' : 'have every variable standardized when none is fixed', () => {
      const fit = sem(expected.model, survey, { stdOv: true, fixedX: wanted.fixed, meanstructure: true });
      expect(fit.measures.chisq).toBeCloseTo(wanted.chisq, 5);
      expect(fit.measures.df).toBe(wanted.df);
      expect(fit.measures.srmr).toBeCloseTo(wanted.srmr, 7);
      for (const { term, est, se } of wanted.parameters) {
        const own = fit.parameters.find((row) => row.term === term);
        expect(own, term).toBeDefined();
        expect(Math.abs((own?.estimate ?? NaN) - est), term).toBeLessThan(1e-4 * Math.max(se, 0.01));
        // the errors of means of the standardized variables and of fixed rows are compared too
        expect(Math.abs((own?.stdError ?? 0) - se), term).toBeLessThan(1e-5 * Math.max(1, se));
      }
    });
  }
});
