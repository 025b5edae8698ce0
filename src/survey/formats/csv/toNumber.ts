const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** NaN for a missing token, undefined for a word; integers past 2^53 are identifiers, not numbers. */
export function toNumber(text: string, decimal: number, missing: ReadonlySet<string>): number | undefined {
  if (text === '' || missing.has(text)) return NaN;
  const pointed = decimal === 44 ? text.replace(',', '.') : text;
  if (!NUMBER.test(pointed) || (decimal === 44 && text.includes('.'))) return undefined;
  const value = Number(pointed);
  if (!Number.isFinite(value)) return undefined;
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && /^[-+]?\d+$/.test(pointed)) return undefined;
  return value;
}
