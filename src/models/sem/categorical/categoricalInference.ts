import { cholesky, forwardSolve } from '../../../numerics/dense/cholesky.js';
import { axpy, dot } from '../../../numerics/dense/dot.js';
import { gramOfRows } from '../../../numerics/simd/symmetricGram.js';
import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ModelTest, PairwiseFit, ScaledTest } from '../fit/fitState.js';
import { activeJacobian } from '../inference/activeConstraints.js';
import { identificationWarning } from '../inference/identification.js';
import { isScaled } from '../specification/scaledTests.js';
import { informationMatrix, invertInformation, parameterCovariance } from '../inference/parameterCovariance.js';
import { semidefiniteFactor } from '../../../numerics/dense/semidefiniteFactor.js';
import { scaledByTraces } from '../inference/scaledTest.js';
import { traceOfProduct } from '../inference/traces.js';
import type { ResolvedSemOptions } from '../options.js';
import { CategoricalPart } from './categoricalPart.js';
import { categoricalScores, turnedInfluence } from './categoricalScores.js';
import { pairPlace, type MomentLayout } from './layout.js';
import { squaredTraces, turnedScores, type TraceGroup } from './squaredTraces.js';

export interface CategoricalInference {
  readonly vcov: Float64Array | null;
  readonly unidentified: Diagnostic | null;
  readonly test: ModelTest | null;
  readonly baseline: ModelTest | null;
  /** Of a pairwise likelihood. */
  readonly pairwise?: PairwiseFit | null;
  readonly warnings?: readonly Diagnostic[];
}

export interface InferenceInput {
  readonly estimation: Estimation;
  readonly sample: SemSample;
  readonly options: ResolvedSemOptions;
  readonly statistic: number;
  readonly df: number;
  /** Per group, variables of the moments that are exogenous: the independence model leaves their correlations free. */
  readonly exogenous: readonly Uint8Array[];
}

/**
 * Sandwich covariance E⁻¹BE⁻¹/N, B = ΔᵀWΓWΔ, and tests of the model and of the
 * independence model, from the casewise influences on the moments. Γ itself
 * (moments × moments) is never formed.
 *
 * @see Muthén, du Toit & Spisic (1997); Asparouhov & Muthén (2010), Simple second order chi-square correction
 */
export function categoricalInference(input: InferenceInput): CategoricalInference {
  const { estimation, sample, options, statistic, df, exogenous } = input;
  const parts = estimation.objective.parts.filter((part) => part instanceof CategoricalPart);
  const { size } = estimation.structure;
  const wantsTest = options.test !== 'none';
  const scaled = wantsTest && isScaled(options.test);
  const sandwiched = options.se === 'robust.sem';
  const information = informationMatrix(estimation, sample, 'expected', options);
  const inverse = invertInformation(information, estimation);
  const plain = sandwiched ? null : parameterCovariance(estimation, sample, options);
  const zero = parts.map((part, g) => zeroMoments(part.moments.layout, exogenous[g]));
  const baselineOf = (pair: { readonly trace: number; readonly squared: number } | null): ModelTest | null => (wantsTest && options.baseline ? baselineTest(parts, zero, options, pair) : null);
  if (!inverse) return { vcov: plain?.vcov ?? null, unidentified: plain ? plain.unidentified : identificationWarning(information, estimation), test: wantsTest ? { statistic, df, scaled: null } : null, baseline: baselineOf(null) };
  const scores = sandwiched || scaled ? parts.map((part) => categoricalScores(part)) : [];
  const meat = new Float64Array(scores.length > 0 ? size * size : 0);
  scores.forEach((t, g) => {
    const products = gramOfRows(t, size, parts[g].moments.n);
    for (let i = 0; i < meat.length; i++) meat[i] += products[i] / sample.n;
  });
  const n = sample.n - parts.length;
  const vcov = sandwiched ? sparseSandwich(inverse, meat, size).map((value) => value / n) : (plain?.vcov ?? null);
  const unidentified = plain?.unidentified ?? null;
  if (!wantsTest) return { vcov, unidentified, test: null, baseline: null };
  if (!scaled) return { vcov, unidentified, test: { statistic, df, scaled: null }, baseline: baselineOf(null) };
  let trace = -traceOfProduct(inverse, meat, size);
  let baselineTrace = 0;
  parts.forEach((part, g) => {
    const { n: rows, influence, layout } = part.moments;
    if (part.weight.kind === 'full') {
      const turned = turnedInfluence(part);
      trace += dot(turned, 0, turned, 0, turned.length) / rows;
      return;
    }
    const share = Float64Array.from({ length: layout.count }, (_, r) => (part.weight.values[r] * dot(influence, r * rows, influence, r * rows, rows)) / rows);
    for (const value of share) trace += value;
    for (const r of zero[g]) baselineTrace += share[r];
  });
  const squares = options.test === 'satorra.bentler' ? { model: NaN, baseline: NaN } : squaredTraces(...traceGroups(estimation, parts, scores, inverse, zero));
  const test: ScaledTest | null = df > 0 ? scaledByTraces(options.test, statistic, df, trace, squares.model) : SATURATED;
  return { vcov, unidentified, test: { statistic, df, scaled: test }, baseline: baselineOf({ trace: baselineTrace, squared: squares.baseline }) };
}

