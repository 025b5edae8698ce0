import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { sampleNote, warningNotes } from '../analysis.js';
import { column, heading, variableColumns } from '../headings.js';
import { labelCells } from '../variables.js';
import type { CoefficientInterval } from './deltaInterval.js';
import type { Reliability } from './reliabilityResult.js';

export type ReliabilityFacts = Omit<Reliability, 'tidy' | 'tables'>;

const ITEM_TOTAL: Bilingual = { en: 'Corrected item-total r', zh: '修正后的项与总计相关性' };
const DELETED: Bilingual = { en: 'α if item deleted', zh: '删除项后的 α' };

/** One row per item. */
export function reliabilityTidy(facts: ReliabilityFacts): Table {
  const rows = facts.items.map(({ label: _label, ...item }): TableRow => item);
  const columns = [
    heading('item'),
    column('reversed', 'text', { en: 'Reversed', zh: '反向计分' }),
    heading('mean'),
    heading('sd'),
    ...deletedColumns(),
    heading('confLow', { key: 'itemTotalLow', kind: 'unit', group: ITEM_TOTAL }),
    heading('confHigh', { key: 'itemTotalHigh', kind: 'unit', group: ITEM_TOTAL }),
    heading('confLow', { key: 'alphaIfDeletedLow', kind: 'unit', group: DELETED }),
    heading('confHigh', { key: 'alphaIfDeletedHigh', kind: 'unit', group: DELETED }),
    column('itemTotalUncorrected', 'unit', { en: 'Item-total r', zh: '题总相关' })
  ];
  return table({ en: 'Item-total statistics', zh: '项总计统计' }, columns, rows, { notes: notes(facts) });
}

/** The scale's coefficients, then SPSS's item-total statistics. */
export function reliabilityTables(facts: ReliabilityFacts): readonly Table[] {
  return [scaleTable(facts), itemTable(facts)];
}

/** One row per coefficient. */
function scaleTable(facts: ReliabilityFacts): Table {
  const { splitHalf: half, intervals } = facts;
  const unequal = half !== null && half.firstItems !== half.secondItems;
  const rows: TableRow[] = [
    coefficient('Cronbach’s α', 'Cronbach’s α', facts.alpha, facts),
    coefficient('α on standardized items', '基于标准化项的 α', facts.standardizedAlpha, intervals.standardizedAlpha),
    coefficient('McDonald’s ω (one-factor ML)', 'McDonald’s ω（单因子 ML）', facts.omega, { confLow: facts.omegaLow, confHigh: facts.omegaHigh }),
    coefficient('Guttman’s λ2', 'Guttman λ2', facts.lambda2, intervals.lambda2),
    coefficient('Guttman’s λ6', 'Guttman λ6', facts.lambda6, intervals.lambda6),
    coefficient('Mean inter-item correlation', '项间平均相关', facts.meanInterItem, intervals.meanInterItem),
    coefficient('Correlation between halves', '两半相关', half?.correlation ?? null, intervals.halves),
    unequal ? coefficient('Spearman-Brown (unequal halves)', 'Spearman-Brown（不等长）', half.spearmanBrownUnequal, intervals.spearmanBrownUnequal) : coefficient('Spearman-Brown (equal halves)', 'Spearman-Brown（等长）', half?.spearmanBrown ?? null, intervals.spearmanBrown),
    coefficient('Guttman split-half', 'Guttman 分半', half?.guttman ?? null, intervals.guttman)
  ].filter((row) => row['estimate'] !== null);
  const drawn = facts.options.draws === 0 || facts.omegaLow === null ? [] : [{ en: `Interval of ω: percentile bootstrap, ${facts.options.draws} draws, seed ${facts.options.seed}.`, zh: `ω 的置信区间：百分位 Bootstrap，${facts.options.draws} 次，种子 ${facts.options.seed}。` }];
  const columns = [heading('statisticName', { key: 'coefficient', label: { en: 'Coefficient', zh: '系数' }, zhFrom: 'coefficientZh' }), heading('estimate', { kind: 'unit', digits: 3 }), heading('confLow', { kind: 'unit', digits: 3 }), heading('confHigh', { kind: 'unit', digits: 3 })];
  const halves = half ? [{ en: `Halves: first ${half.firstItems} and last ${half.secondItems} items.`, zh: `分半：前 ${half.firstItems} 项与后 ${half.secondItems} 项。` }] : [];
  return table(named(facts, 'Reliability statistics', '可靠性统计'), columns, rows, {
    notes: [...notes(facts), { en: `${percent(facts.options.confidence)} interval of α after Feldt; the others by the delta method without assuming normality, on ln(1 − ρ), correlations on Fisher’s z.`, zh: `α 的 ${percent(facts.options.confidence)} 置信区间用 Feldt 法；其余用不假定正态的 delta 法（基于 ln(1 − ρ)，相关系数基于 Fisher z）。` }, ...drawn, ...halves, ...warningNotes(facts.warnings)]
  });
}

function coefficient(en: string, zh: string, estimate: number | null, { confLow, confHigh }: Pick<CoefficientInterval, 'confLow' | 'confHigh'>): TableRow {
  return { coefficient: en, coefficientZh: zh, estimate, confLow, confHigh };
}

function itemTable(facts: ReliabilityFacts): Table {
  const rows = facts.items.map(
    (item): TableRow => ({
      item: item.reversed ? `${item.item} (R)` : item.item,
      ...labelCells(item.label),
      mean: item.mean,
      sd: item.sd,
      scaleMeanIfDeleted: item.scaleMeanIfDeleted,
      scaleVarianceIfDeleted: item.scaleVarianceIfDeleted,
      itemTotal: item.itemTotal,
      squaredMultiple: item.squaredMultiple,
      alphaIfDeleted: item.alphaIfDeleted
    })
  );
  const columns = [...variableColumns(facts.items.map((item) => item.label), 'item'), heading('mean'), heading('sd'), ...deletedColumns()];
  const reversed = facts.items.some((item) => item.reversed) ? [{ en: '(R): reverse item, scored as minimum + maximum − answer.', zh: '(R)：反向题，按最小值 + 最大值 − 原始分计分。' }] : [];
  return table(named(facts, 'Item-total statistics', '项总计统计'), columns, rows, { notes: [...notes(facts), ...reversed, ...warningNotes(facts.warnings)] });
}

function deletedColumns(): ReturnType<typeof heading>[] {
  return [
    column('scaleMeanIfDeleted', 'number', { en: 'Scale mean if item deleted', zh: '删除项后的标度平均值' }),
    column('scaleVarianceIfDeleted', 'number', { en: 'Scale variance if item deleted', zh: '删除项后的标度方差' }),
    heading('itemTotal', { digits: 3 }),
    heading('squaredMultiple', { digits: 3 }),
    heading('alphaIfDeleted', { digits: 3 })
  ];
}

function named(facts: ReliabilityFacts, en: string, zh: string): Bilingual {
  if (facts.scale === undefined) return { en, zh };
  const label = facts.label;
  return { en: `${en}: ${label?.en ? `${facts.scale} (${label.en})` : facts.scale}`, zh: `${zh}：${label?.zh ? `${facts.scale}（${label.zh}）` : facts.scale}` };
}

function notes(facts: ReliabilityFacts): readonly Bilingual[] {
  return [sampleNote(facts.n, facts.rows)];
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
