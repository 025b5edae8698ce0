/** Bytes of a file that is still being read, in order, into one buffer: work on the first goes on while the rest comes. */
export interface Arrival {
  /** So many bytes are there. */
  readonly there: number;
  /** All are there. */
  readonly whole: boolean;
  /** Resolves when there are more. */
  more(): Promise<void>;
  /** Lower-case hex SHA-256 of the whole. */
  hash(): string;
}

export async function untilWhole(arrival: Arrival | undefined): Promise<void> {
  while (arrival && !arrival.whole) await arrival.more();
}
