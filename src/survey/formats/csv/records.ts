/** A few records as text, and where the next one starts. */
export interface Records {
  readonly records: readonly (readonly string[])[];
  /** Byte offset after record i. */
  readonly ends: readonly number[];
  /** Lines of the file used up to the end of record i. */
  readonly lines: readonly number[];
}

/** One record longer than this is not a header: the scan stops so that a stray quote costs no memory. */
const LONGEST_RECORD = 1 << 26;

/** The first `count` records from byte `start`: the slow, simple reader for headers and samples. */
export function readRecords(bytes: Uint8Array, start: number, delimiter: number, count: number): Records {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const records: string[][] = [];
  const ends: number[] = [];
  const lines: number[] = [];
  let p = start;
  let line = 0;
  while (p < bytes.length && records.length < count) {
    const record: string[] = [];
    const limit = Math.min(bytes.length, p + LONGEST_RECORD);
    for (;;) {
      let text: string;
      if (bytes[p] === 34) {
        let q = ++p;
        text = '';
        for (;;) {
          while (q < limit && bytes[q] !== 34) {
            if (bytes[q] === 10) line++;
            q++;
          }
          text += decoder.decode(bytes.subarray(p, q));
          if (bytes[q + 1] !== 34 || q >= limit) break;
          text += '"';
          q += 2;
          p = q;
        }
        p = Math.min(q + 1, limit);
      } else text = '';
      let q = p;
      while (q < limit && bytes[q] !== delimiter && bytes[q] !== 10 && bytes[q] !== 13) q++;
      if (q > p) text += decoder.decode(bytes.subarray(p, q));
      record.push(text);
      p = q;
      if (p >= limit) break;
      if (bytes[p] === delimiter) {
        p++;
        if (p < limit) continue;
        record.push('');
        break;
      }
      if (bytes[p] === 13 && bytes[p + 1] === 10) p++;
      p++;
      line++;
      break;
    }
    records.push(record);
    ends.push(p);
    lines.push(line);
  }
  return { records, ends, lines };
}

/** How many fields the first `count` records have; empty records do not count. */
export function fieldCounts(bytes: Uint8Array, delimiter: number, count: number): readonly number[] {
  const counts: number[] = [];
  const limit = Math.min(bytes.length, LONGEST_RECORD);
  let p = 0;
  for (let seen = 0; p < limit && seen < count; seen++) {
    const start = p;
    let fields = 1;
    for (; p < limit && bytes[p] !== 10 && bytes[p] !== 13; p++) {
      if (bytes[p] === delimiter) fields++;
      else if (bytes[p] === 34 && (p === start || bytes[p - 1] === delimiter)) p = closingQuote(bytes, p + 1, limit);
    }
    if (fields > 1 || p > start) counts.push(fields);
    if (bytes[p] === 13 && bytes[p + 1] === 10) p++;
    p++;
  }
  return counts;
}

function closingQuote(bytes: Uint8Array, from: number, limit: number): number {
  for (let p = from; p < limit; p++) {
    if (bytes[p] !== 34) continue;
    if (bytes[p + 1] !== 34) return p;
    p++;
  }
  return limit;
}
