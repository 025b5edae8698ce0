import type { Bilingual, Cell, Table, TableRow } from '../../shared/table.js';
import { finite, table } from '../../shared/table.js';
import { column, heading } from '../headings.js';

/** Constructs with what discriminant validity compares. */
export interface DiscriminantFacts {
  readonly names: readonly string[];
  /** Average variance extracted of each. */
  readonly ave: readonly (number | null)[];
  /** Correlations of the constructs, row-major. */
  readonly correlation: Float64Array;
  readonly notes: readonly Bilingual[];
}

/** Fornell and Larcker's table: √AVE on the diagonal, correlations below. */
export function fornellLarckerTable({ names, ave, correlation, notes }: DiscriminantFacts): Table {
  const g = names.length;
  return triangle({ en: 'Discriminant validity (Fornell-Larcker)', zh: '区别效度（Fornell–Larcker）' }, names, (i, j) => (i === j ? (ave[i] === null ? null : Math.sqrt(ave[i])) : finite(correlation[i * g + j])), [
    { en: 'Diagonal: square root of AVE; below: correlations. Discriminant validity holds where the diagonal exceeds its row and column.', zh: '对角线为 AVE 的平方根，下三角为相关系数；对角线大于同行同列相关系数时区别效度成立。' },
    ...notes
  ]);
}

/** Ratios below the diagonal. */
export function htmtTable(names: readonly string[], ratios: Float64Array, notes: readonly Bilingual[] = []): Table {
  const g = names.length;
  return triangle({ en: 'Heterotrait-monotrait ratios (HTMT)', zh: '异质-单质比率（HTMT）' }, names, (i, j) => (i === j ? null : finite(ratios[i * g + j])), [{ en: 'Ratios below .85 (strict) or .90 (lenient) support discriminant validity.', zh: '低于 .85（严格）或 .90（宽松）支持区别效度。' }, ...notes]);
}

function triangle(title: Bilingual, names: readonly string[], cell: (i: number, j: number) => number | null, notes: readonly Bilingual[]): Table {
  const rows = names.map((name, i): TableRow => {
    const row: Record<string, Cell> = { scale: `${i + 1}. ${name}` };
    for (let j = 0; j < names.length; j++) row[`c${j + 1}`] = j <= i ? cell(i, j) : null;
    return row;
  });
  return table(title, [heading('scale', { label: { en: 'Construct', zh: '构念' } }), ...names.map((_, j) => column(`c${j + 1}`, 'unit', { en: String(j + 1) }, { digits: 3 }))], rows, { notes });
}
