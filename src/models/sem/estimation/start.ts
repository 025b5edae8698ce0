import { cholesky, choleskySolve } from '../../../numerics/dense/cholesky.js';
import { invertGeneral } from '../../../numerics/dense/lu.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { ParameterTable } from '../parameterTable.js';
import { tightestBounds } from '../structure/modelConstraints.js';
import { ALPHA, BETA, LAMBDA, NU, PSI, THETA, type Cell, type GroupStructure, type ModelStructure } from '../structure/modelStructure.js';

/** Starting latent variance and residual share when nothing better is known (lavaan's values). */
const LATENT_VARIANCE = 0.05;
const RESIDUAL_SHARE = 0.5;

/** `informed` estimates the start from the sample moments; `simple` is the safe fallback. */
export type StartMethod = 'informed' | 'simple';

/**
 * One starting value per row of the parameter table: fixed rows their value,
 * exogenous observed variables their sample moments, and free rows a start
 * close to the solution, so that few iterations remain.
 *
 * @param samples null where a group's moments come from elsewhere.
 */
export function startValues(table: ParameterTable, structure: ModelStructure, samples: readonly GroupSample[], method: StartMethod): Float64Array {
  const values = new Float64Array(table.rows.length).fill(NaN);
  table.rows.forEach((row, i) => {
    if (row.ustart !== null && !row.exo) values[i] = row.ustart;
  });
  structure.groups.forEach((group, g) => {
    fillExogenous(table, group, samples[g], values);
    if (method === 'informed') informedStart(table, group, samples[g], values);
    simpleStart(table, group, samples[g], values);
  });
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = 0;
  shareStarts(table, structure, values);
  const { lower, upper } = tightestBounds(table, structure);
  for (let i = 0; i < values.length; i++) {
    const k = structure.position[i];
    if (k >= 0) values[i] = Math.min(Math.max(values[i], lower[k]), upper[k]);
  }
  return values;
}

function fillExogenous(table: ParameterTable, group: GroupStructure, sample: GroupSample, values: Float64Array): void {
  const observedOf = new Map(group.observed.map((name, i) => [name, i]));
  for (const cell of group.cells) {
    const row = table.rows[cell.parameter];
    if (!row.exo) continue;
    const i = observedOf.get(row.lhs);
    const j = observedOf.get(row.rhs);
    if (row.op === '~1' && i !== undefined) values[cell.parameter] = sample.mean[i];
    else if (i !== undefined && j !== undefined) values[cell.parameter] = sample.covariance[i * group.p + j];
  }
}

/** Rows that share a position start at the mean of their starts. */
function shareStarts(table: ParameterTable, structure: ModelStructure, values: Float64Array): void {
  const sum = new Float64Array(structure.size);
  const count = new Float64Array(structure.size);
  for (let i = 0; i < table.rows.length; i++) {
    const k = structure.position[i];
    if (k < 0) continue;
    sum[k] += values[i];
    count[k]++;
  }
  for (let i = 0; i < table.rows.length; i++) {
    const k = structure.position[i];
    if (k >= 0) values[i] = sum[k] / count[k];
  }
}

/** Loadings 1, covariances and regressions 0, half of each variance residual, intercepts at the means. */
function simpleStart(table: ParameterTable, group: GroupStructure, sample: GroupSample, values: Float64Array): void {
  const { p, m, twin } = group;
  const observedOfTwin = new Int32Array(m).fill(-1);
  twin.forEach((column, i) => {
    if (column >= 0) observedOfTwin[column] = i;
  });
  for (const { matrix, row, column, parameter } of group.cells) {
    if (!Number.isNaN(values[parameter])) continue;
    const observed = observedOfTwin[row] ?? -1;
    if (matrix === LAMBDA) values[parameter] = 1;
    else if (matrix === THETA) values[parameter] = row === column ? RESIDUAL_SHARE * sample.covariance[row * p + row] : 0;
    else if (matrix === PSI && row === column) values[parameter] = observed >= 0 ? RESIDUAL_SHARE * sample.covariance[observed * p + observed] : LATENT_VARIANCE;
    else if (matrix === NU) values[parameter] = sample.mean[row];
    else if (matrix === ALPHA && observed >= 0) values[parameter] = sample.mean[observed];
    else if (matrix === BETA && table.rows[parameter].op === '=~') values[parameter] = 1;
    else values[parameter] = 0;
  }
}

/**
 * Loadings by instrumental variables (FABIN2), residuals by communality,
 * latent covariances by generalized least squares, regressions from them.
 * @see Hägglund (1982), Psychometrika 47(2)
 */
