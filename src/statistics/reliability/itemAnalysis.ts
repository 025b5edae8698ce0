import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { constructOf } from '../../survey/score.js';
import { sampleNote, warningNotes, type Analysis } from '../analysis.js';
import { pearsonTest } from '../correlate/coefficient.js';
import { pearson } from '../correlate/pearson.js';
import { LEVENE_LEVEL } from '../groups/comparison.js';
import { levene, type Levene } from '../groups/levene.js';
import { independentTTest, sampleMoments, type IndependentTTest, type TTest } from '../groups/tTest.js';
import { column, heading, variableColumns } from '../headings.js';
import { itemValues } from '../itemValues.js';
import { completeRows, expandConstructs, labelCells, takeRows } from '../variables.js';
import { normalQuantile } from '../../numerics/distributions/index.js';

export interface ItemDiscrimination {
  readonly item: string;
  readonly label: Bilingual | undefined;
  readonly reversed: boolean;
  readonly lowMean: number;
  readonly highMean: number;
  readonly levene: Levene | null;
  readonly equalVariances: boolean;
  readonly test: IndependentTTest;
  /** The t test that Levene's test points to: its t is the critical ratio (决断值). */
  readonly criticalRatio: TTest;
  /** Correlation with the total score. */
  readonly itemTotal: number | null;
  readonly itemTotalP: number | null;
}

export interface ItemAnalysis extends Analysis {
  readonly kind: 'item-analysis';
  readonly n: number;
  readonly rows: number;
  readonly share: number;
  /** Total score at or below which a row is in the low group. */
  readonly lowCut: number;
  readonly highCut: number;
  readonly lowCount: number;
  readonly highCount: number;
  readonly items: readonly ItemDiscrimination[];
}

/**
 * Item analysis by extreme groups: rows at or below the 27th and at or above
 * the 73rd place of the total score, each item compared by a t test. Ties at
 * a cut belong to its group, so the groups may be larger than 27%.
 * @see Kelley (1939), J. Educ. Psychol. 30, 17-24
 * @throws SurveyError `too-few-rows` when the groups overlap or are too small
 */
export function itemAnalysis(survey: Survey, what: string | readonly string[], share = 0.27): ItemAnalysis {
  if (!(share > 0 && share < 0.5)) fail('invalid-option', `the share of the extreme groups lies between 0 and 0.5, found ${share}`);
  const names = typeof what === 'string' ? constructOf(survey, what).items : expandConstructs(survey, what);
  if (names.length < 2) fail('too-few-items', `item analysis needs two items, found ${names.length}`);
  const items = names.map((name) => ({ name, ...itemValues(survey, name) }));
  const rows = completeRows(items.map((item) => item.values));
  const columns = items.map((item) => takeRows(item.values, rows));
  const n = rows.length;
  const totals = Float64Array.from(rows, (_, i) => columns.reduce((sum, values) => sum + values[i], 0));
  const sorted = totals.slice().sort();
  const size = Math.round(share * n);
  if (size < 2) fail('too-few-rows', `${n} complete rows give extreme groups of ${size}`);
  const lowCut = sorted[size - 1];
  const highCut = sorted[n - size];
  if (!(lowCut < highCut)) fail('no-variation', `the total score is ${lowCut} at both cuts, so the extreme groups are not distinct`);
  const pick = (values: Float64Array, inside: (total: number) => boolean): Float64Array => values.filter((_, i) => inside(totals[i]));
  const analysed = items.map((item, at): ItemDiscrimination => {
    const low = pick(columns[at], (total) => total <= lowCut);
    const high = pick(columns[at], (total) => total >= highCut);
    const homogeneity = levene([high, low]);
    const equalVariances = homogeneity === null || homogeneity.pValue >= LEVENE_LEVEL;
    const test = independentTTest(sampleMoments(high), sampleMoments(low));
    const r = pearsonTest(pearson(columns[at], totals), n, normalQuantile(0.975));
    return { item: item.name, label: survey.info(item.name).label, reversed: item.reversed, lowMean: test.groups[1].mean, highMean: test.groups[0].mean, levene: homogeneity, equalVariances, test, criticalRatio: equalVariances ? test.student : test.welch, itemTotal: r.r, itemTotalP: r.pValue };
  });
  const warnings: Diagnostic[] = items.flatMap((item) => item.warnings);
  const weak = analysed.filter(({ criticalRatio }) => criticalRatio.pValue === null || criticalRatio.pValue >= 0.05);
  if (weak.length > 0) warnings.push(warning('weak-item', `${weak.map(({ item }) => `\`${item}\``).join(', ')} ${weak.length === 1 ? 'does' : 'do'} not tell the extreme groups apart`, { zh: `${weak.map(({ item }) => `\`${item}\``).join('、')} 不能区分高低分组` }));
  const facts = { kind: 'item-analysis' as const, n, rows: survey.validCount, share, lowCut, highCut, lowCount: totals.filter((total) => total <= lowCut).length, highCount: totals.filter((total) => total >= highCut).length, items: analysed, warnings };
  return Object.freeze({ ...facts, tidy: () => itemAnalysisTable(facts), tables: () => [itemAnalysisTable(facts)] });
}

function itemAnalysisTable(facts: Omit<ItemAnalysis, 'tidy' | 'tables'>): Table {
  const rows = facts.items.map((item): TableRow => ({ item: item.reversed ? `${item.item} (R)` : item.item, ...labelCells(item.label), lowMean: item.lowMean, highMean: item.highMean, leveneP: item.levene?.pValue ?? null, t: item.criticalRatio.t, df: item.criticalRatio.df, pValue: item.criticalRatio.pValue, itemTotal: item.itemTotal, itemTotalP: item.itemTotalP }));
  const columns = [
    ...variableColumns(facts.items.map((item) => item.label), 'item'),
    column('lowMean', 'number', { en: 'Low group M', zh: '低分组均值' }),
    column('highMean', 'number', { en: 'High group M', zh: '高分组均值' }),
    column('leveneP', 'pValue', { en: 'Levene p', zh: 'Levene p' }),
    heading('t', { label: { en: 'Critical ratio (t)', zh: '决断值 (t)' }, digits: 3, starsFrom: 'pValue' }),
    heading('df'),
    heading('pValue'),
    column('itemTotal', 'unit', { en: 'Item-total r', zh: '题总相关' }, { digits: 3, starsFrom: 'itemTotalP' })
  ];
  const percent = Math.round(facts.share * 100);
  return table({ en: 'Item analysis by extreme groups', zh: '项目分析（极端组法）' }, columns, rows, {
    notes: [
      sampleNote(facts.n, facts.rows),
      { en: `Low: lowest ${percent}%, total ≤ ${facts.lowCut} (n = ${facts.lowCount}); high: highest ${percent}%, total ≥ ${facts.highCut} (n = ${facts.highCount}); Welch’s t where Levene’s p < .05.`, zh: `低分组：总分最低 ${percent}%，≤ ${facts.lowCut}（n = ${facts.lowCount}）；高分组：最高 ${percent}%，≥ ${facts.highCut}（n = ${facts.highCount}）；Levene p < .05 时用 Welch t。` },
      { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' },
      ...warningNotes(facts.warnings)
    ]
  });
}
