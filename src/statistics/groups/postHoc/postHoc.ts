import { fail } from '../../../shared/diagnostic.js';
import { resolveOptions } from '../../options.js';
import type { GroupMoments } from '../oneWayAnova.js';
import { gamesHowell, tamhane } from './unequalVariances.js';
import { averagedPairEffect, pooledPairEffect } from './pairEffect.js';
import { bonferroni, leastSignificantDifference, scheffe, tukey } from './equalVariances.js';
import type { PairwiseDifference, PairwiseRule } from './pairwise.js';

/** Every method by its option name, with its name in print and whether it pools the variances. */
const METHODS = new Map<PostHocMethod, { readonly label: string; readonly pooled: boolean; readonly rule: PairwiseRule }>([
  ['lsd', { label: 'LSD', pooled: true, rule: leastSignificantDifference }],
  ['bonferroni', { label: 'Bonferroni', pooled: true, rule: bonferroni }],
  ['tukey', { label: 'Tukey-Kramer HSD', pooled: true, rule: tukey }],
  ['scheffe', { label: 'Scheffé', pooled: true, rule: scheffe }],
  ['tamhane', { label: 'Tamhane T2', pooled: false, rule: tamhane }],
  ['games-howell', { label: 'Games-Howell', pooled: false, rule: gamesHowell }]
]);

export type PostHocMethod = 'lsd' | 'bonferroni' | 'tukey' | 'scheffe' | 'tamhane' | 'games-howell';
export const POST_HOC_METHODS: readonly PostHocMethod[] = [...METHODS.keys()];

export interface PostHoc {
  readonly method: PostHocMethod;
  readonly label: string;
  /** True when the method assumes equal variances. */
  readonly pooled: boolean;
  /** Every pair i < j of groups with an estimable difference. */
  readonly pairs: readonly PairwiseDifference[];
}

/** All pairwise comparisons of group means by one method. Groups of a single value take part only where variances are pooled. */
export function postHoc(method: PostHocMethod, groups: readonly GroupMoments[], confidence = 0.95): PostHoc {
  resolveOptions('postHoc', { method }, { method: 'lsd' as PostHocMethod }, { method: POST_HOC_METHODS });
  const found = METHODS.get(method);
  if (!found) return fail('invalid-option', `no post hoc method \`${String(method)}\``);
  const dfWithin = groups.reduce((sum, { n }) => sum + n - 1, 0);
  const squares = groups.reduce((sum, { n, variance }) => sum + (n - 1) * (variance ?? 0), 0);
  const within = { groups: groups.length, df: dfWithin, meanSquare: squares / dfWithin, confidence };
  const pairs: PairwiseDifference[] = [];
  for (let i = 0; i < groups.length; i++) {
    for (let j = i + 1; j < groups.length; j++) {
      const limits = found.rule(groups[i], groups[j], within);
      if (limits) pairs.push({ i, j, difference: groups[i].mean - groups[j].mean, ...limits, effect: (found.pooled ? pooledPairEffect : averagedPairEffect)(groups[i], groups[j], within) });
    }
  }
  return { method, label: found.label, pooled: found.pooled, pairs };
}
