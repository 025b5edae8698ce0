import type { Fit } from '../../models/fit.js';
import type { SemFit } from '../../models/sem/results.js';
import type { Table } from '../../shared/table.js';

/** Everything that one thing (a path, an index, a scale) has numbers for. */
export interface RecomputedFigures {
  /** Names that a paper may call it by; the first is shown. */
  readonly names: readonly string[];
  /** Simplified figure name → value. */
  readonly figures: ReadonlyMap<string, number | null>;
  /** Figure that a bare number means. */
  readonly main: string;
}

/** Letters and digits of a name, so that `std.all`, `Std all` and `stdAll` are one; `R²` is r2, `χ²` chi2. */
export function simplified(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[χ]/gu, 'chi').replace(/[^\p{L}\p{N}=~<>:/|Δ]+/gu, '');
}

const FIGURES: ReadonlyMap<string, readonly string[]> = new Map([
  ['est', ['estimate']], ['b', ['estimate']], ['coef', ['estimate']],
  ['se', ['stderror']], ['std', ['stdall', 'beta']], ['beta', ['beta', 'stdall']], ['β', ['beta', 'stdall']], ['stdlv', ['stdlatent']],
  ['z', ['statistic']], ['t', ['statistic']], ['cr', ['statistic']], ['f', ['statistic']],
  ['p', ['pvalue']], ['sig', ['pvalue']],
  ['lower', ['conflow', 'cilower', 'low']], ['upper', ['confhigh', 'ciupper', 'high']],
  ['m', ['mean']], ['α', ['alpha']], ['ω', ['omega']]
]);

/** The names under which a figure may be kept, most likely first. */
export function figureNames(written: string): readonly string[] {
  const name = simplified(written);
  return [...(FIGURES.get(name) ?? []), name];
}

const SUMMARY_NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['chisq', ['χ²', 'chi-square', 'chi2', 'cmin', 'x2']], ['pvalue', ['p']], ['nobs', ['n', 'N']], ['n', ['N']],
  ['nnfi', ['tli']], ['rSquared', ['R²', 'R2', 'r squared']], ['adjRSquared', ['adjusted R²', 'adj R²', 'adj R2']],
  ['fStatistic', ['F']], ['durbinWatson', ['Durbin-Watson', 'DW']], ['logl', ['log-likelihood', 'loglik']], ['bic2', ['sabic', 'adjusted bic']]
]);

/** Figures that a summary measure may carry besides its value: χ² its df and p, RMSEA its interval. */
const COMPANIONS: ReadonlyMap<string, readonly (readonly [string, string])[]> = new Map([
  ['chisq', [['df', 'df'], ['pvalue', 'pvalue']]],
  ['rmsea', [['conflow', 'rmsea.ci.lower'], ['confhigh', 'rmsea.ci.upper'], ['pvalue', 'rmsea.pvalue']]],
  ['fStatistic', [['df1', 'df1'], ['df2', 'df2'], ['pvalue', 'pValue']]]
]);

/** The figures of a fit or of any analysis that has tables. */
export function recomputedFigures(value: unknown): readonly RecomputedFigures[] | null {
  if (isFitLike(value)) return [...termFigures(value.tidy()), ...summaryFigures(value.glance()), ...(isSem(value) ? explainedVariance(value) : [])];
  if (hasTables(value)) return value.tables().flatMap(rowFigures);
  return null;
}

function isFitLike(value: unknown): value is Fit {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Fit>).tidy === 'function' && typeof (value as Partial<Fit>).glance === 'function';
}

function isSem(fit: Fit): fit is SemFit {
  return fit.kind === 'sem';
}

function hasTables(value: unknown): value is { tables(): readonly Table[] } {
  return typeof value === 'object' && value !== null && typeof (value as { tables?: unknown }).tables === 'function';
}

function numericCells(table: Table, row: Table['rows'][number]): ReadonlyMap<string, number | null> {
  const figures = new Map<string, number | null>();
  for (const { key, kind, label } of table.columns) {
    const cell = row[key];
    if (kind === 'text' || (typeof cell !== 'number' && cell !== null && cell !== undefined)) continue;
    for (const name of [simplified(label.en), simplified(key)]) figures.set(name, (cell as number | null | undefined) ?? null);
  }
  return figures;
}

/** One per row of a tidy table: a path is known by its term, its label and, where it is defined, its name. */
function termFigures(tidy: Table): readonly RecomputedFigures[] {
  const grouped = tidy.columns.some(({ key }) => key === 'group');
  return tidy.rows.map((row) => {
    const text = (key: string): string => (typeof row[key] === 'string' ? (row[key] as string) : '');
    const names = [text('term'), text('label'), text('op') === ':=' ? text('lhs') : '', text('op') === '~1' ? `${text('lhs')} ~ 1` : '', text('op') === '~~' ? `${text('rhs')} ~~ ${text('lhs')}` : ''].filter((name) => name !== '');
    return { names: grouped && text('group') !== '' ? names.flatMap((name) => [`${name} [${text('group')}]`, name]) : names, figures: numericCells(tidy, row), main: 'estimate' };
  });
}

function summaryFigures(glance: Table): readonly RecomputedFigures[] {
  const row = glance.rows[0];
  const number = (key: string): number | null => (typeof row[key] === 'number' ? (row[key] as number) : null);
  const all = glance.columns.filter(({ kind }) => kind !== 'text').map(({ key }): RecomputedFigures => ({
    names: [key, ...(SUMMARY_NAMES.get(key) ?? [])],
    figures: new Map([['value', number(key)], ...(COMPANIONS.get(key) ?? []).map(([figure, from]) => [figure, number(from)] as const)]),
    main: 'value'
  }));
  const [chisq, df] = [number('chisq'), number('df')];
  return chisq !== null && df !== null && df > 0 ? [...all, { names: ['χ²/df', 'chisq/df', 'cmin/df'], figures: new Map([['value', chisq / df]]), main: 'value' }] : all;
}

function explainedVariance(fit: SemFit): readonly RecomputedFigures[] {
  return fit.rSquared.flatMap((group, g) =>
    [...group].map(([variable, value]) => ({ names: [...(fit.rSquared.length > 1 ? [`R² ${variable} [${fit.table.groupLabels[g]}]`] : []), `R² ${variable}`, `R2 ${variable}`, `${variable} R²`], figures: new Map([['value', value]]), main: 'value' }))
  );
}

/** Rows of any table are known by their words, each alone and all together. */
function rowFigures(table: Table): readonly RecomputedFigures[] {
  return table.rows.flatMap((row) => {
    const words = table.columns.filter(({ kind }) => kind === 'text').map(({ key }) => row[key]).filter((cell): cell is string => typeof cell === 'string' && cell !== '');
    const figures = numericCells(table, row);
    return words.length === 0 || figures.size === 0 ? [] : [{ names: [...words, words.join(' ')], figures, main: figures.has('estimate') ? 'estimate' : '' }];
  });
}
