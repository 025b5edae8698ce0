import type { MissingRule } from './codebook.js';
import { NARROW_MISSING, widened, type ColumnNumbers } from './narrowNumbers.js';
import type { NumericColumn, StringColumn } from './survey.js';

/** Distinct codes counted one by one; a declared range over continuous numbers keeps only this many reasons. */
const MOST_REASONS = 1000;

/** Rows under each reason, collected before the counts are known. */
function sealed<Key>(rows: ReadonlyMap<Key, readonly number[]>): ReadonlyMap<Key, Uint32Array> {
  return new Map([...rows].map(([key, list]) => [key, Uint32Array.from(list)]));
}

/**
 * Turns declared missing codes of `values` into NaN and keeps how many cells
 * held each code, and where. Writes into `values`: the caller owns the array.
 * Narrow numbers become doubles when they are first asked for.
 */
export function numericColumn(name: string, values: ColumnNumbers, rule: MissingRule, tags?: ReadonlyMap<string, Uint32Array>, complete = false): NumericColumn {
  const low = rule.range?.low ?? Infinity;
  const high = rule.range?.high ?? -Infinity;
  const codes = rule.codes;
  const narrow = values instanceof Int8Array;
  const none = narrow ? NARROW_MISSING : NaN;
  const rows = new Map<number, number[]>();
  if (codes.length > 0 || rule.range) {
    for (let i = 0; i < values.length; i++) {
      const x = values[i];
      if (!((x >= low && x <= high) || codes.includes(x)) || x === none) continue;
      const list = rows.get(x);
      if (list) list.push(i);
      else if (rows.size < MOST_REASONS) rows.set(x, [i]);
      values[i] = none;
    }
  }
  const missingCodesHit = new Map([...rows].map(([code, list]) => [code, list.length] as const).sort((a, b) => a[0] - b[0]));
  const reasons = new Map<number | string, Uint32Array>([...sealed(rows), ...(tags ?? [])]);
  const rest = { missingCodesHit, ...(reasons.size > 0 ? { missingReasons: reasons } : {}) };
  return narrow ? narrowColumn(name, values, rest) : Object.freeze({ type: 'numeric', name, values, ...rest, ...(complete && rows.size === 0 ? { complete } : {}) });
}

function narrowColumn(name: string, narrow: Int8Array, rest: Pick<NumericColumn, 'missingCodesHit' | 'missingReasons'>): NumericColumn {
  let bytes: Int8Array | undefined = narrow;
  let values: Float64Array | undefined;
  return Object.freeze({
    type: 'numeric',
    name,
    get values(): Float64Array {
      if (bytes) values = widened(bytes);
      bytes = undefined;
      return values!;
    },
    ...rest
  });
}

/** The same for words: declared missing strings become null. */
export function stringColumn(name: string, values: readonly (string | null)[], rule: MissingRule): StringColumn {
  if (!rule.strings?.length) return Object.freeze({ type: 'string', name, values });
  const declared = new Set(rule.strings);
  const rows = new Map<string, number[]>();
  const kept = values.map((value, i) => {
    if (value === null || !declared.has(value)) return value;
    const list = rows.get(value);
    if (list) list.push(i);
    else rows.set(value, [i]);
    return null;
  });
  return Object.freeze({ type: 'string', name, values: kept, ...(rows.size > 0 ? { missingReasons: sealed(rows) } : {}) });
}

/** The numbers as the file held them: declared codes put back in place of NaN. */
export function withCodes(column: NumericColumn): Float64Array {
  const values = column.values.slice();
  for (const [code, rows] of column.missingReasons ?? []) {
    if (typeof code === 'number') for (const row of rows) values[row] = code;
  }
  return values;
}

/** The words as the file held them. */
export function withStrings(column: StringColumn): readonly (string | null)[] {
  if (!column.missingReasons) return column.values;
  const values = column.values.slice();
  for (const [word, rows] of column.missingReasons) for (const row of rows) values[row] = word;
  return values;
}
