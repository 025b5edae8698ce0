import { inspect } from 'node:util';
import type { Json, MimeBundle } from '../../../src/shared/mimeBundle.js';

const DISPLAY = Symbol.for('Jupyter.display');

/** A bundle as it goes over the wire. */
export interface WireBundle {
  readonly data: { readonly [mimeType: string]: Json };
  readonly metadata: { readonly [mimeType: string]: Json };
}

/** Makes the rich form of a value that is not plain. */
export type RichForm = (value: unknown) => Promise<MimeBundle>;

/** Lists and objects are shown to this depth and length. */
const INSPECT = { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80 } as const;

export function plainText(value: unknown): string {
  return inspect(value, INSPECT);
}

const isMimeKey = (key: string): boolean => /^[\w.+-]+\/[\w.+-]+$/.test(key);

/** `{ 'text/html': … }` or `{ data: { 'text/html': … } }`, as people hand them to `display`. */
function asMimeData(value: object): { data: Record<string, unknown>; metadata?: Record<string, unknown> } | undefined {
  const inner = value as { data?: unknown; metadata?: unknown };
  const isData = (data: unknown): data is Record<string, unknown> => typeof data === 'object' && data !== null && !Array.isArray(data) && Object.keys(data).length > 0 && Object.keys(data).every(isMimeKey);
  if (isData(inner.data) && Object.keys(value).every((key) => key === 'data' || key === 'metadata')) return { data: inner.data, metadata: inner.metadata as Record<string, unknown> | undefined };
  return isData(value) ? { data: value } : undefined;
}

/** Only what JSON can hold crosses the wire; bytes become base64. */
function wireValue(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner instanceof Map ? Object.fromEntries(inner) : inner instanceof Set ? [...inner] : ArrayBuffer.isView(inner) && !(inner instanceof DataView) ? Array.from(inner as unknown as number[]) : inner)) ?? 'null') as Json;
}

function complete(data: Record<string, unknown>, metadata: Record<string, unknown> | undefined): WireBundle {
  const safe = Object.fromEntries(Object.entries(data).filter(([, part]) => part !== undefined).map(([type, part]) => [type, wireValue(part)]));
  if (typeof safe['text/plain'] !== 'string') safe['text/plain'] = typeof data['text/markdown'] === 'string' ? data['text/markdown'] : `[${Object.keys(safe)[0] ?? 'nothing'}]`;
  return { data: safe, metadata: (metadata ? wireValue(metadata) : {}) as WireBundle['metadata'] };
}

/** What is known of a value before its rich form is asked for: the wire form, or the object to ask. */
function ownForm(value: unknown): WireBundle | Promise<WireBundle> | undefined {
  if (typeof value === 'string') return { data: { 'text/plain': inspect(value, { ...INSPECT, breakLength: Infinity, maxStringLength: Infinity }) }, metadata: {} };
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return { data: { 'text/plain': plainText(value) }, metadata: {} };
  const own = (value as Record<symbol, unknown>)[DISPLAY];
  if (typeof own === 'function') {
    const finish = (made: unknown): WireBundle => {
      const mime = typeof made === 'object' && made !== null ? asMimeData(made) : undefined;
      return mime ? complete(mime.data, mime.metadata) : { data: { 'text/plain': plainText(value) }, metadata: {} };
    };
    const made: unknown = (own as () => unknown).call(value);
    return made instanceof Promise ? made.then(finish) : finish(made);
  }
  if (typeof value === 'function') return { data: { 'text/plain': plainText(value) }, metadata: {} };
  const mime = asMimeData(value);
  if (mime) return complete(mime.data, mime.metadata);
  return isPlain(value) ? { data: { 'text/plain': plainText(value) }, metadata: {} } : undefined;
}

function richOrText(value: unknown, bundle: MimeBundle): WireBundle {
  if (Object.keys(bundle.data).length > 1 || isTold(value as object)) return complete(bundle.data as Record<string, unknown>, bundle.metadata as Record<string, unknown> | undefined);
  return { data: { 'text/plain': plainText(value) }, metadata: {} };
}

const failed = (value: unknown, error: unknown): WireBundle => ({ data: { 'text/plain': `${safeInspect(value)}\n(could not be shown: ${String(error)})` }, metadata: {} });

/**
 * The MIME bundle of any value: its own `Symbol.for('Jupyter.display')`, a MIME
 * bundle as given, the library's rich form, or text. Never throws: what a value
 * does wrong while it is shown becomes part of the text.
 */
export async function displayBundle(value: unknown, rich: RichForm): Promise<WireBundle> {
  try {
    return (await ownForm(value)) ?? richOrText(value, await rich(value));
  } catch (error) {
    return failed(value, error);
  }
}

/** As far as it is known at once; `later` is there when a better form will come. */
export function displayBundleNow(value: unknown, rich: (value: unknown) => MimeBundle): { readonly bundle: WireBundle; readonly later?: Promise<WireBundle> } {
  try {
    const own = ownForm(value);
    if (own instanceof Promise) return { bundle: { data: { 'text/plain': '…' }, metadata: {} }, later: own.catch((error) => failed(value, error)) };
    return { bundle: own ?? richOrText(value, rich(value)) };
  } catch (error) {
    return { bundle: failed(value, error) };
  }
}

function safeInspect(value: unknown): string {
  try {
    return inspect(value, { depth: 0, customInspect: false, getters: false });
  } catch {
    return '[object]';
  }
}

/** Values whose text the library words better than `inspect`: its own errors and diagnostics. */
function isTold(value: object): boolean {
  return 'severity' in value || 'diagnostics' in value || 'kind' in value;
}

/** Lists of numbers and words need no look at what they could be. */
function isPlain(value: object): boolean {
  return ArrayBuffer.isView(value) || (Array.isArray(value) && (value.length === 0 || typeof value[0] !== 'object'));
}
