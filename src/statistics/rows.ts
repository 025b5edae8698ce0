import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import { mapPacked } from '../shared/packedArray.js';

/** What a data set must offer to be analysed; a `Survey` does. Screened rows are already gone. */
export interface RowSource {
  readonly name: string;
  readonly validCount: number;
  names(): readonly string[];
  has(name: string): boolean;
  numeric(name: string): Float64Array;
  labels(name: string): readonly (string | null)[];
}

/** The rows of one group, row-major; missing cells are NaN. */
export interface GroupRows {
  readonly label: string;
  readonly n: number;
  /** n × p. */
  readonly values: Float64Array;
  /** Index of each row among the valid rows of the source. */
  readonly index: Int32Array;
  /** Sampling weights of the rows, scaled to sum to the number of all used rows. */
  readonly weights?: Float64Array;
  /** Cluster number (0-based) of each row. */
  readonly cluster?: Int32Array;
}

/** Rows of a group, each counted as its weight. */
export function weightedCount({ n, weights }: Pick<GroupRows, 'n' | 'weights'>): number {
  return weights ? weights.reduce((sum, weight) => sum + weight, 0) : n;
}

export interface SampleRows {
  /** Columns of each group's values. */
  readonly names: readonly (readonly string[])[];
  readonly groups: readonly GroupRows[];
  readonly used: number;
  readonly total: number;
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  readonly clusterCount: number;
}

/** What one group is asked for. */
export interface GroupNames {
  readonly names: readonly string[];
  /** Names that must be answered even under `available`. */
  readonly required: readonly string[];
}

export interface RowOptions {
  /**
   * `listwise` keeps rows without any missing cell; `available` keeps rows
   * with at least one answer among all names and none missing among
   * `required`.
   */
  readonly missing?: 'listwise' | 'available';
  /** Names that must be answered even under `available`. */
  readonly required?: readonly string[];
  /** Names of which one at least must be answered under `available`; all when absent. */
  readonly answering?: readonly string[];
  readonly group?: string;
  /** Groups to keep, in this order; all in order of first appearance when absent. */
  readonly groupLabels?: readonly string[];
  /** By label, where groups have different names (`names` then holds all of them): a row is judged by those of its group. */
  readonly groupNames?: ReadonlyMap<string, GroupNames>;
  readonly weights?: string;
  readonly cluster?: string;
}

/** Columns of one group; and for every column 1 where it is asked, must be answered, or is one of those of which one must. */
interface Places {
  readonly columns: readonly number[];
  readonly asked: Uint8Array;
  readonly needed: Uint8Array;
  readonly answering: Uint8Array;
}

