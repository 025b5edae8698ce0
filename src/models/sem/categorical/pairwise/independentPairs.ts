import { normalQuantile } from '../../../../numerics/distributions/normal.js';
import type { PairwiseLikelihood } from './pairwiseLikelihood.js';

/**
 * Moments that maximize the pairwise likelihood of the independence model: no
 * correlation, and thresholds at the categories' shares among the answers that
 * a variable gives in all its pairs.
 */
export function independentMoments({ layout, pairs, margins }: PairwiseLikelihood): Float64Array {
  const out = new Float64Array(layout.count);
  for (let v = 0; v < layout.variables; v++) {
    const categories = layout.location[v + 1] - layout.location[v] + 1;
    const answers = margins ? margins[v].counts.slice() : new Float64Array(categories);
    for (const { first, second, table } of pairs) {
      if (first !== v && second !== v) continue;
      for (let a = 0; a < table.rows; a++) for (let b = 0; b < table.columns; b++) answers[first === v ? a : b] += table.counts[a * table.columns + b];
    }
    const all = answers.reduce((sum, value) => sum + value, 0);
    for (let t = 0, below = 0; t + 1 < categories; t++) {
      below += answers[t];
      out[layout.location[v] + t] = normalQuantile(below / all);
    }
  }
  return out;
}
