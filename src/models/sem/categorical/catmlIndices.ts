import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { axpy, dotFour } from '../../../numerics/dense/dot.js';
import type { FitState, ModelTest } from '../fit/fitState.js';
import { informationMatrix, invertInformation } from '../inference/parameterCovariance.js';
import { rmseaMeasures, robustIncremental, type Measures } from '../measures/fitIndices.js';
import { movedMoments } from './categoricalInference.js';
import { CategoricalPart } from './categoricalPart.js';
import { categoricalScores } from './categoricalScores.js';
import { pairPlace, type MomentLayout } from './layout.js';

/** A group's polychoric correlations R, the model's P, and ln|R|, P⁻¹. */
interface CorrelationGroup {
  readonly part: CategoricalPart;
  readonly n: number;
  readonly inverse: Float64Array;
  /** ln|P| − ln|R| + tr(R P⁻¹) − p. */
  readonly discrepancy: number;
  /** −ln|R|: the same of the independence model. */
  readonly independence: number;
}

/**
 * Robust CFI, TLI, RNI and RMSEA of ordinal data: what they would be if the
 * polychoric correlations were Pearson correlations of normal variables and
 * the maximum likelihood discrepancy were taken at these estimates. With
 * X = Σ n F_ML(R, P(θ̂)), its expectation under the model
 * t = tr(Mᵀ V M Γ), M = I − ΔE⁻¹ΔᵀW, V the normal-theory weight at P(θ̂), and
 * the same of the independence model (t₀ = tr Γ over correlations):
 *
 *   CFI = 1 − max(X − t, 0)/max(X − t, X₀ − t₀, 0),
 *   RMSEA = √(max(X − t, 0)/(N d)), its interval by X/c on d, c = t/d.
 *
 * Absent where they are not defined: continuous or exogenous variables among
 * the ordinal ones, thresholds that the model restricts (their misfit is not in
 * X), correlations that are not positive definite.
 *
 * @see Savalei (2021), Multivariate Behavioral Research 56(3), 390-407
 */
export function catmlIndices(state: FitState, test: ModelTest, baseline: ModelTest | null, out: Measures): void {
  const { test: kind } = state.options;
  // those of the scaled statistics do not hold for polychoric moments
  for (const name of [...out.keys()]) if (name.endsWith('.robust')) out.set(name, null);
  if (kind !== 'satorra.bentler' && kind !== 'scaled.shifted') return;
  for (const name of ['cfi', 'tli', 'nnfi', 'rni', 'rmsea', 'rmsea.ci.lower', 'rmsea.ci.upper', 'rmsea.pvalue', 'rmsea.notclose.pvalue']) out.set(`${name}.robust`, null);
  const groups = correlationGroups(state);
  const expected = groups && expectedDiscrepancy(state, groups);
  if (!groups || expected === null) return;
  const x = groups.reduce((sum, group) => sum + group.n * group.discrepancy, 0);
  const { df } = test;
  const excess = x - expected;
  if (baseline && baseline.df > 0) {
    const independence = groups.reduce((sum, group) => sum + group.n * group.independence, 0);
    const worse = independence - groups.reduce((sum, group) => sum + correlationVariance(group.part), 0);
    robustIncremental(excess, df, worse, baseline.df, out);
  }
  const scaling = expected / df;
  rmseaMeasures({ statistic: df > 0 ? x / scaling : x, df, n: state.effectiveN, groups: groups.length, scaling }, '.robust', out);
}

/** Null where the indices are not defined. */
function correlationGroups({ estimation, sample }: FitState): readonly CorrelationGroup[] | null {
  const parts = estimation.objective.parts.filter((part) => part instanceof CategoricalPart);
  const moved = movedMoments(estimation, parts);
  const groups: CorrelationGroup[] = [];
  for (const [g, part] of parts.entries()) {
    const { layout, values } = part.moments;
    if (layout.exogenous > 0 || layout.ordinal.includes(0) || !freeThresholds(part, moved)) return null;
    const p = layout.variables;
    const sample0 = correlationMatrix(layout, (at) => values[at]);
    const model = correlationMatrix(layout, (at) => values[at] - part.residual[at]);
    const factor = sample0.slice();
    const inverse = new Float64Array(p * p);
    const lower = model.slice();
    if (cholesky(factor, p) >= 0 || cholesky(lower, p) >= 0) return null;
    choleskyInverse(lower, p, inverse, new Float64Array(p * p));
    const logR = logDeterminant(factor, p);
    let trace = 0;
    for (let i = 0; i < p * p; i++) trace += sample0[i] * inverse[i];
    groups.push({ part, n: sample.groups[g].n, inverse, discrepancy: logDeterminant(lower, p) - logR + trace - p, independence: -logR });
  }
  return groups;
}

