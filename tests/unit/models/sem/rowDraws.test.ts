import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../../src/models/sem/bootstrap/bootstrap.js';
import { bootstrapJob } from '../../../../src/models/sem/bootstrap/bootstrapJob.js';
import { runDraws } from '../../../../src/models/sem/bootstrap/runDraws.js';
import { runRowDraws } from '../../../../src/models/sem/bootstrap/rowDraws.js';
import { stateOf } from '../../../../src/models/sem/fit/fittedModel.js';
import type { SemOptions } from '../../../../src/models/sem/options.js';
import { sem } from '../../../../src/models/sem/sem.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { readSurvey } from '../../../../src/survey/readSurvey.js';
import { surveyFromColumns, type ColumnInput } from '../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../src/survey/survey.js';

const read = (name: string): Promise<Survey> => readSurvey(new Uint8Array(readFileSync(new URL(`../../../golden/sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` });
const [hs, missing, clusters, ordinal] = await Promise.all(['hs', 'hsmissing', 'clusters', 'ordinal'].map(read));
const MODEL = 'visual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9\nspeed ~ visual';

/** The survey whose rows are those of draw 0. */
function drawn(survey: Survey, names: readonly string[], index: ArrayLike<number>): Survey {
  return surveyFromColumns(Object.fromEntries(names.map((name): [string, ColumnInput] => [name, Array.from(index, (i) => survey.numeric(name)[i])])));
}

function firstDraw(fit: ReturnType<typeof sem>): { estimates: Float64Array; statistic: number; status: number } {
  const chunk = runDraws({ ...bootstrapJob(stateOf(fit), 'nonparametric', 9), first: 0, count: 1 });
  return { estimates: chunk.estimates, statistic: chunk.statistics[0], status: chunk.status[0] };
}

const near = (actual: ArrayLike<number>, wanted: readonly (number | null)[]): void => wanted.forEach((value, i) => expect(Math.abs(actual[i] - (value ?? NaN))).toBeLessThan(1e-6 * Math.max(1, Math.abs(value ?? 1))));

describe('a draw of whole rows is the model fitted to those rows', () => {
  const cases: readonly (readonly [string, Survey, string, SemOptions, readonly string[]])[] = [
    ['missing answers, pattern and all', missing, MODEL, { missing: 'ml' }, ['x1', 'x2', 'x3', 'x7', 'x8', 'x9']],
    ['weights of fourth moments', hs, MODEL, { estimator: 'DWLS' }, ['x1', 'x2', 'x3', 'x7', 'x8', 'x9']],
    ['sampling weights', clusters, 'f =~ y1 + y2 + y3 + y4', { samplingWeights: 'w' }, ['y1', 'y2', 'y3', 'y4', 'w']]
  ];
  it.each(cases)('%s', (_, survey, model, options, names) => {
    const fit = sem(model, survey, options);
    const { estimates, statistic, status } = firstDraw(fit);
    const rows = stateOf(fit).sample.rows?.groups[0];
    const stream = createRandom(9).fork(0);
    const again = sem(model, drawn(survey, names, Array.from({ length: rows?.n ?? 0 }, () => rows?.index[stream.integer(rows.n)] ?? NaN)), options);
    expect(status).toBe(again.admissible ? 0 : 1);
    near(estimates, again.parameters.map(({ estimate }) => estimate));
    expect(statistic).toBeCloseTo(again.measures.chisq ?? NaN, 5);
  });

  it('complete rows give the same draw by rows as by moments', () => {
    const job = { ...bootstrapJob(stateOf(sem(MODEL, hs)), 'nonparametric', 4), first: 3, count: 2 };
    const [byMoments, byRows] = [runDraws(job), runRowDraws(job)];
    byRows.estimates.forEach((value, i) => expect(Math.abs(value - byMoments.estimates[i])).toBeLessThan(1e-5));
    byRows.statistics.forEach((value, i) => expect(value).toBeCloseTo(byMoments.statistics[i], 4));
  });

  it('clusters are drawn whole', () => {
    const fit = sem('f =~ y1 + y2 + y3 + y4', clusters, { cluster: 'site' });
    const job = { ...bootstrapJob(stateOf(fit), 'nonparametric', 9), first: 0, count: 40 };
    const alone = { ...job, groups: job.groups.map(({ cluster: _, ...group }) => group) };
    const spread = (chunk: ReturnType<typeof runDraws>): number => {
      const width = stateOf(fit).table.rows.length;
      const at = fit.parameters.findIndex(({ term }) => term === 'y1 ~1');
      const values = Array.from({ length: 40 }, (_, d) => chunk.estimates[d * width + at]);
      const mean = values.reduce((sum, value) => sum + value, 0) / 40;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39);
    };
    expect(spread(runDraws(job))).toBeGreaterThan(1.2 * spread(runDraws(alone)));
  });
});

describe('draws from a model with missing answers', () => {
  it('parametric draws keep the holes, and Bollen and Stine’s rows obey the model', async () => {
    const fit = sem(MODEL, missing, { missing: 'ml' });
    const parametric = await bootstrap(fit, { draws: 40, seed: 2, type: 'parametric' });
    expect(parametric.used).toBeGreaterThan(35);
    const regression = parametric.estimates.find(({ op }) => op === '~');
    expect((regression?.stdError ?? NaN) / (fit.paths[0].stdError ?? NaN)).toBeGreaterThan(0.6);
    expect((regression?.stdError ?? NaN) / (fit.paths[0].stdError ?? NaN)).toBeLessThan(1.6);
    const stine = await bootstrap(fit, { draws: 60, seed: 2, type: 'bollen.stine' });
    expect(stine.testPValue).toBeGreaterThanOrEqual(0);
    // statistics of conforming rows scatter about the degrees of freedom
    const statistics = runDraws({ ...bootstrapJob(stateOf(fit), 'bollen.stine', 2), first: 0, count: 60 }).statistics;
    const mean = statistics.reduce((sum, value) => sum + value, 0) / 60;
    expect(mean).toBeGreaterThan(0.6 * (fit.measures.df ?? NaN));
    expect(mean).toBeLessThan(1.8 * (fit.measures.df ?? NaN));
  });
});

describe('standard errors by bootstrap while fitting', () => {
  const options = { se: 'bootstrap', bootstrap: 60, seed: 8 } as const;
  it('are those of the same draws afterwards, with percentile intervals, in the table and standardized', async () => {
    const text = `${MODEL.replace('~ visual', '~ b*visual')}\nsquare := b^2`;
    const fit = sem(text, hs, options);
    const after = await bootstrap(sem(text, hs), { draws: 60, seed: 8 });
    fit.parameters.forEach((row, i) => {
      const wanted = after.estimates[i];
      if (wanted.stdError === null) expect(row.statistic).toBeNull();
      else expect([row.stdError, row.statistic, row.confLow, row.confHigh]).toEqual([wanted.stdError, wanted.statistic, ...(wanted.intervals.percentile ?? [])]);
    });
    expect(fit.bootstrap?.drawnEstimates).toEqual(after.drawnEstimates);
    expect(sem(text, hs, options).parameters).toEqual(fit.parameters);
    expect(fit.defined[0].stdError).toBeGreaterThan(0);
  });

  it('draw the rows of ordinal models too', async () => {
    const text = 'f =~ u1 + u2 + u3 + u4';
    const fit = sem(text, ordinal, { ...options, bootstrap: 20, ordered: true });
    const after = await bootstrap(sem(text, ordinal, { ordered: true }), { draws: 20, seed: 8 });
    expect(fit.bootstrap?.drawnEstimates).toEqual(after.drawnEstimates);
    fit.loadings.slice(1).forEach(({ stdError, term }) => expect(stdError).toBe(after.estimates.find((row) => row.term === term)?.stdError));
  });

  it('can be watched and stopped, and refuse what they cannot do', () => {
    const seen: number[] = [];
    const stop = new AbortController();
    expect(() => sem(MODEL, hs, { ...options, bootstrap: 500 }, { signal: stop.signal, onProgress: ({ done }) => { seen.push(done); if (done >= 100) stop.abort(); } })).toThrow(/aborted[^]*100 of 500/);
    expect(seen).toEqual([50, 100]);
    expect(() => sem(MODEL, hs, { ...options, bootstrap: 1.5 })).toThrow(/invalid-option/);
    expect(() => sem('efa("b")*f1 + efa("b")*f2 =~ x1 + x2 + x3 + x7 + x8 + x9', hs, options)).toThrow(/bootstrap-unsupported[^]*rotated/);
  });
});
