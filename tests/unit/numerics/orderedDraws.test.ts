import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { OrderedDraws } from '../../../src/numerics/resampling/orderedDraws.js';

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

const places = (order: OrderedDraws): Float64Array => Float64Array.from({ length: order.length }, (_, rank) => order.at(rank));

describe('the order of draws', () => {
  it.each(KINDS)('%s: as the built-in sort, and the numbers given stay as they were', (_, values) => {
    const before = values.slice();
    expect(places(new OrderedDraws(values.length).read(values))).toEqual(values.slice().sort());
    expect(values).toEqual(before);
  });

  it.each(KINDS)('%s: places asked for out of order, and how many draws are less', (_, values) => {
    const sorted = values.slice().sort();
    const order = new OrderedDraws(values.length).read(values);
    for (const share of [0.5, 0.01, 0.975, 0.5, 0.7]) {
      const rank = Math.floor(share * values.length);
      if (rank < values.length) expect(order.at(rank)).toBe(sorted[rank]);
    }
    for (const value of [...values.slice(0, 40), -Infinity, Infinity, 0, 1e-3, 1]) expect(order.countBelow(value), String(value)).toBe(values.filter((other) => other < value).length);
  });

  it('one object serves one run of draws after the other', () => {
    const order = new OrderedDraws(3000);
    for (const [, values] of KINDS) if (values.length === 3000) expect(places(order.read(values))).toEqual(values.slice().sort());
  });
});
