import type { MissingRule } from '../codebook.js';
import { withSkipped } from '../variableInfo.js';
import type { CodebookReader } from './reader.js';
import type { Tree } from './tree.js';

const NOTHING: MissingRule = { codes: [] };

/** `9`, `[9, 99]`, `90-99`, `[8, 90-99]`, `{codes: [8], range: [90, 99], skipped: [6]}`, words for columns of text; `skipped` are codes of questions that were not put. */
export function readMissing(reader: CodebookReader, tree: Tree): MissingRule {
  if (tree.kind === 'map') {
    reader.known(tree.entries, ['codes', 'range', 'skipped'], 'a missing rule');
    let rule = NOTHING;
    let skipped: readonly (number | string)[] = [];
    for (const { key, value } of tree.entries) {
      if (key === 'codes') rule = { ...rule, ...readMissing(reader, value) };
      if (key === 'range') {
        const range = reader.range(value, 'the range of missing codes');
        if (range) rule = { ...rule, range: { low: range.min, high: range.max } };
      }
      if (key === 'skipped') skipped = reader.answers(value, '`skipped`');
    }
    return skipped.length > 0 ? withSkipped(rule, skipped) : rule;
  }
  const codes: number[] = [];
  const strings: string[] = [];
  let range: { low: number; high: number } | undefined;
  for (const item of tree.kind === 'list' ? tree.items : [tree]) {
    if (item.kind === 'value' && typeof item.value === 'number') {
      codes.push(item.value);
      continue;
    }
    if (item.kind === 'value' && typeof item.value === 'string') {
      const match = /^\s*(-?\d+(?:\.\d+)?|-inf)\s*(?:\.\.|-|–|~)\s*(-?\d+(?:\.\d+)?|inf)\s*$/.exec(item.value);
      if (!match) {
        strings.push(item.value);
        continue;
      }
      if (range) reader.problem('codebook-shape', 'a variable can have only one range of missing codes', item.span);
      range = { low: match[1] === '-inf' ? -Infinity : Number(match[1]), high: match[2] === 'inf' ? Infinity : Number(match[2]) };
      continue;
    }
    reader.problem('codebook-shape', 'missing codes must be numbers, words or a range such as `90-99`', item.span);
  }
  return { codes, ...(range ? { range } : {}), ...(strings.length > 0 ? { strings } : {}) };
}
