import { warning } from '../../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../../rawSurvey.js';
import type { MultipleResponseSet, VariableInfo } from '../../codebook.js';
import { mergeVariable, plainVariable } from '../../variableInfo.js';
import { toNumber } from '../csv/toNumber.js';
import { WENJUANXING, type WenjuanxingTokens } from './wenjuanxing.js';

/** `1分23秒`, `83秒`, `1:23`: the time taken, as people read it. */
const DURATION = /^\s*(?:(\d+)\s*(?:小时|时))?\s*(?:(\d+)\s*分钟?)?\s*(?:(\d+)\s*秒)?\s*$/;
/** More distinct options than this are no closed question. */
const MOST_OPTIONS = 60;
const DECIMAL_POINT = 46;
const NO_WORDS: ReadonlySet<string> = new Set();

/** What a platform's cells need once they are read: times as seconds, joined choices as one 0/1 column per option. */
export function finishPlatform(platform: string, raw: RawSurvey, tokens: WenjuanxingTokens = WENJUANXING): RawSurvey {
  if (platform !== 'wenjuanxing') return raw;
  const columns: RawColumn[] = [];
  const variables = new Map<string, VariableInfo>(raw.variables);
  const sets: MultipleResponseSet[] = [...(raw.multipleResponse ?? [])];
  const warnings = [...raw.warnings];
  const noAnswer = new Set(raw.noAnswer?.strings);
  for (const read of raw.columns) {
    const column = withReasons(read, noAnswer);
    const timed = column.type === 'string' ? asSeconds(column.values) : undefined;
    if (timed) {
      columns.push({ name: column.name, type: 'numeric', values: timed });
      continue;
    }
    columns.push(column);
    if (column.type !== 'string' || !column.values.some((value) => value?.includes(tokens.choiceMark))) continue;
    const options = [...new Set(column.values.flatMap((value) => (value === null || noAnswer.has(value.trim()) ? [] : value.split(tokens.choiceMark).map((part) => part.trim()))))].filter((option) => option !== '');
    if (options.length > MOST_OPTIONS) {
      warnings.push(warning('many-options', `column \`${column.name}\` joins ${options.length} different options and stays one text column`, { zh: `列 \`${column.name}\` 合并了 ${options.length} 个不同选项，保留为一个文本列` }));
      continue;
    }
    const label = variables.get(column.name)?.label;
    const items = options.map((option, i) => {
      const name = `${column.name}_${i + 1}`;
      const tags = rowsOfWords(column.values, noAnswer);
      columns.push({ name, type: 'numeric', values: Float64Array.from(column.values, (value) => (value === null || noAnswer.has(value.trim()) ? NaN : Number(value.split(tokens.choiceMark).some((part) => part.trim() === option)))), ...(tags.size > 0 ? { tags } : {}) });
      variables.set(name, mergeVariable(plainVariable(name), { label: { en: option, zh: option }, level: 'nominal', range: { min: 0, max: 1 } }));
      return name;
    });
    sets.push({ name: column.name, ...(label ? { label } : {}), items, countedValue: 1 });
  }
  return { ...raw, columns, variables, warnings, multipleResponse: sets };
}

/** Rows of a column of text that hold one of the words that mean "no answer". */
function rowsOfWords(values: readonly (string | null)[], words: ReadonlySet<string>): ReadonlyMap<string, Uint32Array> {
  const rows = new Map<string, number[]>();
  values.forEach((value, row) => {
    const word = value?.trim();
    if (word === undefined || !words.has(word)) return;
    const list = rows.get(word);
    if (list) list.push(row);
    else rows.set(word, [row]);
  });
  return new Map([...rows].map(([word, list]) => [word, Uint32Array.from(list)]));
}

/** Numbers among which the platform wrote words for "no answer" are numbers again; the words stay as reasons. */
function withReasons(column: RawColumn, words: ReadonlySet<string>): RawColumn {
  if (column.type === 'numeric' || !column.values.some((value) => value !== null && words.has(value.trim()))) return column;
  const numbers = new Float64Array(column.values.length).fill(NaN);
  const isNumeric = column.values.every((value, row) => {
    if (value === null || words.has(value.trim())) return true;
    const number = toNumber(value.trim(), DECIMAL_POINT, NO_WORDS);
    if (number !== undefined) numbers[row] = number;
    return number !== undefined;
  });
  if (!isNumeric) return column;
  // Codes are declared missing as numbers; words can only be tags.
  const tags = new Map<string, Uint32Array>();
  for (const [word, rows] of rowsOfWords(column.values, words)) {
    const code = toNumber(word, DECIMAL_POINT, NO_WORDS);
    if (code === undefined || Number.isNaN(code)) tags.set(word, rows);
    else for (const row of rows) numbers[row] = code;
  }
  return { name: column.name, type: 'numeric', values: numbers, ...(tags.size > 0 ? { tags } : {}) };
}

function asSeconds(values: readonly (string | null)[]): Float64Array | undefined {
  const seconds = new Float64Array(values.length).fill(NaN);
  let read = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null) continue;
    const match = DURATION.exec(value);
    if (!match || value.trim() === '') return undefined;
    seconds[i] = Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
    read++;
  }
  return read > 0 ? seconds : undefined;
}
