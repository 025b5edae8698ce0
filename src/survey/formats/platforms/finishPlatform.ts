import { warning } from '../../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../../rawSurvey.js';
import type { MultipleResponseSet, VariableInfo } from '../../codebook.js';
import { mergeVariable, plainVariable } from '../../variableInfo.js';
import { WENJUANXING, type WenjuanxingTokens } from './wenjuanxing.js';

/** `1分23秒`, `83秒`, `1:23`: the time taken, as people read it. */
const DURATION = /^\s*(?:(\d+)\s*(?:小时|时))?\s*(?:(\d+)\s*分钟?)?\s*(?:(\d+)\s*秒)?\s*$/;
/** More distinct options than this are no closed question. */
const MOST_OPTIONS = 60;

/** What a platform's cells need once they are read: times as seconds, joined choices as one 0/1 column per option. */
export function finishPlatform(platform: string, raw: RawSurvey, tokens: WenjuanxingTokens = WENJUANXING): RawSurvey {
  if (platform !== 'wenjuanxing') return raw;
  const columns: RawColumn[] = [];
  const variables = new Map<string, VariableInfo>(raw.variables);
  const sets: MultipleResponseSet[] = [...(raw.multipleResponse ?? [])];
  const warnings = [...raw.warnings];
  for (const column of raw.columns) {
    const timed = column.type === 'string' ? asSeconds(column.values) : undefined;
    if (timed) {
      columns.push({ name: column.name, type: 'numeric', values: timed });
      continue;
    }
    columns.push(column);
    if (column.type !== 'string' || !column.values.some((value) => value?.includes(tokens.choiceMark))) continue;
    const options = [...new Set(column.values.flatMap((value) => (value === null ? [] : value.split(tokens.choiceMark).map((part) => part.trim()))))].filter((option) => option !== '');
    if (options.length > MOST_OPTIONS) {
      warnings.push(warning('many-options', `column \`${column.name}\` joins ${options.length} different options and stays one text column`));
      continue;
    }
    const label = variables.get(column.name)?.label;
    const items = options.map((option, i) => {
      const name = `${column.name}_${i + 1}`;
      columns.push({ name, type: 'numeric', values: Float64Array.from(column.values, (value) => (value === null ? NaN : Number(value.split(tokens.choiceMark).some((part) => part.trim() === option)))) });
      variables.set(name, mergeVariable(plainVariable(name), { label: { en: option, zh: option }, level: 'nominal', range: { min: 0, max: 1 } }));
      return name;
    });
    sets.push({ name: column.name, ...(label ? { label } : {}), items, countedValue: 1 });
  }
  return { ...raw, columns, variables, warnings, multipleResponse: sets };
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
