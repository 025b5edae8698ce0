import { cholesky, forwardSolve } from '../../numerics/dense/cholesky.js';
import { chiSquareUpper } from '../../numerics/distributions/index.js';
import { warning, warningOf, type Diagnostic } from '../../shared/diagnostic.js';
import { table, type Bilingual, type Table, type TableRow } from '../../shared/table.js';
import { skipReader } from '../../survey/skip/skipsOf.js';
import type { Survey } from '../../survey/survey.js';
import { warningNotes, type Analysis } from '../analysis.js';
import { column, heading } from '../headings.js';
import { resolveOptions } from '../options.js';
import { grouping } from '../groups/grouping.js';
import { expandConstructs, numericVariables, takeRows, type Variable } from '../variables.js';
import { normalEm } from './normalEm.js';
import { missingPatterns } from './patterns.js';

export interface LittleMcarOptions {
  /** Divisor of Σ: `n` is maximum likelihood, as R's naniar; `n-1` is Little's corrected Σ̃. */
  readonly divisor?: 'n' | 'n-1';
  /** A column: the test within each of its classes, and their sum. */
  readonly by?: string;
}

/** The test within one class. */
export interface GroupMcar extends Pick<LittleMcar, 'n' | 'patternCount' | 'chiSquare' | 'df' | 'pValue' | 'converged'> {
  readonly group: Bilingual;
}

export interface LittleMcar extends Analysis {
  readonly kind: 'littleMcar';
  readonly names: readonly string[];
  readonly by: string | null;
  /** One per class of `by`; the numbers beside are then their sums. */
  readonly groups: readonly GroupMcar[];
  /** Rows with at least one answer. */
  readonly n: number;
  readonly patternCount: number;
  /** Null when there is nothing to test, or it could not be computed: see `warnings`. */
  readonly chiSquare: number | null;
  readonly df: number | null;
  readonly pValue: number | null;
  readonly divisor: 'n' | 'n-1';
  readonly converged: boolean;
}

interface Resolved {
  divisor: 'n' | 'n-1';
  by: string | undefined;
}

const DEFAULTS: Resolved = { divisor: 'n', by: undefined };

/**
 * Little's test that answers are missing completely at random:
 * d² = Σ_j n_j (ȳ_j − μ_j)ᵀ Σ_j⁻¹ (ȳ_j − μ_j) over the patterns j of answered
 * variables, with μ, Σ by maximum likelihood under normality;
 * chi-square with Σ_j p_j − p degrees of freedom.
 *
 * @param names by default all numeric columns that miss an answer or are constructs' items, except questions that not everybody was asked: those are missing by plan
 * @see Little (1988), J. Am. Stat. Assoc. 83, 1198-1202
 */
export function littleMcar(survey: Survey, names?: readonly string[], options: LittleMcarOptions = {}): LittleMcar {
  const { divisor, by } = resolveOptions<Resolved>('littleMcar', options, DEFAULTS, { divisor: ['n', 'n-1'] });
  const variables = numericVariables(survey, names ? expandConstructs(survey, names) : defaultNames(survey).filter((name) => name !== by));
  const planned = plannedGaps(survey, variables.map(({ name }) => name));
  const base = { names: variables.map(({ name }) => name), divisor, by: by ?? null };
  if (by === undefined) {
    const { warnings, ...test } = testPatterns(variables, divisor);
    return assembled({ ...base, ...test, groups: [], warnings: [...planned, ...warnings] });
  }
  return assembled({ ...base, ...groupTests(survey, variables, divisor, by, planned) });
}

