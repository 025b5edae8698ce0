import { describe, expect, it } from 'vitest';
import { numericColumn, withCodes } from '../../../src/survey/declaredMissing.js';
import { NARROW_MISSING, widened } from '../../../src/survey/narrowNumbers.js';

const BYTES = Int8Array.from([1, -9, 5, NARROW_MISSING, 99, 0, -9, 127, -127]);

describe('numbers of a byte each', () => {
  it('widen to the doubles they stand for', () => {
    expect([...widened(BYTES)]).toEqual([1, -9, 5, NaN, 99, 0, -9, 127, -127]);
  });

  it.each([
    ['codes', { codes: [-9, 99] }],
    ['a range open below', { codes: [], range: { low: -Infinity, high: -1 } }],
    ['a code and a range', { codes: [0], range: { low: 90, high: Infinity } }],
    ['no rule', { codes: [] }],
    ['the number that marks missing ones', { codes: [NARROW_MISSING] }]
  ])('meet declared missing codes as doubles do: %s', (_what, rule) => {
    const narrow = numericColumn('q', BYTES.slice(), rule);
    const wide = numericColumn('q', widened(BYTES), rule);
    expect({ ...narrow }).toEqual({ ...wide });
    expect(narrow.values).toBe(narrow.values);
    expect(withCodes(narrow)).toEqual(withCodes(wide));
  });
});
