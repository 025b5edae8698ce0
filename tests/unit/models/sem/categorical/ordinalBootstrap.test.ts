import { describe, expect, it } from 'vitest';
import { bootstrap } from '../../../../../src/models/sem/bootstrap/bootstrap.js';
import { sem } from '../../../../../src/models/sem/sem.js';
import { semTasks } from '../../../../../src/models/sem/tasks.js';
import { createRandom } from '../../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../../../src/survey/survey.js';

const N = 160;
const ordered = ['u1', 'u2', 'u3', 'u4'];
const MODEL = 'f =~ u1 + u2 + u3 + u4\nf ~ b*x\ntwice := 2*b';

/** `rare` answers of the highest category of u1. */
function sample(rare?: number): Survey {
  const random = createRandom(17);
  const columns: Record<string, number[]> = { u1: [], u2: [], u3: [], u4: [], x: [] };
  for (let i = 0; i < N; i++) {
    const x = random.normal();
    const f = 0.5 * x + random.normal();
    columns.x.push(x);
    for (const name of ordered) {
      const y = 0.9 * f + 0.7 * random.normal();
      columns[name].push(y < -0.6 ? 1 : y < 0.7 ? 2 : 3);
    }
  }
  if (rare !== undefined) columns.u1 = columns.u1.map((_, i) => (i < rare ? 3 : 1 + (i % 2)));
  return surveyFromColumns(columns);
}

describe('bootstrap of an ordinal model', () => {
  it('fits the drawn rows as the model is fitted to any rows', async () => {
    const survey = sample();
    const fit = sem(MODEL, survey, { ordered });
    const result = await bootstrap(fit, { draws: 4, seed: 4 });
    expect(result.used).toBe(4);
    const random = createRandom(4);
    const width = fit.table.rows.length;
    for (const d of [0, 3]) {
      const stream = random.fork(d);
      const rows = Array.from({ length: N }, () => stream.integer(N));
      const again = sem(MODEL, surveyFromColumns([...ordered, 'x'].map((name): [string, number[]] => [name, rows.map((i) => survey.numeric(name)[i])])), { ordered });
      again.parameters.forEach((row, i) => {
        expect(result.drawnEstimates[d * width + i]).toBeCloseTo(row.estimate as number, 6);
        expect(result.drawnStandardized[d * width + i]).toBeCloseTo(row.stdAll as number, 6);
      });
    }
    expect(result.estimates.find(({ lhs }) => lhs === 'twice')?.stdError).toBeCloseTo(2 * (result.estimates.find(({ label }) => label === 'b')?.stdError ?? NaN), 9);
  });

  it('gives the same bits on any number of workers', async () => {
    const fit = sem('f =~ u1 + u2 + u3 + u4', sample(), { ordered });
    const result = await bootstrap(fit, { draws: 110, seed: 4 });
    expect(result.used + result.failed + result.notConverged).toBe(110);
    const shared = await bootstrap(fit, { draws: 110, seed: 4, workers: { size: 3, run: <Input, Output>(task: string, input: Input) => Promise.resolve(structuredClone(semTasks()[task](structuredClone(input))) as Output) } });
    expect([...shared.drawnEstimates]).toEqual([...result.drawnEstimates]);
  });

  it('counts draws without one of the categories as failed, and refuses what it does not cover', async () => {
    const fit = sem('f =~ u1 + u2 + u3 + u4', sample(2), { ordered });
    const result = await bootstrap(fit, { draws: 60, seed: 1 });
    // both rows are missed in about (1 − 2/160)^160 = 13 % of the draws
    expect(result.failed).toBeGreaterThan(1);
    expect(result.failed).toBeLessThan(25);
    expect(result.warnings.map(({ code }) => code)).toContain('draws-lost');
    for (const type of ['parametric', 'bollen.stine'] as const) await expect(bootstrap(fit, { draws: 10, type })).rejects.toThrow(/bootstrap-unsupported/);
  });
});
