import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { DraftRow } from './draftRow.js';
import type { BlockRoles } from './roles.js';
import type { UserBlock } from './userTerms.js';

const WITHIN_FIRST: readonly (readonly [RegExp, RegExp])[] = [[/^1$/, /^2$/], [/^within$/i, /^between$/i]];

/**
 * The blocks of one group, the level within clusters first: as written, or
 * turned round where the names say so (`level: 2` or `level: between` first).
 * A model with levels has exactly two of them.
 */
export function inLevelOrder(blocks: readonly UserBlock[], problems: Diagnostic[]): readonly UserBlock[] {
  if (blocks.every((block) => block.level === null)) return blocks;
  const levels = blocks.map((block) => block.level);
  if (blocks.length !== 2 || levels.includes(null) || levels[0] === levels[1]) {
    const outside = blocks.find((block) => block.level === null)?.terms[0];
    problems.push({
      severity: 'error', code: 'level-blocks',
      message: outside ? 'some formulas stand under no `level:` header' : `a two-level model has two \`level:\` blocks, and this one has ${blocks.length}`,
      ...(outside ? { span: outside.span } : {}),
      help: 'write `level: 1` above what happens within clusters and `level: 2` above what happens between them'
    });
    return blocks;
  }
  const turned = WITHIN_FIRST.some(([within, between]) => between.test(levels[0] ?? '') && within.test(levels[1] ?? ''));
  return turned ? [blocks[1], blocks[0]] : blocks;
}

/**
 * A variable of both levels has one mean, at level 2: its intercept at level 1
 * is 0 unless the user wrote of it, and so is the mean of a latent variable
 * that has such an indicator there (effect coding would free it).
 */
export function fixWithinIntercepts(within: readonly DraftRow[], between: BlockRoles): void {
  const both = new Set(between.observed);
  for (const row of within) {
    if (row.op !== '~1' || row.span !== undefined || !both.has(row.lhs)) continue;
    row.isFree = false;
    row.ustart = 0;
  }
  const fixed = new Set(within.filter((row) => row.op === '~1' && !row.isFree).map((row) => row.lhs));
  for (const row of within) {
    if (row.op !== '~1' || row.origin !== 'latent.mean' || row.span !== undefined || !row.isFree) continue;
    if (!within.some((loading) => loading.op === '=~' && loading.lhs === row.lhs && fixed.has(loading.rhs))) continue;
    row.isFree = false;
    row.ustart = 0;
  }
}
