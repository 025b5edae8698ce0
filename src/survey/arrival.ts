/** Bytes of a file that are read when they are wanted. */
export interface Arrival {
  /** Of the whole file. */
  readonly size: number;
  /** The first bytes: enough to tell what the file is. */
  readonly first: Uint8Array;
  /** Puts the next bytes at the start of `target`, as many as there are up to its length, and says how many; 0 at the end. */
  read(target: Uint8Array): Promise<number>;
  /** The next bytes are the first again. */
  rewind(): void;
  /** All bytes, with room for one more in their buffer. */
  whole(): Promise<Uint8Array>;
  /** Lower-case hex SHA-256, once all bytes were read. */
  hash(): string;
}
