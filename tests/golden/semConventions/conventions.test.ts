import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cfa, readSurvey } from '../../../src/index.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';

interface Case {
  readonly id: string;
  readonly model: string;
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly chisq: number;
  readonly df: number;
  readonly parameters: readonly { readonly term: string; readonly group: number; readonly est: number; readonly se: number }[];
}
const { cases } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as { readonly cases: readonly Case[] };
const survey = await readSurvey(readFileSync(new URL('../sem/data/hs.csv', import.meta.url)), { name: 'hs.csv' });

describe('conventions of lavaan that are easily missed', () => {
  it.each(cases)('$id', ({ model, options, chisq, df, parameters }) => {
    const { group, ...rest } = options;
    const fit = cfa(model, survey, optionsFromDotted({ ...rest, ...(group ? { group: group[0] } : {}) }));
    expect(fit.measures.df).toBe(df);
    expect(fit.measures.chisq).toBeCloseTo(chisq, 5);
    for (const { term, group: of, est, se } of parameters) {
      const own = fit.parameters.find((row) => row.term === term && row.group === of);
      expect(own, `${term} in group ${of}`).toBeDefined();
      expect(Math.abs((own?.estimate ?? NaN) - est), term).toBeLessThan(1e-3 * Math.max(se, 0.01));
      expect(Math.abs((own?.stdError ?? 0) - se), term).toBeLessThan(1e-4 * Math.max(se, 0.01));
    }
  });

  it('different fixed values in equal groups are said', () => {
    const fit = cfa(cases[0].model, survey, { group: 'school', groupEqual: 'loadings' });
    expect(fit.warnings.map(({ code }) => code)).toContain('fixed-values-differ');
  });
});
