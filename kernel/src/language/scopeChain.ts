import type { ScopeRecord } from './scopeRecords.js';

/**
 * What earlier cells declared, oldest layer first. A name is looked up from the
 * newest layer to the oldest, so a redeclared name is hidden by order alone and
 * an older declaration keeps the types that it was made with. Neighbouring
 * layers are merged when the older is not much larger, as in a log-structured
 * merge tree: the compiler re-reads little text for each cell, however many
 * variables there are. A chain is a value: adding makes a new one.
 */
export interface ScopeLayer {
  readonly records: readonly ScopeRecord[];
  readonly text: string;
  /** `ts` where the declarations could not be written and the cell's own source stands in. */
  readonly kind: 'd.ts' | 'ts';
}

/** Two layers are merged when the older is at most this many times as long as the newer. */
const MERGE_RATIO = 3;
/** A layer longer than this stays as it is, so that it is parsed once. */
const LONGEST_MERGED_LAYER = 500_000;

const joined = (records: readonly ScopeRecord[]): string => records.map((record) => record.text).join('\n');

export class ScopeChain {
  readonly layers: readonly ScopeLayer[];

  constructor(layers: readonly ScopeLayer[] = []) {
    this.layers = layers;
  }

  /** Every name that can be seen, newest last. */
  names(): Set<string> {
    const names = new Set<string>();
    for (const layer of this.layers) for (const record of layer.records) if (record.name !== '') names.add(record.name);
    return names;
  }

  /** What a name was declared as last. */
  newest(name: string): ScopeRecord | undefined {
    for (let at = this.layers.length - 1; at >= 0; at--) {
      const found = this.layers[at].records.find((record) => record.name === name);
      if (found) return found;
    }
    return undefined;
  }

  /** The scope with declarations that a cell added. */
  append(records: readonly ScopeRecord[]): ScopeChain {
    return records.length === 0 ? this : new ScopeChain(compacted([...this.layers, { records, text: joined(records), kind: 'd.ts' }]));
  }

  /** A cell whose types cannot be written down: its source is kept, its types are inferred when used. */
  appendSource(source: string, names: readonly string[]): ScopeChain {
    return new ScopeChain(compacted([...this.layers, sourceLayer(source, names)]));
  }

  /** Without augmentations that a cell is about to make again. */
  withoutAugmentations(names: readonly string[]): ScopeChain {
    const wanted = new Set(names);
    return new ScopeChain(
      this.layers.map((layer) => {
        const kept = layer.records.filter((record) => !record.augments?.some((name) => wanted.has(name)));
        return kept.length === layer.records.length || layer.kind === 'ts' ? layer : { ...layer, records: kept, text: joined(kept) };
      })
    );
  }
}

/** A layer that is a cell's own text; whatever word occurs in it may be needed. */
export function sourceLayer(source: string, names: readonly string[]): ScopeLayer {
  const mentions = new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu));
  return { records: names.map((name) => ({ name, text: '', value: true, type: true, mentions })), text: source, kind: 'ts' };
}

function compacted(start: readonly ScopeLayer[]): readonly ScopeLayer[] {
  const layers = [...start];
  for (let at = layers.length - 2; at >= 0; at--) {
    const older = layers[at];
    const newer = layers[at + 1];
    if (older.text.length > MERGE_RATIO * newer.text.length + 200 && !collides(older, newer)) continue;
    if (merge(layers, at)) at = Math.min(at + 1, layers.length - 1);
  }
  return layers;
}

/** Names declared twice ask for a look at what is still needed, whatever the sizes. */
function collides(older: ScopeLayer, newer: ScopeLayer): boolean {
  if (older.records.length > 50) return false;
  const names = new Set(newer.records.map((record) => record.name));
  return older.records.some((record) => record.name !== '' && names.has(record.name));
}

/** Makes one layer of two, if that keeps what names mean. */
function merge(layers: ScopeLayer[], at: number): boolean {
  let older = layers[at];
  let newer = layers[at + 1];
  if (!canMerge(older, newer)) {
    const live = liveRecords(layers);
    const sweep = (layer: ScopeLayer): ScopeLayer => {
      const kept = layer.records.filter((record) => live.has(record));
      if (layer.kind === 'ts') return kept.length === 0 ? { records: [], text: '', kind: 'd.ts' } : layer;
      return kept.length === layer.records.length ? layer : { ...layer, records: kept, text: joined(kept) };
    };
    older = sweep(older);
    newer = sweep(newer);
    if (older.records.length === 0) {
      layers.splice(at, 2, newer);
      return true;
    }
    if (!canMerge(older, newer)) return false;
  }
  layers.splice(at, 2, { records: [...older.records, ...newer.records], text: `${older.text}\n${newer.text}`, kind: 'd.ts' });
  return true;
}

/** Records that a name, or a record that is itself needed, still reaches. */
function liveRecords(layers: readonly ScopeLayer[]): Set<ScopeRecord> {
  const live = new Set<ScopeRecord>();
  const pending: (readonly [ScopeRecord, number])[] = [];
  const mark = (record: ScopeRecord, layer: number): void => {
    if (live.has(record)) return;
    live.add(record);
    pending.push([record, layer]);
  };
  const declared = new Map<string, (readonly [ScopeRecord, number])[]>();
  layers.forEach((layer, index) => {
    for (const record of layer.records) {
      if (record.name === '') mark(record, index);
      else declared.set(record.name, [...(declared.get(record.name) ?? []), [record, index]]);
    }
  });
  const reach = (name: string, from: number): void => {
    let value = false;
    let type = false;
    const all = declared.get(name) ?? [];
    for (let i = all.length - 1; i >= 0 && !(value && type); i--) {
      const [record, index] = all[i];
      if (index > from || !((record.value && !value) || (record.type && !type))) continue;
      mark(record, index);
      value ||= record.value;
      type ||= record.type;
    }
  };
  for (const name of declared.keys()) reach(name, layers.length);
  for (let next = pending.pop(); next; next = pending.pop()) for (const name of next[0].mentions) reach(name, next[1]);
  return live;
}

/** One file can hold both layers when no name occurs twice and no older declaration would change its meaning. */
function canMerge(older: ScopeLayer, newer: ScopeLayer): boolean {
  if (older.kind === 'ts' || newer.kind === 'ts' || older.text.length + newer.text.length > LONGEST_MERGED_LAYER) return false;
  const names = new Set(newer.records.map((record) => record.name).filter((name) => name !== ''));
  return !older.records.some((record) => (record.name !== '' && names.has(record.name)) || mentionsAny(record, names));
}

function mentionsAny(record: ScopeRecord, names: ReadonlySet<string>): boolean {
  for (const name of record.mentions) if (names.has(name)) return true;
  return false;
}