/** Every threshold has a parameter of its own, so that the thresholds fit exactly. */
export function freeThresholds(part: CategoricalPart, moved: Int32Array): boolean {
  const { start, column } = part.delta();
  for (let r = 0; r < part.moments.layout.correlations; r++) if (!column.subarray(start[r], start[r + 1]).some((c) => moved[c] === 1)) return false;
  return true;
}

function correlationMatrix(layout: MomentLayout, value: (at: number) => number): Float64Array {
  const p = layout.variables;
  const out = new Float64Array(p * p);
  for (let a = 0; a < p; a++) {
    out[a * p + a] = 1;
    for (let b = a + 1; b < p; b++) out[a * p + b] = out[b * p + a] = value(pairPlace(layout, a, b));
  }
  return out;
}

/** tr Γ over the correlations. */
function correlationVariance({ moments: { influence, layout, n } }: CategoricalPart): number {
  let sum = 0;
  for (let at = layout.correlations * n; at < layout.count * n; at++) sum += influence[at] * influence[at];
  return sum / n;
}

/**
 * t: the mean over rows of y_iᵀVy_i, y_i = M c_i the part of a row's influence
 * that the model cannot follow; yᵀVy = ½ tr(P⁻¹YP⁻¹Y), Y the symmetric matrix
 * with y off and 0 on its diagonal. A row of one group moves the model of the
 * others where they share parameters.
 */
function expectedDiscrepancy({ estimation, sample, options }: FitState, groups: readonly CorrelationGroup[]): number | null {
  const { size } = estimation.structure;
  const inverse = invertInformation(informationMatrix(estimation, sample, 'expected', options), estimation);
  if (!inverse) return null;
  let sum = 0;
  groups.forEach((from, g) => {
    const { n, influence } = from.part.moments;
    const moved = movedParameters(inverse, categoricalScores(from.part), size, n);
    groups.forEach((to, h) => {
      const { layout } = to.part.moments;
      const { start, column, value } = to.part.delta();
      const share = n / sample.n;
      const first = layout.correlations;
      const y = h === g ? influence.slice(first * n, layout.count * n) : new Float64Array((layout.count - first) * n);
      let any = h === g;
      for (let r = first; r < layout.count; r++) {
        for (let e = start[r]; e < start[r + 1]; e++) {
          if (!moved.nonzero[column[e]]) continue;
          axpy(y, (r - first) * n, -share * value[e], moved.values, column[e] * n, n);
          any = true;
        }
      }
      if (any) sum += (to.n / n ** 2) * quadraticForms(y, n, layout.variables, to.inverse);
    });
  });
  return sum;
}

/** E⁻¹T, size × n, and which rows are not 0. */
function movedParameters(inverse: Float64Array, scores: Float64Array, size: number, n: number): { readonly values: Float64Array; readonly nonzero: Uint8Array } {
  const values = new Float64Array(size * n);
  const nonzero = new Uint8Array(size);
  const used = new Uint8Array(size);
  for (let b = 0; b < size; b++) for (let i = b * n; i < (b + 1) * n && !used[b]; i++) if (scores[i] !== 0) used[b] = 1;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) {
      if (inverse[a * size + b] === 0 || !used[b]) continue;
      axpy(values, a * n, inverse[a * size + b], scores, b * n, n);
      nonzero[a] = 1;
    }
  }
  return { values, nonzero };
}

/** Σ_i ½ tr((Y_i V)²) over n rows; y is pairs × n. */
function quadraticForms(y: Float64Array, n: number, p: number, v: Float64Array): number {
  const matrix = new Float64Array(p * p);
  const product = new Float64Array(p * p);
  const four = new Float64Array(4);
  const padded = Math.ceil(p / 4) * 4;
  const rows = new Float64Array(padded * p);
  rows.set(v);
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let a = 0, at = i; a < p; a++) for (let b = a + 1; b < p; b++, at += n) matrix[a * p + b] = matrix[b * p + a] = y[at];
    for (let a = 0; a < p; a++) {
      for (let b = 0; b < p; b += 4) {
        dotFour(matrix, a * p, rows, b * p, p, p, four);
        for (let r = 0; r < 4 && b + r < p; r++) product[a * p + b + r] = four[r];
      }
    }
    for (let a = 0; a < p; a++) {
      total += 0.5 * product[a * p + a] ** 2;
      for (let b = 0; b < a; b++) total += product[a * p + b] * product[b * p + a];
    }
  }
  return total;
}
