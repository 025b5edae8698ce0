import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { column, heading } from '../headings.js';
import { covariateNotes, PARTIAL, STARS, type FactorialFacts } from './factorialNotes.js';
import type { MarginalPair } from './factorialResult.js';

const ADJUSTMENT: Readonly<Record<FactorialFacts['options']['adjust'], Bilingual>> = { lsd: { en: 'none (LSD)', zh: '无（LSD）' }, bonferroni: { en: 'Bonferroni' }, sidak: { en: 'Šidák' } };

/** Pairs of marginal means, or of means within one class of another factor. */
export function pairTable(facts: FactorialFacts, pairs: readonly MarginalPair[]): Table {
  const simple = pairs.some(({ within }) => within !== null);
  const rows = pairs.map(({ factor, within, groupI, groupJ, ...numbers }, i): TableRow => {
    const before = pairs[i - 1] as MarginalPair | undefined;
    const same = before?.factor === factor && before.within === within;
    return { factor: same ? null : factor, within: same ? null : placeOf(within).en, withinZh: same ? null : placeOf(within).zh, groupI: groupI.en, groupIZh: groupI.zh ?? groupI.en, groupJ: groupJ.en, groupJZh: groupJ.zh ?? groupJ.en, ...numbers };
  });
  const columns = [
    column('factor', 'text', { en: 'Factor', zh: '因素' }),
    ...(simple ? [column('within', 'text', { en: 'Within', zh: '水平' }, { zhFrom: 'withinZh' })] : []),
    heading('groupI', { zhFrom: 'groupIZh' }),
    heading('groupJ', { zhFrom: 'groupJZh' }),
    heading('difference', { label: { en: 'Mean difference (I − J)', zh: '均值差 (I − J)' }, starsFrom: 'pValue' }),
    heading('stdError'),
    heading('t', { digits: 3 }),
    heading('pValue'),
    heading('confLow'),
    heading('confHigh'),
    column('d', 'number', { en: 'd', zh: 'd' }),
    column('dLow', 'number', { en: 'd CI lower', zh: 'd 置信下限' }),
    column('dHigh', 'number', { en: 'd CI upper', zh: 'd 置信上限' })
  ];
  const adjustment = ADJUSTMENT[facts.options.adjust];
  return table(simple ? { en: `Simple pairwise comparisons: ${facts.outcome}`, zh: `简单成对比较：${facts.outcome}` } : { en: `Pairwise comparisons of marginal means: ${facts.outcome}`, zh: `边际均值成对比较：${facts.outcome}` }, columns, rows, {
    notes: [
      { en: `t on ${facts.error.df} degrees of freedom; adjustment of p and intervals for the number of pairs: ${adjustment.en}. d: difference over the root of the error mean square, its interval of this pair alone.`, zh: `t 的自由度为 ${facts.error.df}；p 值与置信区间的多重比较校正：${adjustment.zh ?? adjustment.en}。d 为均值差除以误差均方的平方根，其区间未作校正。` },
      ...covariateNotes(facts.options.covariates),
      STARS
    ]
  });
}

/** F of each factor within the classes of another. */
export function simpleEffectTable(facts: FactorialFacts): Table {
  const rows = facts.simpleEffects.map(({ factor, within, ...numbers }): TableRow => ({ factor, within: placeOf(within).en, withinZh: placeOf(within).zh, ...numbers }));
  const columns = [column('factor', 'text', { en: 'Factor', zh: '因素' }), column('within', 'text', { en: 'Within', zh: '水平' }, { zhFrom: 'withinZh' }), heading('sumOfSquares', { digits: 3 }), heading('df', { kind: 'integer' }), heading('f', { digits: 3, starsFrom: 'pValue' }), heading('pValue'), column('partialEtaSquared', 'unit', { en: 'Value', zh: '值' }, { digits: 3, group: PARTIAL }), heading('confLow', { kind: 'unit', digits: 3, group: PARTIAL }), heading('confHigh', { kind: 'unit', digits: 3, group: PARTIAL })];
  return table({ en: `Simple effects: ${facts.outcome}`, zh: `简单效应：${facts.outcome}` }, columns, rows, {
    notes: [{ en: `F tests on the error of the whole model (${facts.error.df} df), not adjusted for their number; to be read where the interaction is significant.`, zh: `F 检验使用全模型误差（自由度 ${facts.error.df}），未作多重校正；仅在交互作用显著时解读。` }, ...covariateNotes(facts.options.covariates), STARS]
  });
}

function placeOf(within: MarginalPair['within']): Required<Bilingual> {
  if (within === null) return { en: '', zh: '' };
  return { en: `${within.factor} = ${within.group.en}`, zh: `${within.factor} = ${within.group.zh ?? within.group.en}` };
}
