import { cholesky, choleskySolve } from '../../../numerics/dense/cholesky.js';
import { constrainedInverse } from '../../../numerics/optimize/equalityStep.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import type { Estimation } from '../estimation/estimate.js';
import { MomentPart } from '../estimation/momentPart.js';
import type { SemSample } from '../estimation/sample.js';
import { derivatives } from '../implied/derivatives.js';
import { jacobian, momentCount, momentVector } from '../implied/jacobian.js';
import { activeJacobian } from './activeConstraints.js';
import { adfGamma, columnCrossProducts, meanCrossProducts } from './adfWeight.js';
import { deviations } from './deviations.js';
import { rawDeviations } from './momentDeviations.js';
import { fixedExogenous } from './fixedExogenous.js';

export type BrowneKind = 'browne.residual.adf' | 'browne.residual.nt' | 'browne.residual.adf.model' | 'browne.residual.nt.model';

/** One group in moment space: residual s − σ, Δ = ∂σ/∂θ and Γ, the asymptotic covariance matrix of √n s. */
interface MomentSpace {
  readonly n: number;
  readonly count: number;
  readonly residual: Float64Array;
  /** count × columns. */
  readonly delta: Float64Array;
  readonly gamma: Float64Array;
}

/** A matrix of moments above this size is not inverted. */
const MOST_MOMENTS = 4000;

/**
 * Browne's residual-based statistic, for any estimator that is consistent:
 *
 *   T = n (s − σ̂)ᵀ [Γ⁻¹ − Γ⁻¹Δ(ΔᵀΓ⁻¹Δ)⁻¹ΔᵀΓ⁻¹] (s − σ̂) = n (s − σ̂)ᵀ Δ_c(Δ_cᵀΓΔ_c)⁻¹Δ_cᵀ (s − σ̂),
 *
 * Γ distribution-free (`adf`) or under normality (`nt`), at the sample moments
 * or (`.model`) at the implied ones. Γ may be singular (fewer rows than
 * moments): Γ + cΔΔᵀ then takes its place, which leaves T as it is.
 *
 * @returns null where T does not exist: rows are missing or too few
 * @see Browne (1984), British Journal of Mathematical and Statistical Psychology 37(1), eq. 2.20
 */
export function browneResidual(kind: BrowneKind, estimation: Estimation, sample: SemSample, lost: 0 | 1): number | null {
  const q = estimation.structure.size;
  const spaces = estimation.objective.parts.map((_, g) => momentSpace(kind, estimation, sample, g, lost));
  if (spaces.some((space) => space === null)) return null;
  const all = spaces as readonly MomentSpace[];
  const width = Math.max(q, ...all.map(({ delta, count }) => (count > 0 ? delta.length / count : 0)));
  const whole = quadraticForm(all, width, estimation);
  return whole === null ? quadraticForm([stacked(all, width, estimation)], width, estimation) : whole;
}

/** T from the blocks; null when a Γ is singular. */
function quadraticForm(spaces: readonly MomentSpace[], width: number, estimation: Estimation): number | null {
  let total = 0;
  const right = new Float64Array(width);
  const information = new Float64Array(width * width);
  for (const { n, count, residual, delta, gamma } of spaces) {
    const factor = gamma.slice();
    const columns = count === 0 ? 0 : delta.length / count;
    if (count > MOST_MOMENTS || cholesky(factor, count, SINGULAR) >= 0) return null;
    const solved = residual.slice();
    choleskySolve(factor, count, solved);
    for (let r = 0; r < count; r++) total += n * residual[r] * solved[r];
    const column = new Float64Array(count);
    for (let k = 0; k < columns; k++) {
      for (let r = 0; r < count; r++) column[r] = delta[r * columns + k];
      for (let r = 0; r < count; r++) right[k] += n * column[r] * solved[r];
      choleskySolve(factor, count, column);
      for (let l = 0; l <= k; l++) {
        let sum = 0;
        for (let r = 0; r < count; r++) sum += column[r] * delta[r * columns + l];
        information[k * width + l] += n * sum;
      }
    }
  }
  const inverse = inverseOf(information, width, estimation);
  if (!inverse) return null;
  for (let k = 0; k < width; k++) for (let l = 0; l < width; l++) total -= right[k] * inverse[k * width + l] * right[l];
  return Number.isFinite(total) ? Math.max(0, total) : null;
}

/** Smallest pivot of Γ, relative to its diagonal. */
const SINGULAR = 1e-12;

/** (ΔᵀΓ⁻¹Δ)⁻¹ on the null space of the active constraints; columns beyond the parameters are unconstrained. */
function inverseOf(information: Float64Array, width: number, estimation: Estimation): Float64Array | null {
  const bound = activeJacobian(estimation);
  if (!bound) return constrainedInverse(information, new Float64Array(0), [], width);
  const q = estimation.structure.size;
  const rows = bound.jacobian.length / q;
  const wide = new Float64Array(rows * width);
  for (let r = 0; r < rows; r++) wide.set(bound.jacobian.subarray(r * q, (r + 1) * q), r * width);
  return constrainedInverse(information, wide, bound.rows, width);
}

