import { normalQuantile, normalTwoSided } from '../../../numerics/distributions/index.js';
import { finite } from '../../../shared/table.js';
import { mapPacked } from '../../../shared/packedArray.js';
import type { BootstrapEstimate } from '../bootstrap/bootstrapResult.js';
import type { Parameter } from '../parameterTable.js';
import type { ParameterEstimate } from '../results.js';
import { rowsOnBounds } from '../inference/activeConstraints.js';
import { standardizedValues, type Standardization } from '../standardize.js';
import type { FitState } from './fitState.js';

/** A free parameter whose standard error is this small relative to it is held by a bound: it has none. */
const ON_BOUND = 1e-7;

/** Share of its estimate below which a standard error is rounding noise around zero; units may make both as small as they like. */
const NO_ERROR = 1e-12;

/** Φ⁻¹(0.975): the level of nearly all intervals. */
const Z_95: number = normalQuantile(0.975);

export interface Inference {
  readonly estimate: number | null;
  readonly stdError: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/** z, two-sided p and interval; nothing where the standard error is missing or zero. */
export function inference(estimate: number, stdError: number | null, level: number): Inference {
  const value = finite(estimate);
  if (value === null || stdError === null || !Number.isFinite(stdError)) return { estimate: value, stdError: null, statistic: null, pValue: null, confLow: null, confHigh: null };
  if (stdError <= NO_ERROR * Math.abs(value) || stdError === 0) return { estimate: value, stdError: 0, statistic: null, pValue: null, confLow: value, confHigh: value };
  const z = value / stdError;
  const half = (level === 0.95 ? Z_95 : normalQuantile((1 + level) / 2)) * stdError;
  return { estimate: value, stdError, statistic: z, pValue: normalTwoSided(z), confLow: value - half, confHigh: value + half };
}

/** The same from the draws of a bootstrap, with the percentile interval; a fixed parameter has no spread. */
export function drawnInference({ stdError, statistic, pValue, intervals }: BootstrapEstimate, value: number): Inference {
  const estimate = finite(value);
  if (stdError === null) return { ...inference(value, 0, 0.5), stdError: estimate === null ? null : 0 };
  return { estimate, stdError, statistic, pValue, confLow: intervals.percentile?.[0] ?? null, confHigh: intervals.percentile?.[1] ?? null };
}

/** √(gᵀVg) for a gradient over the distinct free parameters. */
export function deltaError(gradient: Float64Array, vcov: Float64Array): number {
  const n = gradient.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (gradient[i] === 0) continue;
    let inner = 0;
    for (let j = 0; j < n; j++) inner += vcov[i * n + j] * gradient[j];
    sum += gradient[i] * inner;
  }
  return sum > 0 ? Math.sqrt(sum) : 0;
}

/** ∂(row value)/∂x of a defined parameter. */
export function definedGradient(state: FitState, row: Parameter, values: Float64Array): Float64Array {
  const { names, structure } = state.estimation;
  const overRows = new Float64Array(values.length);
  if (row.expression) names.addGradient(row.expression, values, 1, overRows);
  const gradient = new Float64Array(structure.size);
  for (let i = 0; i < overRows.length; i++) if (structure.position[i] >= 0) gradient[structure.position[i]] += overRows[i];
  return gradient;
}

/** Standard error per table row: 0 for fixed rows, null where it does not exist. */
export function rowErrors(state: FitState): readonly (number | null)[] {
  const { vcov, estimation, table, options } = state;
  const { structure, values } = estimation;
  const size = structure.size;
  const rotated = state.rotated?.gradients;
  const bounded = rowsOnBounds(estimation).length > 0;
  if (rotated) return table.rows.map((_, i) => (vcov ? (rotated[i] ? deltaError(rotated[i] as Float64Array, vcov) : 0) : null));
  return mapPacked(table.rows, (row, i) => {
    if (row.op === ':=') return vcov ? deltaError(definedGradient(state, row, values), vcov) : null;
    const k = structure.position[i];
    if (k < 0) return options.se === 'none' ? null : 0;
    if (!vcov || !(vcov[k * size + k] >= 0)) return null;
    const error = Math.sqrt(vcov[k * size + k]);
    return bounded && error <= ON_BOUND * Math.max(1, Math.abs(values[i])) ? null : error;
  });
}

/** Standardized point estimates per table row (`:=` evaluated at the standardized values). */
export function standardizedRows(state: FitState, kind: Standardization): Float64Array {
  const { table, estimation } = state;
  const out = estimation.values.slice();
  estimation.implied.forEach((implied, block) => standardizedValues(table, implied.structure, implied, block, estimation.values, kind, out));
  table.rows.forEach((row, i) => {
    if (row.op === ':=' && row.expression) out[i] = estimation.names.value(row.expression, out);
  });
  return out;
}

/** The estimated parameter table: constraints (`==`, `<`, `>`) are left out, as they are no estimates. */
export function parameterEstimates(state: FitState): readonly ParameterEstimate[] {
  const { table, estimation, options } = state;
  const errors = rowErrors(state);
  const latent = standardizedRows(state, 'std.lv');
  const all = standardizedRows(state, 'std.all');
  const out: ParameterEstimate[] = [];
  for (let i = 0; i < table.rows.length; i++) {
    const { lhs, op, rhs, group, level, label, free, origin } = table.rows[i];
    if (op === '==' || op === '<' || op === '>') continue;
    const { estimate, stdError, statistic, pValue, confLow, confHigh } = state.drawn ? drawnInference(state.drawn.estimates[out.length], estimation.values[i]) : inference(estimation.values[i], errors[i], options.level);
    const term = rhs === '' ? `${lhs} ${op}` : `${lhs} ${op} ${rhs}`;
    out.push(Object.freeze({ term, lhs, op, rhs, group, level, label, free, origin, estimate, stdError, statistic, pValue, confLow, confHigh, stdLatent: finite(latent[i]), stdAll: finite(all[i]) }));
  }
  return Object.freeze(out);
}
