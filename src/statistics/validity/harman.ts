import type { Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { eigenSymmetric } from '../../numerics/matrix/index.js';
import type { Survey } from '../../survey/survey.js';
import { sampleNote, warningNotes, type Analysis } from '../analysis.js';
import { column } from '../headings.js';
import { itemCorrelations } from '../factor/itemCorrelations.js';

export interface HarmanTest extends Analysis {
  readonly kind: 'harman-test';
  readonly n: number;
  readonly rows: number;
  readonly items: readonly string[];
  readonly eigenvalues: readonly number[];
  /** Components with an eigenvalue above 1. */
  readonly factors: number;
  /** Share of the total variance of the first unrotated component. */
  readonly firstShare: number;
}

/** Share of the first component above which the test is read as common-method bias. */
export const HARMAN_LIMIT = 0.5;

/**
 * Harman's single-factor test: an unrotated component analysis of all items.
 * Common-method variance is suspected when one component emerges or the first
 * takes more than half of the variance. A weak test: it fails to find bias
 * that is there (Podsakoff et al. 2003), and its result proves nothing.
 * @see Podsakoff, MacKenzie, Lee & Podsakoff (2003), J. Appl. Psychol. 88, 879-903
 */
export function harmanTest(survey: Survey, names?: readonly string[]): HarmanTest {
  const { names: items, correlation, p, n, rows, warnings } = itemCorrelations(survey, names);
  const eigenvalues = [...eigenSymmetric(correlation, p).values];
  const facts = { kind: 'harman-test' as const, n, rows, items, eigenvalues, factors: eigenvalues.filter((value) => value > 1).length, firstShare: eigenvalues[0] / p, warnings };
  return Object.freeze({ ...facts, tidy: () => harmanTable(facts), tables: () => [harmanTable(facts)] });
}

function harmanTable(facts: Omit<HarmanTest, 'tidy' | 'tables'>): Table {
  const row: TableRow = { items: facts.items.length, factors: facts.factors, first: facts.eigenvalues[0], share: facts.firstShare };
  const columns = [
    column('items', 'integer', { en: 'Items', zh: '题项数' }),
    column('factors', 'integer', { en: 'Components with eigenvalue > 1', zh: '特征值大于 1 的成分数' }),
    column('first', 'number', { en: 'First eigenvalue', zh: '第一特征值' }, { digits: 3 }),
    column('share', 'percent', { en: 'Variance of the first', zh: '第一成分方差解释率' }, { digits: 2 })
  ];
  return table({ en: 'Harman’s single-factor test', zh: 'Harman 单因素检验' }, columns, [row], {
    notes: [
      sampleNote(facts.n, facts.rows),
      { en: 'Unrotated principal components of all items. A weak test: a first share below 50% does not rule out common-method variance; compare with a latent method factor.', zh: '全部题项的未旋转主成分分析。该检验效力较弱：第一成分低于 50% 并不能排除共同方法偏差，宜结合潜在方法因子。' },
      ...warningNotes(facts.warnings)
    ]
  });
}
