import { fUpper } from '../../numerics/distributions/index.js';
import { qrLeastSquares } from '../../numerics/matrix/index.js';
import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import { accurateMean, meanAndSquares } from '../../numerics/exact/accurateSums.js';
import type { Analysis } from '../analysis.js';
import { levene, type Levene } from '../groups/levene.js';
import { LEVENE_LEVEL } from '../groups/comparison.js';
import { shareInterval } from '../noncentralF.js';
import { requireShare, resolveOptions } from '../options.js';
import { buildTerms, readDesign, type Design } from './design.js';
import { factorialTables, factorialTidy } from './factorialTables.js';
import { marginalMeans, simpleEffects } from './marginalMeans.js';
import { MarginalModel } from './marginalModel.js';
import type { TermColumns } from './sumCoding.js';
import type { FactorialAnova, FactorialOptions, FactorialTerm, SlopeHomogeneity } from './factorialResult.js';

/**
 * Univariate general linear model of an outcome on factors and covariates:
 * two-way (or higher) ANOVA, ANCOVA. Sums of squares of type III on
 * sum-to-zero contrasts, as SPSS's default; types II and I on request.
 * Rows missing any variable are dropped.
 * @throws SurveyError `no-variables`, `too-few-groups`, `too-few-rows`, `empty-cell`
 */
