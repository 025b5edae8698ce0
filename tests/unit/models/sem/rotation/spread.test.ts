import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cfa, impliedMoments, readSurvey, simulate, surveyFromColumns } from '../../../../../src/index.js';

const MODEL = 'efa("e")*f1 + efa("e")*f2 + efa("e")*f3 =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9';
const ROWS = 4000;
const SAMPLES = 100;
const ORDERS = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/** Factors come in any order and direction: those nearest to the population's. */
function matched(loadings: readonly number[], truth: readonly number[]): readonly number[] {
  const turned = ORDERS.map((order) =>
    order.flatMap((from, k) => {
      const own = loadings.slice(from * 9, from * 9 + 9);
      const sign = Math.sign(own.reduce((sum, value, i) => sum + value * truth[k * 9 + i], 0));
      return own.map((value) => sign * value);
    })
  );
  const distance = (one: readonly number[]): number => one.reduce((sum, value, i) => sum + (value - truth[i]) ** 2, 0);
  return turned.reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

describe('standard errors of obliquely rotated, standardized loadings', () => {
  it('are the spread of the loadings over samples', async () => {
    const survey = await readSurvey(readFileSync(new URL('../../../../golden/sem/data/hs.csv', import.meta.url)), { name: 'hs.csv' });
    const options = { rotation: 'oblimin' } as const;
    const population = cfa(MODEL, survey, options);
    const moments = impliedMoments(population);
    const { loadings } = cfa(MODEL, { ...moments, used: ROWS, total: ROWS, groups: moments.groups.map((group) => ({ ...group, n: ROWS })) }, options);
    const truth = loadings.map(({ estimate }) => estimate ?? NaN);
    const sums = truth.map(() => [0, 0]);
    for (let seed = 1; seed <= SAMPLES; seed++) {
      const sample = cfa(MODEL, surveyFromColumns(simulate(population, { n: ROWS, seed }).columns), { ...options, se: 'none', test: 'none' });
      matched(sample.loadings.map(({ estimate }) => estimate ?? NaN), truth).forEach((value, i) => {
        sums[i][0] += value;
        sums[i][1] += value * value;
      });
    }
    const logs = sums.map(([sum, squares], i) => Math.log(Math.sqrt((squares - (sum * sum) / SAMPLES) / (SAMPLES - 1)) / (loadings[i].stdError ?? NaN)));
    // Monte Carlo error of one spread: 1/√(2·100) = 7 %
    expect(Math.sqrt(logs.reduce((sum, value) => sum + value * value, 0) / logs.length)).toBeLessThan(0.1);
    for (const [i, value] of logs.entries()) expect(Math.abs(value), loadings[i].term).toBeLessThan(0.3);
  }, 180_000);
});
