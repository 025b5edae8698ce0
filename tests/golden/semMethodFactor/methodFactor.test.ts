import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { methodFactor, type MethodFactorOptions } from '../../../src/models/sem/questions/methodFactor.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import expected from './expected.json';

const surveys = new Map<string, Survey>();
for (const name of ['hs', 'bfi']) surveys.set(name, await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` }));

describe('the unmeasured latent method factor', () => {
  it.each(expected.cases.map((each) => [each.id, each] as const))('%s: test, change of CFI and shares agree with lavaan', (_, wanted) => {
    const found = methodFactor(wanted.syntax, surveys.get(wanted.data) as Survey, { methodLoadings: wanted.kind as MethodFactorOptions['methodLoadings'] });
    if (wanted.improper) {
      // lavaan's own solution is improper (a latent covariance matrix that is none); here it is said, and no shares are given
      expect(found.shares).toEqual([]);
      expect(found.mean).toBeNull();
      expect(found.warnings.map(({ code }) => code)).toContain('method-factor');
      return;
    }
    const row = found.comparison?.rows[1];
    expect(row?.chiSquareDifference).toBeCloseTo(wanted.difference, 4);
    expect(row?.dfDifference).toBe(wanted.df);
    expect(row?.cfiDifference).toBeCloseTo(wanted.cfi, 6);
    wanted.items.forEach((item, i) => {
      expect(found.shares[i].item).toBe(item);
      expect(found.shares[i].trait).toBeCloseTo(wanted.trait[i], 5);
      expect(found.shares[i].method).toBeCloseTo(wanted.method[i], 5);
      expect(found.shares[i].error).toBeCloseTo(wanted.error[i], 5);
    });
    expect((found.mean?.trait ?? 0) + (found.mean?.method ?? 0) + (found.mean?.error ?? 0)).toBeCloseTo(1, 10);
    expect(found.tables().at(-1)?.notes.some(({ en }) => en.includes(found.mean && found.mean.method > 0.25 ? 'is likely' : 'not more than'))).toBe(true);
  });

  it('says when the data cannot tell it from the traits', () => {
    const four = methodFactor('a =~ x1 + x2\nb =~ x4 + x5', surveys.get('hs') as Survey);
    expect(four.warnings.map(({ code }) => code)).toContain('method-factor');
    expect(four.shares).toEqual([]);
    expect(() => methodFactor('x1 ~ x2', surveys.get('hs') as Survey)).toThrow(/method-factor/);
  });
});
