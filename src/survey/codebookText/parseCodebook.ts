import { SurveyError, type SourceText } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { Codebook, Construct, MissingRule, VariableInfo } from '../codebook.js';
import type { ScreeningRules } from '../screeningRules.js';
import { mergeVariable, plainVariable } from '../variableInfo.js';
import { readFilter } from './filter.js';
import { readMissing } from './missing.js';
import { bilingual, CodebookReader, expandRun } from './reader.js';
import { readScreening } from './screening.js';
import { parseTree, type Tree } from './tree.js';
import { LEVELS, readValues, readVariable } from './variable.js';

export const CODEBOOK_KEYS: readonly string[] = ['constructs', 'variables', 'missing', 'reverse', 'range', 'answers', 'levels', 'asked', 'screening', 'labels', 'notes'];
const CONSTRUCT_KEYS: readonly string[] = ['label', 'zh', 'items'];

export interface ParseCodebookOptions {
  /** Shown in messages. */
  readonly name?: string;
  /** Lines above the text's first line, for printed line numbers. */
  readonly lineOffset?: number;
}

/**
 * A codebook from YAML (or JSON):
 *
 * ```yaml
 * constructs:
 *   SAT: [SAT1, SAT2, SAT3]                       # or SAT1..SAT3
 *   REL: {label: Reliability | 可靠性, items: REL1 REL2 REL3 -REL4}   # a minus: reversed
 * variables:
 *   gender: {label: Gender | 性别, level: nominal, values: {1: male | 男, 2: female | 女}}
 *   SAT1: I am satisfied | 我感到满意
 * answers: {1: strongly disagree | 非常不同意, 5: strongly agree | 非常同意}   # of all construct items
 * range: 1-5                                      # of all construct items, or {SAT1: 1-7}
 * missing: [9, 99]                                # of all variables named here, or {all: 9, age: {codes: 999, skipped: 996}}
 * levels: {ordinal: [edu, age]}
 * asked: {Q5..Q7: {Q4: 1}, Q9: Q8 != 3 and age >= 18}   # Q5 to Q7 are put only to those who answered Q4 with 1
 * labels: {INFO: Information content | 信息内容}  # of names that are no columns: latent variables
 * screening: {sent: 500, attention: {ATT: 3}, seconds: time, minSeconds: 60, longString: 10, maxMissing: 0.2}
 * ```
 *
 * @throws SurveyError with all problems and their places
 */
export function parseCodebook(text: string, options: ParseCodebookOptions = {}): Codebook {
  const source: SourceText = { name: options.name ?? 'codebook', text, ...(options.lineOffset === undefined ? {} : { lineOffset: options.lineOffset }) };
  const reader = new CodebookReader();
  const entries = reader.entries(parseTree(source), 'the codebook');
  reader.known(entries, CODEBOOK_KEYS, 'a codebook');
  const part = (key: string): Tree | undefined => entries.find((entry) => entry.key === key)?.value;
  const variables = new Map<string, VariableInfo>();
  const add = (name: string, more: Partial<VariableInfo>): void => {
    variables.set(name, mergeVariable(variables.get(name) ?? plainVariable(name), more));
  };

  const constructs = readConstructs(reader, part('constructs'), add);
  const items = new Set([...constructs.values()].flatMap((construct) => construct.items));
  const answers = part('answers');
  if (answers) {
    const valueLabels = readValues(reader, answers);
    for (const item of items) add(item, { valueLabels });
  }
  const described = part('variables');
  if (described) {
    for (const { key, keySpan, value } of reader.entries(described, '`variables`')) {
      const name = reader.place(String(key), keySpan);
      const { missing, valueLabels, ...info } = readVariable(reader, name, value);
      // Value labels of its own replace the shared answers.
      const own = valueLabels.size > 0 ? { valueLabels } : {};
      const stated = missing.codes.length > 0 || missing.range || missing.strings ? { missing } : {};
      if (valueLabels.size > 0 && variables.has(name)) variables.set(name, { ...(variables.get(name) as VariableInfo), valueLabels: new Map() });
      add(name, { ...info, ...own, ...stated });
    }
  }
  const reverse = part('reverse');
  if (reverse) for (const { name } of reader.names(reverse)) add(name, { reverse: true });
  const levels = part('levels');
  if (levels) {
    const lists = reader.entries(levels, '`levels`');
    reader.known(lists, LEVELS, '`levels`');
    for (const { key, value } of lists) for (const { name } of reader.names(value)) add(name, { level: LEVELS.find((level) => level === key) });
  }
  const asked = part('asked');
  if (asked) {
    for (const { key, keySpan, value } of reader.entries(asked, '`asked`')) {
      const askedWhen = readFilter(reader, value);
      if (!askedWhen) continue;
      for (const name of String(key).split(/[,，、]/).flatMap((part) => expandRun(part.trim()))) add(reader.place(name, keySpan), { askedWhen });
    }
  }
  const allMissing = readShared(reader, part('missing'), isMissingRule, (tree) => readMissing(reader, tree), (name, missing) => add(name, { missing }));
  const allRange = readShared(reader, part('range'), () => false, (tree) => reader.range(tree, '`range`'), (name, range) => add(name, { range }));
  const screening: ScreeningRules | undefined = part('screening') && readScreening(reader, part('screening') as Tree);
  const labels = new Map<string, Bilingual>();
  for (const { key, value } of part('labels') ? reader.entries(part('labels') as Tree, '`labels`') : []) {
    const text = reader.text(value, 'a label');
    if (text !== undefined) labels.set(String(key), bilingual(text));
  }
  const notesTree = part('notes');
  const notes = notesTree ? (notesTree.kind === 'list' ? notesTree.items : [notesTree]).flatMap((note) => reader.text(note, 'a note') ?? []) : [];
  if (reader.problems.length > 0) throw new SurveyError(reader.problems, source);
  return Object.freeze({
    variables,
    constructs,
    notes,
    ...(labels.size > 0 ? { labels } : {}),
    ...(screening ? { screening } : {}),
    ...(allMissing ? { allMissing } : {}),
    ...(allRange ? { allRange } : {}),
    origin: { source, places: reader.places }
  });
}

