import { exclusionTable, screen } from '../../../../src/statistics/screening/screen.js';
import type { Survey } from '../../../../src/survey/survey.js';
import type { JobCommand } from '../jobCommand.js';
import { analysisCommand, fileOf } from './analysisCommand.js';
import { DATA_SHAPE, invalid, withoutOptions, type AnalysisJob } from './analysisJob.js';

/** The survey as its codebook's rules left it. */
function screened(job: AnalysisJob): Survey {
  const { survey } = withoutOptions(job);
  if (!survey.screening && !survey.codebook.screening) invalid('the job has no screening rules', 'give a codebook with `screening:`, for example {"codebook": {"screening": {"maxMissing": 0.2}}}');
  return survey.screening ? survey : screen(survey);
}

/** `semlab screen`: which questionnaires are valid, and why the others are not. */
export const command: JobCommand = analysisCommand({
  name: 'screen',
  summary: 'screening by the codebook’s rules: sent → returned → valid, and the reason for each excluded row',
  keys: [],
  flags: [],
  shapes: `Job (JSON):
  {${DATA_SHAPE},
   "codebook": {"screening": {"sent", "attention", "seconds", "minSeconds", "maxSeconds", "maxMissing", "impossible",
                              "skips", "longString", "minDeviation", "mahalanobis", "duplicates", "items"}}}

Answer:
  {"returned", "valid", "steps": [{"rule", "excluded", "remaining"}], "excluded": [{"row", "rule", "found"}],
   "warnings": [{"code", "message"}]}
Rows are counted from 1.`,
  jobOf: (flags) => ({ dataFile: fileOf(flags) }),
  analyse(job) {
    const survey = screened(job);
    return { survey, warnings: survey.screening?.warnings ?? [], tables: () => [exclusionTable(survey)] };
  },
  answer({ survey: { screening } }) {
    if (!screening) return {};
    const { sent, returned, valid, steps } = screening;
    const excluded = steps.flatMap(({ rule, found }) => [...(found ?? [])].map(([row, reason]) => ({ row: row + 1, rule, found: reason })));
    return { sent, returned, valid, steps: steps.map(({ rule, excluded: count, remaining }) => ({ rule, excluded: count, remaining })), excluded: excluded.sort((a, b) => a.row - b.row) };
  }
});
