import { fail } from '../../../shared/diagnostic.js';
import type { ByteCursor } from '../byteCursor.js';

/** The first 176 bytes of a system file. @see PSPP Developers Guide, System File Format, File Header Record */
export interface SavHeader {
  /** 0 none, 1 bytecode, 2 zlib over bytecode. */
  readonly compression: number;
  /** Dictionary index (from 1) of the weight variable, 0 for none. */
  readonly weightIndex: number;
  /** -1 when the writer did not know. */
  readonly caseCount: number;
  readonly bias: number;
  readonly fileLabel: Uint8Array;
}

const FOREIGN: readonly (readonly [start: string, what: string, help: string])[] = [
  ['SR\u0000', 'an IDL save file, which shares only its ending with SPSS', 'export the data from IDL as CSV'],
  ['ENCRYPTEDSAV', 'an SPSS file encrypted with a password', 'open it in SPSS and save it without encryption'],
  ['ASCII SPSS PORT FILE', 'an SPSS portable file', 'save it as .sav'],
  ['PK\u0003\u0004', 'a zip archive (perhaps .xlsx)', 'unpack it, or correct its ending'],
  ['<stata_dta>', 'a Stata file', 'correct its ending to .dta']
];

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Reads the header and sets the cursor's byte order. */
export function readHeader(cursor: ByteCursor): SavHeader {
  const start = text(cursor.bytes.subarray(0, 20));
  if (!start.startsWith('$FL2') && !start.startsWith('$FL3')) {
    const foreign = FOREIGN.find(([mark]) => start.startsWith(mark));
    if (foreign) fail('wrong-format', `this is ${foreign[1]}, not an SPSS system file`, { help: foreign[2] });
    fail('wrong-format', `this is not an SPSS system file: it starts with \`${start.slice(0, 4).replace(/[^ -~]/g, '·')}\`, \`$FL2\` or \`$FL3\` was expected`, { help: 'name its format, or export it again' });
  }
  cursor.offset = 64;
  const layout = cursor.int32('the header');
  if (layout !== 2 && layout !== 3) {
    cursor.littleEndian = false;
    cursor.offset = 64;
    const swapped = cursor.int32('the header');
    if (swapped !== 2 && swapped !== 3) cursor.damaged(`layout code ${layout}, 2 or 3 was expected`, 64);
  }
  cursor.int32('the header');
  const compression = cursor.int32('the header');
  if (compression < 0 || compression > 2) cursor.damaged(`compression ${compression} is unknown`, 72);
  const weightIndex = cursor.int32('the header');
  const caseCount = cursor.int32('the header');
  const bias = cursor.float64('the header');
  cursor.take(17, 'the header');
  const fileLabel = cursor.slice(64, 'the header');
  cursor.take(3, 'the header');
  return { compression, weightIndex, caseCount, bias, fileLabel };
}
