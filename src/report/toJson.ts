import type { Json } from '../shared/mimeBundle.js';

function isObject(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A copy that JSON can hold: NaN and infinities become null, typed arrays lists, maps pairs; deeper than 64 becomes text. */
export function toJson(value: unknown, depth = 0): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return value.toString();
  if (!isObject(value)) return null;
  if (depth > 64) return '…';
  if (Array.isArray(value)) return value.map((inner) => toJson(inner, depth + 1));
  if (ArrayBuffer.isView(value)) return value instanceof DataView ? null : Array.from(value as unknown as Float64Array, (inner) => toJson(inner, depth + 1));
  if (value instanceof Map || value instanceof Set) return [...value].map((inner) => toJson(inner, depth + 1));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined && typeof inner !== 'function')
      .map(([key, inner]) => [key, toJson(inner, depth + 1)])
  );
}
