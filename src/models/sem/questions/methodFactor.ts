import { parseModel } from '../../../language/parser.js';
import type { ModelSyntax } from '../../../language/syntax.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { finite, table, type Table } from '../../../shared/table.js';
import type { SemData } from '../estimation/sample.js';
import type { SemOptions } from '../options.js';
import type { SemFit } from '../results.js';
import { sem } from '../sem.js';
import { compareFits, type FitComparisons } from './compareFits.js';

export interface MethodFactorOptions extends SemOptions {
  /** `free` loadings of the method factor (Podsakoff), or one `equal` loading for all items, which needs fewer items to be identified. */
  readonly methodLoadings?: 'free' | 'equal';
}

/** Where the variance of one item comes from; the three add up to 1. */
export interface VarianceShares {
  readonly item: string;
  readonly group: string;
  readonly trait: number | null;
  readonly method: number | null;
  readonly error: number | null;
}

export interface MethodFactor {
  readonly kind: 'method-factor';
  /** Name of the method factor in `withMethod`. */
  readonly factor: string;
  readonly without: SemFit;
  readonly withMethod: SemFit;
  /** Δχ², ΔCFI … of leaving the method factor out; null when the model with it did not converge. */
  readonly comparison: FitComparisons | null;
  /** Per item; empty when the shares mean nothing. */
  readonly shares: readonly VarianceShares[];
  /** Means over the items. */
  readonly mean: { readonly trait: number; readonly method: number; readonly error: number } | null;
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

/** Share of method variance that studies of behaviour find on average; more speaks for common method bias. @see Williams, Cote & Buckley (1989), Journal of Applied Psychology 74(3) */
export const METHOD_SHARE = 0.25;
/** Change of CFI that matters. @see Cheung & Rensvold (2002) */
const CFI_CHANGE = 0.01;
const NAMES = ['method', 'methodFactor', 'commonMethod', 'unmeasuredMethod'] as const;

/**
 * Unmeasured latent method factor: the model with and without one more factor,
 * orthogonal to all others, on which every item loads. An item's variance is
 * then its squared standardized loadings on traits and method, and the rest.
 *
 * @throws SurveyError as `sem`, and `method-factor`
 * @see Podsakoff, MacKenzie, Lee & Podsakoff (2003), Journal of Applied Psychology 88(5); Williams, Cote & Buckley (1989)
 * @example methodFactor('sat =~ s1 + s2 + s3; trust =~ t1 + t2 + t3', survey).mean?.method
 */
export function methodFactor(syntax: string | ModelSyntax, data: SemData, options: MethodFactorOptions = {}): MethodFactor {
  const { methodLoadings = 'free', ...rest } = options;
  if (methodLoadings !== 'free' && methodLoadings !== 'equal') fail('invalid-option', `\`methodLoadings\` is \`free\` or \`equal\`, found \`${String(methodLoadings)}\``);
  const model = typeof syntax === 'string' ? parseModel(syntax) : syntax;
  const without = sem(model, data, rest);
  const { observed, latent } = without.table.roles;
  const itemsOf = without.table.blockRoles.map((roles, g) => {
    const loaded = new Set(without.table.rows.filter((row) => row.op === '=~' && row.group === g + 1).map(({ rhs }) => rhs));
    return roles.observed.filter((name) => loaded.has(name));
  });
  const items = [...new Set(itemsOf.flat())];
  if (items.length < 4 || latent.length === 0) fail('method-factor', `a method factor needs latent variables with at least four items in all, found ${items.length}`);
  const factor = NAMES.find((name) => !observed.includes(name) && !latent.includes(name)) ?? fail('method-factor', `the names ${NAMES.join(', ')} are all taken by the model`);
  const quoted = (name: string): string => (/^[\p{L}_.][\p{L}\p{N}_.]*$/u.test(name) ? name : `\`${name}\``);
  const label = methodLoadings === 'equal' ? `${factor}Loading*` : '';
  const addedTo = (g: number): string => [
    `${factor} =~ NA*${quoted(itemsOf[g][0])} + ${itemsOf[g].map((name) => label + quoted(name)).join(' + ')}`,
    `${factor} ~~ 1*${factor}`,
    ...without.table.blockRoles[g].latent.map((name) => `${factor} ~~ 0*${quoted(name)}`)
  ].join('\n');
  const withMethod = sem(inEveryBlock(model, without.table.groupLabels, addedTo), data, rest);
  const warnings: Diagnostic[] = [];
  const { converged } = withMethod.convergence;
  const unidentified = withMethod.warnings.find(({ code }) => code === 'not-identified');
  const remedy = methodLoadings === 'free' ? 'use `methodLoadings: "equal"`, which has one parameter, or a measured marker variable' : 'the items do not tell a common factor from the traits; measure a marker variable';
  if (!converged) warnings.push(warning('method-factor', `the model with a method factor did not converge: ${withMethod.convergence.message}`, { zh: `含方法因子的模型未收敛：${withMethod.convergence.message}`, help: remedy }));
  else if (unidentified) warnings.push(warning('method-factor', `the method factor is not identified: ${unidentified.message}`, { zh: `方法因子无法识别：${unidentified.zh ?? unidentified.message}`, help: remedy }));
  else if (!withMethod.admissible) warnings.push(warning('method-factor', 'the model with a method factor has an improper solution (a negative variance or the like): its shares are not to be used', { zh: '含方法因子的模型为不恰当解（如负方差），其方差占比不可使用', help: remedy }));
  const usable = converged && !unidentified;
  const comparison = usable && without.convergence.converged ? compareFits({ 'with method factor': withMethod, 'without method factor': without }) : null;
  if (comparison) warnings.push(...comparison.warnings);
  const shares = usable && withMethod.admissible ? sharesOf(withMethod, factor, items) : [];
  const average = (key: 'trait' | 'method' | 'error'): number => shares.reduce((sum, row) => sum + (row[key] ?? 0), 0) / shares.length;
  const mean = shares.length > 0 && shares.every(({ trait }) => trait !== null) ? { trait: average('trait'), method: average('method'), error: average('error') } : null;
  const result = { kind: 'method-factor' as const, factor, without, withMethod, comparison, shares, mean, warnings };
  return Object.freeze({ ...result, tidy: () => shareTable(result), tables: () => [...(comparison ? comparison.tables() : []), shareTable(result)] });
}

/** The model with more lines: at its end, or at the end of each of its `group:` blocks. */
function inEveryBlock({ text, statements }: ModelSyntax, groupLabels: readonly string[], lines: (group: number) => string): string {
  const headers = statements.flatMap((statement) => (statement.type === 'block' && statement.keyword === 'group' ? [statement] : []));
  if (headers.length === 0) return `${text}\n${lines(0)}`;
  const groupOf = (value: string, place: number): number => (groupLabels.includes(value) ? groupLabels.indexOf(value) : place);
  return [text.slice(0, headers[0].span.start), ...headers.map(({ span, value }, place) => `${text.slice(span.start, headers.at(place + 1)?.span.start)}\n${lines(groupOf(value, place))}\n`)].join('');
}

/** Method λ², error 1 − R², and the rest of the traits, standardized. */
function sharesOf(fit: SemFit, factor: string, items: readonly string[]): readonly VarianceShares[] {
  return fit.table.groupLabels.flatMap((group, g) =>
    items.filter((item) => fit.table.blockRoles[g].observed.includes(item)).map((item): VarianceShares => {
      const loading = fit.loadings.find((row) => row.lhs === factor && row.rhs === item && row.group === g + 1)?.stdAll ?? null;
      const explained = fit.rSquared[g]?.get(item);
      if (loading === null || explained === undefined) return { item, group, trait: null, method: null, error: null };
      return { item, group, trait: finite(explained - loading ** 2), method: loading ** 2, error: 1 - explained };
    })
  );
}

function shareTable({ shares, mean, comparison, warnings }: Pick<MethodFactor, 'shares' | 'mean' | 'comparison' | 'warnings'>): Table {
  const groups = new Set(shares.map(({ group }) => group)).size > 1;
  const change = comparison?.rows[1]?.cfiDifference ?? null;
  return table(
    { en: 'Shares of variance with a latent method factor', zh: '加入潜在方法因子后的方差构成' },
    [
      ...(groups ? [{ key: 'group', label: { en: 'Group', zh: '组' }, kind: 'text' as const }] : []),
      { key: 'item', label: { en: 'Item', zh: '题项' }, kind: 'text' },
      { key: 'trait', label: { en: 'Trait', zh: '特质' }, kind: 'unit', digits: 3 },
      { key: 'method', label: { en: 'Method', zh: '方法' }, kind: 'unit', digits: 3 },
      { key: 'error', label: { en: 'Error', zh: '误差' }, kind: 'unit', digits: 3 }
    ],
    [...shares.map((row) => ({ ...row })), ...(mean ? [{ group: '', item: 'mean', ...mean }] : [])],
    {
      notes: [
        ...(mean
          ? [
              mean.method > METHOD_SHARE
                ? { en: `the method factor holds ${percent(mean.method)} of the variance, more than the ${percent(METHOD_SHARE)} that studies find on average: common method bias is likely`, zh: `方法因子平均解释 ${percent(mean.method)} 的方差，高于常见的 ${percent(METHOD_SHARE)}：可能存在共同方法偏差` }
                : { en: `the method factor holds ${percent(mean.method)} of the variance, not more than the ${percent(METHOD_SHARE)} that studies find on average`, zh: `方法因子平均解释 ${percent(mean.method)} 的方差，未超过常见的 ${percent(METHOD_SHARE)}` }
            ]
          : []),
        ...(change !== null ? [{ en: `without it CFI changes by ${change.toFixed(3)}${Math.abs(change) > CFI_CHANGE ? ', which matters' : ', which does not matter'}`, zh: `去除方法因子后 CFI 变化 ${change.toFixed(3)}${Math.abs(change) > CFI_CHANGE ? '（明显）' : '（不明显）'}` }] : []),
        ...warnings.map(({ message }) => ({ en: message }))
      ]
    }
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
