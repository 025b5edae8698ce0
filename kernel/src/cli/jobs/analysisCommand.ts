import type { Analysis } from '../../../../src/statistics/analysis.js';
import { toJson } from '../../../../src/report/toJson.js';
import type { Flags, FlagSpec } from '../flags.js';
import type { JobCommand, JobIo } from '../jobCommand.js';
import { analysisJob, DATA_FLAG, tablesText, warningsAnswer, type AnalysisJob } from './analysisJob.js';

type Printable = Pick<Analysis, 'warnings' | 'tables'>;

interface AnalysisCommand<R extends Printable> {
  readonly name: string;
  readonly summary: string;
  /** Keys of the job beside data and options. */
  readonly keys: readonly string[];
  readonly flags: readonly FlagSpec[];
  readonly shapes: string;
  jobOf(flags: Flags): object;
  analyse(job: AnalysisJob): R | Promise<R>;
  /** What is answered beside the warnings; numbers that do not exist become null. */
  answer(result: R): object;
}

/** A statistics command around one function of the library: job → result → answer, or its tables as text. */
export function analysisCommand<R extends Printable>(spec: AnalysisCommand<R>): JobCommand {
  const analyse = async (job: unknown, io: JobIo): Promise<R> => spec.analyse(await analysisJob(job, spec.keys, io));
  return {
    name: spec.name,
    summary: spec.summary,
    flags: [DATA_FLAG, ...spec.flags],
    shapes: spec.shapes,
    jobOf: (flags) => spec.jobOf(flags),
    async run(job, io) {
      const result = await analyse(job, io);
      return toJson({ ...spec.answer(result), warnings: warningsAnswer(result.warnings) });
    },
    print: async (job, io) => tablesText(await analyse(job, io))
  };
}

/** The data file of a command whose first plain argument may be it. */
export function fileOf(flags: Flags, word = 0): string | undefined {
  return flags.text('data') ?? flags.words[word];
}
