import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../../rawSurvey.js';
import { detectEncoding } from '../../text/encoding.js';
import { TextPool } from '../../text/textPool.js';
import { ByteCursor } from '../byteCursor.js';
import { readCodedCases, readPlainCases, type ReadText, type SavCases } from './cases.js';
import { readDictionary } from './dictionary.js';
import { encodingOf } from './encodingOf.js';
import { readHeader } from './header.js';
import { readRecords } from './records.js';
import { unpackBlocks } from './zlibBlocks.js';

export interface SavOptions {
  /** Overrides what the file declares. */
  readonly encoding?: string;
  /** How far a .zsav file may unfold. */
  readonly maxUnpackedBytes?: number;
}

export interface ReadSav extends RawSurvey {
  readonly platform: string;
}

/** Bytes of words that a guess of the encoding looks at. */
const GUESS_BYTES = 1 << 18;
const CASES_64 = 16;

/**
 * SPSS system files, .sav and .zsav, as SPSS, PSPP, haven and others write
 * them: both byte orders, all compressions, the whole dictionary.
 *
 * @throws SurveyError `wrong-format`, `truncated-file`, `damaged-file`, `too-large`, `unknown-encoding`
 * @see https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html
 */
export function readSav(bytes: Uint8Array, options: SavOptions = {}): ReadSav {
  const cursor = new ByteCursor(bytes, 'SPSS');
  const header = readHeader(cursor);
  const records = readRecords(cursor);
  const declaredEncoding = encodingOf(records, cursor.littleEndian, options.encoding);
  let { encoding } = declaredEncoding;
  const warnings: Diagnostic[] = [...declaredEncoding.warnings];
  if (records.variables.length === 0) fail('no-variables', 'the SPSS file has no variables');
  const wide = records.extensions.get(CASES_64);
  const declared = header.caseCount >= 0 || !wide || wide.data.length < 16 ? header.caseCount : Number(new DataView(wide.data.buffer, wide.data.byteOffset).getBigInt64(8, cursor.littleEndian));
  const data = header.compression === 2 ? unpackBlocks(cursor, options.maxUnpackedBytes) : cursor;
  const start = data.offset;
  const dictionaryIn = (name: string) => readDictionary(cursor, records, name, header.fileLabel, header.weightIndex);
  const cases = (dictionary: ReturnType<typeof dictionaryIn>, readText: ReadText): SavCases => {
    data.offset = start;
    return header.compression === 0 ? readPlainCases(data, dictionary, declared, readText) : readCodedCases(data, dictionary, declared, header.bias, readText);
  };

  let dictionary = dictionaryIn(encoding);
  if (declaredEncoding.guessed && dictionary.variables.some(({ width }) => width > 0)) {
    const sample = wordsOf((readText) => cases(dictionary, readText));
    const guess = detectEncoding(sample);
    if (guess.encoding !== encoding && guess.encoding !== 'utf-8') {
      ({ encoding } = guess);
      warnings.push(...guess.warnings);
      dictionary = dictionaryIn(encoding);
    }
  }
  const pool = new TextPool(encoding);
  let stray = 0;
  let firstStray: string | undefined;
  const read = cases(dictionary, (from, begin, end) => {
    if (begin === end) return null;
    const word = pool.text(from, begin, end);
    if (word.includes('\uFFFD')) {
      stray++;
      firstStray ??= word;
    }
    return word;
  });
  warnings.push(...dictionary.warnings);
  if (stray > 0) warnings.push(warning('stray-bytes', `${stray} words do not decode as ${encoding}, the first is \`${(firstStray ?? '').slice(0, 40)}\``, { zh: `${stray} 处文字无法按 ${encoding} 解码，首个为 \`${(firstStray ?? '').slice(0, 40)}\``, help: 'give another `encoding`, for example `gb18030`', helpZh: '指定其他 `encoding`，例如 `gb18030`' }));
  if (declared >= 0 && read.rowCount < declared) warnings.push(warning('truncated-file', `the file declares ${declared} cases but holds ${read.rowCount}`, { zh: `文件声明 ${declared} 个个案，实际只有 ${read.rowCount} 个`, help: 'it was cut off: fetch or export it again', helpZh: '文件被截断，请重新获取或导出' }));
  else if (read.cutOff) warnings.push(warning('truncated-file', `the last case is cut off; ${read.rowCount} whole cases were read`, { zh: `最后一个个案被截断；读取了 ${read.rowCount} 个完整个案` }));
  if (dictionary.weight !== undefined) warnings.push(warning('weighted-file', `the file was saved with WEIGHT BY \`${dictionary.weight}\`; the weight is a column here and is not applied`, { zh: `文件保存时以 \`${dictionary.weight}\` 加权；此处权重只是一列，未应用`, help: `pass \`weights: '${dictionary.weight}'\` to analyses that take weights`, helpZh: `在可加权的分析中写 \`weights: '${dictionary.weight}'\`` }));
  const columns = dictionary.variables.map(({ name }, i): RawColumn => {
    const values = read.columns[i];
    return values instanceof Float64Array ? { name, type: 'numeric', values } : { name, type: 'string', values };
  });
  return {
    platform: header.compression === 2 ? 'zsav' : 'sav',
    rowCount: read.rowCount,
    columns,
    variables: new Map(dictionary.variables.map(({ name, info }) => [name, info])),
    notes: dictionary.notes,
    ...(dictionary.multipleResponse.length > 0 ? { multipleResponse: dictionary.multipleResponse } : {}),
    warnings,
    encoding
  };
}

/** Bytes of the words, as many as a guess needs. */
function wordsOf(read: (readText: ReadText) => void): Uint8Array {
  const sample = new Uint8Array(GUESS_BYTES).fill(10);
  let used = 0;
  read((bytes, start, end) => {
    if (used + end - start + 1 <= sample.length) {
      sample.set(bytes.subarray(start, end), used);
      used += end - start + 1;
    }
    return null;
  });
  return sample.subarray(0, used);
}
