import type { PrintedTable } from '../../shared/mime/surveyTable.js';

/** A heading may break into this many lines, where a word or a Chinese character ends. */
const HEADING_LINES = 3;

/** What a column wants and the least that it needs, both without padding. */
export interface ColumnRoom {
  /** Every cell on one line. */
  readonly natural: number;
  /** No word broken. */
  readonly least: number;
}

export interface Measure {
  /** Width of a text on one line. */
  readonly width: (text: string) => number;
  /** Headings up to this width stay on one line. */
  readonly unbroken: number;
  /** No column is narrower. */
  readonly narrowest: number;
}

/** Pieces that stay whole: words, and single Chinese characters. */
function pieces(text: string): readonly string[] {
  return text.split(/[ \u3000]|(?<=[\u2e80-\u9fff\uff00-\uffef])/).filter((piece) => piece !== '');
}

/** Room of each column: numbers never break, words and headings do between pieces. */
export function columnRooms(printed: PrintedTable, { width, unbroken, narrowest }: Measure): readonly ColumnRoom[] {
  const measure = (text: string): number => width(text.replace(/\u00a0+$/, ''));
  return printed.columns.map(({ heading, align }, j) => {
    const whole = measure(heading);
    const parts = pieces(heading).map(measure);
    const headed = Math.max(whole / HEADING_LINES, Math.min(whole, unbroken), ...parts);
    const cells = printed.cells.map((row) => measure(row[j]));
    const natural = Math.max(headed, narrowest, ...cells);
    const least = align === 'left' ? Math.max(narrowest, ...parts, ...printed.cells.flatMap((row) => pieces(row[j]).map(measure))) : natural;
    return { natural, least: Math.min(least, natural) };
  });
}

/**
 * Widths that fill at most `room`: columns that fit an equal share keep their
 * natural width, the others share what is left, none below its least width
 * while the least widths fit at all.
 */
export function fittedWidths(rooms: readonly ColumnRoom[], room: number): readonly number[] {
  const total = rooms.reduce((sum, { natural }) => sum + natural, 0);
  if (total <= room) return rooms.map(({ natural }) => natural);
  const leastTotal = rooms.reduce((sum, { least }) => sum + least, 0);
  if (leastTotal >= room) return rooms.map(({ least }) => (least * room) / leastTotal);
  // each column its least width; what is left goes to those that want more, in equal parts
  const widths = rooms.map(({ least }) => least);
  let left = room - leastTotal;
  let open = rooms.map((_, i) => i).filter((i) => rooms[i].natural > widths[i]);
  while (left > 1e-6 && open.length > 0) {
    const share = left / open.length;
    for (const i of open) {
      const given = Math.min(share, rooms[i].natural - widths[i]);
      widths[i] += given;
      left -= given;
    }
    open = open.filter((i) => rooms[i].natural - widths[i] > 1e-6);
  }
  return widths;
}
