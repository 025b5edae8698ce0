import { describe, expect, it } from 'vitest';
import { parseCodebook } from '../../../src/survey/codebookText/parseCodebook.js';
import { numericColumn, withCodes } from '../../../src/survey/declaredMissing.js';
import { NARROW_MISSING, widened } from '../../../src/survey/narrowNumbers.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

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

describe('a column known to be complete', () => {
  it('is one in which no cell is missing, declared codes included', () => {
    const survey = surveyFromColumns([['a', [1, 2]], ['b', [1, 9]], ['c', [1, null]], ['d', [1, Infinity]], ['e', [1, NaN]]], { codebook: parseCodebook('variables:\n  b:\n    missing: [9]\n') });
    expect(survey.columns.map((column) => column.type === 'numeric' && column.complete === true)).toEqual([true, false, false, false, false]);
  });
});
