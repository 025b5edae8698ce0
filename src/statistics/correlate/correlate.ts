import { finite, type Table } from '../../shared/table.js';
import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { normalQuantile } from '../../numerics/distributions/index.js';
import type { Survey } from '../../survey/survey.js';
import { meanAndSquares } from '../../numerics/exact/accurateSums.js';
import { requireShare, resolveOptions } from '../options.js';
import { completeRows, present, scoredVariables, takeRows, type Variable } from '../variables.js';
import { midRanks } from '../ranks/midRanks.js';
import { kendallTest, noCoefficient, pearsonTest, polychoricTest, spearmanTest, type Coefficient } from './coefficient.js';
import { correlationIntervals, correlationTable, correlationTidy } from './correlationTables.js';
import type { CorrelatedVariable, CorrelateOptions, Correlations } from './correlations.js';
import { kendall } from './kendall.js';
import { partialCorrelations } from './partial.js';
import { polychoric } from './polychoric.js';
import { centredColumns, pearson, pearsonOfCentred, type CentredColumn } from './pearson.js';

/**
 * Correlation matrix with tests and intervals. A construct of the codebook
 * stands for its score.
 * @throws SurveyError `too-few-variables`, `unknown-variable`, `unknown-option`
 */
export function correlate(survey: Survey, names?: readonly string[], options?: Partial<CorrelateOptions>): Correlations {
  const resolved = resolveOptions<CorrelateOptions>('correlate', options, { method: 'pearson', missing: 'pairwise', confidence: 0.95, control: [], intervals: false }, { method: ['pearson', 'spearman', 'kendall', 'polychoric'], missing: ['pairwise', 'listwise'], intervals: [true, false] });
  requireShare('correlate', 'confidence', resolved.confidence);
  const variables = scoredVariables(survey, names);
  if (variables.length < 2) fail('too-few-variables', `a correlation needs two variables, found ${variables.length}`);
  const controls = resolved.control.length > 0 ? scoredVariables(survey, resolved.control) : [];
  if (controls.length > 0 && (resolved.method === 'kendall' || resolved.method === 'polychoric')) fail('invalid-option', `partial correlations are computed by \`pearson\` or \`spearman\`, not \`${resolved.method}\``);
  if (resolved.method === 'polychoric') requireClasses(variables);
  const both = controls.find((control) => variables.some((v) => v.name === control.name));
  if (both) fail('invalid-option', `\`${both.name}\` is both correlated and held constant`);
  const rows = completeRows([...variables, ...controls].map((v) => v.values));
  const listwise = resolved.missing === 'listwise' || controls.length > 0;
  const used = listwise ? variables.map((v) => ({ ...v, values: takeRows(v.values, rows) })) : variables;
  const usedControls = controls.map((v) => takeRows(v.values, rows));
  const coefficients = controls.length > 0 ? partialTests(used, usedControls, resolved) : pairTests(used, resolved);
  return correlationsOf(used, coefficients, resolved, survey.validCount, rows.length, controls);
}

/** Lower triangle by rows: (1,0), (2,0), (2,1), … */
function pairTests(variables: readonly Variable[], options: Readonly<CorrelateOptions>): readonly Coefficient[] {
  const { method } = options;
  const quantile = normalQuantile((1 + options.confidence) / 2);
  const complete = method === 'spearman' ? variables.map(({ values }) => !values.some(Number.isNaN)) : [];
  const prepared = prepareColumns(variables, method, complete);
  const tests: Coefficient[] = [];
  for (let i = 1; i < variables.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b] = [prepared[j], prepared[i]];
      if (a && b) {
        const { r, n } = pearsonOfCentred(a, b);
        tests.push((method === 'pearson' ? pearsonTest : spearmanTest)(r, n, quantile));
      } else {
        const both = completeRows([variables[i].values, variables[j].values]);
        const x = takeRows(variables[j].values, both);
        const y = takeRows(variables[i].values, both);
        if (method === 'spearman') tests.push(spearmanTest(pearson(midRanks(x).ranks, midRanks(y).ranks), both.length, quantile));
        else if (method === 'polychoric') {
          const { rho, stdError } = polychoric(x, y);
          tests.push(polychoricTest(rho, stdError, both.length, quantile));
        } else {
          const { tau, z } = kendall(x, y);
          tests.push(kendallTest(tau, z, both.length, quantile));
        }
      }
    }
  }
  return tests;
}

/** More classes than this are a measurement, and their table would be mostly empty. */
const MOST_CLASSES = 20;

function requireClasses(variables: readonly Variable[]): void {
  for (const { name, values } of variables) {
    const classes = new Set(present(values)).size;
    if (classes > MOST_CLASSES) fail('too-many-classes', `\`${name}\` has ${classes} different values, a polychoric correlation takes at most ${MOST_CLASSES} ordered classes`, { help: 'use `pearson` or `spearman` for measurements' });
  }
}

