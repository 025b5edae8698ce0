import { moderate, type Moderation, type ModerationSpec } from '../../../../src/models/regression/index.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, listFlag, optionFlags, optionalNames, requiredName } from './analysisJob.js';

function answer({ fit, slopes, johnsonNeyman, region }: Moderation): object {
  const { coefficients, blocks, measures, sample } = fit;
  return { coefficients, blocks: blocks.map(({ coefficients: _, ...block }) => block), glance: measures, dropped: sample.dropped, slopes, johnsonNeyman, region };
}

function probeFlag(text: string | undefined): object {
  if (text === undefined) return {};
  const values = text.split(',').map(Number);
  return { probe: values.every(Number.isFinite) ? values : text };
}

/** `semlab moderate`: does a third variable change an effect? */
export const command: JobCommand = analysisCommand({
  name: 'moderate',
  summary: 'moderation (PROCESS model 1): interaction, simple slopes, Johnson-Neyman region',
  keys: ['outcome', 'predictor', 'moderator', 'covariates'],
  flags: [
    { flag: 'outcome', value: 'COLUMN', summary: 'outcome' },
    { flag: 'predictor', value: 'COLUMN', summary: 'predictor' },
    { flag: 'moderator', value: 'COLUMN', summary: 'moderator' },
    { flag: 'covariates', value: 'A,B', summary: 'covariates' },
    { flag: 'centre', value: 'RULE', summary: 'mean (default) or none' },
    { flag: 'probe', value: 'RULE', summary: 'sd (default), percentiles, or numbers separated by commas' },
    { flag: 'se', value: 'TYPE', summary: 'classical (default), HC0, HC1, HC2, HC3 or HC4' },
    { flag: 'confLevel', value: 'LEVEL', summary: 'confidence level, 0.95' }
  ],
  shapes: `Job (JSON):
  {"outcome": "y", "predictor": "x", "moderator": "w", "covariates": ["c"], ${DATA_SHAPE},
   "options": {"centre": "mean|none", "probe": "sd|percentiles" | [values], "se": "classical|HC0…HC4", "confLevel": 0.95}}

Answer:
  {"coefficients", "blocks", "glance", "dropped",
   "slopes": [{"probe": {"value", …}, "estimate", "stdError", "statistic", "pValue", "confLow", "confHigh"}],
   "johnsonNeyman": [{"value", "below", "above"}], "region": [as slopes], "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => ({ outcome: flags.text('outcome'), predictor: flags.text('predictor'), moderator: flags.text('moderator'), covariates: listFlag(flags, 'covariates'), dataFile: fileOf(flags), options: { ...optionFlags(flags, ['centre', 'se'], ['confLevel']), ...probeFlag(flags.text('probe')) } }),
  analyse: ({ parts, survey, options }) =>
    moderate(survey, { ...(options as Partial<ModerationSpec>), outcome: requiredName(parts, 'outcome'), predictor: requiredName(parts, 'predictor'), moderator: requiredName(parts, 'moderator'), ...optionalNames(parts, 'covariates') }),
  answer
});
