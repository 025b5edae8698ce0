import { expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { sortValues } from '../../../src/statistics/sortedValues.js';

it('sorts whole numbers, fractions, infinities and signed zeros as the language does', () => {
  const random = createRandom(3);
  const kinds = [
    () => 1 + Math.floor(random.uniform() * 5),
    () => Math.floor(random.uniform() * 200) - 100,
    () => Math.floor(random.uniform() * 5000),
    () => random.normal(),
    () => (random.uniform() < 0.5 ? -0 : 0),
    () => (random.uniform() < 0.1 ? 2.5 : Math.floor(random.uniform() * 5)),
    () => (random.uniform() < 0.01 ? -Infinity : 1),
    () => 2 ** 60 + 256 * Math.floor(random.uniform() * 3)
  ];
  for (const kind of kinds) {
    for (const n of [0, 1, 2, 7, 455]) {
      const values = Float64Array.from({ length: n }, kind);
      const wanted = values.slice().sort();
      const sorted = sortValues(values);
      expect(sorted).toBe(values);
      expect([...sorted].every((value, i) => Object.is(value, wanted[i]))).toBe(true);
    }
  }
});
