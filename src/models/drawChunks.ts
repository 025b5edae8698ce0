import { fail } from '../shared/diagnostic.js';

/** Parts that the last pieces are cut into. */
const QUARTERS = 4;

/** Threads as a model sees them: named tasks over structured-clonable values. */
export interface DrawWorkers {
  readonly size: number;
  run<Input, Output>(task: string, input: Input, signal?: AbortSignal): Promise<Output>;
}

export interface DrawProgress {
  readonly done: number;
  readonly draws: number;
}

/** Where draws run, who may stop them, and who hears of them. */
export interface DrawRunOptions {
  readonly workers?: DrawWorkers;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DrawProgress) => void;
}

/**
 * Draws 0 … `draws` − 1 in pieces of `chunkSize`, the last ones on several threads in quarters of that, see `runPieces`.
 *
 * @param here does a piece on this thread
 * @throws SurveyError `aborted`
 */
export async function runDrawChunks<Job, Chunk>(task: string, draws: number, chunkSize: number, jobOf: (first: number, count: number) => Job, here: (job: Job) => Chunk, options: DrawRunOptions): Promise<readonly Chunk[]> {
  const counts = pieces(draws, chunkSize, options.workers?.size ?? 1);
  const firsts = counts.map(() => 0);
  for (let at = 1; at < counts.length; at++) firsts[at] = firsts[at - 1] + counts[at - 1];
  return runPieces(task, counts, (at) => jobOf(firsts[at], counts[at]), here, options, (done, total) => `the bootstrap was stopped after ${done} of ${total} draws`);
}

/** Sizes of the pieces: the last one of each thread is cut up, so that none waits long for another at the end. */
function pieces(draws: number, chunkSize: number, threads: number): readonly number[] {
  const counts: number[] = [];
  const small = threads > 1 ? Math.ceil(chunkSize / QUARTERS) : chunkSize;
  for (let left = draws; left > 0; left -= counts[counts.length - 1]) counts.push(Math.min(left, left > threads * chunkSize ? chunkSize : small));
  return counts;
}

/**
 * Pieces of work, on threads where there are some, else here with a turn of
 * the event loop between pieces so that an interrupt is heard. The pieces come
 * back in order, so the result does not depend on the threads.
 *
 * @param counts draws in each piece
 * @param stopped the message when it is stopped
 * @throws SurveyError `aborted`
 */
export async function runPieces<Job, Chunk>(task: string, counts: readonly number[], jobAt: (at: number) => Job, here: (job: Job) => Chunk, { workers, signal, onProgress }: DrawRunOptions, stopped: (done: number, total: number) => string): Promise<readonly Chunk[]> {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  const chunks = new Array<Chunk>(counts.length);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < counts.length) {
      const at = next++;
      if (signal?.aborted) fail('aborted', stopped(done, draws));
      chunks[at] = workers ? await workers.run<Job, Chunk>(task, jobAt(at), signal) : here(jobAt(at));
      done += counts[at];
      onProgress?.({ done, draws });
      if (!workers) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  await Promise.all(Array.from({ length: Math.min(counts.length, workers?.size ?? 1) }, lane));
  return chunks;
}
