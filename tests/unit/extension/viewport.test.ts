import { describe, expect, it } from 'vitest';
import { panned, zoomed } from '../../../extension/src/widgets/viewport.js';

describe('the part of a drawing that is seen', () => {
  it('keeps the point under the pointer when zooming', () => {
    const before = { scale: 0.8, x: 12, y: -7 };
    const at = { x: 100, y: 60 };
    const after = zoomed(before, 1.25, at);
    expect(after.scale).toBeCloseTo(1, 12);
    expect((at.x - after.x) / after.scale).toBeCloseTo((at.x - before.x) / before.scale, 12);
    expect((at.y - after.y) / after.scale).toBeCloseTo((at.y - before.y) / before.scale, 12);
  });
  it('stops at bounds, still without a jump', () => {
    const far = zoomed({ scale: 1, x: 0, y: 0 }, 1e9, { x: 50, y: 50 });
    expect(far.scale).toBe(20);
    expect((50 - far.x) / far.scale).toBeCloseTo(50, 12);
    expect(zoomed(far, 1e-9, { x: 0, y: 0 }).scale).toBe(0.05);
  });
  it('moves', () => {
    expect(panned({ scale: 2, x: 1, y: 1 }, 3, -4)).toEqual({ scale: 2, x: 4, y: -3 });
  });
});
