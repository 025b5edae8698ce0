import { chiSquareUpper } from '../../numerics/distributions/index.js';
import { warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { sampleNote, warningNotes, type Analysis } from '../analysis.js';
import { column, heading, variableColumns } from '../headings.js';
import { invertPositive } from '../invertPositive.js';
import { labelCells } from '../variables.js';
import { checkedCorrelations, itemCorrelations, sizeWarnings, type CorrelationInput, type ItemCorrelations } from './itemCorrelations.js';

export interface Factorability extends Analysis {
  readonly kind: 'factorability';
  readonly names: readonly string[];
  readonly labels: readonly (Bilingual | undefined)[];
  readonly n: number;
  readonly rows: number;
  /** Kaiser-Meyer-Olkin measure; null for a singular matrix. */
  readonly kmo: number | null;
  /** Measure of sampling adequacy of each item. */
  readonly msa: readonly (number | null)[];
  /** Bartlett's test of sphericity. */
  readonly bartlett: { readonly chiSquare: number; readonly df: number; readonly pValue: number } | null;
  readonly determinant: number | null;
  /** Squared multiple correlations. */
  readonly squaredMultiple: readonly (number | null)[];
}

/** KMO and Bartlett for items (constructs stand for their items; none: all of the codebook's). */
export function factorability(survey: Survey, names?: readonly string[]): Factorability {
  return factorabilityOf(itemCorrelations(survey, names));
}

/** The same for a correlation matrix, such as one from a paper. */
export function factorabilityOfMatrix(input: CorrelationInput): Factorability {
  return factorabilityOf(checkedCorrelations(input));
}

/**
 * KMO = Σr² / (Σr² + Σq²) over i ≠ j, q the correlations partial on all other
 * items; MSA the same per row. Bartlett: χ² = −(n − 1 − (2p + 5)/6) ln|R|, df = p(p − 1)/2.
 * @see Kaiser (1974), Psychometrika 39, 31-36; Bartlett (1951), Biometrika 38, 337-344
 */
export function factorabilityOf(items: ItemCorrelations): Factorability {
  const { names, labels, p, n, rows, correlation } = items;
  const inverted = invertPositive(correlation, p);
  const warnings: Diagnostic[] = [...items.warnings, ...sizeWarnings(items)];
  if (!inverted.ok) warnings.push(warning('singular-correlation', `the correlation matrix is singular at item \`${names[inverted.pivot]}\`, so KMO and Bartlett's test do not exist`, { zh: `相关矩阵在题项 \`${names[inverted.pivot]}\` 处奇异，KMO 与 Bartlett 检验不存在`, help: n <= p ? `there are ${n} rows for ${p} items` : 'an item is a combination of others: leave one out', helpZh: n <= p ? `${p} 个题项只有 ${n} 行` : '某题项是其他题项的线性组合，请剔除其一' }));
  const inverse = inverted.ok ? inverted.inverse : null;
  const measures = inverse ? samplingAdequacy(correlation, inverse, p) : { kmo: null, msa: names.map(() => null) };
  const df = (p * (p - 1)) / 2;
  const chiSquare = inverted.ok ? -(n - 1 - (2 * p + 5) / 6) * inverted.logDeterminant : null;
  const facts = {
    kind: 'factorability' as const,
    names,
    labels,
    n,
    rows,
    ...measures,
    bartlett: chiSquare === null ? null : { chiSquare, df, pValue: chiSquareUpper(chiSquare, df) },
    determinant: inverted.ok ? Math.exp(inverted.logDeterminant) : null,
    squaredMultiple: names.map((_, i) => (inverse ? 1 - 1 / inverse[i * p + i] : null)),
    warnings
  };
  return Object.freeze({ ...facts, tidy: () => itemTable(facts), tables: () => [testTable(facts)] });
}

function samplingAdequacy(correlation: Float64Array, inverse: Float64Array, p: number): { readonly kmo: number; readonly msa: readonly number[] } {
  let allR = 0;
  let allQ = 0;
  const msa: number[] = [];
  for (let i = 0; i < p; i++) {
    let r = 0;
    let q = 0;
    for (let j = 0; j < p; j++) {
      if (i === j) continue;
      r += correlation[i * p + j] ** 2;
      q += inverse[i * p + j] ** 2 / (inverse[i * p + i] * inverse[j * p + j]);
    }
    msa.push(r / (r + q));
    allR += r;
    allQ += q;
  }
  return { kmo: allR / (allR + allQ), msa };
}

type Facts = Omit<Factorability, 'tidy' | 'tables'>;

function itemTable(facts: Facts): Table {
  const rows = facts.names.map((item, i): TableRow => ({ item, ...labelCells(facts.labels[i]), msa: facts.msa[i], squaredMultiple: facts.squaredMultiple[i] }));
  return table({ en: 'Measures of sampling adequacy', zh: '取样适切性量数' }, [...variableColumns(facts.labels, 'item'), column('msa', 'unit', { en: 'MSA', zh: 'MSA' }, { digits: 3 }), heading('squaredMultiple', { digits: 3 })], rows, { notes: [sampleNote(facts.n, facts.rows)] });
}

function testTable(facts: Facts): Table {
  const bartlett = { en: 'Bartlett’s test of sphericity', zh: 'Bartlett 球形度检验' };
  const row: TableRow = { kmo: facts.kmo, chiSquare: facts.bartlett?.chiSquare ?? null, df: facts.bartlett?.df ?? null, pValue: facts.bartlett?.pValue ?? null };
  const columns = [column('kmo', 'unit', { en: 'Kaiser-Meyer-Olkin measure', zh: 'KMO 取样适切性量数' }, { digits: 3 }), heading('chiSquare', { group: bartlett, label: { en: 'Approx. χ²', zh: '近似卡方' }, digits: 3 }), heading('df', { group: bartlett, kind: 'integer' }), heading('pValue', { group: bartlett })];
  return table({ en: 'KMO and Bartlett’s test', zh: 'KMO 和 Bartlett 检验' }, columns, [row], { notes: [sampleNote(facts.n, facts.rows), ...warningNotes(facts.warnings)] });
}
