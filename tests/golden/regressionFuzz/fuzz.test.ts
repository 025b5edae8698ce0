import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { regress, type RegressOptions } from '../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

interface Model {
  set: number;
  formula: string;
  weighted: boolean;
  se: 'classical' | 'HC0' | 'HC1' | 'HC2' | 'HC3' | 'HC4' | 'cluster';
  terms: string[];
  estimate: (number | null)[];
  stdError: number[];
  pValue: number[];
  confLow: number[];
  confHigh: number[];
  n: number;
  df1: number;
  df2: number;
  rSquared: number;
  adjRSquared: number;
  sigma: number;
  f: number | null;
  logLik: number;
  aic: number;
  bic: number;
  influence: { leverage: number[]; cook: number[]; studentized: number[]; dffits: number[]; at: number[] } | null;
  breuschPagan: { statistic: number; df: number; pValue: number } | null;
  durbinWatson: number | null;
}
const { value } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as { value: { sets: Record<string, (number | string | null)[]>[]; models: Model[] } };
const surveys = value.sets.map((set, i) => surveyFromColumns(new Map(Object.entries(set).map(([name, cells]) => [name, (name === 'h' ? cells : cells.map((cell) => cell ?? NaN)) as number[]])), { name: `set${i}` }));

/** Agreement to 1e-8, relative above 1; where R loses digits to the conditioning of a model, `room` says how many. */
function near(actual: number | null | undefined, wanted: number | null, what: string, room = 1): void {
  if (wanted === null) return;
  const allowed = 1e-8 * room * Math.max(1, Math.abs(wanted));
  expect(typeof actual === 'number' && Math.abs(actual - wanted) <= allowed, `${what}: got ${String(actual)}, expected ${wanted}`).toBe(true);
}

describe('random linear models against lm', () => {
  value.models.forEach((model, i) => {
    it(`${i + 1}: ${model.formula} (set ${model.set}, ${model.weighted ? 'weighted, ' : ''}${model.se})`, () => {
      const options: RegressOptions = { ...(model.weighted ? { weights: 'w' } : {}), ...(model.se === 'cluster' ? { cluster: 'k' } : { se: model.se }) };
      const fit = regress(model.formula, surveys[model.set], options);
      expect(fit.coefficients.length).toBe(model.terms.length);
      let estimated = 0;
      model.terms.forEach((name, j) => {
        // our terms name the column and its level, not how the reference was chosen
        const term = name.replace(/, ref = (2|"south")/g, '');
        const row = fit.coefficients.find((each) => each.term === term);
        expect(row?.aliased, term).toBe(model.estimate[j] === null);
        if (!row || row.aliased) return;
        near(row.estimate, model.estimate[j], term);
        for (const key of ['stdError', 'pValue', 'confLow', 'confHigh'] as const) near(row[key], model[key][estimated], `${term} ${key}`);
        estimated++;
      });
      expect(estimated).toBe(model.stdError.length);
      const { measures } = fit;
      expect([measures.n, measures.df1, measures.df2]).toEqual([model.n, model.df1, model.df2]);
      for (const key of ['rSquared', 'adjRSquared', 'sigma', 'logLik', 'aic', 'bic', 'durbinWatson'] as const) near(measures[key], model[key], key);
      near(measures.fStatistic, model.f, 'F');
      if (model.breuschPagan) {
        const found = fit.assumptions().tests.find(({ test }) => test === 'breuschPagan');
        near(found?.statistic, model.breuschPagan.statistic, 'Breusch-Pagan');
        near(found?.pValue, model.breuschPagan.pValue, 'Breusch-Pagan p');
      }
      if (model.influence) {
        const found = fit.influence();
        const { at, leverage, cook, studentized, dffits } = model.influence;
        at.forEach((row, j) => {
          near(found.leverage[row], leverage[j], `leverage ${row}`);
          near(found.cook[row], cook[j], `Cook ${row}`);
          near(found.deletedResidual[row], studentized[j], `studentized ${row}`);
          near(found.dffits[row], dffits[j], `DFFITS ${row}`);
        });
      }
    });
  });
});