/** All groups as one: Γ_g/n_g in blocks, plus cΔPΔᵀ with P the projection on the null space of the constraints. */
function stacked(spaces: readonly MomentSpace[], width: number, estimation: Estimation): MomentSpace {
  const count = spaces.reduce((sum, space) => sum + space.count, 0);
  const residual = new Float64Array(count);
  const delta = new Float64Array(count * width);
  if (count > MOST_MOMENTS) return { n: 1, count, residual, delta, gamma: new Float64Array(0) };
  const gamma = new Float64Array(count * count);
  let at = 0;
  let trace = 0;
  for (const space of spaces) {
    const columns = space.delta.length / space.count;
    residual.set(space.residual, at);
    for (let r = 0; r < space.count; r++) {
      delta.set(space.delta.subarray(r * columns, (r + 1) * columns), (at + r) * width);
      for (let s = 0; s < space.count; s++) gamma[(at + r) * count + at + s] = space.gamma[r * space.count + s] / space.n;
      trace += gamma[(at + r) * count + at + r];
    }
    at += space.count;
  }
  const identity = new Float64Array(width * width);
  for (let k = 0; k < width; k++) identity[k * width + k] = 1;
  const projection = inverseOf(identity, width, estimation) ?? identity;
  const moved = new Float64Array(count * width);
  let spread = 0;
  for (let r = 0; r < count; r++) {
    for (let k = 0; k < width; k++) {
      const d = delta[r * width + k];
      if (d !== 0) for (let l = 0; l < width; l++) moved[r * width + l] += d * projection[k * width + l];
    }
    for (let l = 0; l < width; l++) spread += moved[r * width + l] ** 2;
  }
  const c = spread > 0 ? trace / spread : 0;
  for (let r = 0; r < count; r++) {
    for (let s = 0; s <= r; s++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += moved[r * width + k] * moved[s * width + k];
      gamma[r * count + s] += c * sum;
      gamma[s * count + r] = gamma[r * count + s];
    }
  }
  return { n: 1, count, residual, delta, gamma };
}

function momentSpace(kind: BrowneKind, estimation: Estimation, sample: SemSample, g: number, lost: 0 | 1): MomentSpace | null {
  const { objective, structure, table } = estimation;
  const q = structure.size;
  const part = objective.parts[g];
  const n = sample.groups[g].n - lost;
  if (part instanceof CategoricalPart) {
    if (kind !== 'browne.residual.adf' && kind !== 'browne.residual.adf.model') return null;
    const { layout, influence, n: rows } = part.moments;
    const { start, column, value } = part.delta();
    const delta = new Float64Array(layout.count * q);
    for (let r = 0; r < layout.count; r++) for (let e = start[r]; e < start[r + 1]; e++) delta[r * q + column[e]] += value[e];
    return { n, count: layout.count, residual: part.residual, delta, gamma: columnCrossProducts(influence, rows, layout.count) };
  }
  const rows = sample.rows?.groups[g];
  const means = table.meanStructure;
  const implied = estimation.implied[g];
  const { p } = implied.structure;
  const { mean, covariance } = sample.groups[g];
  const count = momentCount(p, means);
  const residual = new Float64Array(count);
  const model = new Float64Array(count);
  momentVector(mean, covariance, p, means, residual);
  momentVector(implied.mu, implied.sigma, p, means, model);
  for (let r = 0; r < count; r++) residual[r] -= model[r];
  const delta = new Float64Array(count * q);
  jacobian(derivatives(implied.structure, structure.position), implied, q, means, delta);
  const exogenous = fixedExogenous(estimation, g);
  /** Fixed moments of the groups before one: means and covariances among their exogenous variables. */
  const columnsBefore = (group: number): number => Array.from({ length: group }, (_, h) => momentCount(fixedExogenous(estimation, h).length, means)).reduce((sum, count) => sum + count, 0);
  const atModel = kind.endsWith('.model') && !(part instanceof MomentPart && kind === 'browne.residual.adf.model');
  if (kind === 'browne.residual.adf' || kind === 'browne.residual.adf.model') {
    if (!rows || rows.weights || rows.cluster) return null;
    if (atModel) return withExogenousFree({ n, count, residual, delta, gamma: modelGamma(rows.values, rows.n, p, means, implied.mu, mean, model) }, exogenous, p, means, q, columnsBefore(g), columnsBefore(sample.groups.length));
    const gamma = exogenous.length === 0 ? adfGamma(sample, g, means) : meanCrossProducts(rawDeviations(deviations(rows, mean, exogenous), means), rows.n, count);
    return withoutExogenous({ n, count, residual, delta, gamma }, exogenous, p, means, q);
  }
  if (atModel) return withExogenousFree({ n, count, residual, delta, gamma: normalGamma(implied.sigma, null, p, means) }, exogenous, p, means, q, columnsBefore(g), columnsBefore(sample.groups.length));
  const fitted = exogenous.length > 0 ? explainedBy(covariance, p, exogenous) : null;
  return withoutExogenous({ n, count, residual, delta, gamma: normalGamma(covariance, fitted, p, means) }, exogenous, p, means, q);
}

