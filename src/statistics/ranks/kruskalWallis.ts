import { chiSquareUpper, normalTwoSided } from '../../numerics/distributions/index.js';
import { noncentralityOfChiSquare } from '../noncentralChiSquare.js';
import { rankBiserialOf } from './mannWhitney.js';
import { midRanks, tieSum } from './midRanks.js';

/** Dunn's comparison of two mean ranks. */
export interface DunnPair {
  readonly i: number;
  readonly j: number;
  /** Mean rank of group i less that of group j. */
  readonly difference: number;
  readonly stdError: number;
  readonly z: number;
  readonly pValue: number;
  /** p times the number of pairs. */
  readonly bonferroniP: number;
  /** Holm's step-down adjustment. */
  readonly holmP: number;
  /** Rank-biserial correlation of the two groups alone, with its interval (not adjusted for the number of pairs). */
  readonly rankBiserial: number;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

export interface KruskalWallis {
  readonly n: number;
  readonly meanRanks: readonly number[];
  /** Tie-corrected H; null when all values are equal. */
  readonly h: number | null;
  readonly df: number;
  readonly pValue: number | null;
  /** ε² = H/(n − 1). */
  readonly epsilonSquared: number | null;
  /** λ/(n − 1) at the limits λ of H's noncentral χ² distribution, which holds for large samples. */
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** η²_H = (H − g + 1)/(n − g). */
  readonly etaSquared: number | null;
  readonly pairs: readonly DunnPair[];
}

/**
 * Kruskal-Wallis H = 12/(n(n+1)) Σ nᵢ(R̄ᵢ − (n+1)/2)² / (1 − Σ(t³ − t)/(n³ − n)), with
 * Dunn's pairwise z on the same ranks.
 * @see Kruskal & Wallis (1952), JASA 47, 583-621; Dunn (1964), Technometrics 6, 241-252
 */
export function kruskalWallis(samples: readonly Float64Array[], confidence: number = 0.95): KruskalWallis {
  const sizes = samples.map((sample) => sample.length);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const all = new Float64Array(n);
  let offset = 0;
  for (const sample of samples) {
    all.set(sample, offset);
    offset += sample.length;
  }
  const { ranks, ties } = midRanks(all);
  offset = 0;
  const meanRanks = sizes.map((size) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += ranks[offset + i];
    offset += size;
    return sum / size;
  });
  const tied = tieSum(ties);
  const untied = 1 - tied / (n ** 3 - n);
  const spread = sizes.reduce((sum, size, i) => sum + size * (meanRanks[i] - (n + 1) / 2) ** 2, 0);
  const df = samples.length - 1;
  const h = untied > 0 ? ((12 / (n * (n + 1))) * spread) / untied : null;
  const limit = (end: 'low' | 'high'): number | null => {
    const ncp = h === null ? null : noncentralityOfChiSquare(h, df, (1 - confidence) / 2, end);
    return ncp === null ? null : Math.min(1, ncp / (n - 1));
  };
  return {
    n,
    meanRanks,
    h,
    df,
    pValue: h === null ? null : chiSquareUpper(h, df),
    epsilonSquared: h === null ? null : h / (n - 1),
    confLow: limit('low'),
    confHigh: limit('high'),
    etaSquared: h === null ? null : (h - df) / (n - df - 1),
    pairs: h === null ? [] : dunn(meanRanks, samples, (n * (n + 1)) / 12 - tied / (12 * (n - 1)), confidence)
  };
}

function dunn(meanRanks: readonly number[], samples: readonly Float64Array[], variance: number, confidence: number): readonly DunnPair[] {
  const raw: Omit<DunnPair, 'bonferroniP' | 'holmP'>[] = [];
  for (let i = 0; i < samples.length; i++) {
    for (let j = i + 1; j < samples.length; j++) {
      const stdError = Math.sqrt(variance * (1 / samples[i].length + 1 / samples[j].length));
      const difference = meanRanks[i] - meanRanks[j];
      const { rankBiserial, confLow, confHigh } = rankBiserialOf(samples[i], samples[j], confidence);
      raw.push({ i, j, difference, stdError, z: difference / stdError, pValue: normalTwoSided(difference / stdError), rankBiserial, confLow, confHigh });
    }
  }
  const order = raw.map((_, at) => at).sort((a, b) => raw[a].pValue - raw[b].pValue);
  const holm = new Float64Array(raw.length);
  let largest = 0;
  order.forEach((at, step) => {
    largest = Math.max(largest, Math.min(1, (raw.length - step) * raw[at].pValue));
    holm[at] = largest;
  });
  return raw.map((pair, at) => ({ ...pair, bonferroniP: Math.min(1, raw.length * pair.pValue), holmP: holm[at] }));
}
