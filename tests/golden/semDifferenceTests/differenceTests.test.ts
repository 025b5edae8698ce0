import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareFits, type CompareOptions } from '../../../src/models/sem/questions/compareFits.js';
import { invariance } from '../../../src/models/sem/questions/invariance.js';
import { cfa, sem } from '../../../src/models/sem/sem.js';
import { optionsFromJob } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import expected from './expected.json';

const surveys = new Map<string, Survey>();
for (const name of ['hs', 'hsmissing', 'skewed', 'ordinal']) surveys.set(name, await readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` }));
const functions = { sem, cfa };

const tolerance = (id: string): number => (/ordinal/.test(id) ? 1e-3 : /incomplete/.test(id) ? 1e-5 : 1e-5);

describe('χ² difference tests', () => {
  it.each(expected.cases.map((each) => [each.id, each] as const))('%s: every method agrees with lavTestLRT', (id, { data, fun, common, models, tests }) => {
    const fits = models.map(({ syntax, options }) => functions[fun as keyof typeof functions](syntax, surveys.get(data) as Survey, optionsFromJob({ ...common, ...options }).options));
    for (const { options, df, difference, dfDifference, p } of tests) {
      const { method, 'A.method': restrictions, 'scaled.shifted': scaledShifted } = options as { readonly method?: string; readonly 'A.method'?: string; readonly 'scaled.shifted'?: boolean };
      const own = compareFits(fits, { ...(method ? { method } : {}), ...(restrictions ? { restrictions } : {}), ...(scaledShifted === undefined ? {} : { scaledShifted }) } as CompareOptions);
      expect(own.rows.map((row) => row.df)).toEqual(df);
      own.rows.forEach((row, i) => {
        const near = (name: string, actual: number | null, wanted: number | null): void => {
          if (wanted === null) expect(actual).toBeNull();
          else expect(Math.abs((actual ?? NaN) - wanted), `${JSON.stringify(options)} ${name} ${actual} for ${wanted}`).toBeLessThan(tolerance(id) * Math.max(Math.abs(wanted), 0.1));
        };
        near('difference', row.chiSquareDifference, difference[i]);
        near('df', row.dfDifference, dfDifference[i]);
        near('p', row.pValue, p[i]);
      });
      expect(own.warnings.map(({ code }) => code)).toEqual([]);
    }
  });
});

describe('the ladder of invariance with ordinal items', () => {
  it('holds thresholds equal where continuous items have intercepts, with lavaan’s difference tests', () => {
    const wanted = expected.cases.find(({ id }) => id === 'ordinal groups');
    const ordinal = surveys.get('ordinal') as Survey;
    const options = { group: 'site', ordered: ['u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8'] } as const;
    const model = wanted?.models[0].syntax ?? '';
    const { comparison } = invariance(model, ordinal, options);
    expect(comparison.method).toBe('satorra.2000');
    expect(comparison.rows.map(({ name, df }) => [name, df])).toEqual([['configural', 38], ['metric', 44], ['scalar', 50]]);
    comparison.rows.slice(1).forEach(({ chiSquareDifference }, i) => expect(Math.abs((chiSquareDifference ?? NaN) / (wanted?.tests[0].difference[i + 1] ?? NaN) - 1)).toBeLessThan(1e-3));
    expect(() => invariance(model, ordinal, { ...options, levels: ['scalar', 'strict'] })).toThrow(/theta/);
    const strict = invariance(model, ordinal, { ...options, parameterization: 'theta' });
    expect(strict.comparison.rows.map(({ name }) => name)).toEqual(['configural', 'metric', 'scalar', 'strict']);
    expect(strict.comparison.rows[3].dfDifference).toBeGreaterThan(0);
  });
});

describe('comparisons that say no', () => {
  const skewed = surveys.get('skewed') as Survey;
  const free = 'f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7\ng ~ f';
  it('models that are not nested are found out', () => {
    const two = 'f =~ y1 + y2 + y3 + y4\ng =~ y5 + y6 + y7';
    const codes = (larger: string, smaller: string): readonly string[] => compareFits([sem(larger, skewed), sem(smaller, skewed)]).warnings.map(({ code }) => code);
    expect(codes(`${two}\ny1 ~~ y5\nf ~~ 0*g`, `${two.replace('y2', '1*y2').replace('y3', '1*y3')}`)).toEqual(['not-nested', 'negative-difference']);
    expect(codes(two, `${two}\nf ~~ 0*g`)).toEqual([]);
    expect(codes(`${two}\ny1 ~~ y5`, `${two}\ny2 ~~ y6`)).toEqual(['equal-df']);
    expect(codes('f =~ y1 + y2 + y3 + y4 + y5\ng =~ y5 + y6 + y7\nf ~~ 0*g', 'f =~ y1 + 1*y2 + 1*y3 + y4\ng =~ y5 + y6 + y7')).toEqual(['not-nested', 'negative-difference']);
  });
  it('the same model in another parameterization is nested in a larger one', () => {
    const marker = sem(`${free}\ny1 ~~ y2`, skewed);
    const standard = sem(free, skewed, { stdLv: true });
    expect(compareFits({ marker, standard }).warnings).toEqual([]);
    const plain = compareFits([sem(`${free}\ny1 ~~ y2`, skewed, { estimator: 'MLM' }), sem(free, skewed, { estimator: 'MLM', stdLv: true })], { method: 'satorra.2000' });
    expect(plain.rows[1].chiSquareDifference).toBeGreaterThan(0);
    const exact = compareFits([sem(`${free}\ny1 ~~ y2`, skewed, { estimator: 'MLM' }), sem(free, skewed, { estimator: 'MLM', stdLv: true })], { method: 'satorra.2000', restrictions: 'exact' });
    expect(exact.rows[1].chiSquareDifference).toBeNull();
    expect(exact.warnings.map(({ code }) => code)).toEqual(['difference-test']);
  });
  it('wrong options and plain tests are refused', () => {
    const fits = [sem(free, skewed), sem(free.replace('g ~ f', 'g ~ 0*f'), skewed)];
    expect(() => compareFits(fits, { method: 'satorra.2000' })).toThrow(/plain ones/);
    expect(() => compareFits(fits, { method: 'satorra.2001' as 'standard' })).toThrow(/invalid-option[^]*did you mean/);
    expect(() => compareFits(fits, { mehod: 'standard' } as CompareOptions)).toThrow(/unknown-option[^]*method/);
  });
});
