import { describe, expect, it } from 'vitest';
import type { DrawWorkers } from '../../../../src/models/drawChunks.js';
import { bootstrap } from '../../../../src/models/sem/bootstrap/bootstrap.js';
import { semTasks } from '../../../../src/models/sem/tasks.js';
import { cfa, sem } from '../../../../src/models/sem/sem.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../src/survey/survey.js';

const N = 300;

/** x → m → y with slopes .5 and .6, and three indicators of a factor. */
function sample(n: number = N): Survey {
  const random = createRandom(11);
  const columns: Record<string, number[]> = { x: [], m: [], y: [], a: [], b: [], c: [], g: [] };
  for (let i = 0; i < n; i++) {
    const x = random.normal();
    const m = 0.5 * x + random.normal();
    const f = random.normal();
    columns.x.push(x);
    columns.m.push(m);
    columns.y.push(0.6 * m + random.normal());
    for (const name of ['a', 'b', 'c']) columns[name].push(0.8 * f + 0.6 * random.normal());
    columns.g.push(1 + (i % 2));
  }
  return surveyFromColumns(columns);
}

const survey = sample();
const mediation = sem('m ~ a*x\ny ~ b*m\nindirect := a*b', survey);

/** Runs tasks at once through structured clones, as threads would see them. */
const workers = (size: number): DrawWorkers => {
  const threads = Array.from({ length: size }, semTasks);
  let next = 0;
  return { size, run: <Input, Output>(task: string, input: Input) => Promise.resolve(structuredClone(threads[next++ % size][task](structuredClone(input))) as Output) };
};

