/** Pieces of a stream that come within this time go out as one message. */
const STREAM_DELAY_MS = 15;
/** A stream message is not let grow longer than this. */
const LONGEST_STREAM_MESSAGE = 512 * 1024;

export type StreamName = 'stdout' | 'stderr';

/** Text of one stream and one cell that is still to be sent. */
interface Batch {
  readonly name: StreamName;
  readonly parentHeaderJson: string;
  readonly pieces: string[];
  length: number;
}

/** Joins neighbouring pieces of a stream, so that a flood of lines is few messages. */
export class StreamBatch {
  readonly #send: (name: StreamName, text: string, parentHeaderJson: string) => void;
  #batch: Batch | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (name: StreamName, text: string, parentHeaderJson: string) => void) {
    this.#send = send;
  }

  add(name: StreamName, text: string, parentHeaderJson: string): void {
    const open = this.#batch;
    if (open && (open.name !== name || open.parentHeaderJson !== parentHeaderJson || open.length > LONGEST_STREAM_MESSAGE)) this.flush();
    this.#batch ??= { name, parentHeaderJson, pieces: [], length: 0 };
    this.#batch.pieces.push(text);
    this.#batch.length += text.length;
    this.#timer ??= setTimeout(() => this.flush(), STREAM_DELAY_MS);
  }

  /** Whatever is sent next must come after the text. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    this.#batch = undefined;
    if (batch) this.#send(batch.name, batch.pieces.join(''), batch.parentHeaderJson);
  }
}
