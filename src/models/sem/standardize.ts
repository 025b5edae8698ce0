import { blockOf, rolesOfBlock } from './structure/blocks.js';
import { BETA, PSI, type GroupStructure } from './structure/modelStructure.js';
import { ImpliedMoments } from './implied/impliedMoments.js';
import type { Derivatives } from './implied/derivatives.js';
import type { Parameter, ParameterTable } from './parameterTable.js';

/** std.lv: latent variables have variance 1; std.all: observed ones too; std.nox: all but exogenous observed ones. */
export type Standardization = 'std.lv' | 'std.all' | 'std.nox';

/** Which variables' standard deviations scale a row, as indices: observed 0…p−1, latent p…p+m−1; −1 for none. */
export interface ScaleRule {
  /** Multiplied by 1/SD (numerator −1) or SD (numerator 1). */
  readonly lhs: number;
  readonly lhsPower: number;
  readonly rhs: number;
  readonly rhsPower: number;
}

const NO_SCALE: ScaleRule = { lhs: -1, lhsPower: 0, rhs: -1, rhsPower: 0 };

/**
 * How a row is standardized:
 * loading λ·sd(f)/sd(y), regression b·sd(x)/sd(y), (co)variance c/(sd sd),
 * intercept a/sd. For std.lv observed variables keep their units.
 */
export function scaleRule(row: Parameter, structure: GroupStructure, kind: Standardization, exogenous: ReadonlySet<string>): ScaleRule {
  const { p } = structure;
  const index = (name: string): number => {
    const latent = structure.latent.indexOf(name);
    const observed = structure.observed.indexOf(name);
    if (observed < 0) return latent < 0 ? -1 : p + latent;
    if (kind === 'std.lv' || (kind === 'std.nox' && exogenous.has(name))) return -1;
    return observed;
  };
  return ruleOf(row, index);
}

function ruleOf(row: Parameter, index: (name: string) => number): ScaleRule {
  switch (row.op) {
    case '=~':
      return { lhs: index(row.lhs), lhsPower: 1, rhs: index(row.rhs), rhsPower: -1 };
    case '~':
    case '<~':
      return { lhs: index(row.lhs), lhsPower: -1, rhs: index(row.rhs), rhsPower: 1 };
    case '~~':
      return { lhs: index(row.lhs), lhsPower: -1, rhs: index(row.rhs), rhsPower: -1 };
    case '~1':
    case '|':
      return { lhs: index(row.lhs), lhsPower: -1, rhs: -1, rhsPower: 0 };
    default:
      return NO_SCALE;
  }
}

/**
 * Variances that standardization divides by: implied variances of the observed
 * variables (p), then of the latent ones (m). Covariances of exogenous or
 * residual terms divide by residual SDs where a variable is dependent.
 */
export function scaleVariances(implied: ImpliedMoments): Float64Array {
  const { p, m } = implied.structure;
  const out = new Float64Array(p + m);
  for (let i = 0; i < p; i++) out[i] = implied.sigma[i * p + i];
  for (let j = 0; j < m; j++) out[p + j] = implied.phi[j * m + j];
  return out;
}

/** Residual variances in the same order: Θ_ii (or Ψ of the twin), then Ψ_jj. */
export function residualVariances(implied: ImpliedMoments): Float64Array {
  const { p, m, twin } = implied.structure;
  const out = new Float64Array(p + m);
  for (let i = 0; i < p; i++) out[i] = twin[i] >= 0 ? implied.psi[twin[i] * m + twin[i]] : implied.theta[i * p + i];
  for (let j = 0; j < m; j++) out[p + j] = implied.psi[j * m + j];
  return out;
}

/** ∂(variance `index`)/∂(cell k) of `scaleVariances`. */
export function varianceSlope(d: Derivatives, k: number, implied: ImpliedMoments, index: number): number {
  const { p, m } = implied.structure;
  if (index < p) return 2 * d.w[k] * component(d.a[k], index, implied) * component(d.b[k], index, implied);
  const j = index - p;
  const { effects, phi } = implied;
  const r = d.row[k];
  const c = d.column[k];
  if (d.matrix[k] === PSI) return (r === c ? 1 : 2) * effects[j * m + r] * effects[j * m + c];
  if (d.matrix[k] === BETA) return 2 * effects[j * m + r] * phi[c * m + j];
  return 0;
}

/** Element i of a derivative vector. */
function component(vector: number, i: number, implied: ImpliedMoments): number {
  const { p, m } = implied.structure;
  if (vector < p) return vector === i ? 1 : 0;
  return vector < p + m ? implied.gamma[i * m + vector - p] : implied.lambdaPhi[i * m + vector - p - m];
}

interface RowRule {
  readonly row: number;
  readonly rule: ScaleRule;
  /** Divided by residual standard deviations. */
  readonly residual: boolean;
}

/** How the rows of one block (0-based) are standardized, found once for many values. */
export class StandardizedRows {
  private readonly rules: readonly RowRule[];
  /** Rows that standardize to 1. */
  private readonly units: readonly number[];

  constructor(table: ParameterTable, structure: GroupStructure, block: number, kind: Standardization) {
    const exogenous = new Set(rolesOfBlock(table, block).exogenousObserved);
    const index = new Map<string, number>();
    const { p } = structure;
    for (let j = 0; j < structure.latent.length; j++) index.set(structure.latent[j], p + j);
    for (let i = 0; i < p; i++) index.set(structure.observed[i], kind === 'std.lv' || (kind === 'std.nox' && exogenous.has(structure.observed[i])) ? -1 : i);
    const find = (name: string): number => index.get(name) ?? -1;
    const units: number[] = [];
    const rules: RowRule[] = [];
    for (let row = 0; row < table.rows.length; row++) {
      const parameter = table.rows[row];
      if (blockOf(parameter, table) !== block) continue;
      // a scale standardizes to the unit that it is
      if (parameter.op === '~*~' && kind !== 'std.lv') units.push(row);
      else rules.push({ row, rule: ruleOf(parameter, find), residual: parameter.op === '~~' && parameter.lhs !== parameter.rhs });
    }
    this.units = units;
    this.rules = rules;
  }

  /**
   * Standardized values of the group's rows. A covariance divides by the two
   * standard deviations of the terms that covary: residual ones where the
   * variable is dependent, so that it is a residual correlation.
   */
  standardize(implied: ImpliedMoments, values: Float64Array, out: Float64Array): void {
    const total = scaleVariances(implied);
    const left = residualVariances(implied);
    for (const row of this.units) out[row] = 1;
    for (const { row, rule, residual } of this.rules) {
      const variances = residual ? left : total;
      out[row] = values[row] * factor(rule.lhs, rule.lhsPower, variances) * factor(rule.rhs, rule.rhsPower, variances);
    }
  }
}

/** Standardized values of all rows of one block (0-based). */
export function standardizedValues(table: ParameterTable, structure: GroupStructure, implied: ImpliedMoments, block: number, values: Float64Array, kind: Standardization, out: Float64Array): void {
  new StandardizedRows(table, structure, block, kind).standardize(implied, values, out);
}

function factor(index: number, power: number, variances: Float64Array): number {
  if (index < 0 || power === 0) return 1;
  const sd = Math.sqrt(variances[index]);
  return power > 0 ? sd : 1 / sd;
}
