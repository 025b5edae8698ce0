import { cholesky } from '../../../../numerics/dense/cholesky.js';
import type { GroupSample } from '../../discrepancy/normalTheory.js';
import type { ParameterTable } from '../../parameterTable.js';
import { BETA, LAMBDA, PSI, THETA, type Cell, type GroupStructure } from '../../structure/modelStructure.js';
import { commonLoadings } from './commonLoadings.js';
import { latentCovariances } from './latentCovariances.js';
import { latentMeanStart } from './latentMeanStart.js';
import { regressionStart } from './regressionStart.js';
import { RESIDUAL_SHARE } from './simpleStart.js';
import { filterPacked, mapPacked } from '../../../../shared/packedArray.js';

/**
 * Loadings by instrumental variables (FABIN2), residuals by communality,
 * latent covariances by generalized least squares, regressions from them.
 * @see Hägglund (1982), Psychometrika 47(2)
 */
export function informedStart(table: ParameterTable, group: GroupStructure, sample: GroupSample, values: Float64Array): void {
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
    const indicators = filterPacked(cells, (c) => c.matrix === LAMBDA && c.column === f);
    if (indicators.length === 0) continue;
    measured[f] = 1;
    const loading = commonLoadings(mapPacked(indicators, (c) => c.row), mapPacked(indicators, (c) => values[c.parameter]), s, p);
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
      const indicators = filterPacked(cells, (c) => c.matrix === BETA && c.column === f);
      if (indicators.length === 0 || indicators.some((c) => !measured[c.row])) continue;
      measured[f] = 1;
      const loading = commonLoadings(mapPacked(indicators, (c) => c.row), mapPacked(indicators, (c) => values[c.parameter]), phi, m);
      psi[f] = loading.variance;
      const variance = cell(PSI, f, f);
      if (loading.free && variance && !free(variance) && values[variance.parameter] > 0) scale[f] = Math.sqrt(values[variance.parameter] / psi[f]);
      const rows = mapPacked(indicators, (c) => c.row);
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
    const parents = filterPacked(cells, (c) => c.matrix === BETA && c.row === i);
    residual[i] = phi[i * m + i];
    if (parents.length === 0) continue;
    const columns = mapPacked(parents, (c) => c.column);
    const solved = regressionStart(columns, mapPacked(parents, (c) => values[c.parameter]), i, phi, m);
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
