import { normalTwoSided } from '../../../numerics/distributions/index.js';
import { finite } from '../../../shared/table.js';
import type { BootstrapEstimate } from '../bootstrap/bootstrapResult.js';
import { derivatives, type Derivatives } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { SemFit } from '../results.js';
import { residualVariances, scaleRule, scaleVariances, varianceSlope, type Standardization } from '../standardize.js';
import { blockOf, rolesOfBlock } from '../structure/blocks.js';
import { BETA, PSI, THETA } from '../structure/modelStructure.js';
import type { FitState } from './fitState.js';
import { stateOf } from './fittedModel.js';
import { deltaError, inference, standardizedRows, type Inference } from './parameterEstimates.js';

/** A standardized parameter with its own standard error and interval. */
export interface StandardizedEstimate extends Inference {
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly group: number;
  readonly level: number;
  readonly label: string;
}

/**
 * The standardized solution: point estimates, delta-method standard errors
 * (which include the dependence of the implied variances on all parameters),
 * z, p and intervals; with `se: 'bootstrap'` those of the draws (`std.all`).
 *
 * @see Bollen (1989), Structural Equations with Latent Variables, 349-350; Oehlert (1992) on the delta method
 */
export function standardizedSolution(fit: SemFit, kind: Standardization = 'std.all'): readonly StandardizedEstimate[] {
  const state = stateOf(fit);
  const { table, options, vcov } = state;
  const values = standardizedRows(state, kind);
  const gradients = vcov ? (state.rotated?.standardizedGradients(kind) ?? standardizedGradients(state, kind, values)) : null;
  let place = 0;
  return table.rows.flatMap((row, i): StandardizedEstimate[] => {
    if (row.op === '==' || row.op === '<' || row.op === '>') return [];
    const drawn = kind === 'std.all' ? state.drawn?.estimates[place++] : undefined;
    if (drawn) return [{ lhs: row.lhs, op: row.op, rhs: row.rhs, group: row.group, level: row.level, label: row.label, ...drawnStandardized(drawn, values[i]) }];
    const gradient = gradients?.[i] ?? null;
    const stdError = vcov ? (gradient ? deltaError(gradient, vcov) : 0) : null;
    return [{ lhs: row.lhs, op: row.op, rhs: row.rhs, group: row.group, level: row.level, label: row.label, ...inference(values[i], stdError, options.level) }];
  });
}

/** Error and percentile interval of a standardized value over the draws. */
function drawnStandardized({ stdAllError, stdAllPercentile }: BootstrapEstimate, value: number): Inference {
  const estimate = finite(value);
  if (stdAllError === null || estimate === null) return inference(value, estimate === null ? null : 0, 0.5);
  const z = estimate / stdAllError;
  return { estimate, stdError: stdAllError, statistic: z, pValue: normalTwoSided(z), confLow: stdAllPercentile?.[0] ?? null, confHigh: stdAllPercentile?.[1] ?? null };
}

/** ∂(standardized row)/∂x per row; null for rows that are constant. */
export function standardizedGradients(state: FitState, kind: Standardization, standardized: Float64Array): readonly (Float64Array | null)[] {
  const { table, estimation } = state;
  const { structure, values, names } = estimation;
  const slopes = estimation.implied.map((implied) => varianceSlopes(derivatives(implied.structure, structure.position), implied, structure.size));
  const gradients: (Float64Array | null)[] = table.rows.map((row, i) => {
    if (row.group < 1 || row.op === ':=') return null;
    const block = blockOf(row, table);
    const implied = estimation.implied[block];
    const rule = scaleRule(row, implied.structure, kind, new Set(rolesOfBlock(table, block).exogenousObserved));
    const residual = row.op === '~~' && row.lhs !== row.rhs;
    const variances = residual ? residualVariances(implied) : scaleVariances(implied);
    const of = residual ? slopes[block].residual : slopes[block].total;
    const gradient = new Float64Array(structure.size);
    const own = structure.position[i];
    if (own >= 0) gradient[own] += values[i] === 0 ? scaleFactor(rule.lhs, rule.lhsPower, variances) * scaleFactor(rule.rhs, rule.rhsPower, variances) : standardized[i] / values[i];
    for (const [index, power] of [[rule.lhs, rule.lhsPower], [rule.rhs, rule.rhsPower]] as const) {
      if (index < 0 || power === 0) continue;
      const factor = (0.5 * power * standardized[i]) / variances[index];
      const slope = of[index];
      for (let k = 0; k < gradient.length; k++) gradient[k] += factor * slope[k];
    }
    return gradient;
  });
  table.rows.forEach((row, i) => {
    if (row.op !== ':=' || !row.expression) return;
    const overRows = new Float64Array(table.rows.length);
    names.addGradient(row.expression, standardized, 1, overRows);
    const gradient = new Float64Array(structure.size);
    overRows.forEach((weight, r) => {
      const inner = gradients[r];
      if (weight !== 0 && inner) for (let k = 0; k < gradient.length; k++) gradient[k] += weight * inner[k];
    });
    gradients[i] = gradient;
  });
  return gradients;
}

function scaleFactor(index: number, power: number, variances: Float64Array): number {
  if (index < 0 || power === 0) return 1;
  return power > 0 ? Math.sqrt(variances[index]) : 1 / Math.sqrt(variances[index]);
}

/** ∂/∂x of the total and residual variances of one group, by variable. */
function varianceSlopes(d: Derivatives, implied: ImpliedMoments, size: number): { total: Float64Array[]; residual: Float64Array[] } {
  const { p, m, twin } = implied.structure;
  const total = Array.from({ length: p + m }, () => new Float64Array(size));
  const residual = Array.from({ length: p + m }, () => new Float64Array(size));
  for (let k = 0; k < d.count; k++) {
    const column = d.position[k];
    for (let index = 0; index < p + m; index++) {
      if (index >= p && d.matrix[k] !== PSI && d.matrix[k] !== BETA) continue;
      total[index][column] += varianceSlope(d, k, implied, index);
    }
    if (d.row[k] !== d.column[k]) continue;
    if (d.matrix[k] === THETA) residual[d.row[k]][column] += 1;
    if (d.matrix[k] === PSI) {
      residual[p + d.row[k]][column] += 1;
      const observed = twin.indexOf(d.row[k]);
      if (observed >= 0) residual[observed][column] += 1;
    }
  }
  return { total, residual };
}
