import { table, type Cell, type Table, type TableColumn } from '../shared/table.js';

/** Beyond this a list of records is no longer read as a table. */
const MOST_COLUMNS = 30;

function isCell(value: unknown): value is Cell | undefined {
  return value === null || value === undefined || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A list of flat records (`fit.paths.map(({ lhs, rhs, estimate }) => …)`) as a
 * table, one column per name in order of appearance; `null` for any other list.
 * Names are data: columns get keys of our own.
 */
export function recordsTable(list: readonly unknown[]): Table | null {
  if (list.length === 0 || !list.every(isPlainRecord)) return null;
  const records = list as readonly Readonly<Record<string, unknown>>[];
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  if (names.length === 0 || names.length > MOST_COLUMNS) return null;
  // A value that explains itself (a diagnostic, a tagged result) is no row of data.
  if (names.includes('kind') || names.includes('severity')) return null;
  if (!records.every((record) => names.every((name) => isCell(record[name])))) return null;
  const columns = names.map((name, i): TableColumn => {
    const values = records.map((record) => record[name]).filter((value) => value !== null && value !== undefined);
    const numeric = values.length > 0 && values.every((value) => typeof value === 'number');
    const kind = !numeric ? 'text' : values.every((value) => Number.isInteger(value)) ? 'integer' : /^p(Value)?$/.test(name) ? 'pValue' : 'estimate';
    return { key: `column${i + 1}`, label: { en: name }, kind, ...(kind === 'estimate' ? { digits: 3 } : {}) };
  });
  const rows = records.map((record) => Object.fromEntries(names.map((name, i) => [`column${i + 1}`, (record[name] as Cell | undefined) ?? null])));
  return table({ en: '' }, columns, rows);
}
