import { efa, efaOfMatrix } from '../../../../src/statistics/factor/efa.js';
import type { FactorAnalysis } from '../../../../src/statistics/factor/factorAnalysis.js';
import { jobObject, type JobCommand, type JobIo } from '../jobCommand.js';
import { analysisJob, DATA_FLAG, DATA_SHAPE, invalid, listFlag, matrixRows, namesOf, optionFlags, tablesText, warningsAnswer } from './analysisJob.js';

async function analyse(job: unknown, io: JobIo): Promise<FactorAnalysis> {
  const given = jobObject(job, ['items', 'dataFile', 'data', 'options', 'correlation', 'n']);
  if (given.correlation !== undefined) return matrixAnalysis(given);
  const { parts, survey, options } = await analysisJob(job, ['items'], io);
  return efa(survey, namesOf(parts, 'items') ?? survey.columns.filter((column) => column.type === 'numeric').map((column) => column.name), options);
}

function matrixAnalysis({ correlation, n, options = {} }: Readonly<Record<string, unknown>>): FactorAnalysis {
  const { names, values } = correlation as { names?: unknown; values?: unknown };
  const rows = Array.isArray(values) && values.every((row) => Array.isArray(row) && row.every((value) => typeof value === 'number'));
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string') || !rows) invalid('`correlation` is {"names": […], "values": [[…]]}');
  if (typeof n !== 'number') invalid('`n` is missing: the number of rows behind the correlations');
  return efaOfMatrix({ names: names as string[], correlation: values as number[][], n }, options as object);
}

function answer(result: FactorAnalysis): object {
  const p = result.names.length;
  const m = result.factors;
  const { kmo, msa, bartlett, determinant } = result.factorability;
  return {
    n: result.n,
    rows: result.rows,
    items: result.names,
    kmo,
    msa,
    bartlett,
    determinant,
    eigenvalues: result.eigenvalues,
    factors: m,
    loadings: matrixRows(result.loadings, p, m),
    unrotated: matrixRows(result.unrotated, p, m),
    structure: result.structure ? matrixRows(result.structure, p, m) : null,
    factorCorrelations: result.factorCorrelations ? matrixRows(result.factorCorrelations, m, m) : null,
    initialCommunalities: result.initialCommunalities,
    communalities: result.communalities,
    extractionSums: result.extractionSums,
    rotationSums: result.rotationSums,
    fitTest: result.fitTest,
    rmsr: result.rmsr,
    parallel: result.parallel,
    convergence: result.convergence,
    options: result.options,
    warnings: warningsAnswer(result.warnings)
  };
}

/** `semlab factor`: KMO, Bartlett's test and exploratory factor analysis. */
export const command: JobCommand = {
  name: 'factor',
  summary: 'KMO, Bartlett’s test, exploratory factor analysis',
  flags: [
    DATA_FLAG,
    { flag: 'items', value: 'A,B', summary: 'items; all numeric columns by default' },
    { flag: 'extraction', value: 'NAME', summary: 'pca (default), paf, ml or minres' },
    { flag: 'factors', value: 'COUNT', summary: 'a number, kaiser (default) or parallel' },
    { flag: 'rotation', value: 'NAME', summary: 'varimax (default), promax, oblimin or none' },
    { flag: 'stop', value: 'RULE', summary: 'tight (default), spss or r' },
    { flag: 'suppress', value: 'SIZE', summary: 'blank loadings below, 0.4' },
    { flag: 'seed', value: 'SEED', summary: 'seed of the parallel analysis, 1' }
  ],
  shapes: `Job (JSON):
  {"items": ["a", "b", "c"], ${DATA_SHAPE}  or  "correlation": {"names": […], "values": [[…]]}, "n": 300,
   "options": {"extraction": "pca|paf|ml|minres", "factors": 3|"kaiser"|"parallel", "rotation": "varimax|promax|oblimin|none",
               "kaiser": true, "stop": "tight|spss|r", "power": 4, "gamma": 0, "suppress": 0.4, "sort": true, "seed": 1, "draws": 200}}

Answer:
  {"n", "rows", "items", "kmo", "msa", "bartlett": {"chiSquare", "df", "pValue"}, "determinant", "eigenvalues", "factors",
   "loadings": [[…]], "unrotated", "structure", "factorCorrelations", "initialCommunalities", "communalities",
   "extractionSums", "rotationSums", "fitTest": {"chiSquare", "df", "pValue"}, "rmsr", "parallel", "convergence", "options",
   "warnings": [{"code", "message"}]}
Rows of the matrices are items. A number that does not exist is null.`,
  jobOf: (flags) => {
    const options = optionFlags(flags, ['extraction', 'rotation', 'stop', 'factors'], ['suppress', 'seed']);
    if (typeof options.factors === 'string' && /^\d+$/.test(options.factors)) options.factors = Number(options.factors);
    return { items: listFlag(flags, 'items'), dataFile: flags.text('data') ?? flags.words[0], options };
  },
  run: async (job, io) => answer(await analyse(job, io)),
  print: async (job, io) => tablesText(await analyse(job, io))
};
