/** How a cell looks; `format` is a spreadsheet number format such as `0.000`. */
export interface CellLook {
  readonly format?: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** Smaller than the rest, as notes are. */
  readonly small?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** Long text runs over several lines. */
  readonly wrap?: boolean;
  /** Rules above and below the cell. */
  readonly top?: RuleWeight;
  readonly bottom?: RuleWeight;
}

export type RuleWeight = 'thin' | 'medium';

export type CellValue = string | number | boolean | null;

/** A cell to write: its value, or its value and its look. */
export type SheetCell = CellValue | ({ readonly value: CellValue } & CellLook);

export interface Sheet {
  /** Made fit for a spreadsheet: at most 31 characters, none of `\ / ? * : [ ]`, distinct. */
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
  /** Widths in characters. */
  readonly columnWidths?: readonly number[];
  /** Heights in points of rows, counted from 0, that need other than one line. */
  readonly rowHeights?: ReadonlyMap<number, number>;
  /** Cells drawn as one, counted from 0. */
  readonly merges?: readonly { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }[];
  /** Rows at the top that stay in view. */
  readonly frozenRows?: number;
  /** A sheet to print: no grid, as wide as the page. */
  readonly printed?: boolean;
}
