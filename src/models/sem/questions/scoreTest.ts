import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { dot } from '../../../numerics/dense/dot.js';
import { constrainedInverse } from '../../../numerics/optimize/equalityStep.js';
import { parseModel } from '../../../language/parser.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { table as makeTable, type Table } from '../../../shared/table.js';
import type { FitState } from '../fit/fitState.js';
import { stateOf } from '../fit/fittedModel.js';
import { releasedModel } from '../inference/releasedModel.js';
import type { Expression, Parameter, ParameterTable } from '../parameterTable.js';
import { levelCount, rolesOfBlock } from '../structure/blocks.js';
import type { SemFit } from '../results.js';
import { userBlocks } from '../specification/userTerms.js';
import { fitNotes } from '../tables/fitNotes.js';

export interface ScoreTestOptions {
  /** Parameters to add, as model text: `f =~ x9; x7 ~~ x8`. Without it the equality constraints of the model are released. */
  readonly add?: string;
  /** Which constraints to release, 1-based in the order of the list; default all. */
  readonly release?: readonly number[];
}

/** Releasing one constraint, or adding one parameter. */
export interface ScoreTestRow {
  readonly lhs: string;
  readonly op: '==';
  readonly rhs: string;
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
  /** Of an added parameter alone: its expected value. */
  readonly epc: number | null;
}

/** What a parameter would become if everything tested were released. */
export interface ExpectedChange {
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly group: number;
  /** 1, or 2 for the level of clusters. */
  readonly level: number;
  readonly label: string;
  readonly estimate: number;
  readonly epc: number;
  /** estimate + epc. */
  readonly epv: number;
}

