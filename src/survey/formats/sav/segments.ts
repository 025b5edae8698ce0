/**
 * A string wider than 255 bytes is stored as several string variables: each
 * but the last is 255 wide and carries 255 bytes, but counts for 252 when
 * their number is worked out.
 * @see PSPP Developers Guide, Very Long String Record
 */
const CARRIED = 255;
const COUNTED = 252;

/** How many string variables a string of this width takes. */
export function segmentsOf(width: number): number {
  return width <= CARRIED ? 1 : Math.ceil(width / COUNTED);
}

/** Declared width of segment k (from 0). */
export function alloc(width: number, k: number): number {
  if (width <= CARRIED) return width;
  return k < segmentsOf(width) - 1 ? CARRIED : width - k * COUNTED;
}