/** The test within each class of a column, and their sum: missing completely at random given the class, with means and covariances of each class its own. */
function groupTests(survey: Survey, variables: readonly Variable[], divisor: 'n' | 'n-1', by: string, planned: readonly Diagnostic[]): PatternTest & { readonly groups: readonly GroupMcar[] } {
  const { groups, indices } = grouping(survey, by);
  const tests = groups.map(({ label }, g) => {
    const rows = Uint32Array.from([...indices.keys()].filter((i) => indices[i] === g));
    return { group: label, ...testPatterns(variables.map((variable) => ({ ...variable, values: takeRows(variable.values, rows) })), divisor) };
  });
  const tested = tests.filter(({ df }) => df !== null);
  const whole = tested.length > 0 && tested.every(({ chiSquare }) => chiSquare !== null);
  const sum = (value: (test: PatternTest) => number): number => tests.reduce((total, test) => total + value(test), 0);
  const ungrouped = indices.filter((index) => index < 0).length;
  const left = ungrouped === 0 ? [] : [warning('no-group', `${ungrouped} ${ungrouped === 1 ? 'row has' : 'rows have'} no answer to \`${by}\` and are left out`, { zh: `${ungrouped} 行未回答 \`${by}\`，未纳入` })];
  return {
    n: sum(({ n }) => n),
    patternCount: sum(({ patternCount }) => patternCount),
    chiSquare: whole ? sum(({ chiSquare }) => chiSquare ?? 0) : null,
    df: tested.length > 0 ? sum(({ df }) => df ?? 0) : null,
    converged: tests.every(({ converged }) => converged),
    groups: tests.map(({ warnings: _told, ...test }) => ({ ...test, pValue: pOf(test) })),
    warnings: [...planned, ...left, ...tests.flatMap(({ group, warnings }) => warnings.map((one) => warningOf(group.en, one)))]
  };
}

interface PatternTest {
  readonly n: number;
  readonly patternCount: number;
  readonly chiSquare: number | null;
  readonly df: number | null;
  readonly converged: boolean;
  readonly warnings: readonly Diagnostic[];
}

function testPatterns(variables: readonly Variable[], divisor: 'n' | 'n-1'): PatternTest {
  const columns = variables.map(({ values }) => values);
  const patterns = missingPatterns(columns).filter(({ answered }) => answered.length > 0);
  const n = patterns.reduce((sum, { rows }) => sum + rows.length, 0);
  const p = columns.length;
  const degrees = patterns.reduce((sum, { answered }) => sum + answered.length, 0) - p;
  const base = { n, patternCount: patterns.length };
  if (degrees <= 0) return { ...base, chiSquare: null, df: null, converged: true, warnings: [warning('nothing-to-test', patterns.length === 1 ? 'no answers are missing, or all of the same variables: there is nothing to test' : 'the patterns of missing answers leave no degrees of freedom', { zh: patterns.length === 1 ? '没有缺失，或缺失全在相同变量：无可检验' : '缺失模式没有留下自由度' })] };
  const em = normalEm(columns, patterns);
  if (!em.ok) {
    const { name } = variables[em.variable];
    return { ...base, chiSquare: null, df: degrees, converged: false, warnings: [warning('not-computed', em.reason === 'constant' ? `all answers to \`${name}\` are equal, so its covariances do not exist` : `\`${name}\` is a combination of the variables before it, so the covariance matrix has no inverse`, { zh: em.reason === 'constant' ? `\`${name}\` 的全部回答相同，协方差不存在` : `\`${name}\` 是前面变量的线性组合，协方差矩阵不可逆`, help: `leave \`${name}\` out`, helpZh: `剔除 \`${name}\`` })] };
  }
  const factor = divisor === 'n' ? 1 : n / (n - 1);
  let chiSquare = 0;
  for (const { answered, rows } of patterns) {
    const o = answered.length;
    const sub = new Float64Array(o * o);
    for (let a = 0; a < o; a++) for (let b = 0; b < o; b++) sub[a * o + b] = em.covariance[answered[a] * p + answered[b]] * factor;
    const failed = cholesky(sub, o);
    if (failed >= 0) return { ...base, chiSquare: null, df: degrees, converged: false, warnings: [warning('not-computed', `the covariance matrix of the answered variables has no inverse at \`${variables[answered[failed]].name}\``, { zh: `已答变量的协方差矩阵在 \`${variables[answered[failed]].name}\` 处不可逆` })] };
    const deviation = Float64Array.from(answered, (j) => rows.reduce((sum, row) => sum + columns[j][row], 0) / rows.length - em.mean[j]);
    forwardSolve(sub, o, deviation);
    let squared = 0;
    for (const value of deviation) squared += value * value;
    chiSquare += rows.length * squared;
  }
  const warnings = em.converged ? [] : [warning('not-converged', `the means and covariances did not settle in ${em.iterations} iterations; the test is not reliable`, { zh: `均值与协方差在 ${em.iterations} 次迭代后仍未收敛，检验不可靠` })];
  return { ...base, chiSquare, df: degrees, converged: em.converged, warnings };
}

