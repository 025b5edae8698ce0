import type { Bilingual } from '../../shared/table.js';
import type { MeanTests, PairComparisons } from '../../statistics/groups/meanTests.js';
import type { Comparison, GroupDescription, VariableComparison } from '../../statistics/groups/comparison.js';
import type { FactorialAnova } from '../../statistics/factorial/factorialResult.js';
import { both, clause, LEVEL, named, type NumberWriter, type Sentence } from './sentence.js';

/** How many differing pairs of groups a sentence names. */
const MOST_PAIRS = 6;

function described({ group, n, mean, sd }: GroupDescription, w: NumberWriter): Sentence {
  const { en, zh } = both(group);
  const numbers = `M = ${w.estimate(mean)}, SD = ${w.estimate(sd)}, n = ${n}`;
  return { en: `${en} (${numbers})`, zh: `${zh}（${numbers}）` };
}

export function comparisonSentences({ variables, by, byLabel, options }: Comparison, w: NumberWriter): readonly Sentence[] {
  return variables.flatMap((variable) => compared(variable, named(by, byLabel), options.confidence, w));
}

function compared(v: VariableComparison, by: Sentence, level: number, w: NumberWriter): readonly Sentence[] {
  const what = named(v.variable, v.label);
  if (v.design === 't') {
    const [a, b] = v.groups.map((group) => described(group, w));
    const test = v.equalVariances ? v.student : v.welch;
    if (test.pValue === null) return [{ en: `${what.en} does not vary within ${a.en} and ${b.en}, so no t exists.`, zh: `${what.zh}在各组内无变异，无法计算 t。` }];
    const numbers = clause(`${v.equalVariances ? '' : 'Welch’s '}t(${w.count(test.df)}) = ${w.statistic(test.t)}`, w.p(test.pValue), v.effect ? `d = ${w.estimate(v.effect.d)}` : '', v.effect ? w.interval(v.effect.confLow, v.effect.confHigh, level) : '');
    return [
      test.pValue < LEVEL
        ? { en: `${what.en} differed significantly between ${a.en} and ${b.en}, ${numbers}.`, zh: `${what.zh}在${a.zh}与${b.zh}之间差异显著，${numbers}。` }
        : { en: `${what.en} did not differ significantly between ${a.en} and ${b.en}, ${numbers}.`, zh: `${what.zh}在${a.zh}与${b.zh}之间差异不显著，${numbers}。` }
    ];
  }
  const { anova, welch } = v;
  if (anova.f === null || anova.pValue === null) return [{ en: `${what.en} does not vary within the groups of ${by.en}, so no F exists.`, zh: `${what.zh}在${by.zh}各组内无变异，无法计算 F。` }];
  const robust = !v.equalVariances && welch !== null;
  const p = robust ? welch.pValue : anova.pValue;
  const statistic = robust ? `Welch’s F(${w.count(welch.df1)}, ${w.count(welch.df2)}) = ${w.statistic(welch.f)}` : `F(${w.count(anova.between.df)}, ${w.count(anova.within.df)}) = ${w.statistic(anova.f)}`;
  const { etaSquared, confLow, confHigh } = anova.effect;
  const numbers = clause(statistic, w.p(p), `η² = ${w.unit(etaSquared)}`, w.interval(confLow, confHigh, level, 'unit'));
  const first: Sentence = p < LEVEL ? { en: `${what.en} differed significantly over the groups of ${by.en}, ${numbers}.`, zh: `${what.zh}在${by.zh}各组间差异显著，${numbers}。` } : { en: `${what.en} did not differ significantly over the groups of ${by.en}, ${numbers}.`, zh: `${what.zh}在${by.zh}各组间差异不显著，${numbers}。` };
  const [chosen] = v.postHoc;
  if (p >= LEVEL || !chosen) return [first];
  const differing = chosen.pairs.filter(({ pValue }) => pValue < LEVEL);
  const name = (at: number): Sentence => both(v.groups[at].group);
  const told = differing.slice(0, MOST_PAIRS).map(({ i, j, difference, pValue }): Sentence => {
    const [more, less] = difference > 0 ? [name(i), name(j)] : [name(j), name(i)];
    return { en: `${more.en} above ${less.en} (${w.p(pValue)})`, zh: `${more.zh}高于${less.zh}（${w.p(pValue)}）` };
  });
  const more = differing.length - told.length;
  const second: Sentence =
    differing.length === 0
      ? { en: `No pair of groups differed significantly by ${chosen.label}.`, zh: `${chosen.label} 检验未发现任何两组差异显著。` }
      : { en: `By ${chosen.label}: ${told.map(({ en }) => en).join('; ')}${more > 0 ? `; and ${more} more` : ''}.`, zh: `${chosen.label} 事后检验：${told.map(({ zh }) => zh).join('；')}${more > 0 ? `；另有 ${more} 对` : ''}。` };
  return [first, second];
}

