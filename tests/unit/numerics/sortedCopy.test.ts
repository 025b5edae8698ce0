import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { sortedCopy, SortingRoom } from '../../../src/numerics/resampling/sortedCopy.js';

const random = createRandom(6);
const normals = Float64Array.from({ length: 3000 }, () => random.normal());

const KINDS: readonly (readonly [string, Float64Array])[] = [
  ['a bell', normals],
  ['one value far out', normals.with(17, 1e12)],
  ['heavy tails', normals.map((value) => value / random.uniform() ** 2)],
  ['few values', normals.map((value) => Math.round(value))],
  ['one value', new Float64Array(100).fill(3.5)],
  ['infinite values', normals.with(4, Infinity).with(9, -Infinity)],
  ['no number among them', normals.with(1000, NaN)],
  ['almost nothing', Float64Array.of(2, 1)],
  ['nothing', new Float64Array(0)],
  ['tiny differences', normals.map((value) => 1 + value * 1e-15)],
  ['the ends of what a double holds', normals.map((value, i) => (i % 2 ? 1 : -1) * 1e308 * Math.abs(Math.sin(value)))]
];

describe('sorted copy', () => {
  it.each(KINDS)('%s: as the built-in sort, and the numbers given stay as they were', (_, values) => {
    const before = values.slice();
    expect(sortedCopy(values)).toEqual(values.slice().sort());
    expect(values).toEqual(before);
  });

  it('a room serves one sort after the other', () => {
    const room = new SortingRoom(3000);
    for (const [, values] of KINDS) if (values.length === 3000) expect(sortedCopy(values, room)).toEqual(values.slice().sort());
  });
});
