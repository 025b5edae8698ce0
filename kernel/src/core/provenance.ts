import type { Json } from '../../../src/shared/mimeBundle.js';
import { SEMLAB_VERSION } from '../version.js';

/** Where numbers come from: data files by the name of their survey, and seeds of random draws. */
interface Origin {
  readonly data: ReadonlyMap<string, string>;
  readonly seeds: ReadonlySet<number>;
}

const WORDS = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/**
 * Remembers which data and seeds the notebook's values were made from, so that an
 * output can say so and `semlab check` can compare it first. A value comes from
 * what the cell that declared it mentions, and from what those values came from.
 */
export class Provenance {
  readonly #origins = new WeakMap<object, Origin>();

  /** What a cell's outputs are made from, as its text and the scope tell. */
  ofCell(code: string, scope: Readonly<Record<string, unknown>>, values: readonly unknown[] = []): Origin {
    const data = new Map<string, string>();
    const seeds = new Set<number>();
    const names = new Set(code.match(WORDS));
    for (const value of [...[...names].filter((name) => Object.hasOwn(scope, name)).map((name) => scope[name]), ...values]) {
      if (!isObject(value)) continue;
      const known = this.#origins.get(value);
      for (const [name, hash] of known?.data ?? []) data.set(name, hash);
      for (const seed of [...(known?.seeds ?? []), ...seedsOf(value)]) seeds.add(seed);
      const file = dataFile(value);
      if (file) data.set(...file);
    }
    return { data, seeds };
  }

  /** Values that a cell declared. */
  made(values: readonly unknown[], origin: Origin): void {
    for (const value of values) if (isObject(value) && !this.#origins.has(value)) this.#origins.set(value, origin);
  }
}

/** As it stands in the metadata of an output: version, SHA-256 of each data file, seeds. */
export function originMetadata({ data, seeds }: Origin): Json {
  return { version: SEMLAB_VERSION, ...(data.size > 0 ? { data: Object.fromEntries(data) } : {}), ...(seeds.size > 0 ? { seeds: [...seeds].sort((a, b) => a - b) } : {}) };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Name and SHA-256 of the file behind a survey. */
function dataFile(value: object): readonly [name: string, sha256: string] | undefined {
  const { source, name } = value as { source?: { sha256?: unknown; name?: unknown }; name?: unknown };
  return isObject(source) && typeof source.sha256 === 'string' ? [String(source.name ?? name), source.sha256] : undefined;
}

/** Seeds that a result says it used: its own, or that of its options. */
function seedsOf(value: object): number[] {
  const { seed, options } = value as { seed?: unknown; options?: { seed?: unknown } };
  return [seed, isObject(options) ? options.seed : undefined].filter((one): one is number => typeof one === 'number');
}
