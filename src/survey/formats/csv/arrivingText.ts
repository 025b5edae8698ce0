import type { Arrival } from '../../arrival.js';
import { isUtf8, utf8Mark } from '../../text/encoding.js';
import { NEWLINE } from './dialect.js';
import { fieldCounts } from './records.js';

/** Bytes in which a zero proves that a file is no text. */
export const TEXT_SAMPLE = 4096;
/** Records that must be there for header, dialect and types to be told. */
const ENOUGH_RECORDS = 120;

/** A later part of the file is not UTF-8 after all. */
export class NotUtf8 extends Error {}

export interface ArrivingText {
  /** The text with a line end behind it; zeros where it has not come yet. */
  readonly text: Uint8Array;
  /** The whole lines that are there now. */
  readonly head: Uint8Array;
  /** Waits until there is more than `from`, all of it well-formed and up to the end of a line. Rejects with `NotUtf8`. */
  readonly ready: (from: number) => Promise<number>;
}

/**
 * A file that is still being read, when its first part shows that it is UTF-8
 * text of enough records; undefined when all of it is needed to tell what it is.
 *
 * @param input its buffer has one byte more
 */
export function arrivingText(input: Uint8Array, arrival: Arrival, wantedEncoding?: string): ArrivingText | undefined {
  if (arrival.whole || input.byteOffset + input.length >= input.buffer.byteLength) return undefined;
  const lines = input.subarray(0, input.subarray(0, arrival.there).lastIndexOf(NEWLINE) + 1);
  const mark = utf8Mark(lines, wantedEncoding);
  if (mark === undefined || lines.subarray(0, TEXT_SAMPLE).includes(0)) return undefined;
  const head = lines.subarray(mark);
  if (fieldCounts(head, 44, ENOUGH_RECORDS).length < ENOUGH_RECORDS) return undefined;
  const text = new Uint8Array(input.buffer, input.byteOffset + mark, input.length - mark + 1);
  text[text.length - 1] = NEWLINE;
  let checked = head.length;
  const ready = async (from: number): Promise<number> => {
    while (checked <= from && checked < text.length) {
      await arrival.more();
      const there = arrival.whole ? text.length : text.subarray(checked, arrival.there - mark).lastIndexOf(NEWLINE) + 1 + checked;
      if (!isUtf8(text.subarray(checked, there))) throw new NotUtf8();
      checked = there;
    }
    return checked;
  };
  return { text, head, ready };
}
