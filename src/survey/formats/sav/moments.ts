/** SPSS format types that hold moments, by what they show. @see PSPP Developers Guide, Variable Record, format types */
const DATE: ReadonlySet<number> = new Set([20, 23, 24, 28, 29, 30, 38, 39]);
const DATETIME: ReadonlySet<number> = new Set([22, 41]);
const TIME: ReadonlySet<number> = new Set([21, 25, 40]);

export type Temporal = 'date' | 'datetime' | 'time';

/** What the numbers of a variable with this print format mean. */
export function temporalOf(formatType: number): Temporal | undefined {
  if (DATE.has(formatType)) return 'date';
  if (DATETIME.has(formatType)) return 'datetime';
  return TIME.has(formatType) ? 'time' : undefined;
}

/** Seconds from 1582-10-14 to 1970-01-01: 141428 days. */
const EPOCH_SECONDS = 141_428 * 86_400;

/** SPSS seconds → milliseconds, since 1970 for dates, since midnight for times. */
export function toMilliseconds(seconds: number, temporal: Temporal): number {
  return (temporal === 'time' ? seconds : seconds - EPOCH_SECONDS) * 1000;
}

/** The inverse of `toMilliseconds`. */
export function toSpssSeconds(milliseconds: number, temporal: Temporal): number {
  return temporal === 'time' ? milliseconds / 1000 : milliseconds / 1000 + EPOCH_SECONDS;
}
