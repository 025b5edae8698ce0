import { describe, expect, it } from 'vitest';
import { toCodePoints, toUtf16 } from '../../../kernel/src/core/codePoints.js';

describe('cursor positions', () => {
  const text = 'a𝒳满b';
  it('go both ways over astral characters', () => {
    expect([0, 1, 2, 3, 4].map((cursor) => toUtf16(text, cursor))).toEqual([0, 1, 3, 4, 5]);
    expect([0, 1, 3, 4, 5].map((offset) => toCodePoints(text, offset))).toEqual([0, 1, 2, 3, 4]);
  });
  it('stay inside the text', () => {
    expect(toUtf16(text, 99)).toBe(5);
    expect(toCodePoints(text, 99)).toBe(4);
  });
});
