import { fail } from '../shared/diagnostic.js';

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
 * Draws 0 … `draws` − 1 in pieces, on threads where there are some, else here
 * with a turn of the event loop between pieces so that an interrupt is heard.
 * The pieces come back in order, so the result does not depend on the threads.
 *
 * @param here does a piece on this thread
 * @throws SurveyError `aborted`
 */
export async function runDrawChunks<Job, Chunk>(task: string, draws: number, chunkSize: number, jobOf: (first: number, count: number) => Job, here: (job: Job) => Chunk, { workers, signal, onProgress }: DrawRunOptions): Promise<readonly Chunk[]> {
  const pieces = Math.ceil(draws / chunkSize);
  const chunks = new Array<Chunk>(pieces);
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    while (next < pieces) {
      const at = next++;
      const first = at * chunkSize;
      const count = Math.min(chunkSize, draws - first);
      if (signal?.aborted) fail('aborted', `the bootstrap was stopped after ${done} of ${draws} draws`);
      chunks[at] = workers ? await workers.run<Job, Chunk>(task, jobOf(first, count), signal) : here(jobOf(first, count));
      done += count;
      onProgress?.({ done, draws });
      if (!workers) await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  await Promise.all(Array.from({ length: Math.min(pieces, workers?.size ?? 1) }, lane));
  return chunks;
}
