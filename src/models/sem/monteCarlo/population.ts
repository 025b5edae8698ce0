import { parseModel } from '../../../language/parser.js';
import type { ModelSyntax } from '../../../language/syntax.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';
import { fail, SurveyError, type Diagnostic } from '../../../shared/diagnostic.js';
import { typedMoments, type Moments } from '../../../statistics/moments.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ParameterTable } from '../parameterTable.js';
import { resolveOptions } from '../specification/resolveOptions.js';
import { hasInterceptFormula, specify } from '../specify.js';
import { modelStructure } from '../structure/modelStructure.js';
import { NamedValues } from '../structure/names.js';
import { fillResidualVariances } from './fillResidualVariances.js';

export interface PopulationOptions {
  /** Choose each variance that the text leaves out so that its variable has variance 1; otherwise it is 1 itself. */
  readonly standardized?: boolean;
  /** Labels of the groups when modifiers give one value per group, `c(0.5, 0.7)*x`. */
  readonly groups?: readonly string[];
}

export interface PopulationGroup {
  readonly label: string;
  readonly names: readonly string[];
  readonly mean: Float64Array;
  /** p × p. */
  readonly covariance: Float64Array;
}

/** A model with a value for every parameter: what data are drawn from. */
export interface Population {
  readonly kind: 'population';
  readonly syntax: string;
  readonly table: ParameterTable;
  /** One value per row of the table. */
  readonly values: Float64Array;
  /** Variables of all groups. */
  readonly names: readonly string[];
  readonly groups: readonly PopulationGroup[];
  /** Cut points of ordered variables, in the metric of the variable. */
  readonly thresholds: ReadonlyMap<string, readonly number[]>;
  /** Variances that the text leaves out, with the value that was chosen. */
  readonly filled: readonly { readonly name: string; readonly value: number }[];
  moments(n: number): Moments;
}

/**
 * Reads a model whose numbers are population values: `0.7*x1` (or
 * `start(0.7)*x1`) is a value, and so is a number that belongs to a label.
 * Left out, covariances and means are 0, and variances 1 or what
 * `standardized` makes of them; a loading or regression needs a value.
 *
 * @throws SurveyError `population-value` for a loading or regression without a number, `population-variance` for a negative or singular result
 * @example population('f =~ 0.7*x1 + 0.8*x2 + 0.6*x3', { standardized: true }).groups[0].covariance
 */
export function population(model: string | ModelSyntax, options: PopulationOptions = {}): Population {
  const syntax = typeof model === 'string' ? parseModel(model) : model;
  const groupLabels = options.groups ?? [''];
  const thresholdCount = thresholdsOf(syntax);
  const resolved = resolveOptions(
    { autoFixFirst: false, autoFixSingle: false, fixedX: false, conditionalX: false, meanstructure: true },
    'sem',
    { categorical: false, groupCount: groupLabels.length, hasIntercepts: hasInterceptFormula(syntax), hasLevels: false, hasMeans: true }
  );
  const table = specify(syntax, { groupLabels, ordinal: thresholdCount }, resolved);
  if (table.levelLabels) fail('two-level', 'a population has one level', { help: 'leave the `level:` headers out' });
  const values = new Float64Array(table.rows.length);
  const open: number[] = [];
  const problems: Diagnostic[] = [];
  const known = new Map<string, number>();
  for (const row of table.rows) if (row.ustart !== null && row.label !== '') known.set(row.label, row.ustart);
  table.rows.forEach((row, i) => {
    const value = row.ustart ?? known.get(row.label);
    if (value !== undefined) values[i] = value;
    else if (row.op === '=~' || row.op === '~' || row.op === '<~' || row.op === '|') {
      if (row.group <= 1) problems.push({ severity: 'error', code: 'population-value', message: `\`${row.lhs} ${row.op} ${row.rhs}\` has no value`, ...(row.span ? { span: row.span } : {}), help: `write the value before the variable: \`${row.lhs} ${row.op} 0.5*${row.rhs}\`` });
    } else if (row.op === '~~' && row.lhs === row.rhs) open.push(i);
    else if (row.op === '~*~') values[i] = 1;
  });
  if (problems.length > 0) throw new SurveyError(problems.slice(0, 5), { name: 'model', text: syntax.text });

  const structure = modelStructure(table);
  const implied = structure.groups.map((group) => new ImpliedMoments(group));
  const filled = fillResidualVariances(table, implied, values, open, options.standardized ?? false);
  implied.forEach((each, g) => checkCovariance(each, groupLabels[g]));
  const named = new NamedValues(table);
  table.rows.forEach((row, i) => {
    if (row.op === ':=' && row.expression) values[i] = named.value(row.expression, values);
  });
  const groups = implied.map(({ mu, sigma, structure: { observed } }, g) => Object.freeze({ label: groupLabels[g], names: observed, mean: mu.slice(), covariance: sigma.slice() }));
  const names = table.roles.observed;
  return Object.freeze({
    kind: 'population' as const, syntax: syntax.text, table, values, names, groups, filled,
    thresholds: cutPoints(table, values),
    moments: (n: number) => typedMoments({ names, divisor: 'n', groups: groups.map(({ label, names: own, mean, covariance }) => ({ label, n, names: own, mean: Array.from(mean), covariance: own.map((_, i) => Array.from(covariance.subarray(i * own.length, (i + 1) * own.length))) })) })
  });
}

function thresholdsOf(syntax: ModelSyntax): ReadonlyMap<string, number> {
  const count = new Map<string, number>();
  for (const statement of syntax.statements)
    if (statement.type === 'formula' && statement.op === '|') for (const { variable } of statement.left) count.set(variable.name, Math.max(count.get(variable.name) ?? 0, statement.right.length));
  return count;
}

function cutPoints(table: ParameterTable, values: Float64Array): ReadonlyMap<string, readonly number[]> {
  const cuts = new Map<string, number[]>();
  table.rows.forEach((row, i) => {
    if (row.op === '|' && row.group <= 1) cuts.set(row.lhs, [...(cuts.get(row.lhs) ?? []), values[i]]);
  });
  for (const [name, points] of cuts) if (points.some((point, i) => i > 0 && point <= points[i - 1])) fail('population-value', `the thresholds of \`${name}\` do not rise: ${points.join(', ')}`);
  return cuts;
}

function checkCovariance({ sigma, structure }: ImpliedMoments, label: string): void {
  const bad = cholesky(sigma.slice(), structure.p);
  if (bad >= 0) fail('population-variance', `the population covariance matrix${label === '' ? '' : ` of group \`${label}\``} is not positive definite at \`${structure.observed[bad]}\``, { help: 'its values explain more variance than there is; lower loadings, regressions or covariances' });
}
