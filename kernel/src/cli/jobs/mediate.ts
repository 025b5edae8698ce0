import { mediate, type Mediation, type MediationSpec } from '../../../../src/models/regression/index.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, listFlag, optionFlags, optionalNames, requiredName, requiredNames } from './analysisJob.js';

function answer({ model, equations, total, effects, draws, seed, interval, confLevel }: Mediation): object {
  return { model, equations: [...equations, ...(total ? [total] : [])].map(({ formula, coefficients, measures, sample }) => ({ formula, coefficients, glance: measures, dropped: sample.dropped })), effects, draws, seed, interval, confLevel };
}

/** `semlab mediate`: effects through other variables. */
export const command: JobCommand = analysisCommand({
  name: 'mediate',
  summary: 'mediation (PROCESS models 4, 7, 14): direct, total and indirect effects with bootstrap intervals',
  keys: ['outcome', 'predictor', 'mediators', 'covariates', 'moderator'],
  flags: [
    { flag: 'outcome', value: 'COLUMN', summary: 'outcome' },
    { flag: 'predictor', value: 'COLUMN', summary: 'predictor' },
    { flag: 'mediators', value: 'A,B', summary: 'mediators, in parallel' },
    { flag: 'moderator', value: 'COLUMN', summary: 'moderator of models 7 and 14' },
    { flag: 'covariates', value: 'A,B', summary: 'covariates of every equation' },
    { flag: 'model', value: 'NUMBER', summary: '4, 7 or 14' },
    { flag: 'draws', value: 'COUNT', summary: 'bootstrap samples, 5000' },
    { flag: 'seed', value: 'SEED', summary: 'the same seed gives the same limits, 1' },
    { flag: 'interval', value: 'NAME', summary: 'percentile (default) or biasCorrected' },
    { flag: 'centre', value: 'RULE', summary: 'mean (default) or none' },
    { flag: 'probe', value: 'RULE', summary: 'sd (default) or percentiles' },
    { flag: 'confLevel', value: 'LEVEL', summary: 'confidence level, 0.95' }
  ],
  shapes: `Job (JSON):
  {"outcome": "y", "predictor": "x", "mediators": ["m"], "covariates": ["c"], "moderator": "w", ${DATA_SHAPE},
   "options": {"model": 4|7|14, "draws": 5000, "seed": 1, "interval": "percentile|biasCorrected", "centre": "mean|none",
               "probe": "sd|percentiles" | [values], "confLevel": 0.95}}

Answer:
  {"model", "equations": [{"formula", "coefficients", "glance", "dropped"}; mediators, outcome, and the total effect where the model has one],
   "effects": [{"mediator", "path", "kind": "indirect|totalIndirect|index", "probe", "estimate", "standardized", "stdError",
                "confLow", "confHigh", "sobel"}], "draws", "seed", "interval", "confLevel", "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf(flags) {
    const moderator = flags.text('moderator');
    return { outcome: flags.text('outcome'), predictor: flags.text('predictor'), mediators: listFlag(flags, 'mediators'), covariates: listFlag(flags, 'covariates'), ...(moderator === undefined ? {} : { moderator }), dataFile: fileOf(flags), options: optionFlags(flags, ['interval', 'centre', 'probe'], ['model', 'draws', 'seed', 'confLevel']) };
  },
  analyse: ({ parts, survey, options }) =>
    mediate(survey, { ...(options as Partial<MediationSpec>), outcome: requiredName(parts, 'outcome'), predictor: requiredName(parts, 'predictor'), mediators: requiredNames(parts, 'mediators'), ...optionalNames(parts, 'covariates'), ...(parts.moderator === undefined ? {} : { moderator: requiredName(parts, 'moderator') }) }),
  answer
});
