import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createWorkerPool } from '../../../kernel/src/workers/workerPool.js';

const script = join(mkdtempSync(join(tmpdir(), 'semlab-pool-')), 'worker.mjs');
writeFileSync(
  script,
  `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ task, input }) => {
  if (task === 'die') process.exit(3);
  if (task === 'spin') for (;;);
  parentPort.postMessage(task === 'fail' ? { ok: false, error: new Error('no') } : { ok: true, output: input * 2 });
});`
);

describe('the worker pool', () => {
  it('a thread answers again and again, many more tasks than threads', async () => {
    const pool = createWorkerPool(script, 2);
    const answers: number[] = [];
    for (let round = 0; round < 3; round++) answers.push(...(await Promise.all([1, 2, 3, 4, 5].map((x) => pool.run<number, number>('double', x)))));
    expect(answers).toEqual([2, 4, 6, 8, 10, 2, 4, 6, 8, 10, 2, 4, 6, 8, 10]);
  });

  it('a task that throws rejects, and its thread lives on', async () => {
    const pool = createWorkerPool(script, 1);
    await expect(pool.run('fail', 1)).rejects.toThrow('no');
    expect(await pool.run('double', 4)).toBe(8);
  });

  it('a thread that dies rejects its task; the next task gets a new thread', async () => {
    const pool = createWorkerPool(script, 1);
    await expect(pool.run('die', 1)).rejects.toThrow(/code 3/);
    expect(await pool.run('double', 5)).toBe(10);
  });

  it('an abort ends a task that never would', async () => {
    const pool = createWorkerPool(script, 1);
    const controller = new AbortController();
    const running = pool.run('spin', 1, controller.signal);
    setTimeout(() => controller.abort(new Error('stopped')), 50);
    await expect(running).rejects.toThrow('stopped');
    expect(await pool.run('double', 6)).toBe(12);
  });
});