function defaultNames(survey: Survey): readonly string[] {
  const items = new Set([...survey.codebook.constructs.values()].flatMap((construct) => construct.items));
  const skips = skipReader(survey);
  return survey.columns.filter((candidate) => !skips(candidate.name)?.notAsked.length && candidate.type === 'numeric' && (items.has(candidate.name) || survey.numeric(candidate.name).some(Number.isNaN))).map(({ name }) => name);
}

/** Empty cells of questions that were not put follow a plan, which the test takes for a cause of missing answers. */
function plannedGaps(survey: Survey, names: readonly string[]): readonly Diagnostic[] {
  const skips = skipReader(survey);
  const skipped = names.filter((name) => skips(name)?.notAsked.length);
  if (skipped.length === 0) return [];
  const list = skipped.map((name) => `\`${name}\``);
  return [warning('planned-missing', `${list.join(', ')} ${skipped.length === 1 ? 'was' : 'were'} not put to everybody; the test takes these planned gaps for missing answers`, { zh: `${list.join('、')} 并非询问所有人；检验把这些按设计的空缺当作缺失`, help: 'leave such questions out', helpZh: '请剔除此类题目' })];
}

function pOf({ chiSquare, df }: Pick<PatternTest, 'chiSquare' | 'df'>): number | null {
  return chiSquare === null || df === null ? null : chiSquareUpper(chiSquare, df);
}

function assembled(facts: Omit<LittleMcar, 'kind' | 'pValue' | 'tidy' | 'tables'>): LittleMcar {
  const { names, by, groups, divisor, warnings } = facts;
  const pValue = pOf(facts);
  const row = ({ chiSquare, df, n, patternCount }: PatternTest | GroupMcar | typeof facts, p: number | null): TableRow => ({ chiSquare, df, pValue: p, n, patterns: patternCount });
  const make = (): Table =>
    table(
      { en: `Little’s test of missingness completely at random (MCAR)${by === null ? '' : ` by ${by}`}`, zh: `Little 完全随机缺失（MCAR）检验${by === null ? '' : `（按 ${by}）`}` },
      [...(by === null ? [] : [heading('group', { zhFrom: 'groupZh' })]), heading('chiSquare'), heading('df', { kind: 'integer' }), heading('pValue'), heading('n'), column('patterns', 'integer', { en: 'Missing patterns', zh: '缺失模式数' })],
      by === null ? [row(facts, pValue)] : [...groups.map((group) => ({ group: group.group.en, groupZh: group.group.zh ?? group.group.en, ...row(group, group.pValue) })), { group: 'Sum', groupZh: '合计', ...row(facts, pValue) }],
      {
        notes: [
          { en: `${names.length} variables; means and covariances by EM under normality, divisor ${divisor}. A small p speaks against MCAR; a large one does not prove it.`, zh: `${names.length} 个变量；均值与协方差由正态假设下的 EM 估计，除数 ${divisor}。p 值小说明并非 MCAR；p 值大并不能证明 MCAR。` },
          ...(by === null ? [] : [{ en: 'Each group has means and covariances of its own; the sum tests all groups together.', zh: '各组的均值与协方差分别估计；合计为全部组的联合检验。' }]),
          ...warningNotes(warnings)
        ]
      }
    );
  return Object.freeze({ kind: 'littleMcar', ...facts, pValue, tidy: make, tables: () => [make()] });
}
