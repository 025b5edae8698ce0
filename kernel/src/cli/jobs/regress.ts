import { SurveyError } from '../../../../src/shared/diagnostic.js';
import { regress, type BlockResult, type Coefficient, type RegressionFit, type RegressOptions } from '../../../../src/models/regression/index.js';
import { tableToText } from '../../../../src/report/tables/tableToText.js';
import type { Survey } from '../../../../src/survey/survey.js';
import { jobObject, jobSurvey, type JobCommand, type JobIo } from '../jobCommand.js';

const JOB_KEYS = ['formula', 'dataFile', 'data', 'options', 'want'] as const;
/** Optional parts of the answer, asked for by `want`. */
const WANTED = ['cases', 'assumptions', 'covariance'] as const;
/** Options that may be given as a list of numbers instead of a column's name. */
const LIST_OPTIONS = ['weights', 'cluster'] as const;

function invalid(message: string, help?: string): never {
  throw new SurveyError({ severity: 'error', code: 'invalid-job', message, ...(help === undefined ? {} : { help }) });
}

async function fitJob(job: unknown, io: JobIo): Promise<RegressionFit> {
  const parts = jobObject(job, JOB_KEYS);
  const { formula, options = {} } = parts;
  if (typeof formula !== 'string') invalid('`formula` is missing', 'write {"formula": "y ~ a + b", "data": {…}}');
  if (typeof options !== 'object' || options === null || Array.isArray(options)) invalid('`options` is an object');
  let survey = await jobSurvey(parts, io);
  const given: Record<string, unknown> = { ...options };
  for (const key of LIST_OPTIONS) {
    if (!Array.isArray(given[key])) continue;
    const name = unusedName(survey, key);
    survey = withList(survey, name, key, given[key] as readonly unknown[]);
    given[key] = name;
  }
  if ('conf.level' in given) {
    given.confLevel = given['conf.level'];
    delete given['conf.level'];
  }
  return regress(formula, survey, given as RegressOptions);
}

function unusedName(survey: Survey, key: string): string {
  let name = `(${key})`;
  while (survey.has(name)) name += '′';
  return name;
}

function withList(survey: Survey, name: string, key: string, values: readonly unknown[]): Survey {
  if (values.length !== survey.rowCount) invalid(`\`${key}\` has ${values.length} values, the data have ${survey.rowCount} rows`);
  const numbers = Float64Array.from(values, (value) => (value === null ? NaN : typeof value === 'number' ? value : invalid(`\`${key}\` is a column's name or a list of numbers`)));
  return survey.withColumn(name, numbers);
}

function coefficientAnswer({ term, estimate, stdError, beta, statistic, pValue, confLow, confHigh, tolerance, vif, zeroOrder, partial, part }: Coefficient): object {
  return { term, estimate, stdError, beta, statistic, pValue, confLow, confHigh, tolerance, vif, zeroOrder, partial, part };
}

function blockAnswer(block: BlockResult): object {
  const { coefficients, ...rest } = block;
  return { ...rest, coefficients: coefficients.map(coefficientAnswer) };
}

function wantedOf(job: unknown): readonly string[] {
  const { want = [] } = jobObject(job, JOB_KEYS);
  const list: readonly unknown[] = Array.isArray(want) ? want : [want];
  for (const each of list) if (!WANTED.some((name) => name === each)) invalid(`\`${String(each)}\` cannot be wanted`, `one of ${WANTED.join(', ')}`);
  return list as readonly string[];
}

function answer(fit: RegressionFit, want: readonly string[]): object {
  return {
    coefficients: fit.coefficients.map(coefficientAnswer),
    glance: { ...fit.measures, se: fit.options.se, nTotal: fit.sample.total, dropped: fit.sample.dropped },
    blocks: fit.blocks.map(blockAnswer),
    terms: fit.termTests,
    collinearity: fit.collinearity,
    warnings: fit.warnings.map(({ code, message, help }) => ({ code, message, ...(help === undefined ? {} : { help }) })),
    ...(want.includes('cases') ? { cases: caseAnswers(fit) } : {}),
    ...(want.includes('assumptions') ? { assumptions: fit.assumptions().tests } : {}),
    ...(want.includes('covariance') ? { covariance: covarianceAnswer(fit) } : {})
  };
}

