import type { ResolvedSemOptions } from '../options.js';
import type { DraftRow } from './draftRow.js';
import { fix } from './identification.js';

const ORTHOGONAL = new Set(['varimax', 'quartimax', 'equamax', 'orthomax', 'entropy', 'bentler']);

/** True when the rotation keeps factors uncorrelated. */
export function isOrthogonalRotation(options: Pick<ResolvedSemOptions, 'rotation' | 'rotationArgs'>): boolean {
  return options.rotationArgs['orthogonal'] === true || ORTHOGONAL.has(options.rotation);
}

/**
 * Identifies exploratory blocks before rotation: variances 1, covariances 0,
 * and an echelon of zero loadings (the j-th factor's first j - 1 indicators).
 */
export function identifyEfaBlocks(rows: readonly DraftRow[], efa: ReadonlyMap<string, string>): void {
  const blocks = new Map<string, string[]>();
  for (const [latent, block] of efa) blocks.set(block, [...(blocks.get(block) ?? []), latent]);
  for (const factors of blocks.values()) {
    factors.forEach((factor, j) => {
      const loadings = rows.filter((row) => row.op === '=~' && row.lhs === factor);
      for (const row of loadings.slice(0, j)) fix(row, 0, 'efa');
    });
    for (const row of rows) if (row.op === '~~' && row.lhs !== row.rhs && factors.includes(row.lhs) && factors.includes(row.rhs)) fix(row, 0, 'efa');
  }
}
