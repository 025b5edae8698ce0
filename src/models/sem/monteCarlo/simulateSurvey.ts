import { cholesky } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { createRandom, type Random } from '../../../numerics/random.js';
import { fail } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import type { Survey } from '../../../survey/survey.js';
import { surveyFromColumns } from '../../../survey/surveyFromColumns.js';
import type { Population, PopulationGroup } from './population.js';

export interface SimulateOptions {
  /** Rows per group. */
  readonly n: number;
  readonly seed: number;
  /** Answers 1 … `likert`, cut at equal steps between −2 and 2 standard deviations; variables with thresholds keep their own. */
  readonly likert?: number;
  /** Share of answers missing completely at random, 0 ≤ share < 1. */
  readonly missing?: number;
  /** Name of the column that tells groups apart, `group`. */
  readonly groupColumn?: string;
  readonly name?: string;
}

const KEYS = ['n', 'seed', 'likert', 'missing', 'groupColumn', 'name'] as const;
const MOST_CELLS = 50_000_000;
const MOST_POINTS = 20;
/** Answer scales are cut between these many standard deviations around the mean. */
const SCALE_RANGE = 2;

/**
 * Normal rows with the population's moments, as a survey that says in its name
 * that it was made; the same seed gives the same rows on any machine.
 *
 * @throws SurveyError `unknown-option`, `invalid-option`
 * @example simulateSurvey(population('f =~ 0.7*x1 + 0.8*x2 + 0.6*x3'), { n: 300, seed: 1, likert: 5 })
 */
export function simulateSurvey(from: Population, options: SimulateOptions): Survey {
  for (const key of Object.keys(options)) if (!(KEYS as readonly string[]).includes(key)) fail('unknown-option', `\`${key}\` is not an option of \`simulateSurvey\``, { help: didYouMean(key, KEYS) ?? `options are ${KEYS.join(', ')}` });
  const { n, seed, likert, missing = 0, groupColumn = 'group' } = options;
  if (!Number.isInteger(n) || n < 1 || n * from.names.length * from.groups.length > MOST_CELLS) fail('invalid-option', `\`n\` is ${n}, expected a whole number of rows with at most ${MOST_CELLS} cells`);
  if (!Number.isInteger(seed)) fail('invalid-option', `\`seed\` is ${seed}, expected a whole number`);
  if (likert !== undefined && (!Number.isInteger(likert) || likert < 2 || likert > MOST_POINTS)) fail('invalid-option', `\`likert\` is ${likert}, expected a number of answers from 2 to ${MOST_POINTS}`);
  if (!(missing >= 0 && missing < 1)) fail('invalid-option', `\`missing\` is ${missing}, expected a share from 0 to below 1`);
  return drawSurvey(from, createRandom(seed), { ...options, groupColumn }, codebookOf(from, likert));
}

/** Latent variables as constructs of their indicators, so that scales can be described and scored. */
function codebookOf({ table, thresholds }: Population, likert: number | undefined): string {
  const constructs = table.roles.latent.map((latent) => [latent, table.rows.filter((row) => row.op === '=~' && row.lhs === latent && table.roles.observed.includes(row.rhs)).map(({ rhs }) => rhs)] as const).map(([latent, items]) => [latent, [...new Set(items)]] as const).filter(([, items]) => items.length > 0);
  const range = likert === undefined || thresholds.size > 0 ? {} : { range: [1, likert] };
  // JSON is YAML; fromEntries makes a name like `__proto__` a key of its own
  return constructs.length === 0 ? '' : JSON.stringify({ constructs: Object.fromEntries(constructs), ...range });
}

/** The same from a stream of random numbers, options trusted. */
export function drawSurvey(from: Pick<Population, 'names' | 'groups' | 'thresholds'>, random: Random, { n, seed, likert, missing = 0, groupColumn = 'group', name }: SimulateOptions, codebook: string = ''): Survey {
  const { names, groups } = from;
  const columns = names.map(() => new Float64Array(n * groups.length).fill(NaN));
  groups.forEach(({ names: own, mean, covariance }, g) => {
    const p = own.length;
    const z = new Float64Array(p);
    const places = own.map((name) => names.indexOf(name));
    const factor = covariance.slice();
    cholesky(factor, p);
    for (let i = g * n; i < (g + 1) * n; i++) {
      for (let j = 0; j < p; j++) z[j] = random.normal();
      for (let j = 0; j < p; j++) columns[places[j]][i] = mean[j] + dot(factor, j * p, z, 0, j + 1);
    }
  });
  names.forEach((variable, j) => {
    const cuts = from.thresholds.get(variable) ?? (likert === undefined ? undefined : scaleCuts(likert, ...momentsOf(groups, variable)));
    if (cuts) cut(columns[j], cuts);
  });
  if (missing > 0) for (const column of columns) for (let i = 0; i < column.length; i++) if (random.uniform() < missing) column[i] = NaN;
  const entries: (readonly [string, Float64Array | readonly string[]])[] = names.map((variable, j) => [variable, columns[j]] as const);
  if (groups.length > 1) entries.push([groupColumn, groups.flatMap(({ label }) => new Array<string>(n).fill(label))]);
  return surveyFromColumns(entries, { name: name ?? `simulated (seed ${seed})`, ...(codebook === '' ? {} : { codebook }) });
}

/** Mean and standard deviation of a variable in the first group that has it. */
function momentsOf(groups: Population['groups'], variable: string): readonly [mean: number, sd: number] {
  const { names, mean, covariance } = groups.find(({ names: own }) => own.includes(variable)) as PopulationGroup;
  const j = names.indexOf(variable);
  return [mean[j], Math.sqrt(covariance[j * (names.length + 1)])];
}

/** Cut points of an answer scale: equal steps over ±2 standard deviations. */
function scaleCuts(points: number, mean: number, sd: number): readonly number[] {
  return Array.from({ length: points - 1 }, (_, k) => mean + sd * SCALE_RANGE * ((2 * (k + 1)) / points - 1));
}

/** Replaces each value (where there is one) by 1 + the number of cut points below it. */
function cut(column: Float64Array, cuts: readonly number[]): void {
  for (let i = 0; i < column.length; i++) {
    let answer = 1;
    for (const point of cuts) if (column[i] > point) answer++;
    if (!Number.isNaN(column[i])) column[i] = answer;
  }
}
