/** Rows with the same answered variables. */
export interface MissingPattern {
  /** Places of the answered variables, ascending. */
  readonly answered: readonly number[];
  /** Places of the variables that were not put to these people, ascending. */
  readonly notAsked: readonly number[];
  readonly rows: readonly number[];
}

/**
 * The patterns of missing answers, most frequent first; columns have equal
 * length, NaN is missing.
 *
 * @param notAsked per column, 1 for rows in which the empty cell is no missing answer
 */
export function missingPatterns(columns: readonly Float64Array[], notAsked: readonly (Uint8Array | undefined)[] = []): readonly MissingPattern[] {
  const byKey = new Map<string, { answered: number[]; notAsked: number[]; rows: number[] }>();
  const length = columns[0]?.length ?? 0;
  for (let row = 0; row < length; row++) {
    let key = '';
    for (let j = 0; j < columns.length; j++) key += !Number.isNaN(columns[j][row]) ? '1' : notAsked[j]?.[row] === 1 ? '2' : '0';
    let pattern = byKey.get(key);
    if (!pattern) {
      const places = (state: string): number[] => columns.map((_, j) => j).filter((j) => key[j] === state);
      pattern = { answered: places('1'), notAsked: places('2'), rows: [] };
      byKey.set(key, pattern);
    }
    pattern.rows.push(row);
  }
  return [...byKey.values()].sort((a, b) => b.rows.length - a.rows.length || a.rows[0] - b.rows[0]);
}