/** Γ under normality: s_ik s_jl + s_il s_jk for covariances, S for means; less the same of what fixed exogenous variables explain. */
function normalGamma(s: Float64Array, fitted: Float64Array | null, p: number, means: boolean): Float64Array {
  const count = momentCount(p, means);
  const offset = means ? p : 0;
  const out = new Float64Array(count * count);
  const value = (a: Float64Array, i: number, j: number, k: number, l: number): number => a[i * p + k] * a[j * p + l] + a[i * p + l] * a[j * p + k];
  if (means) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) out[i * count + j] = s[i * p + j] - (fitted ? fitted[i * p + j] : 0);
  let row = offset;
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++, row++) {
      let column = offset;
      for (let l = 0; l < p; l++) for (let k = l; k < p; k++, column++) out[row * count + column] = value(s, i, j, k, l) - (fitted ? value(fitted, i, j, k, l) : 0);
    }
  }
  return out;
}

/** Covariances of the values fitted by the regression on x: S_·x S_xx⁻¹ S_x·. */
function explainedBy(s: Float64Array, p: number, x: readonly number[]): Float64Array {
  const k = x.length;
  const factor = new Float64Array(k * k);
  x.forEach((a, r) => x.forEach((b, c) => (factor[r * k + c] = s[a * p + b])));
  const out = new Float64Array(p * p);
  if (cholesky(factor, k) >= 0) return out;
  const right = new Float64Array(p * k);
  for (let i = 0; i < p; i++) {
    x.forEach((a, r) => (right[i * k + r] = s[i * p + a]));
    choleskySolve(factor, k, right, i * k);
  }
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) x.forEach((a, r) => (out[i * p + j] += right[i * k + r] * s[a * p + j]));
  return out;
}

/** Mean cross products of rows' moments about the implied ones. */
function modelGamma(values: Float64Array, n: number, p: number, means: boolean, mu: Float64Array, sampleMean: Float64Array, model: Float64Array): Float64Array {
  const count = momentCount(p, means);
  const raw = new Float64Array(n * count);
  const centre = means ? mu : sampleMean;
  for (let i = 0; i < n; i++) {
    let at = 0;
    const d = (j: number): number => values[i * p + j] - centre[j];
    if (means) for (let j = 0; j < p; j++) raw[i * count + at++] = d(j);
    for (let j = 0; j < p; j++) for (let k = j; k < p; k++, at++) raw[i * count + at] = d(j) * d(k) - model[at];
  }
  return meanCrossProducts(raw, n, count);
}

/** Which moments are those of exogenous variables alone. */
function exogenousMoments(exogenous: readonly number[], p: number, means: boolean): Uint8Array {
  const out = new Uint8Array(momentCount(p, means));
  let at = 0;
  if (means) for (let i = 0; i < p; i++) out[at++] = exogenous.includes(i) ? 1 : 0;
  for (let j = 0; j < p; j++) for (let i = j; i < p; i++) out[at++] = exogenous.includes(i) && exogenous.includes(j) ? 1 : 0;
  return out;
}

/** Fixed moments are left out: they do not vary. */
function withoutExogenous(space: MomentSpace, exogenous: readonly number[], p: number, means: boolean, q: number): MomentSpace {
  if (exogenous.length === 0) return space;
  const drop = exogenousMoments(exogenous, p, means);
  const kept = Array.from(drop, (_, i) => i).filter((i) => drop[i] === 0);
  const count = kept.length;
  const gamma = new Float64Array(count * count);
  const delta = new Float64Array(count * q);
  kept.forEach((from, r) => {
    delta.set(space.delta.subarray(from * q, (from + 1) * q), r * q);
    kept.forEach((other, c) => (gamma[r * count + c] = space.gamma[from * space.count + other]));
  });
  return { n: space.n, count, residual: Float64Array.from(kept, (i) => space.residual[i]), delta, gamma };
}

/** Fixed moments count as free parameters: each gets a column of its own, beside those of the other groups. */
function withExogenousFree(space: MomentSpace, exogenous: readonly number[], p: number, means: boolean, q: number, before: number, columns: number): MomentSpace {
  const free = exogenousMoments(exogenous, p, means);
  const places = Array.from(free, (_, i) => i).filter((i) => free[i] === 1);
  const width = q + columns;
  const delta = new Float64Array(space.count * width);
  for (let r = 0; r < space.count; r++) delta.set(space.delta.subarray(r * q, (r + 1) * q), r * width);
  places.forEach((place, k) => (delta[place * width + q + before + k] = 1));
  return { ...space, delta };
}
