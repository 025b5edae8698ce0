/** Depth, list length and text length up to which a plain value is written out. */
const DEEPEST = 4;
const MOST_ELEMENTS = 100;
const LONGEST_LINE = 76;
const LONGEST_TEXT = 10_000;

function quoted(text: string): string {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}… ${text.length - LONGEST_TEXT} more characters` : text;
  return `'${shown.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t')}'`;
}

function join(open: string, parts: readonly string[], close: string, indent: string): string {
  if (parts.length === 0) return open + close;
  const flat = `${open} ${parts.join(', ')} ${close}`;
  if (flat.length + indent.length <= LONGEST_LINE && !parts.some((part) => part.includes('\n'))) return flat;
  const inner = `${indent}  `;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

function constructorName(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return '[Object: null prototype]';
  const made: unknown = (prototype as { constructor?: unknown }).constructor;
  return typeof made === 'function' ? made.name : '';
}

function keyText(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function elements(list: ArrayLike<unknown>, write: (value: unknown) => string): string[] {
  const parts: string[] = [];
  for (let i = 0; i < Math.min(list.length, MOST_ELEMENTS); i++) parts.push(write(list[i]));
  if (list.length > MOST_ELEMENTS) parts.push(`… ${list.length - MOST_ELEMENTS} more`);
  return parts;
}

function inspectObject(value: object, depth: number, indent: string, open: readonly object[]): string {
  if (open.includes(value)) return '[Circular]';
  const name = constructorName(value);
  const trail = [...open, value];
  const write = (inner: unknown): string => inspectAt(inner, depth + 1, `${indent}  `, trail);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Error) return value.stack ?? String(value);
  if (typeof value === 'function') return `[Function: ${(value as { name: string }).name || 'anonymous'}]`;
  if (value instanceof Promise) return 'Promise { … }';
  if (depth > DEEPEST) return Array.isArray(value) ? '[Array]' : `[${name || 'Object'}]`;
  if (Array.isArray(value)) return join('[', elements(value, write), ']', indent);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return join(`${name}(${(value as Float64Array).length}) [`, elements(value as Float64Array, write), ']', indent);
  if (value instanceof Map) {
    const parts = [...value].slice(0, MOST_ELEMENTS).map(([key, inner]) => `${write(key)} => ${write(inner)}`);
    if (value.size > MOST_ELEMENTS) parts.push(`… ${value.size - MOST_ELEMENTS} more`);
    return join(`Map(${value.size}) {`, parts, '}', indent);
  }
  if (value instanceof Set) return join(`Set(${value.size}) {`, elements([...value].slice(0, MOST_ELEMENTS + 1), write), '}', indent);
  const keys = Object.keys(value);
  const parts = keys.slice(0, MOST_ELEMENTS).map((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return `${keyText(key)}: ${property && property.get ? '[Getter]' : write(property?.value)}`;
  });
  if (keys.length > MOST_ELEMENTS) parts.push(`… ${keys.length - MOST_ELEMENTS} more`);
  return join(name === '' || name === 'Object' ? '{' : `${name} {`, parts, '}', indent);
}

function inspectAt(value: unknown, depth: number, indent: string, open: readonly object[]): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'function':
    case 'object':
      return value === null ? 'null' : inspectObject(value, depth, indent, open);
    default:
      return String(value);
  }
}

/**
 * A value as a person reads it: bounded in depth and length, safe for cycles
 * and getters (none is called). A text at the top is written without quotes.
 */
export function inspectValue(value: unknown): string {
  return typeof value === 'string' ? value : inspectAt(value, 0, '', []);
}
