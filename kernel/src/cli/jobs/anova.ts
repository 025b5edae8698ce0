import { factorialAnova } from '../../../../src/statistics/factorial/factorialAnova.js';
import type { FactorialAnova } from '../../../../src/statistics/factorial/factorialResult.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, listFlag, optionFlags, requiredName, requiredNames } from './analysisJob.js';

function answer({ outcome, factors, n, rows, terms, error, model, totalSumOfSquares, rSquared, adjRSquared, levene, marginalMeans, cells, pairs, simpleEffects, simplePairs, slopeHomogeneity }: FactorialAnova): object {
  return { outcome, factors, n, rows, terms, error, model, totalSumOfSquares, rSquared, adjRSquared, levene, marginalMeans, cells, pairs, simpleEffects, simplePairs, slopeHomogeneity };
}

/** `semlab anova`: two-way designs and covariates. */
export const command: JobCommand = analysisCommand({
  name: 'anova',
  summary: 'two-way analysis of variance or covariance, adjusted means and their pairs, simple effects',
  keys: ['outcome', 'factors'],
  flags: [
    { flag: 'outcome', value: 'COLUMN', summary: 'column whose means are compared' },
    { flag: 'factors', value: 'A,B', summary: 'columns that tell the groups' },
    { flag: 'covariates', value: 'A,B', summary: 'covariates (ANCOVA)' },
    { flag: 'type', value: 'TYPE', summary: 'sums of squares of type 3 (default), 2 or 1' },
    { flag: 'order', value: 'COUNT', summary: 'factors in the largest interaction, 2; 1 leaves interactions out' },
    { flag: 'adjust', value: 'NAME', summary: 'pairs adjusted by bonferroni (default), sidak or lsd' },
    { flag: 'confidence', value: 'LEVEL', summary: 'level of the intervals, 0.95' }
  ],
  shapes: `Job (JSON):
  {"outcome": "y", "factors": ["g", "h"], ${DATA_SHAPE},
   "options": {"covariates": ["x"], "type": 3, "order": 2, "adjust": "bonferroni|sidak|lsd", "confidence": 0.95}}

Answer:
  {"outcome", "factors", "n", "rows", "terms": [{"term", "sumOfSquares", "df", "meanSquare", "f", "pValue", "etaSquared",
    "partialEtaSquared", "confLow", "confHigh", "partialOmegaSquared"}], "error": {"sumOfSquares", "df", "meanSquare"}, "model",
   "totalSumOfSquares", "rSquared", "adjRSquared", "levene": {"f", "df1", "df2", "pValue"},
   "marginalMeans": [{"factor", "group", "mean", "stdError", "confLow", "confHigh"}], "cells", "pairs", "simpleEffects",
   "simplePairs", "slopeHomogeneity": [{"covariate", "f", "df1", "df2", "pValue"}], "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf(flags) {
    const covariates = listFlag(flags, 'covariates');
    return { outcome: flags.text('outcome'), factors: listFlag(flags, 'factors'), dataFile: fileOf(flags), options: { ...optionFlags(flags, ['adjust'], ['type', 'order', 'confidence']), ...(covariates ? { covariates } : {}) } };
  },
  analyse: ({ parts, survey, options }) => factorialAnova(survey, requiredName(parts, 'outcome'), requiredNames(parts, 'factors'), options),
  answer
});