function informedStart(table: ParameterTable, group: GroupStructure, sample: GroupSample, values: Float64Array): void {
  const { p, m, cells, twin } = group;
  const s = sample.covariance;
  const cellAt = new Map<number, Cell>(cells.map((cell) => [(cell.matrix * 4096 + cell.row) * 4096 + cell.column, cell]));
  const cell = (matrix: number, row: number, column: number): Cell | undefined => cellAt.get((matrix * 4096 + row) * 4096 + column);
  const free = (c: Cell): boolean => Number.isNaN(values[c.parameter]);

  // 1. Measurement: Λ in the metric of the marker, Θ from communalities.
  const lambda = new Float64Array(p * m);
  const theta = Float64Array.from({ length: p }, (_, i) => RESIDUAL_SHARE * s[i * p + i]);
  const scale = new Float64Array(m).fill(1);
  const measured = new Uint8Array(m);
  const psi = new Float64Array(m);
  for (let f = 0; f < m; f++) {
    const indicators = cells.filter((c) => c.matrix === LAMBDA && c.column === f);
    if (indicators.length === 0) continue;
    measured[f] = 1;
    const loading = commonLoadings(indicators.map((c) => c.row), indicators.map((c) => values[c.parameter]), s, p);
    indicators.forEach((c, i) => (lambda[c.row * m + f] = loading.loadings[i]));
    psi[f] = loading.variance;
    const variance = cell(PSI, f, f);
    if (loading.free && variance && !free(variance) && values[variance.parameter] > 0) scale[f] = Math.sqrt(values[variance.parameter] / psi[f]);
  }
  for (let i = 0; i < p; i++) {
    const column = twin[i];
    if (column >= 0) {
      lambda[i * m + column] = 1;
      theta[i] = 1e-3 * s[i * p + i];
      measured[column] = 1;
      psi[column] = s[i * p + i];
      continue;
    }
    let common = 0;
    let factors = 0;
    for (let f = 0; f < m; f++) {
      if (lambda[i * m + f] === 0) continue;
      common += lambda[i * m + f] ** 2 * psi[f];
      factors++;
    }
    if (factors === 1) theta[i] = Math.min(0.9, Math.max(0.1, 1 - common / s[i * p + i])) * s[i * p + i];
  }

  // 2. Covariances of the measured latent variables.
  const phi = latentCovariances(lambda, theta, twin, s, p, m, measured, psi);
  if (!phi) return;

  // 3. Latent variables measured by latent variables.
  for (let round = 0; round < m; round++) {
    for (let f = 0; f < m; f++) {
      if (measured[f]) continue;
      const indicators = cells.filter((c) => c.matrix === BETA && c.column === f);
      if (indicators.length === 0 || indicators.some((c) => !measured[c.row])) continue;
      measured[f] = 1;
      const loading = commonLoadings(indicators.map((c) => c.row), indicators.map((c) => values[c.parameter]), phi, m);
      psi[f] = loading.variance;
      const variance = cell(PSI, f, f);
      if (loading.free && variance && !free(variance) && values[variance.parameter] > 0) scale[f] = Math.sqrt(values[variance.parameter] / psi[f]);
      const rows = indicators.map((c) => c.row);
      let norm = 0;
      loading.loadings.forEach((value, i) => (norm += (value * value) / phi[rows[i] * m + rows[i]]));
      for (let g = 0; g < m; g++) {
        let sum = 0;
        loading.loadings.forEach((value, i) => (sum += ((value / phi[rows[i] * m + rows[i]]) * phi[rows[i] * m + g]) / (norm || 1)));
        phi[f * m + g] = sum;
        phi[g * m + f] = sum;
      }
      phi[f * m + f] = psi[f];
    }
  }

  // 4. Regressions among latent variables; residual covariances start at zero.
  const beta = new Float64Array(m * m);
  const residual = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    const parents = cells.filter((c) => c.matrix === BETA && c.row === i);
    residual[i] = phi[i * m + i];
    if (parents.length === 0) continue;
    const columns = parents.map((c) => c.column);
    const solved = regressionStart(columns, parents.map((c) => values[c.parameter]), i, phi, m);
    columns.forEach((column, k) => (beta[i * m + column] = solved.slopes[k]));
    residual[i] = Math.max(0.1 * phi[i * m + i], solved.residual);
    const variance = cell(PSI, i, i);
    if (scale[i] !== 1 && variance) scale[i] = Math.sqrt(values[variance.parameter] / residual[i]);
  }

  // 5. Back to the metric of the model.
  for (const c of cells) {
    if (!free(c)) continue;
    const { row, column, parameter } = c;
    if (c.matrix === LAMBDA) values[parameter] = lambda[row * m + column] / scale[column];
    else if (c.matrix === THETA && row === column) values[parameter] = theta[row];
    else if (c.matrix === BETA) values[parameter] = (beta[row * m + column] * scale[row]) / scale[column];
    else if (c.matrix === PSI && row === column) values[parameter] = residual[row] * scale[row] ** 2;
    else if (c.matrix === PSI) {
      const exogenous = !cells.some((other) => other.matrix === BETA && (other.row === row || other.row === column));
      if (exogenous) values[parameter] = phi[row * m + column] * scale[row] * scale[column];
    }
  }
  latentMeanStart(group, sample, lambda, theta, beta, values);
  if (!residualsPositive(cells, values, m)) for (const c of cells) if (c.matrix === PSI && c.row !== c.column && table.rows[c.parameter].free > 0 && table.rows[c.parameter].ustart === null) values[c.parameter] = 0;
}

