import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ResolvedSemOptions } from '../../../src/models/sem/options.js';
import { cfa } from '../../../src/models/sem/sem.js';
import { optionsFromDotted } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { resolveOptions } from '../../../src/models/sem/specification/resolveOptions.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import expected from './expected.json';

const context = { categorical: false, groupCount: 1, hasIntercepts: false, hasLevels: false, hasMeans: true };
const survey = await readSurvey(new Uint8Array(readFileSync(new URL('../sem/data/hs.csv', import.meta.url))), { name: 'hs.csv' });

function taken(option: string, resolved: ResolvedSemOptions): unknown {
  if (option === 'test') return resolved.tests.at(-1) ?? 'none';
  if (option === 'estimator') return `${resolved.discrepancy} ${resolved.se} ${resolved.tests.at(-1) ?? 'none'}`;
  return resolved[option as keyof ResolvedSemOptions];
}

describe('words of options', () => {
  it.each(expected.words.map(({ option, word, taken: lavaan }) => [option, word, lavaan] as const))('%s: `%s` is %s, as lavaan takes it', (option, word, lavaan) => {
    expect(taken(option, resolveOptions(optionsFromDotted({ [option]: word }), 'cfa', context))).toBe(lavaan);
  });

  it('a word that lavaan does not know is refused with the nearest', () => {
    expect(() => optionsFromDotted({ test: 'satorra.bentlr' })).toThrow(/satorra\.bentler/);
    expect(() => optionsFromDotted({ se: '__proto__' })).toThrow(/invalid-option/);
  });
});

describe('constraints as an option', () => {
  const { syntax, constraints, df, chisq, lhs, op, rhs, est } = expected.constrained;

  it('hold as if they stood in the model', () => {
    const fit = cfa(syntax, survey, { constraints });
    expect(fit.measures['df']).toBe(df);
    expect(Math.abs((fit.measures['chisq'] ?? NaN) / chisq - 1)).toBeLessThan(1e-8);
    lhs.forEach((name, i) => {
      const row = fit.parameters.find((each) => each.lhs === name && each.op === op[i] && each.rhs === rhs[i]);
      expect(Math.abs((row?.estimate ?? NaN) - est[i]), `${name} ${op[i]} ${rhs[i]}`).toBeLessThan(1e-5);
    });
    expect(cfa(`${syntax}\n${constraints.join('\n')}`, survey).parameters).toEqual(fit.parameters);
  });

  it('say where they are wrong', () => {
    expect(() => cfa(syntax, survey, { constraints: 'a == nobody' })).toThrow(/nobody/);
  });
});
