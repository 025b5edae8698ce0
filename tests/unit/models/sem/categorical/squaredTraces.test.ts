import { expect, it } from 'vitest';
import { squaredTraces, type TraceGroup } from '../../../../../src/models/sem/categorical/squaredTraces.js';
import { createRandom } from '../../../../../src/numerics/random.js';

const random = createRandom(8);
const draw = (length: number): Float64Array => Float64Array.from({ length }, () => random.normal());

/** Rows by moments, moments the model keeps and the independence model sets to 0. */
function group(n: number, moments: number, size: number): TraceGroup {
  const all = Array.from({ length: moments }, (_, r) => r);
  return { n, influence: draw(n * moments), roots: draw(moments).map(Math.abs), kept: all.filter((r) => r % 5 !== 1), zero: all.filter((r) => r % 3 !== 0), turned: draw(size * n) };
}

/** tr(K²)/N² over pairs of rows, by the definition. */
function byDefinition(groups: readonly TraceGroup[], size: number): { model: number; baseline: number } {
  const n = groups.reduce((sum, each) => sum + each.n, 0);
  let model = 0;
  let baseline = 0;
  groups.forEach((a, g) => {
    groups.forEach((b, h) => {
      for (let i = 0; i < a.n; i++) {
        for (let j = 0; j < b.n; j++) {
          let k = 0;
          let zero = 0;
          if (g === h) {
            for (const r of a.kept) k += (n / a.n) * a.roots[r] ** 2 * a.influence[r * a.n + i] * a.influence[r * a.n + j];
            for (const r of a.zero) zero += (a.roots[r] ** 2 * a.influence[r * a.n + i] * a.influence[r * a.n + j]) / a.n;
          }
          for (let c = 0; c < size; c++) k -= a.turned[c * a.n + i] * b.turned[c * b.n + j];
          model += k * k;
          baseline += zero * zero;
        }
      }
    });
  });
  return { model: model / n ** 2, baseline };
}

it.each([['fewer rows than moments', 20, 47], ['more rows than moments', 90, 22]])('tr((UΓ)²) of two groups, %s', (_, n, moments) => {
  const groups = [group(n, moments, 6), group(n + 7, moments, 6)];
  const own = squaredTraces(groups, 6);
  const wanted = byDefinition(groups, 6);
  expect(own.model / wanted.model).toBeCloseTo(1, 11);
  expect(own.baseline / wanted.baseline).toBeCloseTo(1, 11);
});
