import { warning, type Diagnostic } from '../shared/diagnostic.js';
import type { RawColumn } from './rawSurvey.js';
import type { VariableInfo } from './codebook.js';

/**
 * Platforms export answers "by text". When the codebook gives numeric codes
 * whose labels (in either language) are the words of the column, the words
 * become those codes; when only some match, nothing changes and a warning
 * names the first word without a code.
 */
export function encodedByLabels(column: RawColumn, info: VariableInfo): { readonly column: RawColumn; readonly warnings: readonly Diagnostic[] } {
  const unchanged = { column, warnings: [] };
  if (column.type === 'numeric') return unchanged;
  const codes = new Map<string, number>();
  for (const [value, label] of info.valueLabels) {
    if (typeof value !== 'number') continue;
    codes.set(label.en.trim().toLowerCase(), value);
    if (label.zh !== undefined) codes.set(label.zh.trim().toLowerCase(), value);
  }
  if (codes.size === 0) return unchanged;
  const declared = new Set(info.missing.strings ?? []);
  const values = new Float64Array(column.values.length);
  const tags = new Map<string, number[]>();
  let matched = 0;
  let stray: string | undefined;
  for (let i = 0; i < values.length; i++) {
    const word = column.values[i];
    if (word === null || declared.has(word)) {
      values[i] = NaN;
      if (word === null) continue;
      const rows = tags.get(word);
      if (rows) rows.push(i);
      else tags.set(word, [i]);
      continue;
    }
    const number = Number(word);
    const code = codes.get(word.trim().toLowerCase()) ?? (word.trim() !== '' && Number.isFinite(number) ? number : undefined);
    if (code === undefined) stray ??= word;
    else {
      values[i] = code;
      matched++;
    }
  }
  if (stray === undefined) return { column: { name: column.name, type: 'numeric', values, ...(tags.size > 0 ? { tags: new Map([...tags].map(([word, rows]) => [word, Uint32Array.from(rows)])) } : {}) }, warnings: [] };
  if (matched === 0) return unchanged;
  return {
    column,
    warnings: [warning('unlabelled-answer', `\`${stray.slice(0, 40)}\` in column \`${column.name}\` has no code in the codebook, so the column stays text`, { zh: `列 \`${column.name}\` 的回答 \`${stray.slice(0, 40)}\` 在编码本中没有编码，该列保留为文本`, help: 'add the answer to the value labels, or declare it missing', helpZh: '将该回答加入值标签，或声明为缺失' })]
  };
}
