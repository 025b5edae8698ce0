import { reliability } from '../../../../src/statistics/reliability/reliability.js';
import type { Reliability } from '../../../../src/statistics/reliability/reliabilityResult.js';
import type { JobCommand, JobIo } from '../jobCommand.js';
import { analysisJob, DATA_FLAG, DATA_SHAPE, listFlag, optionFlags, requiredNames, tablesText, warningsAnswer } from './analysisJob.js';

async function analyse(job: unknown, io: JobIo): Promise<Reliability> {
  const { parts, survey, options } = await analysisJob(job, ['items'], io);
  return reliability(survey, requiredNames(parts, 'items'), options);
}

function answer(result: Reliability): object {
  const { items, n, rows, alpha, confLow, confHigh, standardizedAlpha, omega, omegaLow, omegaHigh, standardizedOmega, lambda2, lambda6, meanInterItem, splitHalf, intervals, scaleMean, scaleVariance } = result;
  return { n, rows, alpha, confLow, confHigh, standardizedAlpha, omega, omegaLow, omegaHigh, standardizedOmega, lambda2, lambda6, meanInterItem, splitHalf, intervals, scaleMean, scaleVariance, items, warnings: warningsAnswer(result.warnings) };
}

/** `semlab reliability`: internal consistency of one scale. */
export const command: JobCommand = {
  name: 'reliability',
  summary: 'reliability of a scale: Cronbach’s alpha, omega, item-total statistics, split half',
  flags: [DATA_FLAG, { flag: 'items', value: 'A,B,C', summary: 'items of the scale' }, { flag: 'reverse', value: 'A,B', summary: 'items to turn' }, { flag: 'confidence', value: 'LEVEL', summary: 'level of the interval of alpha, 0.95' }],
  shapes: `Job (JSON):
  {"items": ["a", "b", "c"], ${DATA_SHAPE},
   "options": {"reverse": ["c"], "confidence": 0.95, "omega": true, "draws": 0, "seed": 1}}

Answer:
  {"n", "rows", "alpha", "confLow", "confHigh", "standardizedAlpha", "omega", "omegaLow", "omegaHigh", "standardizedOmega", "lambda2", "lambda6",
   "meanInterItem", "splitHalf": {"firstItems", "secondItems", "firstAlpha", "secondAlpha", "correlation", "spearmanBrown",
   "firstVariance", "secondVariance", "covariance", "spearmanBrownUnequal", "guttman"},
   "intervals": {"standardizedAlpha" | "meanInterItem" | "omega" | "lambda2" | "lambda6" | "halves" | "spearmanBrown" |
   "spearmanBrownUnequal" | "guttman": {"stdError", "confLow", "confHigh"}}, "scaleMean", "scaleVariance",
   "items": [{"item", "reversed", "mean", "sd", "scaleMeanIfDeleted", "scaleVarianceIfDeleted", "itemTotal", "itemTotalLow", "itemTotalHigh",
              "itemTotalUncorrected", "squaredMultiple", "alphaIfDeleted", "alphaIfDeletedLow", "alphaIfDeletedHigh"}], "warnings": [{"code", "message"}]}
A number that does not exist is null.`,
  jobOf: (flags) => {
    const reverse = listFlag(flags, 'reverse');
    return { items: listFlag(flags, 'items'), dataFile: flags.text('data') ?? flags.words[0], options: { ...optionFlags(flags, [], ['confidence']), ...(reverse ? { reverse } : {}) } };
  },
  run: async (job, io) => answer(await analyse(job, io)),
  print: async (job, io) => tablesText(await analyse(job, io))
};