/** Collects the rows of the named numeric columns, by group, and says which were dropped and why. */
export function sampleRows(source: RowSource, names: readonly string[], options: RowOptions = {}): SampleRows {
  const total = source.validCount;
  const columns = mapPacked(names, (name) => source.numeric(name));
  const placesOf = (own: GroupNames): Places => {
    const required = new Set(options.missing === 'available' ? own.required : own.names);
    const of = (has: (name: string) => boolean): Uint8Array => Uint8Array.from(names, (name) => (has(name) ? 1 : 0));
    const asked = new Set(own.names);
    return { columns: mapPacked(own.names, (name) => names.indexOf(name)), asked: of((name) => asked.has(name)), needed: of((name) => required.has(name)), answering: of((name) => options.answering?.includes(name) ?? true) };
  };
  const every = placesOf({ names, required: options.required ?? [] });
  const ofGroup = new Map([...(options.groupNames ?? [])].map(([label, own]) => [label, placesOf(own)]));
  const places = (label: string | null): Places => (label === null ? every : (ofGroup.get(label) ?? every));
  const groups = options.group === undefined ? undefined : source.labels(options.group);
  const weights = options.weights === undefined ? undefined : source.numeric(options.weights);
  const clusters = options.cluster === undefined ? undefined : source.labels(options.cluster);

  const negative = weights ? weights.findIndex((weight) => weight < 0) : -1;
  if (weights && negative >= 0) fail('invalid-weight', `the weight \`${options.weights}\` is negative in row ${negative + 1}: ${weights[negative]}`, { help: 'a row that is not to count has weight 0 or none' });

  const keep = new Uint8Array(total);
  const dropped = new Map<string, number>();
  const drop = (reason: string): void => void dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
  const own = groups && ofGroup.size > 0 ? groups.map(places) : null;
  const answered = new Uint8Array(total);
  const lacking = new Uint8Array(total);
  for (let j = 0; j < columns.length; j++) {
    if (own) noteAnswersOfGroups(columns[j], j, own, answered, lacking);
    else noteAnswers(columns[j], every.needed[j], every.answering[j], answered, lacking);
  }
  for (let i = 0; i < total; i++) {
    if (lacking[i] === 1) drop(options.missing === 'available' ? 'missing exogenous variable' : 'missing value');
    else if (answered[i] === 0 && (own ? own[i] : every).columns.length > 0) drop('no answer at all');
    else if (groups && groups[i] === null) drop('missing group');
    else if (groups && options.groupLabels && !options.groupLabels.includes(groups[i] as string)) drop('group not analysed');
    else if (weights && !(weights[i] > 0)) drop('missing, zero or negative weight');
    else if (clusters && clusters[i] === null) drop('missing cluster');
    else keep[i] = 1;
  }

  const order: string[] = options.groupLabels ? [...options.groupLabels] : [];
  const members = new Map<string, number[]>(order.map((label) => [label, []]));
  const clusterNumbers = new Map<string, number>();
  let used = 0;
  let weightSum = 0;
  let last: string | null | undefined;
  let list: number[] | undefined;
  for (let i = 0; i < total; i++) {
    const label = groups ? groups[i] : '';
    if (groups && label !== null && !options.groupLabels && !members.has(label)) {
      order.push(label);
      members.set(label, []);
    }
    if (!keep[i]) continue;
    if (!groups && !members.has('')) {
      order.push('');
      members.set('', []);
    }
    // rows of a group mostly come together
    if (label !== last) {
      last = label;
      list = members.get(label as string);
    }
    list?.push(i);
    used++;
    if (weights) weightSum += weights[i];
    if (clusters && !clusterNumbers.has(clusters[i] as string)) clusterNumbers.set(clusters[i] as string, clusterNumbers.size);
  }
  const empty = used > 0 ? [] : names.filter((_, j) => total > 0 && columns[j].every(Number.isNaN));
  const [[reason, most] = ['', 0]] = [...dropped].sort((a, b) => b[1] - a[1]);
  if (used === 0 && total > 0 && most === total && reason !== 'missing value') fail('no-rows', `no row of \`${source.name}\` can be used: all ${total} have a ${reason}`, { help: 'look at how that column was read' });
  if (used === 0) fail('no-rows', `no row of \`${source.name}\` is complete on ${names.length} variables${empty.length > 0 ? `: ${empty.map((name) => `\`${name}\``).join(', ')} without any answer` : ''}`, { help: 'look at the missing values, or use missing = "ml"' });
  for (const label of order) if (members.get(label)?.length === 0) emptyGroup(label, options.group ?? '', groups ?? [], places(label).columns.map((j) => names[j]), places(label).columns.map((j) => columns[j]));

  const result = mapPacked(order, (label): GroupRows => {
    const rows = members.get(label) ?? [];
    const n = rows.length;
    const index = new Int32Array(n);
    for (let i = 0; i < n; i++) index[i] = rows[i];
    const own = places(label).columns;
    const p = own.length;
    const values = new Float64Array(n * p);
    for (let j = 0; j < p; j++) gather(columns[own[j]], index, values, j, p);
    if (!weights && !clusters) return { label, n, values, index };
    return {
      label, n, values, index,
      ...(weights ? { weights: Float64Array.from(index, (i) => (weights[i] * used) / weightSum) } : {}),
      ...(clusters ? { cluster: Int32Array.from(index, (i) => clusterNumbers.get(clusters[i] as string) ?? 0) } : {})
    };
  });
  return {
    names: order.map((label) => options.groupNames?.get(label)?.names ?? names), groups: result, used, total, clusterCount: clusterNumbers.size,
    dropped: [...dropped].map(([reason, count]) => ({ reason, count }))
  };
}

/** Marks the rows that a column answers, if its answers count, and those that lack one they need. */
function noteAnswers(column: Float64Array, lack: number, mark: number, answered: Uint8Array, lacking: Uint8Array): void {
  for (let i = 0; i < answered.length; i++) {
    if (Number.isNaN(column[i])) lacking[i] |= lack;
    else answered[i] |= mark;
  }
}

/** The same where each row has the places of its group. */
function noteAnswersOfGroups(column: Float64Array, j: number, places: readonly Places[], answered: Uint8Array, lacking: Uint8Array): void {
  for (let i = 0; i < answered.length; i++) {
    const { asked, needed, answering } = places[i];
    if (asked[j] === 0) continue;
    if (Number.isNaN(column[i])) lacking[i] |= needed[j];
    else answered[i] |= answering[j];
  }
}

/** The chosen rows of a column as column j of a row-major matrix. */
function gather(column: Float64Array, index: Int32Array, values: Float64Array, j: number, p: number): void {
  for (let i = 0, at = j; i < index.length; i++, at += p) values[at] = column[index[i]];
}

/** Says why a group has no rows: no such group, a variable that nobody in it answers, or missing values all over. */
function emptyGroup(label: string, variable: string, groups: readonly (string | null)[], names: readonly string[], columns: readonly Float64Array[]): never {
  const found = [...new Set(groups)].filter((each): each is string => each !== null);
  if (!found.includes(label)) fail('unknown-group', `\`${label}\` is not a group of \`${variable}\``, { help: didYouMean(label, found) ?? `groups are ${found.slice(0, 12).join(', ')}` });
  const unanswered = names.filter((_, j) => groups.every((each, i) => each !== label || Number.isNaN(columns[j][i])));
  return fail('empty-group', `group \`${label}\` of \`${variable}\` has no usable row${unanswered.length > 0 ? `: nobody in it answers ${unanswered.map((name) => `\`${name}\``).join(', ')}` : ''}`, {
    help: unanswered.length > 0 ? `leave ${unanswered.length === 1 ? 'this variable' : 'these variables'} or the group out` : 'leave the group out, or allow for missing values with `missing: "ml"`'
  });
}