/**
 * Loadings of one factor in the metric of the first fixed non-zero loading
 * (else of the first indicator), λ_i = Σ_z s_1z s_iz / Σ_z s_1z² over the other
 * indicators z, and its variance Σ s_ij λ_iλ_j / Σ λ_i²λ_j².
 */
function commonLoadings(rows: readonly number[], given: readonly number[], s: Float64Array, p: number): { loadings: number[]; variance: number; free: boolean } {
  const k = rows.length;
  const reference = Math.max(0, given.findIndex((value) => !Number.isNaN(value) && value !== 0));
  const unit = Number.isNaN(given[reference]) ? 1 : given[reference] || 1;
  const at = (i: number, j: number): number => s[rows[i] * p + rows[j]];
  const loadings = given.map((value, i) => {
    if (!Number.isNaN(value)) return value;
    if (i === reference) return unit;
    let top = 0;
    let bottom = 0;
    for (let z = 0; z < k; z++) {
      if (z === i || z === reference) continue;
      top += at(reference, z) * at(i, z);
      bottom += at(reference, z) ** 2;
    }
    const ratio = bottom > 0 ? top / bottom : Math.sign(at(reference, i) || 1) * Math.sqrt(at(i, i) / at(reference, reference));
    const limit = 3 * Math.sqrt(at(i, i) / at(reference, reference));
    return unit * Math.max(-limit, Math.min(limit, ratio));
  });
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) {
      top += at(i, j) * loadings[i] * loadings[j];
      bottom += (loadings[i] * loadings[j]) ** 2;
    }
  }
  const whole = at(reference, reference) / (unit * unit);
  const variance = bottom > 0 ? Math.min(0.95 * whole, Math.max(0.1 * whole, top / bottom)) : k === 1 ? whole : 0.5 * whole;
  return { loadings, variance, free: given.every(Number.isNaN) };
}

/** Φ = G(S − Θ)Gᵀ with G = (ΛᵀΘ⁻¹Λ)⁻¹ΛᵀΘ⁻¹ over the measured columns, correlations kept below 0.9. */
function latentCovariances(lambda: Float64Array, theta: Float64Array, twin: Int32Array, s: Float64Array, p: number, m: number, measured: Uint8Array, psi: Float64Array): Float64Array | null {
  const columns = Array.from({ length: m }, (_, f) => f).filter((f) => measured[f]);
  const k = columns.length;
  const phi = new Float64Array(m * m);
  for (let f = 0; f < m; f++) phi[f * m + f] = psi[f] || LATENT_VARIANCE;
  if (k === 0) return phi;
  const cross = new Float64Array(k * k);
  for (let i = 0; i < p; i++) {
    for (let a = 0; a < k; a++) {
      const left = lambda[i * m + columns[a]] / theta[i];
      if (left !== 0) for (let b = 0; b < k; b++) cross[a * k + b] += left * lambda[i * m + columns[b]];
    }
  }
  const inverse = new Float64Array(k * k);
  if (!invertGeneral(cross, k, inverse)) return phi;
  const g = new Float64Array(k * p);
  for (let a = 0; a < k; a++) {
    for (let i = 0; i < p; i++) {
      let sum = 0;
      for (let b = 0; b < k; b++) sum += inverse[a * k + b] * lambda[i * m + columns[b]];
      g[a * p + i] = sum / theta[i];
    }
  }
  const shared = Array.from({ length: p }, (_, i) => columns.filter((f) => lambda[i * m + f] !== 0).length > 1).some(Boolean);
  const half = new Float64Array(k * p);
  for (let a = 0; a < k; a++) {
    for (let i = 0; i < p; i++) {
      const left = g[a * p + i];
      if (Math.abs(left) < 1e-12) continue;
      for (let j = 0; j < p; j++) half[a * p + j] += left * (s[i * p + j] - (i === j && twin[i] < 0 ? theta[i] : 0));
    }
  }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += half[a * p + j] * g[b * p + j];
      if (a === b && !shared) continue;
      phi[columns[a] * m + columns[b]] = sum;
      phi[columns[b] * m + columns[a]] = sum;
    }
  }
  for (const f of columns) if (!(phi[f * m + f] > 0.05 * (psi[f] || 1))) phi[f * m + f] = 0.05 * (psi[f] || 1);
  for (const f of columns) {
    for (const h of columns) {
      if (f <= h) continue;
      const limit = 0.9 * Math.sqrt(phi[f * m + f] * phi[h * m + h]);
      const value = Math.max(-limit, Math.min(limit, phi[f * m + h]));
      phi[f * m + h] = value;
      phi[h * m + f] = value;
    }
  }
  return phi;
}

