import { fail } from '../../../shared/diagnostic.js';
import { fieldCounts, readRecords } from './records.js';

export const QUOTE = 34;
export const NEWLINE = 10;
export const RETURN = 13;

export interface Dialect {
  /** Byte between fields. */
  readonly delimiter: number;
  /** Byte between whole and fraction: 46 `.` or 44 `,`. */
  readonly decimal: number;
  /** No delimiter was named, and none of the usual ones splits the records. */
  readonly guessed?: 'nothing';
}

export interface DialectOptions {
  /** One ASCII character, or `whitespace` for runs of spaces and tabs; guessed from the first records when absent. */
  readonly delimiter?: string;
  /** `.` or `,`; guessed when absent. */
  readonly decimal?: string;
}

const CANDIDATES = [',', '\t', ';', '|'] as const;
const SAMPLE_RECORDS = 100;

function asByte(name: string, value: string, allowed: RegExp): number {
  if (!allowed.test(value)) fail('bad-option', `option \`${name}\` is \`${value}\`, one of the characters ${allowed.source} was expected`);
  return value.charCodeAt(0);
}

/**
 * Delimiter: the candidate that splits the first records into the most fields
 * with the same count in (nearly) every record. Decimal mark: a comma when
 * fields look like `3,5` and none looks like `3.5`.
 */
export function guessDialect(bytes: Uint8Array, options: DialectOptions = {}): Dialect {
  let delimiter = options.delimiter === undefined ? undefined : asByte('delimiter', options.delimiter, /^[\t !#-,:-@[-`{-~]$/);
  let guessed = {};
  if (delimiter === undefined) {
    let bestScore = 0;
    delimiter = 44;
    for (const candidate of CANDIDATES) {
      const byte = candidate.charCodeAt(0);
      const widths = fieldCounts(bytes, byte, SAMPLE_RECORDS);
      if (widths.length === 0) continue;
      const width = widths[0];
      const agreeing = widths.filter((w) => w === width).length / widths.length;
      const score = width > 1 ? agreeing * agreeing * Math.log2(width + 1) : 0;
      if (score > bestScore + 1e-9) {
        bestScore = score;
        delimiter = byte;
      }
    }
    if (bestScore === 0) guessed = { guessed: 'nothing' };
  }
  if (options.decimal !== undefined) {
    const decimal = asByte('decimal', options.decimal, /^[.,]$/);
    if (decimal === delimiter) fail('bad-option', 'the decimal mark and the delimiter are the same character');
    return { delimiter, decimal, ...guessed };
  }
  if (delimiter === 44) return { delimiter, decimal: 46, ...guessed };
  let commas = 0;
  let points = 0;
  for (const record of readRecords(bytes, 0, delimiter, SAMPLE_RECORDS).records) {
    for (const field of record) {
      if (/^\s*[-+]?\d*,\d+\s*$/.test(field)) commas++;
      else if (/^\s*[-+]?\d*\.\d+\s*$/.test(field)) points++;
    }
  }
  return { delimiter, decimal: commas > 0 && points === 0 ? 44 : 46 };
}
