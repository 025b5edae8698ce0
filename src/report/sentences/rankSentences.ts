import type { RankComparison } from '../../statistics/ranks/compareRanks.js';
import { both, clause, LEVEL, named, type NumberWriter, type Sentence } from './sentence.js';

export function rankSentences({ variables, by }: RankComparison, w: NumberWriter): readonly Sentence[] {
  return variables.flatMap(({ variable, label, groups, n, mannWhitney, kruskalWallis }): readonly Sentence[] => {
    const what = named(variable, label);
    const name = (at: number): Sentence => both(groups[at].group);
    if (mannWhitney) {
      const p = mannWhitney.exactP ?? mannWhitney.pValue;
      if (p === null) return [];
      const numbers = clause(`U = ${w.count(mannWhitney.u)}`, `z = ${w.statistic(mannWhitney.z)}`, `${mannWhitney.exactP === null ? '' : 'exact '}${w.p(p)}`, `rank-biserial r = ${w.unit(mannWhitney.rankBiserial)}`, w.interval(mannWhitney.confLow, mannWhitney.confHigh, 0.95, 'unit'));
      const [a, b] = [name(0), name(1)];
      return [p < LEVEL ? { en: `The ranks of ${what.en} differed significantly between ${a.en} and ${b.en}, ${numbers}.`, zh: `${what.zh}在${a.zh}与${b.zh}之间的秩差异显著，${numbers}。` } : { en: `The ranks of ${what.en} did not differ significantly between ${a.en} and ${b.en}, ${numbers}.`, zh: `${what.zh}在${a.zh}与${b.zh}之间的秩差异不显著，${numbers}。` }];
    }
    if (!kruskalWallis || kruskalWallis.pValue === null) return [];
    const { h, df, pValue, epsilonSquared, confLow, confHigh, pairs } = kruskalWallis;
    const numbers = clause(`H(${w.count(df)}) = ${w.statistic(h)}`, w.p(pValue), `ε² = ${w.unit(epsilonSquared)}`, w.interval(confLow, confHigh, 0.95, 'unit'), `n = ${n}`);
    const significant = pValue < LEVEL;
    const first = { en: `The ranks of ${what.en} ${significant ? 'differed' : 'did not differ'} significantly over the groups of ${by}, ${numbers}.`, zh: `${what.zh}在 ${by} 各组间的秩差异${significant ? '显著' : '不显著'}，${numbers}。` };
    if (!significant) return [first];
    const differing = pairs.filter(({ holmP }) => holmP < LEVEL).map(({ i, j, difference, holmP }): Sentence => {
      const [more, less] = difference > 0 ? [name(i), name(j)] : [name(j), name(i)];
      return { en: `${more.en} above ${less.en} (${w.p(holmP)})`, zh: `${more.zh}高于${less.zh}（${w.p(holmP)}）` };
    });
    return [first, differing.length === 0 ? { en: 'No pair differed significantly by Dunn’s test with Holm’s adjustment.', zh: 'Dunn 检验（Holm 校正）未发现任何两组差异显著。' } : { en: `By Dunn’s test with Holm’s adjustment: ${differing.map(({ en }) => en).join('; ')}.`, zh: `Dunn 检验（Holm 校正）：${differing.map(({ zh }) => zh).join('；')}。` }];
  });
}
