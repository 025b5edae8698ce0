import chardet from 'chardet';
import { decoderOf } from './decoder.js';
import { DOS_PAGES } from './dosPages.js';
import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';

/** Windows and IBM code pages, as numbers stand in .sav files, → names of the WHATWG Encoding standard. */
const CODE_PAGES: ReadonlyMap<string, string> = new Map([
  ['866', 'ibm866'],
  ['874', 'windows-874'],
  ['932', 'shift_jis'],
  ['936', 'gbk'],
  ['949', 'euc-kr'],
  ['950', 'big5'],
  ['1200', 'utf-16le'],
  ['1201', 'utf-16be'],
  ['10000', 'macintosh'],
  ['20127', 'windows-1252'],
  ['20866', 'koi8-r'],
  ['21866', 'koi8-u'],
  ['20932', 'euc-jp'],
  ['51932', 'euc-jp'],
  ['51949', 'euc-kr'],
  ['20936', 'gbk'],
  ['51936', 'gbk'],
  ['54936', 'gb18030'],
  ['65001', 'utf-8']
]);

/** Names that programs write and the standard does not list. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ansi_x3.4-1968', 'windows-1252'],
  ['ascii', 'windows-1252'],
  ['iso-2022-cn', 'gb18030'],
  ['hz-gb-2312', 'gb18030'],
  ['euc-cn', 'gbk'],
  ['euc-tw', 'big5'],
  ['big5-hkscs', 'big5']
]);

/** How much of a file the statistical guess looks at. */
const SAMPLE_BYTES = 1 << 18;

/** The encoding's name as `TextDecoder` knows it; undefined when it knows none. */
export function knownEncoding(name: string): string | undefined {
  const lower = name.trim().toLowerCase().replaceAll('_', '-');
  const page = /^(?:cp|ms|ibm|dos|windows-?)?(\d{3,5})$/.exec(lower)?.[1];
  if (page !== undefined && DOS_PAGES.has(`ibm${page}`)) return `ibm${page}`;
  const isoPart = /^(?:iso-?)?8859-(\d{1,2})$/.exec(lower)?.[1] ?? /^28(?:59|60)(\d)$/.exec(page ?? '')?.[1];
  let wanted = ALIASES.get(lower) ?? lower;
  if (page !== undefined) wanted = CODE_PAGES.get(page) ?? (/^125\d$/.test(page) ? `windows-${page}` : /^2860\d$/.test(page) ? `iso-8859-1${page[4]}` : lower);
  if (isoPart !== undefined && !/^2860/.test(page ?? '')) wanted = `iso-8859-${isoPart}`;
  for (const label of [wanted, wanted.replaceAll('-', '_')]) {
    try {
      return new TextDecoder(label).encoding;
    } catch {
      // Not a label of the standard: try the next spelling.
    }
  }
  return undefined;
}

/** Byte order mark → its encoding and length. */
function byteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
}

/** UTF-16 without a mark: Latin text has a zero in every second byte. */
function zeroPattern(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, 4096) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  if (odd > length / 8 && even === 0) return 'utf-16le';
  if (even > length / 8 && odd === 0) return 'utf-16be';
  return undefined;
}

/** The little of Node's buffers that is used, where they are: its check is several times faster than ours. */
interface NodeBuffers {
  readonly isUtf8?: (bytes: Uint8Array) => boolean;
}

/** Well-formed UTF-8, whoever checks it. */
export function isUtf8(bytes: Uint8Array): boolean {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const buffers = host.process?.getBuiltinModule?.('node:buffer') as NodeBuffers | undefined;
  return buffers?.isUtf8 ? buffers.isUtf8(bytes) : isWellFormed(bytes);
}

/**
 * Well-formed UTF-8: shortest forms, no surrogates, nothing above U+10FFFF.
 * @see The Unicode Standard, table 3-7
 */
export function isWellFormed(bytes: Uint8Array): boolean {
  const n = bytes.length;
  const shift = bytes.byteOffset & 3;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset - shift, (n + shift) >> 2);
  let i = 0;
  while (i < n) {
    const lead = bytes[i];
    if (lead < 0x80) {
      i++;
      // Plain ASCII goes by four bytes at once.
      if (((i + shift) & 3) === 0) while (i + 4 <= n && (words[(i + shift) >> 2] & 0x80808080) === 0) i += 4;
      continue;
    }
    const second = bytes[i + 1];
    if (lead >= 0xc2 && lead <= 0xdf) {
      if (!isTrail(second)) return false;
      i += 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      const low = lead === 0xe0 ? 0xa0 : 0x80;
      const high = lead === 0xed ? 0x9f : 0xbf;
      if (!(second >= low && second <= high && isTrail(bytes[i + 2]))) return false;
      i += 3;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      const low = lead === 0xf0 ? 0x90 : 0x80;
      const high = lead === 0xf4 ? 0x8f : 0xbf;
      if (!(second >= low && second <= high && isTrail(bytes[i + 2]) && isTrail(bytes[i + 3]))) return false;
      i += 4;
    } else return false;
  }
  return true;
}

/** False also past the end, where there is no byte. */
function isTrail(byte: number): boolean {
  return byte >= 0x80 && byte <= 0xbf;
}

/** Encodings in which any byte is a letter, so that the statistics choose them for lack of evidence. */
const SINGLE_BYTE = /^(?:windows-12|iso-8859|koi8|macintosh)/;
/** Share of high bytes that must stand in pairs of GB2312. */
const ENOUGH_PAIRS = 0.95;

/**
 * Short Chinese files defeat the statistics. In GB2312 text all bytes above
 * 127 come in pairs (symbols A1-A9, characters B0-F7; second byte A1-FE) or,
 * in GB18030, with a digit after each of two; in
 * Western text they mostly stand alone between ASCII letters.
 */
