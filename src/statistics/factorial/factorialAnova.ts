import { fUpper, tQuantile } from '../../numerics/distributions/index.js';
import { qrLeastSquares } from '../../numerics/matrix/index.js';
import { fail, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { accurateMean, meanAndSquares } from '../../numerics/exact/accurateSums.js';
import type { Analysis } from '../analysis.js';
import { grouping, type Grouping } from '../groups/grouping.js';
import { levene, type Levene } from '../groups/levene.js';
import { noncentralityOfF } from '../groups/varianceShares.js';
import { invertPositive } from '../invertPositive.js';
import { requireShare, resolveOptions } from '../options.js';
import { scoredVariables } from '../variables.js';
import { factorialTables, factorialTidy } from './factorialTables.js';
import { factorColumns, subsets, sumContrast, type TermColumns } from './sumCoding.js';
import type { FactorialAnova, FactorialOptions, FactorialTerm, MarginalMean } from './factorialResult.js';

/**
 * Univariate general linear model of an outcome on factors and covariates:
 * two-way (or higher) ANOVA, ANCOVA. Sums of squares of type III on
 * sum-to-zero contrasts, as SPSS's default; types II and I on request.
 * Rows missing any variable are dropped.
 * @throws SurveyError `no-variables`, `too-few-groups`, `too-few-rows`, `empty-cell`
 */
export function factorialAnova(survey: Survey, outcome: string, factors: readonly string[], options?: Partial<FactorialOptions>): FactorialAnova {
  const resolved = resolveOptions<FactorialOptions>('factorialAnova', options, { covariates: [], type: 3, order: 2, confidence: 0.95 }, { type: [1, 2, 3] });
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
  const rows = terms.map((term, at) => termRow(term, sumOfSquares(design.y, terms, at, resolved.type), errorMean, errorDf, full.squares, resolved.confidence));
  const total = meanAndSquares(design.y).squares;
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
    marginalMeans: marginalMeans(design, terms, full.coefficients, errorMean, errorDf, resolved.confidence),
    warnings: [] as readonly Diagnostic[]
  };
  return Object.freeze({ ...facts, tidy: () => factorialTidy(facts), tables: () => factorialTables(facts) } satisfies Analysis & typeof facts);
}

interface Design {
  readonly n: number;
  readonly y: Float64Array;
  readonly groupings: readonly Grouping[];
  /** Classes that occur, and the class of each row, by factor. */
  readonly labels: readonly (readonly Bilingual[])[];
  readonly classes: readonly number[];
  readonly indices: readonly Int32Array[];
  readonly covariates: readonly { readonly name: string; readonly values: Float64Array; readonly mean: number }[];
}

function readDesign(survey: Survey, outcome: string, factors: readonly string[], options: Readonly<FactorialOptions>): Design {
  const [y] = scoredVariables(survey, [outcome]);
  const groupings = factors.map((name) => grouping(survey, name));
  const covariates = options.covariates.length > 0 ? scoredVariables(survey, options.covariates) : [];
  const keep: number[] = [];
  for (let i = 0; i < y.values.length; i++) if (!Number.isNaN(y.values[i]) && groupings.every((g) => g.indices[i] >= 0) && covariates.every((c) => !Number.isNaN(c.values[i]))) keep.push(i);
  if (keep.length < 3) fail('too-few-rows', `only ${keep.length} rows answer \`${outcome}\`, the factors and the covariates`);
  const used = groupings.map((g, f) => {
    const present = [...new Set(keep.map((i) => g.indices[i]))].sort((a, b) => a - b);
    if (present.length < 2) fail('too-few-groups', `factor \`${factors[f]}\` has one class only among the complete rows`);
    const place = new Map(present.map((at, k) => [at, k]));
    return { labels: present.map((at) => g.groups[at].label), indices: Int32Array.from(keep, (i) => place.get(g.indices[i]) ?? 0) };
  });
  return {
    n: keep.length,
    y: Float64Array.from(keep, (i) => y.values[i]),
    groupings,
    labels: used.map((u) => u.labels),
    classes: used.map((u) => u.labels.length),
    indices: used.map((u) => u.indices),
    covariates: covariates.map(({ name, values }) => {
      const kept = Float64Array.from(keep, (i) => values[i]);
      return { name, values: kept, mean: accurateMean(kept).high };
    })
  };
}

/** Covariates (centred) first, then main effects and interactions: the order that type I uses. */
function buildTerms(design: Design, options: Readonly<FactorialOptions>): readonly TermColumns[] {
  const names = design.groupings.map((g) => g.name);
  const covariates = design.covariates.map(({ name, values, mean }): TermColumns => ({ term: name, factors: [], columns: [values.map((value) => value - mean)] }));
  const effects = subsets(names.length, options.order).map((which): TermColumns => ({ term: which.map((f) => names[f]).join(' × '), factors: which, columns: factorColumns(which, design.classes, design.indices) }));
  return [...covariates, ...effects];
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

function termRow(term: TermColumns, squares: number, errorMean: number, errorDf: number, errorSquares: number, confidence: number): FactorialTerm {
  const df = term.columns.length;
  const f = errorMean > 0 ? squares / df / errorMean : null;
  const tail = (1 - confidence) / 2;
  const share = (ncp: number | null): number | null => (ncp === null ? null : ncp / (ncp + df + errorDf + 1));
  return {
    term: term.term,
    sumOfSquares: squares,
    df,
    meanSquare: squares / df,
    f,
    pValue: f === null ? null : fUpper(f, df, errorDf),
    partialEtaSquared: squares + errorSquares > 0 ? squares / (squares + errorSquares) : null,
    confLow: f === null ? null : share(noncentralityOfF(f, df, errorDf, tail, 'low')),
    confHigh: f === null ? null : share(noncentralityOfF(f, df, errorDf, tail, 'high'))
  };
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

/** Estimated marginal means: cells weighted equally, covariates at their means. */
function marginalMeans(design: Design, terms: readonly TermColumns[], coefficients: Float64Array, errorMean: number, errorDf: number, confidence: number): readonly MarginalMean[] {
  const columns = [new Float64Array(design.n).fill(1), ...terms.flatMap((term) => term.columns)];
  const q = columns.length;
  const gram = new Float64Array(q * q);
  for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) for (let i = 0; i < design.n; i++) gram[a * q + b] += columns[a][i] * columns[b][i];
  const inverted = invertPositive(gram, q);
  const quantile = tQuantile((1 + confidence) / 2, errorDf);
  return design.groupings.flatMap(({ name }, factor) =>
    design.labels[factor].map((group, index): MarginalMean => {
      // sum-to-zero contrasts of every other factor average to zero, so only the intercept and this factor's main effect remain
      const weights = [1, ...terms.flatMap((term) => term.columns.map((_, k) => (term.factors.length === 1 && term.factors[0] === factor ? sumContrast(design.classes[factor], index, k) : 0)))];
      const mean = weights.reduce((sum, weight, j) => sum + weight * coefficients[j], 0);
      let variance = 0;
      if (inverted.ok) for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) variance += weights[a] * weights[b] * inverted.inverse[a * q + b];
      const stdError = inverted.ok ? Math.sqrt(variance * errorMean) : null;
      return { factor: name, group, mean, stdError, confLow: stdError === null ? null : mean - quantile * stdError, confHigh: stdError === null ? null : mean + quantile * stdError };
    })
  );
}