function readConstructs(reader: CodebookReader, tree: Tree | undefined, add: (name: string, more: Partial<VariableInfo>) => void): ReadonlyMap<string, Construct> {
  const constructs = new Map<string, Construct>();
  for (const { key, keySpan, value } of tree ? reader.entries(tree, '`constructs`') : []) {
    const name = String(key);
    let label: Construct['label'];
    let list: Tree | undefined = value;
    if (value.kind === 'map') {
      reader.known(value.entries, CONSTRUCT_KEYS, `construct \`${name}\``);
      const part = (wanted: string): Tree | undefined => value.entries.find((entry) => entry.key === wanted)?.value;
      const english = part('label');
      const chinese = part('zh');
      if (english) label = reader.label(english, 'a label');
      const zh = chinese && reader.text(chinese, '`zh`');
      if (zh !== undefined) label = { en: label?.en ?? name, zh };
      list = part('items');
      if (!list) reader.problem('codebook-shape', `construct \`${name}\` has no \`items\``, keySpan);
    }
    const items = list ? reader.names(list) : [];
    const seen = new Set<string>();
    for (const item of items) {
      if (seen.has(item.name)) reader.problem('duplicate-item', `\`${item.name}\` stands twice in construct \`${name}\``, item.span);
      seen.add(item.name);
      add(item.name, item.reverse ? { reverse: true } : {});
    }
    constructs.set(name, Object.freeze({ name, items: [...seen], ...(label ? { label } : {}) }));
  }
  return constructs;
}

function isMissingRule(tree: Tree): boolean {
  return tree.kind === 'map' && tree.entries.some(({ key }) => key === 'codes' || key === 'range' || key === 'skipped');
}

/** A value for all, or a map of names (and `all`) to values. */
function readShared<Value extends MissingRule | { min: number; max: number }>(
  reader: CodebookReader,
  tree: Tree | undefined,
  isValue: (tree: Tree) => boolean,
  read: (tree: Tree) => Value | undefined,
  add: (name: string, value: Value) => void
): Value | undefined {
  if (!tree) return undefined;
  if (tree.kind !== 'map' || isValue(tree)) return read(tree);
  let all: Value | undefined;
  for (const { key, keySpan, value: valueTree } of tree.entries) {
    const value = read(valueTree);
    if (value === undefined) continue;
    if (key === 'all') {
      all = value;
      continue;
    }
    add(reader.place(String(key), keySpan), value);
  }
  return all;
}
