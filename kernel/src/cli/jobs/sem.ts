import type { Diagnostic } from '../../../../src/shared/diagnostic.js';
import { SurveyError } from '../../../../src/shared/diagnostic.js';
import { finite } from '../../../../src/shared/table.js';
import { didYouMean } from '../../../../src/shared/suggest.js';
import { stateOf } from '../../../../src/models/sem/fit/fittedModel.js';
import { standardizedRows } from '../../../../src/models/sem/fit/parameterEstimates.js';
import type { SemFunction, SemOptions } from '../../../../src/models/sem/options.js';
import type { FitLevels, ParameterEstimate } from '../../../../src/models/sem/results.js';
import { cfa, growth, lavaan, sem, type SemData } from '../../../../src/models/sem/sem.js';
import { optionsFromJob } from '../../../../src/models/sem/specification/optionsFromDotted.js';
import { SEM_OPTION_SPECS } from '../../../../src/models/sem/specification/optionSpecs.js';
import { typedMoments } from '../../../../src/statistics/moments.js';
import { tableToText } from '../../../../src/report/tables/tableToText.js';
import { jobObject, jobSurvey, type JobCommand, type JobIo } from '../jobCommand.js';
import type { Flags } from '../flags.js';
import { SEM_EXTRAS, type Attempt } from './semExtras.js';

const KEYS = ['fun', 'syntax', 'dataFile', 'data', 'sampleCov', 'n', 'means', 'groupLabels', 'options', 'want', 'id'] as const;
const FUNCTIONS = { sem, cfa, growth, lavaan } as const;

const SHAPES = `
Job (one JSON object, or one a line):
  { "fun": "sem" | "cfa" | "growth" | "lavaan",
    "syntax": "f =~ x1 + x2 + x3",
    "dataFile": "survey.csv"                          or
    "data": { "x1": [1, 2, null], … }                 or
    "sampleCov": { "names": ["x1", …], "values": [[…], …] }, "n": 301, "means": [4.9, …],
    "options": { "estimator": "MLR", "std.lv": true, "group": "school", "group.equal": ["loadings"], … },
    "want": ["modindices", "standardized", "standardized.lv", "standardized.nox", "residuals",
             "factor.scores", "bootstrap", "vcov", "information", "start", "sampstat", "implied"] }
  For several groups sampleCov, n and means are lists. The matrix may be a lower triangle.
  Options carry lavaan's argument names.

Answer (lavaan's names; a number that does not exist is null):
  { "converged", "admissible", "npar", "df", "nobs", "ngroups",
    where rows were left out "ntotal", "dropped": [{ "reason": "missing value", "count": 12 }],
    "parameterTable": [{ "lhs", "op", "rhs", "group", "level", "label", "free", "est", "se", "z", "p",
                         "ci.lower", "ci.upper", "std.lv", "std.all", "std.nox" }],
    "fitMeasures": { "chisq", "df", "pvalue", "cfi", "tli", "rmsea", "srmr", … },
    "tests": [{ "test", "stat", "df", "pvalue", "refdistr", "scaling.factor", "shift.parameter" }]  (all that "test" asks for),
    "rsquare": { "x1": 0.6 }  (for several groups: { "group": { "x1": 0.6 } }; for two levels
                              { "within": { … }, "between": { … } } by the model's words, inside groups),
    for two levels "nclusters", "icc": { "x1": 0.2 }  (for several groups: { "group": … }),
    "defined": [rows with op ":="], "warnings": [{ "code", "message", "help" }], "seconds",
    and what was wanted: "modindices": [{ "lhs", "op", "rhs", "group", "mi", "epc", … }] … }
  A job that fails answers { "error": { "code", "message", "line", "column", "help" } }.
`;

export const command: JobCommand = {
  name: 'sem',
  summary: 'fit structural equation models in lavaan\'s syntax',
  shapes: SHAPES,
  flags: [
    { flag: 'model', value: 'FILE', summary: 'file with the model' },
    { flag: 'syntax', value: 'TEXT', summary: 'the model itself' },
    { flag: 'data', value: 'FILE', summary: 'data file' },
    { flag: 'fun', value: 'NAME', summary: 'sem (default), cfa, growth or lavaan' },
    { flag: 'want', value: 'LIST', summary: `more answers, separated by commas: ${Object.keys(SEM_EXTRAS).join(', ')}` },
    ...Object.values(SEM_OPTION_SPECS).map((spec) => ({ flag: spec.dotted, value: spec.kinds[0] === 'boolean' ? 'yes|no' : spec.choices ? 'WORD' : 'VALUE', summary: spec.choices && spec.choices.length < 12 ? `${spec.summary} (${spec.choices.join(', ')})` : spec.summary }))
  ],
  jobOf,
  run: async (job, io) => answerOf(await readJob(job, io), io),
  print: async (job, io) => {
    const { data, syntax, options, fun } = await readJob(job, io);
    return FUNCTIONS[fun](syntax, data, options)
      .tables()
      .map((table) => tableToText(table))
      .join('\n\n');
  }
};

