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

/** Doubles of today's size, counted in seconds from 1582, are 2 µs apart: steps of 10 µs are exact. */
const STEPS_PER_SECOND = 1e5;

/** SPSS seconds → milliseconds, since 1970 for dates (to 0.01 ms), since midnight for times. */
export function toMilliseconds(seconds: number, temporal: Temporal): number {
  return temporal === 'time' ? seconds * 1000 : Math.round((seconds - EPOCH_SECONDS) * STEPS_PER_SECOND) / (STEPS_PER_SECOND / 1000);
}

/** The inverse of `toMilliseconds`. */
export function toSpssSeconds(milliseconds: number, temporal: Temporal): number {
  return temporal === 'time' ? milliseconds / 1000 : milliseconds / 1000 + EPOCH_SECONDS;
}