/** One object per row used; `dfbetas` lists the parameters in the order of the coefficients. */
function caseAnswers(fit: RegressionFit): readonly object[] {
  return fit.augment().rows.map((row) => {
    const dfbetas = fit.parameterNames.map((_, k) => row[`dfbetas${k}`]);
    const rest = Object.entries(row).filter(([key]) => !/^dfbetas\d+$/.test(key));
    return { ...Object.fromEntries(rest), dfbetas };
  });
}

function covarianceAnswer({ parameterNames: names, covariance }: RegressionFit): object {
  return { names, values: names.map((_, i) => Array.from(covariance.subarray(i * names.length, (i + 1) * names.length))) };
}

/** `semlab regress`: linear regression from a formula and data. */
export const command: JobCommand = {
  name: 'regress',
  summary: 'linear regression in one or several blocks',
  flags: [
    { flag: 'formula', value: 'FORMULA', summary: 'y ~ a + b*c + factor(g); | starts the next block (also as a plain argument)' },
    { flag: 'data', value: 'FILE', summary: 'data file: CSV, SPSS, Stata, Excel' },
    { flag: 'se', value: 'TYPE', summary: 'classical (default), HC0, HC1, HC2, HC3, HC4 or cluster' },
    { flag: 'cluster', value: 'COLUMN', summary: 'column that tells the clusters' },
    { flag: 'weights', value: 'COLUMN', summary: 'column of weights' },
    { flag: 'conf-level', value: 'LEVEL', summary: 'confidence level, 0.95' },
    { flag: 'missing', value: 'RULE', summary: 'listwise (default) or fail' }
  ],
  shapes: `Job (JSON):
  {"formula": "y ~ a + b | c",             | starts the next block
   "dataFile": "FILE" | "data": {"y": [1, null, …], "g": ["u", "v", …]},
   "options": {"se": "classical|HC0|HC1|HC2|HC3|HC4|cluster", "cluster": "COLUMN" | [values],
               "weights": "COLUMN" | [values], "confLevel": 0.95, "missing": "listwise|fail",
               "blocks": ["a + b", "c"] | [["a", "b"], ["c"]]},
   "want": ["cases", "assumptions", "covariance"]}      optional parts of the answer

Answer:
  {"coefficients": [{"term", "estimate", "stdError", "beta", "statistic", "pValue", "confLow", "confHigh",
                     "tolerance", "vif", "zeroOrder", "partial", "part"}],
   "glance": {"n", "df1", "df2", "r", "rSquared", "rSquaredLow", "rSquaredHigh", "adjRSquared", "sigma", "fStatistic", "pValue", "durbinWatson",
              "conditionIndex", "logLik", "aic", "bic", "regressionSumOfSquares", "residualSumOfSquares",
              "totalSumOfSquares", "se", "nTotal", "dropped": [{"reason", "count"}]},
   "blocks": [{"block", "entered", "rSquared", "rSquaredChange", "fChange", "pChange", …, "coefficients"}],
   "terms": [{"term", "df", "statistic", "pValue", "partialEtaSquared", "gvif", …}],
   "collinearity": [{"eigenvalue", "conditionIndex", "proportions"}],
   "warnings": [{"code", "message"}],
   "cases": [{"row", "observed", "fitted", "residual", "standardizedResidual", "studentizedResidual", "deletedResidual",
              "leverage", "cook", "dffits", "mahalanobis", "dfbetas": [one per parameter]}],
   "assumptions": [{"test": "breuschPagan|scoreTest|reset|durbinWatson|shapiroWilk", "statistic", "df1", "df2", "pValue"}],
   "covariance": {"names", "values"}}
A number that does not exist is null.`,
  jobOf(flags) {
    const formula = flags.text('formula') ?? flags.words[0];
    const level = flags.text('conf-level');
    const options: Record<string, unknown> = {};
    for (const key of ['se', 'cluster', 'weights', 'missing']) if (flags.has(key)) options[key] = flags.text(key);
    if (level !== undefined) options.confLevel = Number(level);
    return { formula, dataFile: flags.text('data') ?? flags.words[1], options };
  },
  async run(job, io) {
    const want = wantedOf(job);
    return answer(await fitJob(job, io), want);
  },
  print: async (job, io) => (await fitJob(job, io)).tables().map((each) => tableToText(each)).join('\n\n')
};
