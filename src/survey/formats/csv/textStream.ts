import type { Arrival } from '../../arrival.js';
import { isUtf8, utf8Mark } from '../../text/encoding.js';
import { NEWLINE } from './dialect.js';
import { fieldCounts } from './records.js';

/** Bytes in which a zero proves that a file is no text. */
export const TEXT_SAMPLE = 4096;
/** Records that must be there for header, dialect and types to be told. */
const ENOUGH_RECORDS = 120;

/** A text read piece by piece turns out to be one of which all is needed at once. */
export class WholeTextNeeded extends Error {}

/** A text in UTF-8 that is read piece by piece. */
export interface TextStream {
  /** Its first lines. */
  readonly head: Uint8Array;
  /** Bytes of all of it. */
  readonly size: number;
  /** Puts the next bytes at the start of `target` and says how many; 0 at the end. */
  read(target: Uint8Array): Promise<number>;
  /** The next bytes are those from byte `start` of the text, which lies in the head. */
  from(start: number): Promise<void>;
}

/** The whole lines of a piece of the text that are well-formed. Throws `WholeTextNeeded` when they are not. */
export function checkLines(piece: Uint8Array): void {
  if (!isUtf8(piece.subarray(0, piece.lastIndexOf(NEWLINE) + 1))) throw new WholeTextNeeded();
}

/** The file as a stream of text, when its first part shows that it is UTF-8 of enough records; undefined when all of it is needed to tell what it is. */
export function textStream(arrival: Arrival, wantedEncoding?: string): TextStream | undefined {
  const lines = arrival.first.subarray(0, arrival.first.lastIndexOf(NEWLINE) + 1);
  const mark = utf8Mark(lines, wantedEncoding);
  if (mark === undefined || lines.subarray(0, TEXT_SAMPLE).includes(0)) return undefined;
  const head = lines.subarray(mark);
  if (fieldCounts(head, 44, ENOUGH_RECORDS).length < ENOUGH_RECORDS) return undefined;
  return {
    head,
    size: arrival.size - mark,
    read: (target) => arrival.read(target),
    async from(start) {
      arrival.rewind();
      for (let skipped = 0; skipped < mark + start; ) skipped += await arrival.read(new Uint8Array(mark + start - skipped));
    }
  };
}