function looksLikeGb2312(bytes: Uint8Array): boolean {
  let high = 0;
  let paired = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i];
    if (lead < 128) continue;
    const trail = bytes[i + 1];
    const isPair = ((lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9)) && trail >= 0xa1 && trail <= 0xfe;
    const isFour = lead >= 0x81 && lead <= 0xfe && isAsciiDigit(trail) && bytes[i + 2] >= 0x81 && bytes[i + 2] <= 0xfe && isAsciiDigit(bytes[i + 3]);
    if (isFour) {
      high += 2;
      paired += 2;
      i += 3;
      continue;
    }
    high += isPair ? 2 : 1;
    if (!isPair) continue;
    paired += 2;
    i++;
  }
  return high > 0 && paired >= ENOUGH_PAIRS * high;
}

function isAsciiDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

export interface EncodingGuess {
  readonly encoding: string;
  /** Bytes of a byte order mark. */
  readonly markLength: number;
  /** The bytes are known to be well-formed. */
  readonly checked?: boolean;
  readonly warnings: readonly Diagnostic[];
}

/**
 * The encoding of a text file: byte order mark, else strict UTF-8, else a
 * statistical guess (which is warned about), unless `wanted` overrides it.
 *
 * @throws SurveyError `unknown-encoding`
 */
export function detectEncoding(bytes: Uint8Array, wanted?: string): EncodingGuess {
  const mark = byteOrderMark(bytes);
  if (wanted !== undefined) {
    const encoding = knownEncoding(wanted);
    if (encoding === undefined) fail('unknown-encoding', `\`${wanted}\` is not a known encoding`, { help: 'use a name such as `utf-8`, `gb18030`, `big5`, `windows-1252`' });
    return { encoding, markLength: mark?.encoding === encoding ? mark.length : 0, warnings: [] };
  }
  if (mark) return { encoding: mark.encoding, markLength: mark.length, warnings: [] };
  const wide = zeroPattern(bytes);
  if (wide) return { encoding: wide, markLength: 0, warnings: [] };
  if (isUtf8(bytes)) return { encoding: 'utf-8', markLength: 0, checked: true, warnings: [] };
  const sample = sampleAroundNonAscii(bytes);
  const statistical = knownEncoding(chardet.detect(sample) ?? '') ?? 'windows-1252';
  const guess = SINGLE_BYTE.test(statistical) && looksLikeGb2312(sample) ? 'gb18030' : statistical;
  // GBK is a subset of GB18030, so the wider one reads both.
  const encoding = guess === 'gbk' ? 'gb18030' : guess;
  if (encoding === 'utf-8') {
    // Chardet forgives stray bytes: mostly UTF-8 with a few bytes broken.
    return { encoding, markLength: 0, warnings: [] };
  }
  return {
    encoding,
    markLength: 0,
    warnings: [warning('guessed-encoding', `the file is not UTF-8; its encoding was guessed as ${encoding}`, { zh: `文件不是 UTF-8，推测编码为 ${encoding}`, help: `when words look wrong, give the encoding, for example \`{ encoding: 'gb18030' }\``, helpZh: `文字有误时请指定编码，例如 \`{ encoding: 'gb18030' }\`` })]
  };
}

/** Long ASCII preambles teach nothing: the sample starts near the first byte above 127. */
function sampleAroundNonAscii(bytes: Uint8Array): Uint8Array {
  let first = 0;
  while (first < bytes.length && bytes[first] < 128) first++;
  const start = Math.max(0, first - 1024);
  return bytes.subarray(start, start + SAMPLE_BYTES);
}

/** Bytes of a byte order mark when the text, of which only the first lines are here, may be read as UTF-8; undefined when it is something else. */
export function utf8Mark(lines: Uint8Array, wanted?: string): number | undefined {
  if (wanted !== undefined && knownEncoding(wanted) !== 'utf-8') return undefined;
  const mark = byteOrderMark(lines);
  if (mark ? mark.encoding !== 'utf-8' : wanted === undefined && zeroPattern(lines)) return undefined;
  return isUtf8(lines) ? (mark?.length ?? 0) : undefined;
}

export interface Utf8Text {
  readonly bytes: Uint8Array;
  readonly encoding: string;
  readonly warnings: readonly Diagnostic[];
}

/** The text as UTF-8 bytes without mark; stray bytes are replaced by U+FFFD and counted in a warning. */
export function toUtf8(bytes: Uint8Array, wanted?: string): Utf8Text {
  const { encoding, markLength, warnings, checked } = detectEncoding(bytes, wanted);
  const body = markLength > 0 ? bytes.subarray(markLength) : bytes;
  if (encoding === 'utf-8' && (checked || isUtf8(body))) return { bytes: body, encoding, warnings };
  const text = decoderOf(encoding).decode(body);
  const stray = text.indexOf('\uFFFD');
  if (stray < 0) return { bytes: new TextEncoder().encode(text), encoding, warnings };
  let line = 1;
  for (let i = 0; i < stray; i++) if (text.charCodeAt(i) === 10) line++;
  const count = text.split('\uFFFD').length - 1;
  const said = warning('stray-bytes', `${count} ${count === 1 ? 'place does' : 'places do'} not decode as ${encoding}, the first in line ${line}; shown as \uFFFD`, { zh: `${count} 处无法按 ${encoding} 解码（首次出现在第 ${line} 行），显示为 \uFFFD`, help: 'give another encoding, or mend the file', helpZh: '指定其他编码，或修正文件' });
  return { bytes: new TextEncoder().encode(text), encoding, warnings: [...warnings, said] };
}
