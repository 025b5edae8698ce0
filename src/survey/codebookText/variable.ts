import type { Bilingual } from '../../shared/table.js';
import type { MeasurementLevel, VariableInfo } from '../codebook.js';
import { plainVariable } from '../variableInfo.js';
import { readFilter } from './filter.js';
import { readMissing } from './missing.js';
import type { CodebookReader } from './reader.js';
import type { Tree } from './tree.js';

export const LEVELS: readonly MeasurementLevel[] = ['nominal', 'ordinal', 'scale'];
const KEYS: readonly string[] = ['label', 'zh', 'level', 'values', 'missing', 'range', 'reverse', 'asked'];

/** `1: male | 男` pairs. */
export function readValues(reader: CodebookReader, tree: Tree): ReadonlyMap<number | string, Bilingual> {
  const labels = new Map<number | string, Bilingual>();
  for (const { key, value } of reader.entries(tree, 'value labels')) {
    const label = reader.label(value, `the label of answer \`${key}\``);
    if (label) labels.set(key, label);
  }
  return labels;
}

/** One entry of `variables:`: a label alone, or a map of what is known. */
export function readVariable(reader: CodebookReader, name: string, tree: Tree): VariableInfo {
  let info = plainVariable(name);
  if (tree.kind !== 'map') {
    const label = tree.kind === 'value' && tree.value === null ? undefined : reader.label(tree, `the label of \`${name}\``);
    return label ? { ...info, label } : info;
  }
  reader.known(tree.entries, KEYS, `variable \`${name}\``);
  let label: Bilingual | undefined;
  for (const { key, value } of tree.entries) {
    switch (key) {
      case 'label':
        label = { ...label, ...(reader.label(value, 'a label') ?? { en: name }) };
        break;
      case 'zh': {
        const zh = reader.text(value, '`zh`');
        if (zh !== undefined) label = { en: label?.en ?? zh, zh };
        break;
      }
      case 'level': {
        const level = reader.text(value, '`level`') as MeasurementLevel | undefined;
        if (level !== undefined && LEVELS.includes(level)) info = { ...info, level };
        else reader.problem('codebook-shape', `\`${String(level)}\` is not a measurement level`, value.span, `use one of ${LEVELS.join(', ')}`);
        break;
      }
      case 'values':
        info = { ...info, valueLabels: readValues(reader, value) };
        break;
      case 'missing':
        info = { ...info, missing: readMissing(reader, value) };
        break;
      case 'range': {
        const range = reader.range(value, '`range`');
        if (range) info = { ...info, range };
        break;
      }
      case 'reverse': {
        const reverse = reader.flag(value, '`reverse`');
        if (reverse !== undefined) info = { ...info, reverse };
        break;
      }
      case 'asked': {
        const asked = readFilter(reader, value);
        if (asked) info = { ...info, askedWhen: asked };
        break;
      }
    }
  }
  return label ? { ...info, label } : info;
}