/** Columns ready for product moments: values for Pearson, ranks of complete columns for Spearman (others are ranked pair by pair). */
function prepareColumns(variables: readonly Variable[], method: CorrelateOptions['method'], complete: readonly boolean[]): readonly (CentredColumn | undefined)[] {
  if (method === 'pearson') return centredColumns(variables.map(({ values }) => values));
  if (method !== 'spearman') return [];
  const ranked = centredColumns(variables.filter((_, i) => complete[i]).map(({ values }) => midRanks(values).ranks));
  let next = 0;
  return complete.map((yes) => (yes ? ranked[next++] : undefined));
}

function partialTests(variables: readonly Variable[], controls: readonly Float64Array[], options: Readonly<CorrelateOptions>): readonly Coefficient[] {
  const columns = centredColumns([...variables.map((v) => v.values), ...controls].map((values) => (options.method === 'spearman' ? midRanks(values).ranks : values)));
  const m = columns.length;
  const p = variables.length;
  const n = columns[0].complete;
  const all = new Float64Array(m * m);
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) all[i * m + j] = i === j ? 1 : pearsonOfCentred(columns[i], columns[j]).r;
  const partial = partialCorrelations(all, p, controls.length);
  const tests: Coefficient[] = [];
  const test = options.method === 'spearman' ? spearmanTest : pearsonTest;
  const quantile = normalQuantile((1 + options.confidence) / 2);
  for (let i = 1; i < p; i++) for (let j = 0; j < i; j++) tests.push(partial ? test(partial[i * p + j], n, quantile, controls.length) : noCoefficient(n));
  return tests;
}

function correlationsOf(used: readonly Variable[], coefficients: readonly Coefficient[], options: Readonly<CorrelateOptions>, rows: number, listwise: number, controls: readonly Variable[]): Correlations {
  const variables = used.map(({ name, label, values, scoredItems }): CorrelatedVariable => {
    const given = present(values);
    const { mean, squares } = meanAndSquares(given);
    return { name, label, n: given.length, mean: finite(mean.high), sd: given.length > 1 ? Math.sqrt(squares / (given.length - 1)) : null, ...(scoredItems === undefined ? {} : { scoredItems }) };
  });
  const p = variables.length;
  const at = (i: number, j: number): Coefficient => {
    if (i === j) return { ...noCoefficient(variables[i].n), r: 1 };
    const [low, high] = i < j ? [i, j] : [j, i];
    return coefficients[(high * (high - 1)) / 2 + low];
  };
  const matrix = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) matrix[i * p + j] = matrix[j * p + i] = i === j ? 1 : (coefficients[(i * (i - 1)) / 2 + j].r ?? NaN);
  const warnings: Diagnostic[] = variables.filter(({ sd }) => !sd).map(({ name }) => warning('constant-variable', `\`${name}\` does not vary, so it has no correlation`, { zh: `\`${name}\` 没有变异，不存在相关` }));
  if (controls.length > 0 && warnings.length === 0 && coefficients.some(({ r }) => r === null)) warnings.push(warning('dependent-controls', 'a control or a variable is a linear combination of the controls, so partial correlations do not exist', { zh: '某控制变量或变量是控制变量的线性组合，偏相关不存在' }));
  const flat = new Set(variables.filter(({ sd }) => !sd).map(({ name }) => name));
  for (let i = 1; i < p && controls.length === 0; i++) {
    for (let j = 0; j < i; j++) {
      const { r, n } = at(i, j);
      const [a, b] = [variables[j].name, variables[i].name];
      if (r !== null || flat.has(a) || flat.has(b)) continue;
      warnings.push(n < 2 ? warning('no-common-rows', `${n === 0 ? 'no row answers' : 'one row answers'} both \`${a}\` and \`${b}\`, so they have no correlation`, { zh: `同时回答 \`${a}\` 与 \`${b}\` 的行数为 ${n}，不存在相关` }) : warning('constant-variable', `\`${a}\` or \`${b}\` does not vary over the ${n} rows that answer both, so they have no correlation`, { zh: `在同时回答 \`${a}\` 与 \`${b}\` 的 ${n} 行中有变量没有变异，不存在相关` }));
    }
  }
  for (let i = 1; i < p && options.method === 'polychoric'; i++) {
    for (let j = 0; j < i; j++) if (at(i, j).r !== null && at(i, j).pValue === null) warnings.push(warning('boundary', `the polychoric correlation of \`${variables[j].name}\` and \`${variables[i].name}\` lies at its bound (an empty corner of their table), so it has no test`, { zh: `\`${variables[j].name}\` 与 \`${variables[i].name}\` 的多分格相关位于边界（列联表有空角），无法检验` }));
  }
  const facts = { options, variables, rows, listwise, at, warnings, controls: controls.map((c) => c.name) };
  return Object.freeze({ kind: 'correlations' as const, ...facts, matrix, tidy: (): Table => correlationTidy(facts), tables: (): readonly Table[] => (options.intervals ? [correlationTable(facts), correlationIntervals(facts)] : [correlationTable(facts)]) });
}