describe('bootstrap', () => {
  it('gives the same bits on any number of workers', async () => {
    const alone = await bootstrap(mediation, { draws: 350, seed: 5 });
    for (const size of [1, 2, 7]) {
      const shared = await bootstrap(mediation, { draws: 350, seed: 5, workers: workers(size) });
      expect([...shared.drawnEstimates]).toEqual([...alone.drawnEstimates]);
      expect([...shared.drawnStandardized]).toEqual([...alone.drawnStandardized]);
    }
  });

  it('a thread that has worked for one fit works for the next one, and for another seed, as a new one', async () => {
    const other = sem('m ~ x\ny ~ m + x', survey);
    const one = workers(1);
    for (const [fit, seed] of [[mediation, 5], [mediation, 6], [other, 6], [mediation, 5]] as const) {
      const shared = await bootstrap(fit, { draws: 120, seed, workers: one });
      const alone = await bootstrap(fit, { draws: 120, seed });
      expect([...shared.drawnEstimates]).toEqual([...alone.drawnEstimates]);
    }
  });

  it('gives other draws for another seed', async () => {
    const one = await bootstrap(mediation, { draws: 20, seed: 1 });
    const two = await bootstrap(mediation, { draws: 20, seed: 2 });
    expect([...one.drawnEstimates]).not.toEqual([...two.drawnEstimates]);
  });

  it.each(['nonparametric', 'parametric'] as const)('%s standard errors are near the delta method’s in a large normal sample', async (type) => {
    const result = await bootstrap(mediation, { draws: 2000, seed: 3, type });
    expect(result.used).toBe(2000);
    for (const row of result.estimates) {
      const analytic = mediation.parameters.find(({ term }) => term === row.term)?.stdError;
      if (!analytic || !row.stdError) continue;
      expect(row.stdError / analytic, row.term).toBeGreaterThan(0.85);
      expect(row.stdError / analytic, row.term).toBeLessThan(1.15);
    }
  });

  it('intervals of the indirect effect hold the estimate and leave zero out', async () => {
    const { estimates } = await bootstrap(mediation, { draws: 1000, seed: 4 });
    const indirect = estimates.find(({ lhs }) => lhs === 'indirect');
    for (const [kind, limits] of Object.entries(indirect?.intervals ?? {})) {
      expect(limits?.[0], kind).toBeGreaterThan(0);
      expect(limits?.[0], kind).toBeLessThan(indirect?.estimate ?? 0);
      expect(limits?.[1], kind).toBeGreaterThan(indirect?.estimate ?? Infinity);
    }
  });

  it('a draw is the fit of its own rows: the mean of the draws of a saturated covariance is near the sample’s', async () => {
    const saturated = sem('x ~~ y', survey);
    const { estimates } = await bootstrap(saturated, { draws: 3000, seed: 8 });
    const covariance = estimates.find(({ term }) => term === 'x ~~ y');
    expect(Math.abs(covariance?.bias ?? 1)).toBeLessThan(4 * ((covariance?.stdError ?? 0) / Math.sqrt(3000)) + Math.abs(covariance?.estimate ?? 0) / N);
  });

  it('Bollen and Stine: the test of a true model is not significant, and p is a share of the draws', async () => {
    const result = await bootstrap(mediation, { draws: 400, seed: 6, type: 'bollen.stine' });
    expect(result.testPValue).toBeGreaterThan(0.01);
    expect((result.testPValue ?? -1) * result.used).toBeCloseTo(Math.round((result.testPValue ?? -1) * result.used), 9);
    expect((await bootstrap(mediation, { draws: 10, seed: 6 })).testPValue).toBeNull();
  });

  it('resamples within groups and respects equality constraints in every draw', async () => {
    const fit = cfa('f =~ a + b + c', survey, { group: 'g', groupEqual: ['loadings'] });
    const result = await bootstrap(fit, { draws: 60, seed: 9 });
    const width = fit.table.rows.length;
    const row = (group: number): number => fit.table.rows.findIndex(({ op, rhs, group: g }) => op === '=~' && rhs === 'b' && g === group);
    for (let d = 0; d < result.used; d++) expect(result.drawnEstimates[d * width + row(1)]).toBeCloseTo(result.drawnEstimates[d * width + row(2)], 9);
  });

  it('counts draws that are lost or improper', async () => {
    const few = cfa('f =~ a + b + c', sample(14));
    const result = await bootstrap(few, { draws: 300, seed: 1 });
    expect(result.used + result.notConverged + result.failed).toBe(300);
    expect(result.inadmissible + result.notConverged + result.failed).toBeGreaterThan(0);
    expect(result.warnings.length).toBeGreaterThan(0);
  });

  it('cuts the last pieces up, so that threads end together, and covers every draw once', async () => {
    const asked: [number, number][] = [];
    const two = workers(2);
    const watched: DrawWorkers = { size: 2, run: <Input, Output>(task: string, input: Input) => {
      const { first, count } = input as unknown as { first: number; count: number };
      asked.push([first, count]);
      return two.run<Input, Output>(task, input);
    } };
    await bootstrap(mediation, { draws: 730, seed: 5, workers: watched });
    let next = 0;
    for (const [first, count] of asked.sort((a, b) => a[0] - b[0])) {
      expect(first).toBe(next);
      next += count;
    }
    expect(next).toBe(730);
    expect(asked[0][1]).toBe(100);
    expect(asked.at(-2)![1]).toBe(25);
  });

  it('reports progress and stops when it is aborted', async () => {
    const seen: number[] = [];
    await bootstrap(mediation, { draws: 250, seed: 1, onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([100, 200, 250]);
    const controller = new AbortController();
    await expect(bootstrap(mediation, { draws: 5000, seed: 1, signal: controller.signal, onProgress: () => controller.abort() })).rejects.toThrow(/stopped after 250 of 5000/);
  });

  it('refuses what it cannot do, with the cure', async () => {
    await expect(bootstrap(mediation, { drawz: 5 } as never)).rejects.toThrow('did you mean `draws`?');
    await expect(bootstrap(mediation, { draws: 1 })).rejects.toThrow(/from 2 to/);
  });
});
