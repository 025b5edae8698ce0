import { describe, expect, it } from 'vitest';
import { sameValue } from '../../../src/shared/sameValue.js';

const job = (): unknown => ({ rows: Float64Array.of(1, NaN, 0), table: [{ op: '=~', lower: -Infinity }, { op: ':=', expression: { type: 'name' } }], holes: null, seed: 4 });

describe('the same plain data', () => {
  it('of equal parts, whatever their identity', () => {
    expect(sameValue(job(), job())).toBe(true);
    expect(sameValue(job(), structuredClone(job()))).toBe(true);
    expect(sameValue({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  });

  it.each([
    ['a number', { ...(job() as object), seed: 5 }],
    ['a number in a typed array', { ...(job() as object), rows: Float64Array.of(1, NaN, 2) }],
    ['minus zero', { ...(job() as object), rows: Float64Array.of(1, NaN, -0) }],
    ['the kind of an array', { ...(job() as object), rows: Float32Array.of(1, NaN, 0) }],
    ['a length', { ...(job() as object), rows: Float64Array.of(1, NaN) }],
    ['a missing part', { rows: Float64Array.of(1, NaN, 0), holes: null, seed: 4 }],
    ['another name', { rows: Float64Array.of(1, NaN, 0), tables: [], holes: null, seed: 4 }],
    ['nothing instead of null', { ...(job() as object), holes: undefined }]
  ])('not where they differ in %s', (_, other) => {
    expect(sameValue(job(), other)).toBe(false);
    expect(sameValue(other, job())).toBe(false);
  });

  it('objects of other kinds are the same only when they are one', () => {
    const map = new Map();
    expect(sameValue(map, map)).toBe(true);
    expect(sameValue(new Map(), new Map())).toBe(false);
    expect(sameValue(new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(1)))).toBe(false);
  });
});
