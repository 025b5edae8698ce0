/** A number as a paper prints it: its digits say how exact it is. */
export interface PrintedNumber {
  /** As written, for example `.447` or `< .001`. */
  readonly text: string;
  readonly value: number;
  /** Digits after the point. */
  readonly decimals: number;
  readonly comparison: '=' | '<' | '>';
  /** Written as per cent: 12.3% is 0.123. */
  readonly percent: boolean;
}

/**
 * What became of a printed number:
 * `same` as the recomputed one rounded to its digits, `truncated` where the
 * paper cut digits off, `last digit` where it is one unit of the last digit
 * away (often rounding before computing), `differs`, or `absent` where the
 * recomputation has no such number.
 */
export type Agreement = 'same' | 'truncated' | 'last digit' | 'differs' | 'absent';

/** Slack for the binary form of decimal numbers. */
const SLACK = 1e-9;

export function readPrinted(comparison: string, digits: string, percent: boolean): PrintedNumber {
  const plain = digits.replace('−', '-');
  const exponent = /e(?<power>[-+]?\d+)$/i.exec(plain)?.groups?.power;
  const mantissa = /\.(?<fraction>\d+)/.exec(plain)?.groups?.fraction.length ?? 0;
  return {
    text: `${comparison === '=' ? '' : `${comparison} `}${digits}${percent ? '%' : ''}`,
    value: Number(plain),
    decimals: mantissa - (exponent === undefined ? 0 : Number(exponent)),
    comparison: comparison as PrintedNumber['comparison'],
    percent
  };
}

/** Compares at the precision of print: |recomputed − printed| against half a unit u = 10^(−decimals). */
export function agreement(printed: PrintedNumber, recomputed: number | null | undefined): Agreement {
  if (recomputed === null || recomputed === undefined || !Number.isFinite(recomputed)) return 'absent';
  const value = printed.percent ? recomputed * 100 : recomputed;
  if (printed.comparison === '<') return value < printed.value ? 'same' : 'differs';
  if (printed.comparison === '>') return value > printed.value ? 'same' : 'differs';
  const unit = 10 ** -printed.decimals;
  const distance = Math.abs(value - printed.value);
  const slack = SLACK * Math.max(unit, Math.abs(value));
  if (distance <= unit / 2 + slack) return 'same';
  if (Math.abs(value) >= Math.abs(printed.value) - slack && distance < unit && Math.sign(value) * Math.sign(printed.value) >= 0) return 'truncated';
  return distance <= 1.5 * unit + slack ? 'last digit' : 'differs';
}