export function meanTestSentences({ variables, value }: MeanTests, w: NumberWriter): readonly Sentence[] {
  return variables.flatMap(({ variable, label, test }): readonly Sentence[] => {
    if (test.pValue === null) return [];
    const what = named(variable, label);
    const numbers = clause(`M = ${w.estimate(test.mean)}`, `t(${w.count(test.df)}) = ${w.statistic(test.t)}`, w.p(test.pValue), test.effect ? `d = ${w.estimate(test.effect.d)}` : '', test.effect ? w.interval(test.effect.confLow, test.effect.confHigh) : '');
    const place = test.pValue >= LEVEL ? { en: 'did not differ significantly from', zh: '与' } : test.difference > 0 ? { en: 'lay significantly above', zh: '显著高于' } : { en: 'lay significantly below', zh: '显著低于' };
    return [{ en: `The mean of ${what.en} ${place.en} ${value} (${numbers}).`, zh: test.pValue >= LEVEL ? `${what.zh}的均值与 ${value} 差异不显著（${numbers}）。` : `${what.zh}的均值${place.zh} ${value}（${numbers}）。` }];
  });
}

export function pairSentences({ pairs, options }: PairComparisons, w: NumberWriter): readonly Sentence[] {
  return pairs.flatMap(({ first, second, n, moments, test, wilcoxon }): readonly Sentence[] => {
    if (test.pValue === null) return [];
    const numbers = clause(`t(${w.count(test.df)}) = ${w.statistic(test.t)}`, w.p(test.pValue), test.effect ? `dz = ${w.estimate(test.effect.d)}` : '', test.effect ? w.interval(test.effect.confLow, test.effect.confHigh, options.confidence) : '', `n = ${n}`);
    const means = { en: `${first} (M = ${w.estimate(moments[0].mean)}) and ${second} (M = ${w.estimate(moments[1].mean)})`, zh: `${first}（均值 ${w.estimate(moments[0].mean)}）与 ${second}（均值 ${w.estimate(moments[1].mean)}）` };
    const ranks = wilcoxon.pValue === null ? '' : `Wilcoxon z = ${w.statistic(wilcoxon.z)}, ${w.p(wilcoxon.pValue)}`;
    const differs = test.pValue < LEVEL;
    return [{ en: `${means.en} ${differs ? 'differed' : 'did not differ'} significantly, ${numbers}${ranks === '' ? '' : `; ${ranks}`}.`, zh: `${means.zh}差异${differs ? '显著' : '不显著'}，${numbers}${ranks === '' ? '' : `；${ranks}`}。` }];
  });
}

export function factorialSentences({ terms, outcome, error, options, factors, simpleEffects }: FactorialAnova, w: NumberWriter): readonly Sentence[] {
  const effects = terms.flatMap(({ term, f, df, pValue, partialEtaSquared, confLow, confHigh }): readonly Sentence[] => {
    if (f === null || pValue === null) return [];
    const numbers = clause(`F(${w.count(df)}, ${w.count(error.df)}) = ${w.statistic(f)}`, w.p(pValue), `ηp² = ${w.unit(partialEtaSquared)}`, w.interval(confLow, confHigh, options.confidence, 'unit'));
    const interaction = term.includes(' × ');
    const kind: Bilingual = interaction ? { en: 'The interaction', zh: '交互作用' } : factors.includes(term) ? { en: 'The main effect of', zh: '主效应' } : { en: 'The covariate', zh: '协变量' };
    const significant = pValue < LEVEL;
    return [{ en: `${kind.en} ${term} on ${outcome} was ${significant ? '' : 'not '}significant, ${numbers}.`, zh: `${term} 对 ${outcome} 的${kind.zh ?? ''}${significant ? '显著' : '不显著'}，${numbers}。` }];
  });
  // simple effects answer a question that only a significant interaction asks
  const asked = new Set(terms.filter(({ pValue }) => pValue !== null && pValue < LEVEL).map(({ term }) => term));
  const simple = simpleEffects
    .filter(({ factor, within }) => asked.has(`${factor} × ${within.factor}`) || asked.has(`${within.factor} × ${factor}`))
    .map(({ factor, within, f, df, pValue, partialEtaSquared, confLow, confHigh }): Sentence => {
      const numbers = clause(`F(${w.count(df)}, ${w.count(error.df)}) = ${w.statistic(f)}`, w.p(pValue), `ηp² = ${w.unit(partialEtaSquared)}`, w.interval(confLow, confHigh, options.confidence, 'unit'));
      const at = both(within.group);
      const significant = pValue < LEVEL;
      return { en: `Within ${within.factor} = ${at.en} the simple effect of ${factor} was ${significant ? '' : 'not '}significant, ${numbers}.`, zh: `在 ${within.factor} = ${at.zh} 时，${factor} 的简单效应${significant ? '显著' : '不显著'}，${numbers}。` };
    });
  return [...effects, ...simple];
}