export interface ScoreTest {
  readonly kind: 'score-test';
  /** All at once; null when the larger model is not identified. */
  readonly total: { readonly statistic: number; readonly df: number; readonly pValue: number } | null;
  readonly univariate: readonly ScoreTestRow[];
  /** One after another, in the order of `univariate`. */
  readonly cumulative: readonly ScoreTestRow[];
  readonly changes: readonly ExpectedChange[];
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

const KEYS = ['add', 'release'] as const;

/**
 * Score (Lagrange multiplier) tests of equality constraints, or of parameters
 * to be added. With gradient g and information I of the model in which every
 * parameter is its own, and Z the inverse of I under the constraints that
 * stay, X² = N gᵀZg on as many degrees of freedom as constraints go, and the
 * expected change −Zg.
 *
 * @throws SurveyError `unknown-option`, `not-converged`, `score-test`
 * @see Rao (1948); Bentler & Chou (1992), Sociological Methods & Research 21(2)
 * @example scoreTest(fit).univariate.filter(({ pValue }) => pValue < .01)
 */
export function scoreTest(fit: SemFit, options: ScoreTestOptions = {}): ScoreTest {
  for (const key of Object.keys(options)) if (!(KEYS as readonly string[]).includes(key)) fail('unknown-option', `\`${key}\` is not an option of \`scoreTest\``, { help: didYouMean(key, KEYS) ?? `options are ${KEYS.join(', ')}` });
  const state = stateOf(fit);
  const { estimation, sample, options: resolved } = state;
  if (!estimation.minimum.converged) fail('not-converged', 'score tests need a converged model');
  if (state.pairwise) fail('score-test', 'score tests are not available for pairwise maximum likelihood: a score of pairs has no χ² distribution', { help: 'fit the larger model too and call `compareFits`' });
  const rows = options.add === undefined ? state.table.rows : [...state.table.rows, ...addedRows(state, options.add)];
  const free = state.table.freeCount;
  const position = Int32Array.from(rows, (row, i) => (i >= state.table.rows.length ? free + i - state.table.rows.length : row.free - 1));
  const size = free + rows.length - state.table.rows.length;
  const released = releasedModel(estimation, sample, { ...state.table, rows }, position, size) ?? fail('score-test', 'score tests are not available for this estimator');
  const equalities = constraintGradients(state, position, size);
  const additions = rows.slice(state.table.rows.length).map((row, k) => ({ lhs: `${row.lhs}${row.op}${row.rhs}`, rhs: '0', gradient: unit(free + k, size) }));
  const adding = options.add !== undefined;
  const candidates = adding ? additions : equalities;
  if (candidates.length === 0) fail('score-test', 'the model has no equality constraints to release', { help: 'name parameters to add: `scoreTest(fit, { add: "f =~ x9" })`' });
  const chosen = (options.release ?? candidates.map((_, i) => i + 1)).map((place) => candidates[place - 1] ?? fail('score-test', `there is no constraint ${place}; the model has ${candidates.length}`));
  const all = [...equalities, ...additions];
  const { n } = sample;
  const warnings: Diagnostic[] = [];
  if (resolved.se !== 'standard') warnings.push(warning('ordinary-score-test', `score tests are those of normal theory, whatever the standard errors (\`${resolved.se}\`)`, { help: 'for robust evidence fit the larger model too and call `compareFits`', zh: `无论采用何种标准误（\`${resolved.se}\`），得分检验都基于正态理论`, helpZh: '若需稳健的证据，请同时拟合较大的模型并调用 `compareFits`' }));
  const release = (which: readonly (typeof all)[number][]): { readonly statistic: number; readonly change: Float64Array; readonly lost: number } | null => {
    const kept = all.filter((each) => !which.includes(each));
    const jacobian = new Float64Array(kept.length * size);
    kept.forEach(({ gradient }, r) => jacobian.set(gradient, r * size));
    const direct = constrainedInverse(released.information, jacobian, kept.map((_, r) => r), size);
    // Everything released may be too much: then the part that is identified is tested.
    const partial = direct === null && kept.length === 0 ? pseudoInverse(released.information, size) : null;
    const inverse = direct ?? partial?.inverse;
    if (!inverse) return null;
    const change = Float64Array.from({ length: size }, (_, k) => -dot(inverse, k * size, released.gradient, 0, size));
    return { statistic: Math.max(0, -n * dot(change, 0, released.gradient, 0, size)), change, lost: partial?.nullity ?? 0 };
  };
  const row = (which: readonly (typeof all)[number][], last: (typeof all)[number]): readonly ScoreTestRow[] => {
    const found = release(which);
    if (!found) return [];
    const place = last.gradient.indexOf(1);
    return [{ lhs: last.lhs, op: '==', rhs: last.rhs, statistic: found.statistic, df: which.length - found.lost, pValue: chiSquareUpper(found.statistic, which.length - found.lost), epc: adding && which.length === 1 ? found.change[place] : null }];
  };
  const whole = release(chosen);
  if (whole && whole.lost > 0) warnings.push(warning('not-identified', `with everything released the model is not identified: of ${chosen.length} constraints ${chosen.length - whole.lost} can be tested at once, and the total test has as many degrees of freedom`, { zh: `全部放开后模型不可识别：${chosen.length} 个约束中可同时检验 ${chosen.length - whole.lost} 个，总检验的自由度即为此数` }));
  if (!whole) warnings.push(warning('not-identified', 'with everything released the model is not identified: there is no total test', { help: 'release fewer constraints', zh: '全部放开后模型不可识别：没有总检验', helpZh: '请少放开一些约束' }));
  const univariate = chosen.flatMap((each) => row([each], each));
  if (univariate.length < chosen.length) warnings.push(warning('not-identified', `${chosen.length - univariate.length} of the parameters would not be identified and are left out`, { zh: `有 ${chosen.length - univariate.length} 个参数不可识别，未列出` }));
  const result = {
    kind: 'score-test' as const,
    total: whole ? { statistic: whole.statistic, df: chosen.length - whole.lost, pValue: chiSquareUpper(whole.statistic, chosen.length - whole.lost) } : null,
    univariate,
    cumulative: chosen.flatMap((each, i) => row(chosen.slice(0, i + 1), each)),
    changes: whole && whole.lost === 0
      ? rows.flatMap((each, i): readonly ExpectedChange[] => {
          if (position[i] < 0) return [];
          const estimate = estimation.values[i] ?? 0;
          const epc = whole.change[position[i]];
          return [{ lhs: each.lhs, op: each.op, rhs: each.rhs, group: each.group, level: each.level, label: each.label, estimate, epc, epv: estimate + epc }];
        })
      : [],
    warnings
  };
  return Object.freeze({ ...result, tidy: () => scoreTable(fit, result), tables: () => [scoreTable(fit, result)] });
}

/** Moore-Penrose inverse of a positive semidefinite matrix (lower triangle), scaled to unit diagonal first, and how many directions are null. */
function pseudoInverse(matrix: Float64Array, n: number): { readonly inverse: Float64Array; readonly nullity: number } {
  const scale = Float64Array.from({ length: n }, (_, i) => 1 / Math.sqrt(Math.max(matrix[i * n + i], 1e-300)));
  const scaled = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) scaled[i * n + j] = scaled[j * n + i] = matrix[i * n + j] * scale[i] * scale[j];
  const { values, vectors } = symmetricEigen(scaled, n);
  const inverse = new Float64Array(n * n);
  let nullity = 0;
  values.forEach((value, k) => {
    if (value <= NULL_EIGENVALUE) nullity++;
    else for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) inverse[i * n + j] += (vectors[i * n + k] * vectors[j * n + k] * scale[i] * scale[j]) / value;
  });
  return { inverse, nullity };
}

const NULL_EIGENVALUE = 1e-9;

function unit(place: number, size: number): Float64Array {
  const out = new Float64Array(size);
  out[place] = 1;
  return out;
}

