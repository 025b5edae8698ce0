import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { column, heading } from '../headings.js';
import type { CompareOptions, ManyGroupComparison } from './comparison.js';

interface Shown {
  readonly options: Readonly<CompareOptions>;
}

const STARS: Bilingual = { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' };

/** Homogeneity of variances, ANOVA, robust tests, post hoc comparisons. */
export function anovaTables(variables: readonly ManyGroupComparison[], title: Bilingual, shown: Shown): readonly Table[] {
  const tables = [leveneTable(variables, title), anovaTable(variables, title, shown), robustTable(variables, title)];
  return variables.some((v) => v.postHoc.length > 0) ? [...tables, postHocTable(variables, title, shown)] : tables;
}

function titled(en: string, zh: string, title: Bilingual): Bilingual {
  return { en: `${en}: ${title.en}`, zh: `${zh}：${title.zh ?? title.en}` };
}

function names(v: ManyGroupComparison, first: boolean): TableRow {
  return first ? { variable: v.variable, variableZh: v.label?.zh ?? v.variable } : { variable: null, variableZh: null };
}

function leveneTable(variables: readonly ManyGroupComparison[], title: Bilingual): Table {
  const rows = variables.flatMap((v): TableRow[] =>
    (['mean', 'median'] as const).map((centre, i) => {
      const test = centre === 'mean' ? v.leveneMean : v.leveneMedian;
      return { ...names(v, i === 0), centre: `Based on ${centre}`, centreZh: centre === 'mean' ? '基于平均值' : '基于中位数', f: test?.f ?? null, df1: test?.df1 ?? null, df2: test?.df2 ?? null, pValue: test?.pValue ?? null };
    })
  );
  const columns = [heading('variable', { zhFrom: 'variableZh' }), column('centre', 'text', { en: 'Levene’s test', zh: 'Levene 检验' }, { zhFrom: 'centreZh' }), heading('f', { digits: 3 }), heading('df1'), heading('df2', { kind: 'integer' }), heading('pValue')];
  return table(titled('Homogeneity of variances', '方差齐性检验', title), columns, rows);
}

function anovaTable(variables: readonly ManyGroupComparison[], title: Bilingual, { options }: Shown): Table {
  const rows = variables.flatMap((v): TableRow[] => {
    const { between, within, totalSumOfSquares, n, f, pValue, effect } = v.anova;
    const blank = { f: null, pValue: null, etaSquared: null, etaLow: null, etaHigh: null, omegaSquared: null, epsilonSquared: null };
    return [
      { ...names(v, true), source: 'Between groups', sourceZh: '组间', sumOfSquares: between.sumOfSquares, df: between.df, meanSquare: between.meanSquare, f, pValue, etaSquared: effect.etaSquared, etaLow: effect.confLow, etaHigh: effect.confHigh, omegaSquared: effect.omegaSquared, epsilonSquared: effect.epsilonSquared },
      { ...names(v, false), source: 'Within groups', sourceZh: '组内', sumOfSquares: within.sumOfSquares, df: within.df, meanSquare: within.meanSquare, ...blank },
      { ...names(v, false), source: 'Total', sourceZh: '总计', sumOfSquares: totalSumOfSquares, df: n - 1, meanSquare: null, ...blank }
    ];
  });
  const columns = [
    heading('variable', { zhFrom: 'variableZh' }),
    heading('source', { zhFrom: 'sourceZh' }),
    heading('sumOfSquares', { digits: 3 }),
    heading('df', { kind: 'integer' }),
    heading('meanSquare', { digits: 3 }),
    heading('f', { digits: 3, starsFrom: 'pValue' }),
    heading('pValue'),
    column('etaSquared', 'unit', { en: 'η²', zh: 'η²' }, { digits: 3 }),
    column('etaLow', 'unit', { en: 'CI lower', zh: '置信下限' }, { digits: 3 }),
    column('etaHigh', 'unit', { en: 'CI upper', zh: '置信上限' }, { digits: 3 }),
    column('omegaSquared', 'unit', { en: 'ω²', zh: 'ω²' }, { digits: 3 }),
    column('epsilonSquared', 'unit', { en: 'ε²', zh: 'ε²' }, { digits: 3 })
  ];
  const percent = `${Math.round(options.confidence * 1000) / 10}%`;
  return table(titled('One-way analysis of variance', '单因素方差分析', title), columns, rows, {
    notes: [{ en: `${percent} interval, from the noncentral F, of the population’s share of variance that η², ω² and ε² estimate; negative ω² and ε² are kept, not cut at zero.`, zh: `${percent} 置信区间基于非中心 F 分布，对象为 η²、ω²、ε² 所估计的总体方差比例；ω²、ε² 的负值保留，不截为零。` }, STARS]
  });
}

function robustTable(variables: readonly ManyGroupComparison[], title: Bilingual): Table {
  const rows = variables.flatMap((v): TableRow[] => [
    { ...names(v, true), test: 'Welch', f: v.welch?.f ?? null, df1: v.welch?.df1 ?? null, df2: v.welch?.df2 ?? null, pValue: v.welch?.pValue ?? null },
    { ...names(v, false), test: 'Brown-Forsythe', f: v.brownForsythe?.f ?? null, df1: v.brownForsythe?.df1 ?? null, df2: v.brownForsythe?.df2 ?? null, pValue: v.brownForsythe?.pValue ?? null }
  ]);
  return table(titled('Robust tests of equality of means', '平均值相等性稳健检验', title), [heading('variable', { zhFrom: 'variableZh' }), heading('test'), heading('f', { digits: 3, label: { en: 'Statistic (asymptotic F)', zh: '统计量（渐近 F）' } }), heading('df1'), heading('df2'), heading('pValue')], rows);
}

function postHocTable(variables: readonly ManyGroupComparison[], title: Bilingual, { options }: Shown): Table {
  const rows = variables.flatMap((v) =>
    v.postHoc.flatMap((method, m) =>
      method.pairs.map((pair, k): TableRow => {
        const [a, b] = [v.groups[pair.i].group, v.groups[pair.j].group];
        return { ...names(v, m === 0 && k === 0), method: k === 0 ? method.label : null, groupI: a.en, groupIZh: a.zh ?? a.en, groupJ: b.en, groupJZh: b.zh ?? b.en, difference: pair.difference, stdError: pair.stdError, pValue: pair.pValue, confLow: pair.confLow, confHigh: pair.confHigh, d: pair.effect?.d ?? null, dLow: pair.effect?.confLow ?? null, dHigh: pair.effect?.confHigh ?? null };
      })
    )
  );
  const columns = [heading('variable', { zhFrom: 'variableZh' }), heading('method'), heading('groupI', { zhFrom: 'groupIZh' }), heading('groupJ', { zhFrom: 'groupJZh' }), heading('difference', { label: { en: 'Mean difference (I − J)', zh: '均值差 (I − J)' }, starsFrom: 'pValue' }), heading('stdError'), heading('pValue'), heading('confLow'), heading('confHigh'), column('d', 'number', { en: 'd', zh: 'd' }), column('dLow', 'number', { en: 'd CI lower', zh: 'd 置信下限' }), column('dHigh', 'number', { en: 'd CI upper', zh: 'd 置信上限' })];
  const pair = options.postHoc === 'auto' ? ['Tukey-Kramer', 'Games-Howell'] : options.postHoc === 'lsd/tamhane' ? ['LSD', 'Tamhane T2'] : null;
  const auto = pair ? [{ en: `Method chosen by Levene’s test: ${pair[0]} when p ≥ .05, else ${pair[1]}.`, zh: `方法按 Levene 检验选择：p ≥ .05 用 ${pair[0]}，否则用 ${pair[1]}。` }] : [];
  return table(titled('Post hoc comparisons', '事后多重比较', title), columns, rows, { notes: [...auto, ...effectNotes(variables), STARS] });
}

/** How d is standardized by the methods shown. */
function effectNotes(variables: readonly ManyGroupComparison[]): readonly Bilingual[] {
  const methods = variables.flatMap((v) => v.postHoc);
  const told = (pooled: boolean): boolean => methods.some((method) => method.pooled === pooled);
  return [
    ...(told(true) ? [{ en: 'd of methods that pool the variances: difference over the root of the within mean square, interval from the noncentral t.', zh: '方差齐性方法的 d：均值差除以组内均方的平方根，区间基于非中心 t 分布。' }] : []),
    ...(told(false) ? [{ en: 'd of Tamhane T2 and Games-Howell: difference over the root of the mean of the two variances, interval after Bonett (2008).', zh: 'Tamhane T2 与 Games-Howell 的 d：均值差除以两组方差均值的平方根，区间按 Bonett（2008）计算。' }] : []),
    { en: 'Intervals of d are of each pair alone, not adjusted for the number of pairs.', zh: 'd 的置信区间未按比较次数校正。' }
  ];
}