/** Nothing to scale in a saturated model. */
const SATURATED: ScaledTest = Object.freeze({ statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN });

/** How many moments each parameter moves, over all groups; at least 2 for one in an active constraint. */
export function movedMoments(estimation: Estimation, parts: readonly CategoricalPart[]): Int32Array {
  const { size } = estimation.structure;
  const moved = new Int32Array(size);
  const bound = activeJacobian(estimation);
  for (const part of parts) for (const column of part.delta().column) moved[column]++;
  if (bound) for (const r of bound.rows) for (let c = 0; c < size; c++) if (bound.jacobian[r * size + c] !== 0) moved[c] = 2;
  return moved;
}

/**
 * What the traces are made of. A moment that one parameter alone moves, and
 * that parameter no other moment (a free threshold, most often), is fitted
 * exactly whatever the data: U is zero there, and both are left out.
 */
function traceGroups(estimation: Estimation, parts: readonly CategoricalPart[], scores: readonly Float64Array[], inverse: Float64Array, zero: readonly (readonly number[])[]): [readonly TraceGroup[], number] {
  const { size } = estimation.structure;
  const moved = movedMoments(estimation, parts);
  const diagonal = parts.every((part) => part.weight.kind === 'diagonal');
  const exact = (part: CategoricalPart, r: number): boolean => {
    const { start, column } = part.delta();
    return diagonal && start[r + 1] - start[r] === 1 && moved[column[start[r]]] === 1;
  };
  const free = new Uint8Array(size).fill(1);
  const kept = parts.map((part) =>
    Array.from({ length: part.moments.layout.count }, (_, r) => r).filter((r) => {
      if (!exact(part, r)) return true;
      free[part.delta().column[part.delta().start[r]]] = 0;
      return false;
    })
  );
  const parameters = Array.from({ length: size }, (_, c) => c).filter((c) => free[c]);
  const k = parameters.length;
  const block = new Float64Array(k * k);
  parameters.forEach((a, i) => parameters.forEach((b, j) => (block[i * k + j] = inverse[a * size + b])));
  const lower = semidefiniteFactor(block, k);
  const groups = parts.map((part, g): TraceGroup => {
    const { n, influence, layout } = part.moments;
    const full = part.weight.kind === 'full';
    return { n, influence: full ? turnedInfluence(part) : influence, roots: full ? new Float64Array(layout.count).fill(1) : part.weight.values.map(Math.sqrt), kept: kept[g], zero: full ? [] : zero[g], turned: turnedScores(scores[g], n, parameters, lower) };
  });
  return [groups, k];
}

/** Moments that the independence model sets to 0: correlations, but not among exogenous variables (slopes on those stay free). */
function zeroMoments(layout: MomentLayout, exogenous: Uint8Array): readonly number[] {
  const out: number[] = [];
  for (let a = 0; a < layout.variables; a++) for (let b = a + 1; b < layout.variables; b++) if (!(exogenous[a] && exogenous[b])) out.push(pairPlace(layout, a, b));
  return out;
}

/**
 * Test of the independence model. Thresholds, intercepts and variances are
 * free and fit exactly, so that F = r₀ᵀ V₀ r₀ over the moments set to 0, with
 * V₀ the weight of these (for a full W the inverse of their block of Γ), and
 * U = V₀ there.
 */
function baselineTest(parts: readonly CategoricalPart[], zero: readonly (readonly number[])[], options: ResolvedSemOptions, traces: { readonly trace: number; readonly squared: number } | null): ModelTest {
  let statistic = 0;
  let df = 0;
  let { trace, squared } = traces ?? { trace: NaN, squared: NaN };
  parts.forEach((part, g) => {
    const { n, values, influence } = part.moments;
    df += zero[g].length;
    if (part.weight.kind === 'diagonal') for (const r of zero[g]) statistic += (n - 1) * part.weight.values[r] * values[r] ** 2;
    else {
      const k = zero[g].length;
      const rows = new Float64Array(k * n);
      zero[g].forEach((r, a) => rows.set(influence.subarray(r * n, (r + 1) * n), a * n));
      const gamma = gramOfRows(rows, k, n).map((value) => value / n);
      const observed = Float64Array.from(zero[g], (r) => values[r]);
      cholesky(gamma, k);
      forwardSolve(gamma, k, observed);
      statistic += (n - 1) * dot(observed, 0, observed, 0, k);
      // here V₀Γ₀ is the identity
      trace += k;
      squared += k;
    }
  });
  if (df === 0) return { statistic: 0, df: 0, scaled: SATURATED };
  return { statistic, df, scaled: Number.isFinite(trace) ? scaledByTraces(options.test, statistic, df, trace, squared) : null };
}

/** A B A for symmetric n × n matrices, of which A has many zeros. */
function sparseSandwich(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const start = new Int32Array(n + 1);
  const column = new Int32Array(n * n);
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (a[i * n + j] !== 0) column[at++] = j;
    start[i + 1] = at;
  }
  const half = new Float64Array(n * n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let e = start[i]; e < start[i + 1]; e++) axpy(half, i * n, a[i * n + column[e]], b, column[e] * n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let e = start[j]; e < start[j + 1]; e++) sum += half[i * n + column[e]] * a[j * n + column[e]];
      out[i * n + j] = out[j * n + i] = sum;
    }
  }
  return out;
}
