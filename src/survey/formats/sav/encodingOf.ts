import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { detectEncoding, knownEncoding } from '../../text/encoding.js';
import type { SavRecords } from './records.js';

const ENCODING_NAME = 20;
const MACHINE_INTEGERS = 3;
/** Character codes of extension 3 that say no more than "8-bit text". @see PSPP Developers Guide, Machine Integer Info Record */
const VAGUE_CODES: readonly number[] = [0, 2, 3];
const EBCDIC = 1;

export interface SavEncoding {
  readonly encoding: string;
  /** The file does not say, so the labels decided; the words have not been looked at. */
  readonly guessed: boolean;
  readonly warnings: readonly Diagnostic[];
}

/** The encoding of a system file's text: as wanted, else as declared by name, else by code page, else guessed from the labels. */
export function encodingOf(records: SavRecords, littleEndian: boolean, wanted?: string): SavEncoding {
  if (wanted !== undefined) return { encoding: detectEncoding(new Uint8Array(), wanted).encoding, guessed: false, warnings: [] };
  const named = records.extensions.get(ENCODING_NAME);
  const name = named ? String.fromCharCode(...named.data.subarray(0, 64)).replace(/\0.*$/s, '').trim() : '';
  const byName = name === '' ? undefined : knownEncoding(name);
  if (byName) return { encoding: byName, guessed: false, warnings: [] };
  const integers = records.extensions.get(MACHINE_INTEGERS);
  if (integers && integers.data.length >= 32) {
    const code = new DataView(integers.data.buffer, integers.data.byteOffset).getInt32(28, littleEndian);
    if (code === EBCDIC) fail('unknown-encoding', 'the file holds EBCDIC text, which cannot be read', { help: 'save it again with a current SPSS or PSPP' });
    const byCode = VAGUE_CODES.includes(code) ? undefined : knownEncoding(String(code));
    if (byCode) return { encoding: byCode, guessed: false, warnings: [] };
  }
  const guess = detectEncoding(dictionaryText(records));
  if (name === '') return { ...guess, guessed: true };
  return { encoding: guess.encoding, guessed: true, warnings: [warning('unknown-encoding', `the file's encoding \`${name}\` is not known; ${guess.encoding} is used`, { zh: `文件声明的编码 \`${name}\` 未知，使用 ${guess.encoding}`, help: 'give `encoding` when words look wrong', helpZh: '文字有误时请指定 `encoding`' })] };
}

/** All labels and names: what there is to guess from before the data are read. */
function dictionaryText(records: SavRecords): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const variable of records.variables) parts.push(variable.name, ...(variable.label ? [variable.label] : []));
  for (const { labels } of records.labels) for (const { label } of labels) parts.push(label);
  parts.push(...records.documents);
  const text = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0)).fill(10);
  let offset = 0;
  for (const part of parts) {
    text.set(part, offset);
    offset += part.length + 1;
  }
  return text;
}
