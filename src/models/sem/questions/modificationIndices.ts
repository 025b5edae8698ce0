import { cholesky, forwardSolve } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { fail } from '../../../shared/diagnostic.js';
import { finite, table as makeTable, type Bilingual, type Table } from '../../../shared/table.js';
import type { Estimation } from '../estimation/estimate.js';
import { NormalPart } from '../estimation/normalPart.js';
import { stateOf } from '../fit/fittedModel.js';
import { activeJacobian } from '../inference/activeConstraints.js';
import { widerPart } from '../inference/widerPart.js';
import { informationMatrix, invertInformation } from '../inference/parameterCovariance.js';
import type { Operator } from '../parameterTable.js';
import type { SemFit } from '../results.js';
import { standardizedValues, type Standardization } from '../standardize.js';
import { blockOf, rolesOfBlock } from '../structure/blocks.js';
import { modelStructure } from '../structure/modelStructure.js';
import { fitNotes } from '../tables/fitNotes.js';
import { levelName } from '../tables/levelName.js';
import { candidates } from './candidates.js';
import { exogenousOutcomeIndices } from './exogenousOutcomes.js';

/** What freeing one parameter would do. */
export interface ModificationIndex {
  readonly lhs: string;
  readonly op: Operator;
  readonly rhs: string;
  readonly group: number;
  /** 1, or 2 for the level of clusters. */
  readonly level: number;
  /** Expected fall of χ². */
  readonly mi: number;
  /** The same over the scaling factor of a scaled test. */
  readonly miScaled: number | null;
  /** Expected value of the parameter. */
  readonly epc: number;
  readonly sepcLatent: number | null;
  readonly sepcAll: number | null;
  readonly sepcNox: number | null;
}

/** Share of its own information that a candidate must keep given the free parameters; less means that it is not identified. */
const LEFT_OVER = 1e-9;

/**
 * Modification indices: with score s = −∂f/∂θ of a fixed parameter and its
 * information V given the free ones, mi = N s²/V and epc = s/V.
 *
 * @see Sörbom (1989), Psychometrika 54(3); Saris, Satorra & Sörbom (1987)
 */
export function modificationIndices(fit: SemFit): readonly ModificationIndex[] {
  const state = stateOf(fit);
  const { estimation, options, sample, test } = state;
  if (!estimation.minimum.converged) fail('not-converged', 'modification indices need a converged model');
  if (state.pairwise) fail('modification-indices', 'modification indices are not available for pairwise maximum likelihood: a score of pairs has no χ² distribution', { help: 'free the parameter and call `compareFits`' });
  const extended = candidates(state.table, options.conditionalX, options.categorical && options.parameterization === 'delta');
  const { score, cross, diagonal } = candidateInformation(estimation, extended.table, extended.rows, sample.groups.map((group) => group.n / sample.n));
  const free = estimation.structure.size;
  const information = informationMatrix(estimation, sample, 'expected', { ...options, h1Information: 'structured' });
  const left = reducedInformation(information, cross, diagonal, estimation);
  if (!left) return fail('not-identified', 'modification indices need an identified model');
  // lavaan counts all rows here, whatever the divisor of the moments
  const { n } = sample;
  const values = new Float64Array(extended.table.rows.length);
  const found: { row: number; mi: number; epc: number }[] = [];
  for (const each of exogenousOutcomeIndices(estimation, sample, extended)) {
    values[each.row] = each.epc;
    found.push(each);
  }
  extended.rows.forEach((row, k) => {
    if (extended.exogenousOutcomes.has(row) || !(left[k] > LEFT_OVER * diagonal[k]) || !(diagonal[k] > 0)) return;
    const s = -score[free + k];
    values[row] = s / left[k];
    found.push({ row, mi: (n * s * s) / left[k], epc: s / left[k] });
  });
  const exogenous = estimation.implied.map((_, block) => new Set(rolesOfBlock(state.table, block).exogenousObserved));
  const standard = (kind: Standardization): Float64Array => {
    const out = values.slice();
    estimation.implied.forEach((implied, g) => standardizedValues(extended.table, implied.structure, implied, g, values, kind, out));
    return out;
  };
  const [lv, all, nox] = [standard('std.lv'), standard('std.all'), standard('std.nox')];
  const c = test?.scaled?.scaling ?? null;
  return found.map(({ row, mi, epc }) => {
    const { lhs, op, rhs, group, level } = extended.table.rows[row];
    // a scale has no unit to be standardized by
    if (op === '~*~') return { lhs, op, rhs, group, level, mi, miScaled: c === null ? null : finite(mi / c), epc, sepcLatent: null, sepcAll: null, sepcNox: null };
    // an exogenous variable as an outcome is standardized as one
    const own = exogenous[blockOf({ group, level }, state.table)];
    const outcome = op === '~' && own.has(lhs) && !own.has(rhs);
    return { lhs, op, rhs, group, level, mi, miScaled: c === null ? null : finite(mi / c), epc, sepcLatent: finite(lv[row]), sepcAll: finite(all[row]), sepcNox: finite((outcome ? all : nox)[row]) };
  });
}

