import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { correlationFromCovariance, covarianceMatrix } from '../covariance.js';
import { itemValues } from '../itemValues.js';
import { completeRows, expandConstructs, takeRows } from '../variables.js';

/** A correlation matrix to analyse, from data or typed in from a paper. */
export interface CorrelationInput {
  readonly names: readonly string[];
  readonly labels?: readonly (Bilingual | undefined)[];
  /** p × p, row-major, or nested rows. */
  readonly correlation: Float64Array | readonly (readonly number[])[];
  readonly n: number;
}

/** The same, checked, with what is known of its rows. */
export interface ItemCorrelations {
  readonly names: readonly string[];
  readonly labels: readonly (Bilingual | undefined)[];
  readonly correlation: Float64Array;
  readonly p: number;
  readonly n: number;
  /** Rows before listwise deletion; equals n for a matrix. */
  readonly rows: number;
  /** Which items were turned, as the codebook says. */
  readonly reversed: readonly boolean[];
  readonly warnings: readonly Diagnostic[];
}

/**
 * Listwise correlations of items in the direction of their constructs. No
 * names means every item of the codebook's constructs.
 * @throws SurveyError `too-few-variables`, `too-few-rows`, `constant-variable`
 */
export function itemCorrelations(survey: Survey, names?: readonly string[]): ItemCorrelations {
  const wanted = names ?? [...survey.codebook.constructs.keys()];
  if (wanted.length === 0) fail('no-variables', `survey \`${survey.name}\` has no constructs, so the items must be named`);
  const items = names ? expandConstructs(survey, wanted) : [...new Set([...survey.codebook.constructs.values()].flatMap((construct) => construct.items))];
  if (items.length < 2) fail('too-few-variables', `a factor analysis needs two items, found ${items.length}`);
  const values = items.map((item) => itemValues(survey, item));
  const rows = completeRows(values.map((item) => item.values));
  if (rows.length < 3) fail('too-few-rows', `only ${rows.length} of ${survey.validCount} rows answer all ${items.length} items`);
  const { covariance } = covarianceMatrix(values.map((item) => takeRows(item.values, rows)));
  const p = items.length;
  const constant = items.find((_, i) => !(covariance[i * p + i] > 0));
  if (constant !== undefined) fail('constant-variable', `item \`${constant}\` does not vary over the ${rows.length} complete rows`, { help: 'leave it out' });
  return { names: items, labels: items.map((item) => survey.info(item).label), correlation: correlationFromCovariance(covariance, p), p, n: rows.length, rows: survey.validCount, reversed: values.map((item) => item.reversed), warnings: values.flatMap((item) => item.warnings) };
}

/** Checks a typed-in matrix. @throws SurveyError `bad-correlation` */
export function checkedCorrelations({ names, labels, correlation, n }: CorrelationInput): ItemCorrelations {
  const p = names.length;
  const flat = correlation instanceof Float64Array ? correlation : Float64Array.from(correlation.flat());
  if (flat.length !== p * p) fail('bad-correlation', `${p} names need a ${p} × ${p} matrix, found ${flat.length} numbers`);
  if (!(Number.isInteger(n) && n > 2)) fail('bad-correlation', `n must be a whole number above 2, found ${n}`);
  for (let i = 0; i < p; i++) {
    if (Math.abs(flat[i * p + i] - 1) > 1e-6) fail('bad-correlation', `the diagonal of \`${names[i]}\` is ${flat[i * p + i]}, a correlation matrix has 1`);
    for (let j = 0; j < i; j++) {
      const [a, b] = [flat[i * p + j], flat[j * p + i]];
      if (!(Math.abs(a) <= 1) || Math.abs(a - b) > 1e-6) fail('bad-correlation', `\`${names[i]}\` and \`${names[j]}\` correlate ${a} and ${b}; one number between −1 and 1 is expected`);
    }
  }
  return { names, labels: labels ?? names.map(() => undefined), correlation: flat, p, n, rows: n, reversed: names.map(() => false), warnings: [] };
}

/** Fewer rows than this per item make loadings unstable; said, not refused. */
const ROWS_PER_ITEM = 5;

export function sizeWarnings({ n, p }: ItemCorrelations): readonly Diagnostic[] {
  return n < ROWS_PER_ITEM * p ? [warning('small-sample', `${n} rows for ${p} items: fewer than ${ROWS_PER_ITEM} per item, so loadings are unstable`, { zh: `${p} 个题项只有 ${n} 行，每题不足 ${ROWS_PER_ITEM} 行，载荷不稳定` })] : [];
}