/** Every `==` row as a gradient over the parameters taken apart. */
function constraintGradients({ table, estimation }: FitState, position: Int32Array, size: number): readonly { readonly lhs: string; readonly rhs: string; readonly gradient: Float64Array }[] {
  return table.rows.flatMap((row) => {
    if (row.op !== '==' || !row.expression) return [];
    const overRows = new Float64Array(table.rows.length);
    estimation.names.addGradient(row.expression as Expression, estimation.values, 1, overRows);
    const gradient = new Float64Array(size);
    overRows.forEach((value, i) => {
      if (position[i] >= 0) gradient[position[i]] += value;
    });
    return gradient.some((value) => value !== 0) ? [{ lhs: row.lhs, rhs: row.rhs, gradient }] : [];
  });
}

/** The parameters to add, in every group that has their variables (and below `level:` headers at that level), fixed at 0. */
function addedRows({ table }: FitState, text: string): readonly Parameter[] {
  const terms = userBlocks(parseModel(text), []).flatMap(({ level, terms }) => terms.map((term) => ({ ...term, level })));
  if (terms.length === 0) fail('score-test', 'no parameter was found in `add`', { help: 'write for example `f =~ x9; x7 ~~ x8`' });
  const variables = [...table.roles.observed, ...table.roles.latent];
  const present = new Map(table.rows.map((row) => [JSON.stringify([row.group, row.level, row.lhs, row.op, row.rhs]), row]));
  for (const { lhs, rhs } of terms) for (const name of [lhs, rhs]) if (name !== '' && !variables.includes(name)) fail('unknown-variable', `\`${name}\` is not a variable of the model`, { help: didYouMean(name, variables) ?? `variables are ${variables.join(', ')}` });
  const levels = terms.map(({ lhs, op, rhs, level }) => levelsOf(table, level, lhs, op, rhs));
  let id = table.rows.length;
  return table.groupLabels.flatMap((_, g) =>
    terms.flatMap(({ lhs, op, rhs }, t): readonly Parameter[] => {
      const level = levels[t][g];
      if (level === null) return [];
      const same = present.get(JSON.stringify([g + 1, level, lhs, op, rhs])) ?? (op === '~~' ? present.get(JSON.stringify([g + 1, level, rhs, op, lhs])) : undefined);
      if (same && (same.free > 0 || same.ustart !== 0)) fail('score-test', `\`${lhs} ${op} ${rhs}\` is in the model already`);
      id++;
      return [{ id, lhs, op, rhs, group: g + 1, level, free: 0, label: '', plabel: `.p${id}.`, ustart: 0, lower: -Infinity, upper: Infinity, exo: false, efa: '', origin: 'user' }];
    })
  );
}

/** Per group the 1-based level of a term to add, that of its header or the only one that has its variables; null for a group without them. */
function levelsOf(table: ParameterTable, header: string | null, lhs: string, op: string, rhs: string): readonly (number | null)[] {
  const { levelLabels, groupLabels } = table;
  const count = levelCount(table);
  const written = header === null ? -1 : (levelLabels?.indexOf(header) ?? -1);
  if (header !== null && written < 0) fail('score-test', `\`${header}\` is not a level of the model`, { help: `levels are ${levelLabels?.join(', ') ?? 'not part of it'}` });
  const help = levelLabels ? `write \`level: ${levelLabels[0]}\` or \`level: ${levelLabels[1]}\` above it` : 'name variables of one group';
  const found = groupLabels.map((_, g) => {
    const fitting = (header === null ? Array.from({ length: count }, (__, level) => level) : [written]).filter((level) => {
      const { observed, latent } = rolesOfBlock(table, g * count + level);
      return [lhs, rhs].every((name) => name === '' || observed.includes(name) || latent.includes(name));
    });
    return fitting.length > 1 ? fail('score-test', `\`${lhs} ${op} ${rhs}\` can be added at both levels`, { help }) : fitting.length === 1 ? fitting[0] + 1 : null;
  });
  if (found.every((level) => level === null)) fail('score-test', `\`${lhs} ${op} ${rhs}\` has its variables ${levelLabels ? 'at no level' : 'in no group'} together`, { help });
  return found;
}

function scoreTable(fit: SemFit, { total, univariate, warnings }: Pick<ScoreTest, 'total' | 'univariate' | 'warnings'>): Table {
  return makeTable(
    { en: 'Score tests', zh: '得分检验（拉格朗日乘数）' },
    [
      { key: 'test', label: { en: 'Released', zh: '释放' }, kind: 'text' },
      { key: 'statistic', label: { en: 'X²', zh: 'X²' }, kind: 'number' },
      { key: 'df', label: { en: 'df', zh: '自由度' }, kind: 'integer' },
      { key: 'pValue', label: { en: 'p', zh: 'p 值' }, kind: 'pValue' },
      { key: 'epc', label: { en: 'EPC', zh: '期望参数变化' }, kind: 'estimate' }
    ],
    [...univariate.map(({ lhs, rhs, statistic, df, pValue, epc }) => ({ test: `${lhs} == ${rhs}`, statistic, df, pValue, epc })), ...(total ? [{ test: 'all', ...total, epc: null }] : [])],
    { notes: [...warnings.map(({ message }) => ({ en: message })), ...fitNotes(fit)] }
  );
}
