import { fUpper, tQuantile, tTwoSided } from '../../numerics/distributions/index.js';
import { standardizedDifference } from '../groups/standardizedDifference.js';
import { shareInterval } from '../noncentralF.js';
import { invertPositive } from '../invertPositive.js';
import { cellWeights, type Cell, type TermColumns } from './sumCoding.js';

/** How pairwise p values and intervals allow for the number of pairs. */
export type PairAdjustment = 'lsd' | 'bonferroni' | 'sidak';

export interface Estimated {
  readonly mean: number;
  readonly stdError: number;
  readonly confLow: number;
  readonly confHigh: number;
}

export interface EstimatedPair {
  readonly difference: number;
  readonly stdError: number;
  readonly t: number;
  /** Adjusted for `pairs` comparisons. */
  readonly pValue: number;
  readonly confLow: number;
  readonly confHigh: number;
  /** Difference over the root of the error mean square; interval of this pair alone. */
  readonly d: number;
  readonly dLow: number | null;
  readonly dHigh: number | null;
}

export interface EstimatedSet {
  readonly sumOfSquares: number;
  readonly df: number;
  readonly f: number;
  readonly pValue: number;
  readonly partialEtaSquared: number;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

interface Fitted {
  readonly terms: readonly TermColumns[];
  readonly classes: readonly number[];
  /** (constant, columns of the terms). */
  readonly coefficients: Float64Array;
  readonly n: number;
  readonly errorMean: number;
  readonly errorDf: number;
  readonly confidence: number;
}

/**
 * Estimated marginal means of a linear model on sum-to-zero contrasts and
 * centred covariates, and tests of contrasts L of its coefficients b:
 * L b with variance MS_e L (X′X)⁻¹ L′. Contrasts of averaged-over factors
 * sum to zero, so only terms among the fixed factors remain in L.
 * @see Searle, Speed & Milliken (1980), Am. Stat. 34, 216-221
 */
export class MarginalModel {
  readonly #fitted: Fitted;
  readonly #inverse: Float64Array;
  readonly #size: number;

  private constructor(fitted: Fitted, inverse: Float64Array) {
    this.#fitted = fitted;
    this.#inverse = inverse;
    this.#size = fitted.coefficients.length;
  }

  /** Undefined when the error has no variance or the design is singular: no test exists then. */
  static of(fitted: Fitted): MarginalModel | undefined {
    if (!(fitted.errorMean > 0)) return undefined;
    const columns = [new Float64Array(fitted.n).fill(1), ...fitted.terms.flatMap((term) => term.columns)];
    const q = columns.length;
    const gram = new Float64Array(q * q);
    for (let a = 0; a < q; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = 0;
        for (let i = 0; i < fitted.n; i++) sum += columns[a][i] * columns[b][i];
        gram[a * q + b] = gram[b * q + a] = sum;
      }
    }
    const inverted = invertPositive(gram, q);
    return inverted.ok ? new MarginalModel(fitted, inverted.inverse) : undefined;
  }

  mean(cell: Cell): Estimated {
    const { errorMean, errorDf, confidence } = this.#fitted;
    const weights = this.#weights(cell);
    const mean = this.#value(weights);
    const stdError = Math.sqrt(this.#product(weights, weights) * errorMean);
    const half = tQuantile((1 + confidence) / 2, errorDf) * stdError;
    return { mean, stdError, confLow: mean - half, confHigh: mean + half };
  }

  pair(first: Cell, second: Cell, pairs: number, adjustment: PairAdjustment): EstimatedPair {
    const { errorMean, errorDf, confidence } = this.#fitted;
    const weights = this.#contrast(first, second);
    const difference = this.#value(weights);
    const scale = Math.sqrt(this.#product(weights, weights));
    const stdError = scale * Math.sqrt(errorMean);
    const t = difference / stdError;
    const p = tTwoSided(t, errorDf);
    const tail = adjustment === 'lsd' ? 1 - confidence : adjustment === 'bonferroni' ? (1 - confidence) / pairs : -Math.expm1(Math.log(confidence) / pairs);
    const half = tQuantile(1 - tail / 2, errorDf) * stdError;
    const effect = standardizedDifference(t, errorDf, scale, confidence);
    return {
      difference,
      stdError,
      t,
      pValue: adjustment === 'lsd' ? p : adjustment === 'bonferroni' ? Math.min(1, pairs * p) : p >= 1 ? 1 : -Math.expm1(pairs * Math.log1p(-p)),
      confLow: difference - half,
      confHigh: difference + half,
      d: effect.d,
      dLow: effect.confLow,
      dHigh: effect.confHigh
    };
  }

  /** F test that all the cells have one mean, on the error of the whole model. */
  equal(cells: readonly Cell[]): EstimatedSet | null {
    const { errorMean, errorDf, confidence } = this.#fitted;
    const df = cells.length - 1;
    const contrasts = cells.slice(0, df).map((cell) => this.#contrast(cell, cells[df]));
    const middle = new Float64Array(df * df);
    contrasts.forEach((a, i) => contrasts.forEach((b, j) => (middle[i * df + j] = this.#product(a, b))));
    const inverted = invertPositive(middle, df);
    if (!inverted.ok) return null;
    const values = contrasts.map((contrast) => this.#value(contrast));
    let squares = 0;
    for (let i = 0; i < df; i++) for (let j = 0; j < df; j++) squares += values[i] * inverted.inverse[i * df + j] * values[j];
    const f = squares / df / errorMean;
    return { sumOfSquares: squares, df, f, pValue: fUpper(f, df, errorDf), partialEtaSquared: squares / (squares + errorMean * errorDf), ...shareInterval(f, df, errorDf, confidence) };
  }

  #weights(cell: Cell): Float64Array {
    return Float64Array.from(cellWeights(cell, this.#fitted.terms, this.#fitted.classes));
  }

  #contrast(first: Cell, second: Cell): Float64Array {
    const other = this.#weights(second);
    return this.#weights(first).map((weight, at) => weight - other[at]);
  }

  #value(weights: Float64Array): number {
    const { coefficients } = this.#fitted;
    let value = 0;
    for (let a = 0; a < this.#size; a++) value += weights[a] * coefficients[a];
    return value;
  }

  /** L₁ (X′X)⁻¹ L₂′. */
  #product(first: Float64Array, second: Float64Array): number {
    let sum = 0;
    for (let a = 0; a < this.#size; a++) if (first[a] !== 0) for (let b = 0; b < this.#size; b++) sum += first[a] * second[b] * this.#inverse[a * this.#size + b];
    return sum;
  }
}
