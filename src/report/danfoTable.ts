import { table, type Cell, type Table, type TableColumn } from '../shared/table.js';

/** Rows and columns of a frame that are shown; a note says how many there are. */
const MOST_ROWS = 50;
const MOST_COLUMNS = 30;

/** A danfojs DataFrame or Series from any copy of the library, known by what it has. */
interface DanfoValue {
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly values: readonly unknown[];
  readonly dtypes: readonly string[];
  readonly shape: readonly number[];
}

function isDanfo(value: object): value is DanfoValue {
  const { columns, index, values, dtypes, shape, $isSeries } = value as Partial<DanfoValue> & { $isSeries?: unknown };
  return typeof $isSeries === 'boolean' && Array.isArray(columns) && Array.isArray(index) && Array.isArray(values) && Array.isArray(dtypes) && Array.isArray(shape) && index.length === values.length;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : String(value);
}

/** A danfojs frame or series as a table with its index first; `null` for any other value. Names are data: columns get keys of our own. */
export function danfoTable(value: object): Table | null {
  if (!isDanfo(value)) return null;
  const isSeries = value.values.length > 0 ? !Array.isArray(value.values[0]) : value.columns.length === 1;
  const rows = value.values.slice(0, MOST_ROWS).map((row) => (isSeries ? [row] : (row as readonly unknown[])).slice(0, MOST_COLUMNS).map(cellOf));
  const columns = value.columns.slice(0, MOST_COLUMNS).map((name, j): TableColumn => {
    const cells = rows.map((row) => row[j]).filter((cell) => cell !== null);
    const numeric = cells.length > 0 && cells.every((cell) => typeof cell === 'number');
    const kind = !numeric ? 'text' : cells.every((cell) => Number.isInteger(cell)) ? 'integer' : 'estimate';
    return { key: `column${j + 1}`, label: { en: name }, kind, ...(kind === 'estimate' ? { digits: 3 } : {}) };
  });
  const [rowCount, columnCount] = [value.values.length, value.columns.length];
  const shown = rowCount > MOST_ROWS || columnCount > MOST_COLUMNS ? ` (${Math.min(rowCount, MOST_ROWS)} × ${Math.min(columnCount, MOST_COLUMNS)} shown)` : '';
  return table(
    { en: '' },
    [{ key: 'index', label: { en: '' }, kind: 'text' }, ...columns],
    rows.map((row, i) => Object.fromEntries([['index', String(value.index[i])], ...row.map((cell, j) => [`column${j + 1}`, cell])]) as Record<string, Cell>),
    { notes: [{ en: `danfojs ${isSeries ? 'Series' : 'DataFrame'}, ${rowCount} rows × ${columnCount} columns${shown}.`, zh: `danfojs ${isSeries ? 'Series' : 'DataFrame'}，${rowCount} 行 × ${columnCount} 列${shown}。` }] }
  );
}
