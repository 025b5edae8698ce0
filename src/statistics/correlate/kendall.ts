export interface KendallTau {
  /** τ_b; NaN when a variable is constant. */
  readonly tau: number;
  /** S/√Var(S) with the variance corrected for ties. */
  readonly z: number;
}

/** Sums over groups of equal values that the tie corrections need. */
interface TieSums {
  /** Σ t(t−1)/2 */
  pairs: number;
  /** Σ t(t−1)(t−2) */
  triples: number;
  /** Σ t(t−1)(2t+5) */
  variance: number;
}

/**
 * Kendall's τ_b = S / √((N₀ − N_x)(N₀ − N_y)), N₀ = n(n−1)/2, with N_x, N_y
 * the pairs tied on x and on y, in O(n log n): S from the exchanges that a
 * merge sort of y makes once rows are sorted by x.
 * @see Knight (1966), JASA 61, 436-439; Kendall (1970), Rank Correlation Methods, ch. 4 (variance)
 */
export function kendall(x: Float64Array, y: Float64Array): KendallTau {
  const n = x.length;
  const order = Uint32Array.from(x, (_, i) => i).sort((a, b) => x[a] - x[b] || y[a] - y[b]);
  const sorted = new Float64Array(n);
  for (let i = 0; i < n; i++) sorted[i] = y[order[i]];
  const xTies = tieSums(n, (i) => x[order[i]] === x[order[i - 1]]);
  const bothTies = tieSums(n, (i) => x[order[i]] === x[order[i - 1]] && y[order[i]] === y[order[i - 1]]);
  const exchanges = countExchanges(sorted);
  const yTies = tieSums(n, (i) => sorted[i] === sorted[i - 1]);
  const all = (n * (n - 1)) / 2;
  const s = all - xTies.pairs - yTies.pairs + bothTies.pairs - 2 * exchanges;
  const denominator = Math.sqrt(all - xTies.pairs) * Math.sqrt(all - yTies.pairs);
  if (!(denominator > 0)) return { tau: NaN, z: NaN };
  const base = (n * (n - 1) * (2 * n + 5) - xTies.variance - yTies.variance) / 18;
  const pairTerm = (4 * xTies.pairs * yTies.pairs) / (2 * n * (n - 1));
  const tripleTerm = n > 2 ? (xTies.triples * yTies.triples) / (9 * n * (n - 1) * (n - 2)) : 0;
  return { tau: Math.max(-1, Math.min(1, s / denominator)), z: s / Math.sqrt(base + pairTerm + tripleTerm) };
}

function tieSums(n: number, sameAsBefore: (i: number) => boolean): TieSums {
  const sums: TieSums = { pairs: 0, triples: 0, variance: 0 };
  let t = 1;
  for (let i = 1; i <= n; i++) {
    if (i < n && sameAsBefore(i)) {
      t++;
      continue;
    }
    sums.pairs += (t * (t - 1)) / 2;
    sums.triples += t * (t - 1) * (t - 2);
    sums.variance += t * (t - 1) * (2 * t + 5);
    t = 1;
  }
  return sums;
}

/** Inversions of `values`, which is left sorted (merge sort, bottom up). */
function countExchanges(values: Float64Array): number {
  const n = values.length;
  let from = values;
  let to: Float64Array = new Float64Array(n);
  let exchanges = 0;
  for (let width = 1; width < n; width *= 2) {
    for (let left = 0; left < n; left += 2 * width) {
      const middle = Math.min(left + width, n);
      const right = Math.min(left + 2 * width, n);
      let i = left;
      let j = middle;
      for (let k = left; k < right; k++) {
        if (i < middle && (j >= right || from[i] <= from[j])) to[k] = from[i++];
        else {
          to[k] = from[j++];
          exchanges += middle - i;
        }
      }
    }
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return exchanges;
}