/** Score over free and candidate parameters, and the candidates' information blocks. */
function candidateInformation(estimation: Estimation, table: Estimation['table'], rows: readonly number[], weights: readonly number[]): { score: Float64Array; cross: Float64Array; diagonal: Float64Array } {
  const { structure, objective } = estimation;
  const free = structure.size;
  const wide = modelStructure(table);
  const position = new Int32Array(table.rows.length).fill(-1);
  position.set(structure.position);
  rows.forEach((row, k) => (position[row] = free + k));
  const size = free + rows.length;
  const values = new Float64Array(table.rows.length);
  values.set(estimation.values.slice(0, structure.position.length));
  const score = new Float64Array(size);
  const cross = new Float64Array(rows.length * free);
  const diagonal = new Float64Array(rows.length);
  objective.parts.forEach((part, g) => {
    const wider = widerPart(part, wide, g, position, size);
    if (!wider) return fail('modification-indices', 'modification indices are not available for this estimator');
    wider.evaluate(values);
    wider.addGradient(objective.weights[g], score);
    if (wider instanceof NormalPart) return wider.addCandidates(weights[g], free, cross, diagonal);
    const whole = new Float64Array(size * size);
    wider.addInformation(weights[g], size, whole);
    for (let k = 0; k < rows.length; k++) {
      diagonal[k] += whole[(free + k) * size + free + k];
      for (let l = 0; l < free; l++) cross[k * free + l] += whole[(free + k) * size + l];
    }
  });
  return { score, cross, diagonal };
}

/** I_kk − I_kf I_ff⁻¹ I_fk per candidate, with the inverse on the null space of the active constraints. */
function reducedInformation(information: Float64Array, cross: Float64Array, diagonal: Float64Array, estimation: Estimation): Float64Array | null {
  const n = estimation.structure.size;
  const out = diagonal.slice();
  if (!activeJacobian(estimation)) {
    const factor = information.slice();
    if (cholesky(factor, n, 1e-10) >= 0) return null;
    for (let k = 0; k < out.length; k++) {
      forwardSolve(factor, n, cross, k * n);
      out[k] -= dot(cross, k * n, cross, k * n, n);
    }
    return out;
  }
  const inverse = invertInformation(information, estimation);
  if (!inverse) return null;
  for (let k = 0; k < out.length; k++) for (let i = 0; i < n; i++) out[k] -= cross[k * n + i] * dot(inverse, i * n, cross, k * n, n);
  return out;
}

/** The largest modification indices, most useful first. */
export function modificationTable(fit: SemFit, least = 3.84, most = 20): Table {
  const rows = [...modificationIndices(fit)].filter(({ mi }) => mi >= least).sort((a, b) => b.mi - a.mi).slice(0, most);
  const groups = fit.table.groupLabels;
  const { levelLabels } = fit.table;
  return makeTable(
    { en: 'Modification indices', zh: '修正指数' },
    [
      ...(groups.length > 1 ? [{ key: 'group', label: { en: 'Group', zh: '组' }, kind: 'text' as const }] : []),
      ...(levelLabels ? [{ key: 'level', label: { en: 'Level', zh: '层次' }, kind: 'text' as const, zhFrom: 'levelZh' }] : []),
      { key: 'term', label: { en: 'Parameter', zh: '参数' }, kind: 'text' },
      { key: 'mi', label: { en: 'MI', zh: '修正指数' }, kind: 'number' },
      { key: 'epc', label: { en: 'EPC', zh: '期望参数变化' }, kind: 'estimate' },
      { key: 'sepcAll', label: { en: 'Std. EPC', zh: '标准化 EPC' }, kind: 'estimate' }
    ],
    rows.map((row) => ({ ...(groups.length > 1 ? { group: groups[row.group - 1] } : {}), ...(levelLabels ? levelCells(levelName(levelLabels, row.level)) : {}), term: `${row.lhs} ${row.op} ${row.rhs}`.trim(), mi: row.mi, epc: row.epc, sepcAll: row.sepcAll })),
    { notes: [{ en: `the ${rows.length} largest with MI ≥ ${least}; free a parameter only when theory allows it`, zh: `修正指数 ≥ ${least} 的前 ${rows.length} 项;须有理论依据方可释放参数` }, ...fitNotes(fit)] }
  );
}

function levelCells({ en, zh }: Bilingual): { readonly level: string; readonly levelZh: string } {
  return { level: en, levelZh: zh ?? en };
}