export function factorialAnova(survey: Survey, outcome: string, factors: readonly string[], options?: Partial<FactorialOptions>): FactorialAnova {
  const resolved = resolveOptions<FactorialOptions>('factorialAnova', options, { covariates: [], type: 3, order: 2, confidence: 0.95, adjust: 'bonferroni' }, { type: [1, 2, 3], adjust: ['lsd', 'bonferroni', 'sidak'] });
  requireShare('factorialAnova', 'confidence', resolved.confidence);
  if (factors.length === 0) fail('no-variables', 'a factorial analysis needs a factor');
  if (factors.length > 5) fail('too-many-groups', `at most five factors, found ${factors.length}`);
  const design = readDesign(survey, outcome, factors, resolved);
  const terms = buildTerms(design, resolved);
  const all = terms.flatMap((term) => term.columns);
  const full = solve(design.y, all);
  if (full.rank < all.length + 1) {
    fail('empty-cell', `the design has ${all.length + 1} parameters but rank ${full.rank}: a combination of ${factors.map((name) => `\`${name}\``).join(', ')} has no rows, or a covariate is determined by the others`, { help: 'join classes, or lower `order` to 1 to leave interactions out' });
  }
  const errorDf = design.n - full.rank;
  if (errorDf < 1) fail('too-few-rows', `${design.n} complete rows leave no degrees of freedom for ${full.rank} parameters`);
  const errorMean = full.squares / errorDf;
  const total = meanAndSquares(design.y).squares;
  const rows = terms.map((term, at) => termRow(term, sumOfSquares(design.y, terms, at, resolved.type), { n: design.n, mean: errorMean, df: errorDf, squares: full.squares, total, confidence: resolved.confidence }));
  const model = MarginalModel.of({ terms, classes: design.classes, coefficients: full.coefficients, n: design.n, errorMean, errorDf, confidence: resolved.confidence });
  const slopes = slopeHomogeneity(design, terms);
  const facts = {
    kind: 'factorial-anova' as const,
    options: resolved,
    outcome,
    factors,
    n: design.n,
    rows: survey.validCount,
    terms: rows,
    error: { sumOfSquares: full.squares, df: errorDf, meanSquare: errorMean },
    model: { sumOfSquares: total - full.squares, df: full.rank - 1, f: errorMean > 0 ? (total - full.squares) / (full.rank - 1) / errorMean : null, pValue: errorMean > 0 ? fUpper((total - full.squares) / (full.rank - 1) / errorMean, full.rank - 1, errorDf) : null },
    totalSumOfSquares: total,
    rSquared: total > 0 ? 1 - full.squares / total : null,
    adjRSquared: total > 0 ? 1 - full.squares / errorDf / (total / (design.n - 1)) : null,
    levene: cellLevene(design, full.residuals),
    ...marginalMeans(design, full.coefficients, terms, model, resolved.adjust),
    ...simpleEffects(design, terms, model, resolved.adjust),
    slopeHomogeneity: slopes,
    warnings: slopeWarnings(slopes)
  };
  return Object.freeze({ ...facts, tidy: () => factorialTidy(facts), tables: () => factorialTables(facts) } satisfies Analysis & typeof facts);
}

interface Solution {
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
  readonly squares: number;
  readonly rank: number;
}

function solve(y: Float64Array, columns: readonly Float64Array[]): Solution {
  const n = y.length;
  const x = new Float64Array(n * (columns.length + 1)).fill(1);
  columns.forEach((column, j) => x.set(column, (j + 1) * n));
  const mean = accurateMean(y);
  const { coefficients, residuals, rank } = qrLeastSquares(x, y.map((value) => value - mean.high - mean.low), n, columns.length + 1);
  coefficients[0] += mean.high;
  return { coefficients, residuals, rank, squares: residuals.reduce((sum, e) => sum + e * e, 0) };
}

/**
 * Type III: the term given all others. Type II: given all terms that do not
 * contain it. Type I: given those before it. Always as ‖ŷ₁ − ŷ₀‖² of nested fits,
 * which loses no digits to a difference of large sums.
 */
function sumOfSquares(y: Float64Array, terms: readonly TermColumns[], at: number, type: 1 | 2 | 3): number {
  const own = terms[at];
  const contains = (other: TermColumns): boolean => other !== own && own.factors.length > 0 && own.factors.every((f) => other.factors.includes(f));
  const base = terms.filter((other, k) => other !== own && (type === 3 || (type === 2 ? !contains(other) : k < at)));
  const columns = base.flatMap((term) => term.columns);
  const small = solve(y, columns);
  const large = solve(y, [...columns, ...own.columns]);
  return small.residuals.reduce((sum, e, i) => sum + (e - large.residuals[i]) ** 2, 0);
}

interface ErrorTerm {
  readonly n: number;
  readonly mean: number;
  readonly df: number;
  readonly squares: number;
  /** Corrected total sum of squares. */
  readonly total: number;
  readonly confidence: number;
}

function termRow(term: TermColumns, squares: number, error: ErrorTerm): FactorialTerm {
  const df = term.columns.length;
  const f = error.mean > 0 ? squares / df / error.mean : null;
  return {
    term: term.term,
    sumOfSquares: squares,
    df,
    meanSquare: squares / df,
    f,
    pValue: f === null ? null : fUpper(f, df, error.df),
    etaSquared: error.total > 0 ? squares / error.total : null,
    partialOmegaSquared: error.mean > 0 ? (squares - df * error.mean) / (squares + (error.n - df) * error.mean) : null,
    partialEtaSquared: squares + error.squares > 0 ? squares / (squares + error.squares) : null,
    ...(f === null ? { confLow: null, confHigh: null } : shareInterval(f, df, error.df, error.confidence))
  };
}

/** Each covariate's products with all effects of the factors, added to the model together: F of the change. */
function slopeHomogeneity(design: Design, terms: readonly TermColumns[]): readonly SlopeHomogeneity[] {
  const effects = terms.filter((term) => term.factors.length > 0).flatMap((term) => term.columns);
  return terms.flatMap((term): readonly SlopeHomogeneity[] => {
    if (term.factors.length > 0) return [];
    const base = terms.flatMap((other) => other.columns);
    const products = effects.map((column) => column.map((value, i) => value * term.columns[0][i]));
    const small = solve(design.y, base);
    const large = solve(design.y, [...base, ...products]);
    const df1 = large.rank - small.rank;
    const df2 = design.n - large.rank;
    if (df1 < 1 || df2 < 1 || !(large.squares > 0)) return [];
    const f = small.residuals.reduce((sum, e, i) => sum + (e - large.residuals[i]) ** 2, 0) / df1 / (large.squares / df2);
    return [{ covariate: term.term, f, df1, df2, pValue: fUpper(f, df1, df2) }];
  });
}

function slopeWarnings(slopes: readonly SlopeHomogeneity[]): readonly Diagnostic[] {
  return slopes
    .filter(({ pValue }) => pValue < LEVENE_LEVEL)
    .map(({ covariate, f, df1, df2 }) => warning('unequal-slopes', `the slope of the covariate \`${covariate}\` differs over the cells (F(${df1}, ${df2}) = ${f.toFixed(2)}, p < .05), so adjusted means hold only at its mean`, { zh: `协变量 \`${covariate}\` 的回归斜率在各单元格间不同（F(${df1}, ${df2}) = ${f.toFixed(2)}，p < .05），调整后均值仅在其均值处成立`, help: 'look at the interaction of covariate and factor with `%%regress`', helpZh: '可用 `%%regress` 考察协变量与因素的交互作用' }));
}

/** Levene's test on the model's residuals over the cells, means as centres (SPSS). */
function cellLevene(design: Design, residuals: Float64Array): Levene | null {
  const cells = new Map<number, number[]>();
  for (let i = 0; i < design.n; i++) {
    const key = design.indices.reduce((code, indices, f) => code * design.classes[f] + indices[i], 0);
    const cell = cells.get(key);
    if (cell) cell.push(residuals[i]);
    else cells.set(key, [residuals[i]]);
  }
  const samples = [...cells.values()].map((cell) => Float64Array.from(cell));
  return samples.length > 1 && design.n > samples.length ? levene(samples) : null;
}
