import { add, dd, divide, multiply, squareRoot, subtract, toNumber, ZERO, type DoubleDouble } from './doubleDouble.js';
import { preciseDot, preciseMean, preciseShift } from './accumulate.js';

export interface AccurateMoments {
  readonly n: number;
  readonly mean: number;
  /** Σ(x − x̄)². */
  readonly sumOfSquares: number;
  /** Divisor n − 1; NaN for n < 2. */
  readonly standardDeviation: number;
}

/** Mean and standard deviation as exact arithmetic on the given doubles has them, rounded once. */
export function accurateMoments(values: Float64Array): AccurateMoments {
  const n = values.length;
  const mean = preciseMean({ hi: values });
  const centred = preciseShift({ hi: values }, mean);
  const squares = preciseDot(centred, centred);
  return { n, mean: toNumber(mean), sumOfSquares: toNumber(squares), standardDeviation: n > 1 ? toNumber(squareRoot(divide(squares, dd(n - 1)))) : NaN };
}

/** Σ(xᵢ − x̄)(xᵢ₊ₖ − x̄) / Σ(xᵢ − x̄)². */
export function accurateAutocorrelation(values: Float64Array, lag: number = 1): number {
  const { hi, lo } = preciseShift({ hi: values }, preciseMean({ hi: values }));
  const n = values.length;
  const head = { hi: hi.subarray(0, n - lag), lo: lo.subarray(0, n - lag) };
  const tail = { hi: hi.subarray(lag), lo: lo.subarray(lag) };
  return toNumber(divide(preciseDot(head, tail), preciseDot({ hi, lo }, { hi, lo })));
}

export interface OneWaySums {
  readonly between: number;
  readonly within: number;
  readonly dfBetween: number;
  readonly dfWithin: number;
  /** One per group. */
  readonly means: Float64Array;
  readonly counts: Uint32Array;
}

/**
 * Sums of squares of one-way analysis of variance in double-double.
 *
 * @param groups index of each value's group, 0 … groupCount − 1, none empty
 */
export function oneWaySums(values: Float64Array, groups: ArrayLike<number>, groupCount: number): OneWaySums {
  const grand = preciseMean({ hi: values });
  const { hi, lo } = preciseShift({ hi: values }, grand);
  const totals: DoubleDouble[] = new Array<DoubleDouble>(groupCount).fill(ZERO);
  const counts = new Uint32Array(groupCount);
  for (let i = 0; i < hi.length; i++) {
    totals[groups[i]] = add(totals[groups[i]], dd(hi[i], lo[i]));
    counts[groups[i]]++;
  }
  const shifts = totals.map((total, g) => divide(total, dd(counts[g])));
  let between = ZERO;
  shifts.forEach((shift, g) => (between = add(between, multiply(dd(counts[g]), multiply(shift, shift)))));
  let within = ZERO;
  for (let i = 0; i < hi.length; i++) {
    const rest = subtract(dd(hi[i], lo[i]), shifts[groups[i]]);
    within = add(within, multiply(rest, rest));
  }
  return {
    between: toNumber(between),
    within: toNumber(within),
    dfBetween: groupCount - 1,
    dfWithin: values.length - groupCount,
    means: Float64Array.from(shifts, (shift) => toNumber(add(grand, shift))),
    counts
  };
}
