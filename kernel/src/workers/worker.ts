/** One thread of the pool: takes a named task and its input, answers with its result. */
import { parentPort } from 'node:worker_threads';
import { createTasks } from './tasks.js';

export interface TaskRequest {
  readonly task: string;
  readonly input: unknown;
}

export type TaskAnswer = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };

const tasks = createTasks();

parentPort?.on('message', async ({ task, input }: TaskRequest) => {
  try {
    if (!Object.hasOwn(tasks, task)) throw new Error(`there is no task \`${task}\``);
    const output = await tasks[task](input as never);
    parentPort!.postMessage({ ok: true, output } satisfies TaskAnswer, wholeBuffers(output));
  } catch (error) {
    parentPort!.postMessage({ ok: false, error } satisfies TaskAnswer);
  }
});

/** Memory of the arrays of numbers that an answer is made of: it is handed over, not copied. */
function wholeBuffers(output: unknown): ArrayBuffer[] {
  if (typeof output !== 'object' || output === null) return [];
  const buffers = Object.values(output).flatMap((value: unknown) => (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength ? [value.buffer] : []));
  return [...new Set(buffers)];
}
