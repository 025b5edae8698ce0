/** The typographic minus; CSV and spreadsheets get numbers instead of these texts. */
export const MINUS = '\u2212';

/** Past this a fixed-point number is no longer readable. */
const LARGEST_FIXED = 1e9;
/** Below this a number with two significant digits would need too many zeros. */
const SMALLEST_FIXED = 1e-6;

function withMinus(text: string): string {
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}

/** `2.1 × 10⁻⁸`, as plain text `2.1e−8`. */
function scientific(value: number, digits: number): string {
  return value.toExponential(digits).replace('e+', 'e').replace(/-/g, MINUS);
}

/** Fixed-point with `digits` decimals; a result of zero carries no sign. */
export function formatFixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '';
  if (Math.abs(value) >= LARGEST_FIXED) return scientific(value, Math.max(digits, 2));
  const text = value.toFixed(digits);
  return withMinus(Number(text) === 0 && text.startsWith('-') ? text.slice(1) : text);
}

/**
 * A number whose size matters (an unstandardized estimate, a standard error):
 * `digits` decimals, but as many as show two significant digits when it would
 * print as zero without being zero.
 */
export function formatEstimate(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '';
  const size = Math.abs(value);
  if (size === 0 || Number(size.toFixed(digits)) !== 0) return formatFixed(value, digits);
  if (size < SMALLEST_FIXED) return scientific(value, 1);
  return formatFixed(value, 1 - Math.floor(Math.log10(size)));
}

/** A number that cannot pass 1 in size: `.34`, `−.05`, `1.00`; `0.34` with a leading zero. */
export function formatUnit(value: number, digits: number, leadingZero: boolean): string {
  const text = formatFixed(value, digits);
  return leadingZero ? text : text.replace(/^(\u2212?)0\./, '$1.');
}

/** A probability: `.034`, or `< .001` below what the digits can show; never `.000`, never `1.000`. */
export function formatP(p: number, digits: number, leadingZero: boolean): string {
  if (!Number.isFinite(p)) return '';
  const zero = leadingZero ? '0' : '';
  const smallest = 10 ** -digits;
  if (digits > 0 && p < smallest) return `< ${zero}.${'0'.repeat(digits - 1)}1`;
  if (digits > 0 && p < 1 && Number(p.toFixed(digits)) === 1) return `> ${zero}.${'9'.repeat(digits)}`;
  return formatUnit(p, digits, leadingZero);
}

/** `= .034` or `< .001`, to stand after the letter p in a sentence. */
export function formatPClause(p: number, digits: number, leadingZero: boolean): string {
  const text = formatP(p, digits, leadingZero);
  return /^[<>]/.test(text) ? text : `= ${text}`;
}

/** A share in 0..1 as per cent with one decimal. */
export function formatPercent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${formatFixed(share * 100, digits)}%` : '';
}

/** A count; degrees of freedom that are no whole number (Welch, Satterthwaite) show two decimals. */
export function formatInteger(value: number): string {
  if (!Number.isFinite(value)) return '';
  return Number.isInteger(value) ? withMinus(String(value)) : formatFixed(value, 2);
}

/** Stars by the usual limits .05, .01, .001; '' for no p value. */
export function stars(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return '';
  return p < 0.001 ? '***' : p < 0.01 ? '**' : p < 0.05 ? '*' : '';
}

/** What the stars mean, in the style's spelling. */
export function starsNote(leadingZero: boolean): string {
  const zero = leadingZero ? '0' : '';
  return `* p < ${zero}.05, ** p < ${zero}.01, *** p < ${zero}.001`;
}
