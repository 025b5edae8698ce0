import { warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { RawColumn } from '../rawSurvey.js';

/** How a number was dressed for people. */
type Dress = 'thousands' | 'percent' | 'currency' | 'brackets' | 'fullwidth';

const CURRENCY = /^(?:[¥￥$€£₩₽₹]|RMB|CNY|USD|EUR|GBP|HKD|HK\$|US\$|NT\$|JPY|元|人民币)$/i;
const PARTS = /^(\()?\s*([-+−－])?\s*([^\d\s().,'’+−－-]{1,3})?\s*([-+−－])?\s*(\d[\d.,'’\u00a0\u202f ]*|[.,]\d+)\s*([^\d\s().,]{1,3})?\s*(\))?$/;

/** Digits in groups of three, all parted by the same sign; digits alone; the signs themselves. */
const SHAPES = {
  '.': { grouped: /^[1-9]\d{0,2}([, '’\u00a0\u202f])\d{3}(?:\1\d{3})*(?:\.\d+)?$/, plain: /^(?:\d+(?:\.\d*)?|\.\d+)$/, separators: /[, '’\u00a0\u202f]/g },
  ',': { grouped: /^[1-9]\d{0,2}([. '’\u00a0\u202f])\d{3}(?:\1\d{3})*(?:,\d+)?$/, plain: /^(?:\d+(?:,\d*)?|,\d+)$/, separators: /[. '’\u00a0\u202f]/g }
} as const;

const DRESS_WORDS: ReadonlyMap<Dress, readonly [en: string, zh: string]> = new Map([
  ['thousands', ['thousands separators', '千位分隔符']],
  ['percent', ['percent signs', '百分号']],
  ['currency', ['currency signs', '货币符号']],
  ['brackets', ['brackets for negative numbers', '表示负数的括号']],
  ['fullwidth', ['full-width digits', '全角数字']]
]);

interface Undressed {
  readonly value: number;
  readonly dress: readonly Dress[];
  /** Currency or percent sign: those of a column must agree. */
  readonly unit: string;
}

/** `1,234.50`, `¥1 234`, `45%`, `(1,200)`; undefined for anything else, a list of codes such as `1,2,3` among it. */
export function undressed(text: string, decimal: '.' | ','): Undressed | undefined {
  const plain = text.normalize('NFKC').trim();
  const match = PARTS.exec(plain);
  if (!match) return undefined;
  const [, open, signBefore, before, signAfter, digits, after, close] = match;
  if ((open === undefined) !== (close === undefined) || (signBefore !== undefined && signAfter !== undefined)) return undefined;
  const dress: Dress[] = [];
  const units = [before, after].filter((unit) => unit !== undefined);
  if (units.length > 1) return undefined;
  const [unit = ''] = units;
  if (unit === '%') {
    if (before !== undefined) return undefined;
    dress.push('percent');
  } else if (unit !== '') {
    if (!CURRENCY.test(unit)) return undefined;
    dress.push('currency');
  }
  const shape = SHAPES[decimal];
  const number = digits.trim();
  const isGrouped = shape.grouped.test(number);
  if (isGrouped) dress.push('thousands');
  else if (!shape.plain.test(number)) return undefined;
  if (open !== undefined) dress.push('brackets');
  if (plain !== text.trim() && dress.length === 0) dress.push('fullwidth');
  const bare = (isGrouped ? number.replace(shape.separators, '') : number).replace(',', '.');
  const negative = open !== undefined || /[-−－]/.test(signBefore ?? signAfter ?? '');
  const value = Number(bare) * (negative ? -1 : 1);
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? { value, dress, unit: unit.toUpperCase() } : undefined;
}

export interface PrintedNumbersOptions {
  /** Read such columns as numbers: all of them, or those that are named. */
  readonly printedNumbers?: boolean | readonly string[];
}

/**
 * A column of words that are all numbers as people print them. It becomes
 * numeric when the reader of the file asked for it; else it stays text, and a
 * warning names the option. Undefined when it is no such column.
 *
 * A percentage is the number before its sign (45% is 45), as SPSS's PCT format
 * reads it.
 */
export function printedNumbers(column: RawColumn, decimal: '.' | ',', wanted: PrintedNumbersOptions['printedNumbers']): { readonly column: RawColumn; readonly warnings: readonly Diagnostic[] } | undefined {
  if (column.type === 'numeric') return undefined;
  const { name } = column;
  const values = new Float64Array(column.values.length).fill(NaN);
  const dress = new Set<Dress>();
  const units = new Set<string>();
  let example: string | undefined;
  for (let i = 0; i < values.length; i++) {
    const word = column.values[i];
    if (word === null || word.trim() === '') continue;
    const number = undressed(word, decimal);
    if (!number) return undefined;
    values[i] = number.value;
    if (number.dress.length > 0) example ??= word.trim();
    for (const kind of number.dress) dress.add(kind);
    units.add(number.unit);
  }
  if (example === undefined) return undefined;
  const how = (place: 0 | 1, and: string): string => [...dress].map((kind) => DRESS_WORDS.get(kind)?.[place] ?? kind).join(and);
  const said = { en: `numbers with ${how(0, ' and ')} such as \`${example.slice(0, 40)}\``, zh: `带${how(1, '、')}的数字，如 \`${example.slice(0, 40)}\`` };
  if (units.size > 1) {
    const shown = [...units].map((unit) => (unit === '' ? 'none' : `\`${unit}\``)).join(', ');
    return { column, warnings: [warning('printed-numbers', `column \`${name}\` stays text: it holds ${said.en}, but of different units (${shown})`, { zh: `列 \`${name}\` 保留为文本：含${said.zh}，但单位不一致（${shown}）`, help: 'bring the cells to one unit in the file', helpZh: '请在文件中统一单位' })] };
  }
  if (wanted !== true && !(Array.isArray(wanted) && wanted.includes(name))) {
    return { column, warnings: [warning('printed-numbers', `column \`${name}\` stays text: it holds ${said.en}`, { zh: `列 \`${name}\` 保留为文本：含${said.zh}`, help: 'read it as numbers with `printedNumbers: true` (`--printedNumbers` in `%%survey`)', helpZh: '用 `printedNumbers: true`（`%%survey` 中为 `--printedNumbers`）按数字读取' })] };
  }
  const percent = dress.has('percent');
  return {
    column: { name, type: 'numeric', values },
    warnings: [warning('printed-numbers', `column \`${name}\` holds ${said.en}; it was read as numbers${percent ? ', 45% as 45' : ''}`, { zh: `列 \`${name}\` 含${said.zh}，已按数字读取${percent ? '，45% 读作 45' : ''}` })]
  };
}
