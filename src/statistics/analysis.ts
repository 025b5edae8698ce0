import { warningNote, type Diagnostic } from '../shared/diagnostic.js';
import type { Bilingual, Table } from '../shared/table.js';

/** What every analysis of this folder returns: typed fields of its own, and these. */
export interface Analysis {
  readonly kind: string;
  readonly warnings: readonly Diagnostic[];
  /** One row per term, numbers only; for programs. */
  tidy(): Table;
  /** The tables that a thesis prints, in SPSS's order. */
  tables(): readonly Table[];
}

/** Notes of a table for the warnings of its analysis, so that none is lost in print. */
export function warningNotes(warnings: readonly Diagnostic[]): readonly Bilingual[] {
  return warnings.map(warningNote);
}

/** "n = 440; 15 rows with missing answers dropped (listwise)". */
export function sampleNote(used: number, total: number, how: 'listwise' | 'pairwise' = 'listwise'): Bilingual {
  if (how === 'pairwise') return { en: `Pairwise deletion: each statistic uses the rows that answer its own variables (of ${total} rows).`, zh: `成对删除：各统计量使用其变量均有回答的行（共 ${total} 行）。` };
  const dropped = total - used;
  if (dropped === 0) return { en: `n = ${used}; no row dropped.`, zh: `n = ${used}；无剔除。` };
  return { en: `n = ${used} of ${total}; ${dropped} row${dropped === 1 ? '' : 's'} with missing values dropped (listwise).`, zh: `n = ${used}（共 ${total} 行）；因缺失值按列表删除 ${dropped} 行。` };
}