interface SemJob {
  readonly fun: SemFunction;
  readonly syntax: string;
  readonly data: SemData;
  readonly options: SemOptions;
  readonly want: readonly string[];
  readonly warnings: readonly Diagnostic[];
  readonly id: unknown;
}

async function readJob(given: unknown, io: JobIo): Promise<SemJob> {
  const job = jobObject(given, KEYS);
  const { fun = 'sem', syntax, want = [], id } = job;
  if (typeof fun !== 'string' || !Object.hasOwn(FUNCTIONS, fun)) invalid(`\`fun\` is sem, cfa, growth or lavaan, found \`${String(fun)}\``);
  if (typeof syntax !== 'string') invalid('`syntax` is the text of the model');
  if (!Array.isArray(want)) invalid('`want` is a list of words');
  for (const each of want as readonly unknown[])
    if (typeof each !== 'string' || !Object.hasOwn(SEM_EXTRAS, each)) invalid(`\`${String(each)}\` cannot be wanted`, didYouMean(String(each), Object.keys(SEM_EXTRAS)) ?? `one of ${Object.keys(SEM_EXTRAS).join(', ')}`);
  if (job['options'] !== undefined && (typeof job['options'] !== 'object' || job['options'] === null || Array.isArray(job['options']))) invalid('`options` is an object of option names and values');
  const { options, warnings } = optionsFromJob((job['options'] ?? {}) as Readonly<Record<string, unknown>>);
  const data = job['sampleCov'] === undefined ? await jobSurvey(job, io) : momentsOf(job);
  return { fun: fun as SemFunction, syntax: syntax as string, data, options, want: want as readonly string[], warnings, id };
}

async function answerOf(job: SemJob, io: JobIo): Promise<unknown> {
  const began = io.now();
  const fit = FUNCTIONS[job.fun](job.syntax, job.data, job.options);
  const { measures, parameters } = fit;
  const withoutExogenous = standardizedRows(stateOf(fit), 'std.nox').filter((_, i) => !['==', '<', '>'].includes(fit.table.rows[i].op));
  const rows = parameters.map((row, i) => answerRow(row, finite(withoutExogenous[i])));
  const labels = fit.table.groupLabels;
  const extras: Record<string, unknown> = {};
  const missed: Diagnostic[] = [];
  // what cannot be had does not cost the fit: it is null, and the warning says why
  const leaveOut = (what: string, error: unknown): null => {
    if (!(error instanceof SurveyError)) throw error;
    missed.push(...error.diagnostics.map((one): Diagnostic => ({ ...one, severity: 'warning', message: `\`${what}\` is left out: ${one.message}` })));
    return null;
  };
  const attempt: Attempt = (what, make) => {
    try {
      return make();
    } catch (error) {
      return leaveOut(what, error);
    }
  };
  for (const each of new Set(job.want)) {
    try {
      extras[each] = await SEM_EXTRAS[each](fit, attempt);
    } catch (error) {
      extras[each] = leaveOut(each, error);
    }
  }
  return {
    ...(job.id === undefined ? {} : { id: job.id }),
    converged: fit.convergence.converged,
    admissible: fit.admissible,
    npar: measures['npar'] ?? null,
    df: measures['df'] ?? null,
    nobs: fit.sample.used,
    ...(fit.sample.dropped.length > 0 ? { ntotal: fit.sample.total, dropped: fit.sample.dropped } : {}),
    ngroups: labels.length,
    parameterTable: rows,
    fitMeasures: measures,
    tests: fit.tests.map(({ test, statistic, df, pValue, reference, scalingFactor, shift }) => ({ test, stat: statistic, df, pvalue: pValue, refdistr: reference, 'scaling.factor': scalingFactor, 'shift.parameter': shift })),
    ...extras,
    rsquare: perGroup(labels, (g) => (fit.levels ? Object.fromEntries(fit.levels.labels.map((level, l) => [level, Object.fromEntries(fit.rSquared[2 * g + l] ?? [])])) : Object.fromEntries(fit.rSquared[g] ?? []))),
    ...(fit.levels ? levelAnswers(labels, fit.levels) : {}),
    defined: rows.filter(({ op }) => op === ':='),
    warnings: [...job.warnings, ...fit.warnings, ...missed].map(({ code, message, help }) => ({ code, message, ...(help ? { help } : {}) })),
    seconds: (io.now() - began) / 1000
  };
}

