import type { TestKind } from '../options.js';

const SCALED: ReadonlySet<TestKind> = new Set(['satorra.bentler', 'yuan.bentler', 'yuan.bentler.mplus', 'mean.var.adjusted', 'scaled.shifted']);

/** Tests that correct the standard statistic, rather than stand beside it. */
export function isScaled(kind: TestKind): boolean {
  return SCALED.has(kind);
}
