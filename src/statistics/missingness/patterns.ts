/** Rows with the same answered variables. */
export interface MissingPattern {
  /** Places of the answered variables, ascending. */
  readonly answered: readonly number[];
  readonly rows: readonly number[];
}

/** The patterns of missing answers, most frequent first; columns have equal length, NaN is missing. */
export function missingPatterns(columns: readonly Float64Array[]): readonly MissingPattern[] {
  const byKey = new Map<string, { answered: number[]; rows: number[] }>();
  const length = columns[0]?.length ?? 0;
  for (let row = 0; row < length; row++) {
    let key = '';
    for (const column of columns) key += Number.isNaN(column[row]) ? '0' : '1';
    let pattern = byKey.get(key);
    if (!pattern) {
      pattern = { answered: columns.map((_, j) => j).filter((j) => key[j] === '1'), rows: [] };
      byKey.set(key, pattern);
    }
    pattern.rows.push(row);
  }
  return [...byKey.values()].sort((a, b) => b.rows.length - a.rows.length || a.rows[0] - b.rows[0]);
}
