import type { Survey } from '../../survey.js';
import { withCodes, withStrings } from '../../declaredMissing.js';
import { temporalText, valueText } from '../../valueText.js';

export interface WriteCsvOptions {
  readonly delimiter?: string;
  /** `values` writes numbers, `labels` writes value labels where there are any. */
  readonly answers?: 'values' | 'labels';
  /** Declared missing codes are written as they stood in the source (default) or as empty fields. */
  readonly missingCodes?: 'keep' | 'empty';
  /** Only rows that passed screening. */
  readonly validOnly?: boolean;
  /** Put the mark that tells Excel the file is UTF-8 (default). */
  readonly byteOrderMark?: boolean;
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/**
 * A spreadsheet runs a text that starts like a formula; a quote mark before it
 * keeps it text.
 * @see OWASP, CSV Injection
 */
export function guardFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** One CSV field: guarded, and quoted where it must be. */
export function csvField(text: string, delimiter: string): string {
  const guarded = guardFormula(text);
  return guarded.includes(delimiter) || /["\r\n]/.test(guarded) || guarded !== guarded.trim() ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The survey as UTF-8 CSV that Excel opens rightly: byte order mark, CRLF, formulas defused. */
export function writeCsv(survey: Survey, options: WriteCsvOptions = {}): Uint8Array {
  const { delimiter = ',', answers = 'values', missingCodes = 'keep', validOnly = false, byteOrderMark = true } = options;
  const cells = survey.columns.map((column): ((row: number) => string) => {
    if (column.type === 'string') {
      const words = missingCodes === 'keep' ? withStrings(column) : column.values;
      return (row) => csvField(words[row] ?? '', delimiter);
    }
    const info = survey.info(column.name);
    const values = missingCodes === 'keep' ? withCodes(column) : column.values;
    if (answers === 'labels') return (row) => csvField(valueText(values[row], info) ?? '', delimiter);
    const { temporal } = info;
    if (temporal) return (row) => (Number.isNaN(values[row]) ? '' : (temporalText(values[row], temporal) ?? ''));
    return (row) => (Number.isNaN(values[row]) ? '' : String(values[row]));
  });
  const lines: string[] = [survey.names().map((name) => csvField(name, delimiter)).join(delimiter)];
  const excluded = validOnly ? survey.screening?.excludedBy : undefined;
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = byteOrderMark ? [Uint8Array.of(0xef, 0xbb, 0xbf)] : [];
  for (let row = 0; row < survey.rowCount; row++) {
    if (excluded && excluded[row] !== 0) continue;
    lines.push(cells.map((cell) => cell(row)).join(delimiter));
    if (lines.length >= 10_000) flush();
  }
  flush();
  return joinBytes(parts);

  function flush(): void {
    if (lines.length > 0) parts.push(encoder.encode(`${lines.join('\r\n')}\r\n`));
    lines.length = 0;
  }
}

/** The parts one after another. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