/** Slopes of latent variable `i` on its parents; given slopes are kept. */
function regressionStart(columns: readonly number[], given: readonly number[], i: number, phi: Float64Array, m: number): { slopes: number[]; residual: number } {
  const slopes = given.map((value) => (Number.isNaN(value) ? 0 : value));
  const open = columns.map((_, k) => k).filter((k) => Number.isNaN(given[k]));
  const n = open.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  open.forEach((a, r) => {
    open.forEach((b, c) => (matrix[r * n + c] = phi[columns[a] * m + columns[b]] * (a === b ? 1.001 : 1)));
    right[r] = phi[columns[a] * m + i] - columns.reduce((sum, column, k) => sum + slopes[k] * phi[columns[a] * m + column], 0);
  });
  if (n > 0 && cholesky(matrix, n, 1e-6) < 0) {
    choleskySolve(matrix, n, right);
    open.forEach((k, r) => (slopes[k] = right[r]));
  }
  let explained = 0;
  columns.forEach((a, k) => {
    explained += 2 * slopes[k] * phi[a * m + i];
    columns.forEach((b, l) => (explained -= slopes[k] * slopes[l] * phi[a * m + b]));
  });
  return { slopes, residual: phi[i * m + i] - explained };
}

/**
 * Latent means start at their generalized-least-squares value in the indicators
 * whose intercepts are fixed, at 0 where there are none; free intercepts start
 * at what that leaves of the means.
 */
function latentMeanStart(group: GroupStructure, sample: GroupSample, lambda: Float64Array, theta: Float64Array, beta: Float64Array, values: Float64Array): void {
  const { p, m, cells, twin } = group;
  const means = cells.filter((c) => c.matrix === ALPHA && Number.isNaN(values[c.parameter]));
  if (means.length === 0) return;
  const nu = Float64Array.from(sample.mean);
  for (const c of cells) if (c.matrix === NU && !Number.isNaN(values[c.parameter])) nu[c.row] = values[c.parameter];
  for (let i = 0; i < p; i++) if (twin[i] >= 0) nu[i] = 0;
  // a free intercept takes up any latent mean, so that it says nothing of it
  const open = cells.filter((c) => c.matrix === NU && Number.isNaN(values[c.parameter]));
  const weight = Float64Array.from(theta.subarray(0, p), (residual) => 1 / residual);
  for (const c of open) weight[c.row] = 0;
  const columns = [...new Set(means.map((c) => c.row))];
  const k = columns.length;
  const cross = new Float64Array(k * k);
  const right = new Float64Array(k);
  for (let i = 0; i < p; i++) {
    columns.forEach((f, a) => {
      right[a] += lambda[i * m + f] * weight[i] * (sample.mean[i] - nu[i]);
      columns.forEach((h, b) => (cross[a * k + b] += lambda[i * m + f] * lambda[i * m + h] * weight[i]));
    });
  }
  if (cholesky(cross, k, 1e-9) >= 0) return;
  choleskySolve(cross, k, right);
  const kappa = new Float64Array(m);
  columns.forEach((f, a) => (kappa[f] = right[a]));
  for (const c of means) {
    let value = kappa[c.row];
    for (let j = 0; j < m; j++) value -= beta[c.row * m + j] * kappa[j];
    values[c.parameter] = value;
  }
  for (const c of open) {
    let mean = sample.mean[c.row];
    for (let f = 0; f < m; f++) mean -= lambda[c.row * m + f] * kappa[f];
    values[c.parameter] = mean;
  }
}

function residualsPositive(cells: readonly Cell[], values: Float64Array, m: number): boolean {
  const psi = new Float64Array(m * m);
  for (let i = 0; i < m; i++) psi[i * m + i] = 1;
  for (const c of cells) {
    if (c.matrix !== PSI) continue;
    const value = Number.isNaN(values[c.parameter]) ? 0 : values[c.parameter];
    psi[c.row * m + c.column] = c.row === c.column && value <= 0 ? 1e-6 : value;
  }
  return cholesky(psi, m) < 0;
}
