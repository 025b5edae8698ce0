/**
 * The one table model. Numbers stay numbers until `src/report/format` writes
 * them; every printed form (HTML, text, Markdown, LaTeX, docx, xlsx, CSV) is
 * made from this value.
 */

/** A heading or label in both languages of our readers. */
export interface Bilingual {
  readonly en: string;
  readonly zh?: string;
}

/** JSON-safe: a number that does not exist is `null`, never NaN. */
export type Cell = number | string | boolean | null;

/** How a column's numbers are meant, which decides digits and leading zeros. */
export type ColumnKind =
  | 'text' // left-aligned words
  | 'integer' // counts, df
  | 'number' // two or three decimals by the style
  | 'estimate' // unstandardized estimates, standard errors
  | 'unit' // bounded by 1 in absolute value: r, beta, alpha, CFI (no leading zero in APA)
  | 'pValue' // `< .001`
  | 'percent'; // a share in 0..1, shown as per cent

/** A column. `key` is a safe identifier made by us; user-given names appear only in `label`. */
export interface TableColumn {
  readonly key: string;
  readonly label: Bilingual;
  readonly kind: ColumnKind;
  /** Fixed digits after the point, when the style's default will not do. */
  readonly digits?: number;
  /** Heading that spans neighbouring columns of the same group. */
  readonly group?: Bilingual;
  /** Key of the row's p value (it need not be a shown column) whose stars are appended to this column's numbers. */
  readonly starsFrom?: string;
  /** Key of the row's Chinese wording of this text column; Chinese and bilingual styles print it. */
  readonly zhFrom?: string;
}

export type TableRow = Readonly<Record<string, Cell>>;

export interface Table<Row extends TableRow = TableRow> {
  readonly kind: 'table';
  readonly title: Bilingual;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly Row[];
  /** Row indices before which a rule or a group heading is drawn. */
  readonly sections?: readonly { readonly beforeRow: number; readonly label?: Bilingual }[];
  /** Lines under the table: n, dropped rows, estimator, convergence, what stars mean. */
  readonly notes: readonly Bilingual[];
}

export function table<Row extends TableRow>(
  title: Bilingual,
  columns: readonly TableColumn[],
  rows: readonly Row[],
  rest: { notes?: readonly Bilingual[]; sections?: Table['sections'] } = {}
): Table<Row> {
  return Object.freeze({ kind: 'table' as const, title, columns, rows, notes: rest.notes ?? [], ...(rest.sections ? { sections: rest.sections } : {}) });
}

/** A finite number, or `null` for what cannot be computed. */
export function finite(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'table' && Array.isArray((value as Table).columns) && Array.isArray((value as Table).rows);
}