/** One value, or for several groups one under each group's label. */
function perGroup(labels: readonly string[], of: (group: number) => unknown): unknown {
  return labels.length === 1 ? of(0) : Object.fromEntries(labels.map((label, g) => [label, of(g)]));
}

function levelAnswers(labels: readonly string[], { clusters, intraclass }: FitLevels): Readonly<Record<string, unknown>> {
  return { nclusters: clusters.reduce((sum, { count }) => sum + count, 0), icc: perGroup(labels, (g) => Object.fromEntries(intraclass[g])) };
}

/** A row of the answer, by lavaan's column names. */
function answerRow(row: ParameterEstimate, stdNox: number | null): { readonly op: string } & Readonly<Record<string, unknown>> {
  return {
    lhs: row.lhs,
    op: row.op,
    rhs: row.rhs,
    group: row.group,
    level: row.level,
    label: row.label,
    free: row.free,
    est: row.estimate,
    se: row.stdError,
    z: row.statistic,
    p: row.pValue,
    'ci.lower': row.confLow,
    'ci.upper': row.confHigh,
    'std.lv': row.stdLatent,
    'std.all': row.stdAll,
    'std.nox': stdNox
  };
}

function momentsOf(job: Readonly<Record<string, unknown>>): SemData {
  const { sampleCov, n, means, groupLabels } = job;
  const matrices = (Array.isArray(sampleCov) ? sampleCov : [sampleCov]) as readonly { readonly names?: readonly string[]; readonly values?: readonly (readonly number[])[] }[];
  const sizes = Array.isArray(n) ? (n as readonly number[]) : [n as number];
  const several = matrices.length > 1;
  const meanLists = (means === undefined || means === null ? [] : Array.isArray((means as readonly unknown[])[0]) ? means : [means]) as readonly (readonly number[])[];
  for (const matrix of matrices) {
    if (typeof matrix !== 'object' || matrix === null || !Array.isArray(matrix.names) || !Array.isArray(matrix.values) || !matrix.values.every((row) => Array.isArray(row))) invalid('`sampleCov` is {"names": […], "values": [[…], …]}, or a list of these');
  }
  if (sizes.length !== matrices.length || !sizes.every((size) => typeof size === 'number')) invalid(`\`n\` is ${several ? `a list of ${matrices.length} numbers` : 'the sample size, a number'}`);
  if (meanLists.length > 0 && meanLists.length !== matrices.length) invalid(`\`means\` holds ${meanLists.length} lists for ${matrices.length} covariance matrices`);
  return typedMoments({
    names: [...new Set(matrices.flatMap(({ names = [] }) => names))],
    groups: matrices.map((matrix, g) => ({
      ...(matrix.names ? { names: matrix.names } : {}),
      covariance: matrix.values ?? [],
      n: sizes[g],
      ...(meanLists.length > 0 ? { mean: meanLists[g] } : {}),
      ...(Array.isArray(groupLabels) ? { label: String(groupLabels[g] ?? '') } : {})
    }))
  });
}

async function jobOf(flags: Flags, io: JobIo): Promise<unknown> {
  const model = flags.text('model') ?? flags.words[0];
  const syntax = flags.text('syntax') ?? (model === undefined ? undefined : new TextDecoder().decode(await io.readFile(model)));
  if (syntax === undefined) invalid('no model', 'give --model FILE or --syntax TEXT');
  const options: Record<string, unknown> = {};
  for (const [flag, value] of flags.entries()) {
    const spec = Object.values(SEM_OPTION_SPECS).find(({ dotted }) => dotted === flag);
    if (spec) options[flag] = optionValue(String(value), spec.kinds);
  }
  const want = flags.text('want');
  return { fun: flags.text('fun') ?? 'sem', syntax, dataFile: flags.text('data') ?? flags.words[1], options, ...(want ? { want: want.split(',').map((each) => each.trim()) } : {}) };
}

/** `yes`, `3`, `a,b`: what a flag's word means for an option. */
function optionValue(text: string, kinds: readonly string[]): unknown {
  if (kinds.includes('boolean') && /^(yes|true|no|false)$/i.test(text)) return /^(yes|true)$/i.test(text);
  if (kinds.includes('number') && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (kinds.includes('record')) return JSON.parse(text) as unknown;
  return kinds.includes('texts') && text.includes(',') ? text.split(',').map((each) => each.trim()) : text;
}

function invalid(message: string, help?: string): never {
  throw new SurveyError({ severity: 'error', code: 'invalid-job', message, ...(help ? { help } : {}) });
}
