import { cholesky, forwardSolve } from '../../numerics/dense/cholesky.js';
import { chiSquareUpper } from '../../numerics/distributions/index.js';
import { warning, type Diagnostic } from '../../shared/diagnostic.js';
import { table, type Table } from '../../shared/table.js';
import { skipReader } from '../../survey/skip/skipsOf.js';
import type { Survey } from '../../survey/survey.js';
import { warningNotes, type Analysis } from '../analysis.js';
import { column, heading } from '../headings.js';
import { resolveOptions } from '../options.js';
import { expandConstructs, numericVariables } from '../variables.js';
import { normalEm } from './normalEm.js';
import { missingPatterns } from './patterns.js';

export interface LittleMcarOptions {
  /** Divisor of Σ: `n` is maximum likelihood, as R's naniar; `n-1` is Little's corrected Σ̃. */
  readonly divisor?: 'n' | 'n-1';
}

export interface LittleMcar extends Analysis {
  readonly kind: 'littleMcar';
  readonly names: readonly string[];
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

const DEFAULTS: Required<LittleMcarOptions> = { divisor: 'n' };

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
  const { divisor } = resolveOptions<Required<LittleMcarOptions>>('littleMcar', options, DEFAULTS, { divisor: ['n', 'n-1'] });
  const variables = numericVariables(survey, names ? expandConstructs(survey, names) : defaultNames(survey));
  const columns = variables.map(({ values }) => values);
  const planned = plannedGaps(survey, variables.map(({ name }) => name));
  const patterns = missingPatterns(columns).filter(({ answered }) => answered.length > 0);
  const n = patterns.reduce((sum, { rows }) => sum + rows.length, 0);
  const base = { names: variables.map(({ name }) => name), n, patternCount: patterns.length, divisor };
  const p = columns.length;
  const df = patterns.reduce((sum, { answered }) => sum + answered.length, 0) - p;
  if (df <= 0) return result(base, null, null, true, [...planned, warning('nothing-to-test', patterns.length === 1 ? 'no answers are missing, or all of the same variables: there is nothing to test' : 'the patterns of missing answers leave no degrees of freedom', { zh: patterns.length === 1 ? '没有缺失，或缺失全在相同变量：无可检验' : '缺失模式没有留下自由度' })]);
  const em = normalEm(columns, patterns);
  if (!em.ok) {
    const { name } = variables[em.variable];
    return result(base, null, df, false, [...planned, warning('not-computed', em.reason === 'constant' ? `all answers to \`${name}\` are equal, so its covariances do not exist` : `\`${name}\` is a combination of the variables before it, so the covariance matrix has no inverse`, { zh: em.reason === 'constant' ? `\`${name}\` 的全部回答相同，协方差不存在` : `\`${name}\` 是前面变量的线性组合，协方差矩阵不可逆`, help: `leave \`${name}\` out`, helpZh: `剔除 \`${name}\`` })]);
  }
  const warnings: Diagnostic[] = em.converged ? [...planned] : [...planned, warning('not-converged', `the means and covariances did not settle in ${em.iterations} iterations; the test is not reliable`, { zh: `均值与协方差在 ${em.iterations} 次迭代后仍未收敛，检验不可靠` })];
  const factor = divisor === 'n' ? 1 : n / (n - 1);
  let chiSquare = 0;
  for (const { answered, rows } of patterns) {
    const o = answered.length;
    const sub = new Float64Array(o * o);
    for (let a = 0; a < o; a++) for (let b = 0; b < o; b++) sub[a * o + b] = em.covariance[answered[a] * p + answered[b]] * factor;
    const failed = cholesky(sub, o);
    if (failed >= 0) return result(base, null, df, false, [...planned, warning('not-computed', `the covariance matrix of the answered variables has no inverse at \`${variables[answered[failed]].name}\``, { zh: `已答变量的协方差矩阵在 \`${variables[answered[failed]].name}\` 处不可逆` })]);
    const deviation = Float64Array.from(answered, (j) => rows.reduce((sum, row) => sum + columns[j][row], 0) / rows.length - em.mean[j]);
    forwardSolve(sub, o, deviation);
    let squared = 0;
    for (const value of deviation) squared += value * value;
    chiSquare += rows.length * squared;
  }
  return result(base, chiSquare, df, em.converged, warnings);
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

function result(base: Pick<LittleMcar, 'names' | 'n' | 'patternCount' | 'divisor'>, chiSquare: number | null, df: number | null, converged: boolean, warnings: readonly Diagnostic[]): LittleMcar {
  const pValue = chiSquare === null || df === null ? null : chiSquareUpper(chiSquare, df);
  const make = (): Table =>
    table(
      { en: 'Little’s test of missingness completely at random (MCAR)', zh: 'Little 完全随机缺失（MCAR）检验' },
      [heading('chiSquare'), heading('df', { kind: 'integer' }), heading('pValue'), heading('n'), column('patterns', 'integer', { en: 'Missing patterns', zh: '缺失模式数' })],
      [{ chiSquare, df, pValue, n: base.n, patterns: base.patternCount }],
      {
        notes: [
          { en: `${base.names.length} variables; means and covariances by EM under normality, divisor ${base.divisor}. A small p speaks against MCAR; a large one does not prove it.`, zh: `${base.names.length} 个变量；均值与协方差由正态假设下的 EM 估计，除数 ${base.divisor}。p 值小说明并非 MCAR；p 值大并不能证明 MCAR。` },
          ...warningNotes(warnings)
        ]
      }
    );
  return Object.freeze({ kind: 'littleMcar', ...base, chiSquare, df, pValue, converged, warnings, tidy: make, tables: () => [make()] });
}
