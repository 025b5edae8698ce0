import type { Bilingual, Cell, Table, TableColumn, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { warningNotes } from '../analysis.js';
import { column, heading } from '../headings.js';
import type { MeanTests, PairComparison, PairComparisons } from './meanTests.js';
import type { OneSampleTTest } from './tTest.js';

type Pairs = Omit<PairComparisons, 'tidy' | 'tables'>;
type Means = Omit<MeanTests, 'tidy' | 'tables'>;

const STARS: Bilingual = { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' };
const WILCOXON: Bilingual = { en: 'Wilcoxon', zh: 'Wilcoxon' };
const PAIR: TableColumn = column('pair', 'text', { en: 'Pair', zh: '配对' });

/** One row per pair with everything that was computed. */
export function pairsTidy(facts: Pairs): Table {
  const rows = facts.pairs.map((pair): TableRow => ({ pair: nameOf(pair), n: pair.n, mean1: pair.moments[0].mean, mean2: pair.moments[1].mean, sd: pair.test.sd, ...testCells(pair.test), ...effectCells(pair.test), r: pair.r, z: pair.wilcoxon.z, zP: pair.wilcoxon.pValue, rb: pair.wilcoxon.rankBiserial, rbLow: pair.wilcoxon.confLow, rbHigh: pair.wilcoxon.confHigh }));
  const columns = [
    PAIR,
    heading('n'),
    ...MEANS,
    ...testColumns(),
    ...effectColumns('Cohen’s dz', 'dz'),
    heading('r'),
    heading('z', { group: WILCOXON }),
    heading('pValue', { key: 'zP', group: WILCOXON }),
    column('rb', 'unit', { en: 'Rank-biserial r', zh: '秩二列相关' }, { group: WILCOXON }),
    heading('confLow', { key: 'rbLow', kind: 'unit', group: WILCOXON }),
    heading('confHigh', { key: 'rbHigh', kind: 'unit', group: WILCOXON })
  ];
  return table({ en: 'Paired-samples t tests', zh: '配对样本 t 检验' }, columns, rows, { notes: pairNotes(facts) });
}

/** The means with their correlation, the tests, then the effect sizes with the signed-rank test's own. */
export function pairTables(facts: Pairs): readonly Table[] {
  const { pairs, options } = facts;
  const statistics = pairs.map((pair): TableRow => ({ pair: nameOf(pair), n: pair.n, mean1: pair.moments[0].mean, mean2: pair.moments[1].mean, sd: pair.test.sd, r: pair.r, rP: pair.rP }));
  const tests = pairs.map((pair): TableRow => ({ pair: nameOf(pair), ...testCells(pair.test), z: pair.wilcoxon.z, zP: pair.wilcoxon.pValue }));
  const effects = pairs.flatMap((pair): TableRow[] => [...effectRows(nameOf(pair), nameOf(pair), pair.test, 'Cohen’s dz'), { name: null, nameZh: null, effect: 'Rank-biserial r', effectZh: '秩二列相关', estimate: pair.wilcoxon.rankBiserial, confLow: pair.wilcoxon.confLow, confHigh: pair.wilcoxon.confHigh }]);
  return [
    table({ en: 'Paired-samples statistics', zh: '配对样本统计' }, [PAIR, heading('n'), ...MEANS, heading('r', { starsFrom: 'rP' })], statistics, { notes: [...droppedNotes(pairs.map((pair) => ({ name: nameOf(pair), dropped: pair.dropped })), facts.rows), STARS] }),
    table({ en: 'Paired-samples t tests', zh: '配对样本 t 检验' }, [PAIR, ...testColumns(), heading('z', { group: WILCOXON }), heading('pValue', { key: 'zP', group: WILCOXON })], tests, { notes: [levelNote(options.confidence), STARS, ...warningNotes(facts.warnings)] }),
    effectTable({ en: 'Effect sizes of pairs', zh: '配对样本效应量' }, { en: 'Pair', zh: '配对' }, effects, options.confidence, { en: ' Rank-biserial r of the signed-rank test, interval on Fisher’s z.', zh: '秩二列相关来自符号秩检验，区间基于 Fisher z。' })
  ];
}

/** One row per variable. */
export function meansTidy(facts: Means): Table {
  const rows = facts.variables.map(({ variable, label, test }): TableRow => ({ variable, variableZh: label?.zh ?? variable, n: test.n, mean: test.mean, sd: test.sd, ...testCells(test), ...effectCells(test) }));
  return table(meansTitle(facts), [heading('variable', { zhFrom: 'variableZh' }), heading('n'), heading('mean'), heading('sd'), ...testColumns(), ...effectColumns('Cohen’s d', 'd')], rows, { notes: meanNotes(facts) });
}

/** The tests, then the effect sizes. */
export function meanTables(facts: Means): readonly Table[] {
  const { variables, options } = facts;
  const tests = variables.map(({ variable, label, test }): TableRow => ({ variable, variableZh: label?.zh ?? variable, n: test.n, mean: test.mean, sd: test.sd, ...testCells(test) }));
  const effects = variables.flatMap(({ variable, label, test }) => effectRows(variable, label?.zh ?? variable, test, 'Cohen’s d'));
  return [
    table(meansTitle(facts), [heading('variable', { zhFrom: 'variableZh' }), heading('n'), heading('mean'), heading('sd'), ...testColumns()], tests, { notes: [...meanNotes(facts), STARS] }),
    effectTable({ en: `Effect sizes against ${facts.value}`, zh: `效应量（检验值 ${facts.value}）` }, { en: 'Variable', zh: '变量' }, effects, options.confidence)
  ];
}

const MEANS: readonly TableColumn[] = [column('mean1', 'number', { en: 'M (first)', zh: '前者均值' }), column('mean2', 'number', { en: 'M (second)', zh: '后者均值' }), column('sd', 'number', { en: 'SD of differences', zh: '差值标准差' })];

function testColumns(): readonly TableColumn[] {
  return [heading('difference'), heading('t', { digits: 3, starsFrom: 'pValue' }), heading('df', { kind: 'integer' }), heading('pValue'), heading('confLow'), heading('confHigh')];
}

function testCells({ difference, t, df, pValue, confLow, confHigh }: OneSampleTTest): TableRow {
  return { difference, t, df, pValue, confLow, confHigh };
}

function effectColumns(name: string, short: string): readonly TableColumn[] {
  const limits = (key: 'd' | 'g', symbol: string): TableColumn[] => [column(`${key}Low`, 'number', { en: `${symbol} CI lower`, zh: `${symbol} 置信下限` }), column(`${key}High`, 'number', { en: `${symbol} CI upper`, zh: `${symbol} 置信上限` })];
  return [column('d', 'number', { en: name, zh: name }), ...limits('d', short), column('g', 'number', { en: 'Hedges’s g', zh: 'Hedges’s g' }), ...limits('g', 'g')];
}

function effectCells({ effect }: OneSampleTTest): TableRow {
  return { d: effect?.d ?? null, dLow: effect?.confLow ?? null, dHigh: effect?.confHigh ?? null, g: effect?.g ?? null, gLow: effect?.gLow ?? null, gHigh: effect?.gHigh ?? null };
}

function effectRows(name: string, nameZh: string, { effect }: OneSampleTTest, cohen: string): TableRow[] {
  return [
    { name, nameZh, effect: cohen, effectZh: cohen, estimate: effect?.d ?? null, confLow: effect?.confLow ?? null, confHigh: effect?.confHigh ?? null },
    { name: null, nameZh: null, effect: 'Hedges’s g', effectZh: 'Hedges’s g', estimate: effect?.g ?? null, confLow: effect?.gLow ?? null, confHigh: effect?.gHigh ?? null }
  ];
}

function effectTable(title: Bilingual, first: Bilingual, rows: readonly Readonly<Record<string, Cell>>[], confidence: number, more: Bilingual = { en: '', zh: '' }): Table {
  const percent = `${Math.round(confidence * 1000) / 10}%`;
  const columns = [column('name', 'text', first, { zhFrom: 'nameZh' }), column('effect', 'text', { en: 'Effect size', zh: '效应量' }, { zhFrom: 'effectZh' }), heading('estimate', { kind: 'number', digits: 3 }), heading('confLow', { kind: 'number', digits: 3 }), heading('confHigh', { kind: 'number', digits: 3 })];
  return table(title, columns, rows, { notes: [{ en: `d standardized by the SD of what is tested, g corrects it for small samples; ${percent} intervals of both from the noncentral t.${more.en}`, zh: `d 以所检验变量（差值）的标准差标准化，g 为小样本校正；二者的 ${percent} 置信区间基于非中心 t 分布。${more.zh ?? ''}` }] });
}

function nameOf({ first, second }: PairComparison): string {
  return `${first} − ${second}`;
}

function meansTitle({ value }: Means): Bilingual {
  return { en: `One-sample t tests against ${value}`, zh: `单样本 t 检验（检验值 ${value}）` };
}

function levelNote(confidence: number): Bilingual {
  const percent = `${Math.round(confidence * 1000) / 10}%`;
  return { en: `Two-sided; ${percent} intervals of the mean difference.`, zh: `双侧检验；均值差的 ${percent} 置信区间。` };
}

function pairNotes(facts: Pairs): readonly Bilingual[] {
  return [...droppedNotes(facts.pairs.map((pair) => ({ name: nameOf(pair), dropped: pair.dropped })), facts.rows), levelNote(facts.options.confidence), ...warningNotes(facts.warnings)];
}

function meanNotes(facts: Means): readonly Bilingual[] {
  return [...droppedNotes(facts.variables.map(({ variable, dropped }) => ({ name: variable, dropped })), facts.rows), levelNote(facts.options.confidence), ...warningNotes(facts.warnings)];
}

function droppedNotes(list: readonly { readonly name: string; readonly dropped: number }[], rows: number): readonly Bilingual[] {
  const told = list.filter(({ dropped }) => dropped > 0).map(({ name, dropped }) => `${name} ${dropped}`);
  if (told.length === 0) return [{ en: `n = ${rows}; no row dropped.`, zh: `n = ${rows}；无剔除。` }];
  return [{ en: `Rows dropped for missing values (of ${rows}): ${told.join(', ')}.`, zh: `因缺失剔除的行数（共 ${rows} 行）：${told.join('、')}。` }];
}
