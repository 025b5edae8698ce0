import { normalQuantile } from '../../../numerics/distributions/index.js';

export interface RocArea {
  /** Null without events or without others. */
  readonly area: number | null;
  readonly stdError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/**
 * Area under the ROC curve: the share of pairs (event, no event) in the right
 * order, ties counted half. With V₁ of an event the share of the others below
 * it, and V₀ of an other the share of the events above it,
 * SE² = s²(V₁)/n₁ + s²(V₀)/n₀; normal interval, cut at 0 and 1.
 * @param y 1 for the event, else 0; `p` the predictions
 * @see DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44, 837-845
 */
export function rocArea(y: Float64Array, p: Float64Array, confLevel: number): RocArea {
  const order = Uint32Array.from(p, (_, i) => i).sort((a, b) => p[a] - p[b]);
  const events = y.reduce((sum, one) => sum + one, 0);
  const others = y.length - events;
  if (events === 0 || others === 0) return { area: null, stdError: null, confLow: null, confHigh: null };
  const ofEvents: number[] = [];
  const ofOthers: number[] = [];
  let eventsBelow = 0;
  let othersBelow = 0;
  for (let at = 0; at < order.length; ) {
    let end = at;
    let tiedEvents = 0;
    while (end < order.length && p[order[end]] === p[order[at]]) tiedEvents += y[order[end++]];
    const tiedOthers = end - at - tiedEvents;
    for (let i = 0; i < tiedEvents; i++) ofEvents.push((othersBelow + tiedOthers / 2) / others);
    for (let i = 0; i < tiedOthers; i++) ofOthers.push((events - eventsBelow - tiedEvents / 2) / events);
    eventsBelow += tiedEvents;
    othersBelow += tiedOthers;
    at = end;
  }
  const area = ofEvents.reduce((sum, share) => sum + share, 0) / events;
  if (events < 2 || others < 2) return { area, stdError: null, confLow: null, confHigh: null };
  const spread = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + (share - area) ** 2, 0) / (shares.length - 1) / shares.length;
  const stdError = Math.sqrt(spread(ofEvents) + spread(ofOthers));
  const reach = normalQuantile(0.5 + confLevel / 2) * stdError;
  return { area, stdError, confLow: Math.max(0, area - reach), confHigh: Math.min(1, area + reach) };
}
