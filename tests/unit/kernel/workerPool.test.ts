import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../../../kernel/src/workers/workerPool.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab-pool-'));
const script = join(folder, 'worker.mjs');
writeFileSync(
  script,
  `import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ task, input }) => {
  if (task === 'square') parentPort.postMessage({ ok: true, output: input * input });
  if (task === 'fail') parentPort.postMessage({ ok: false, error: new RangeError('no ' + input) });
  if (task === 'die') process.exit(3);
  if (task === 'crash') throw new Error('crashed');
  if (task === 'spin') for (;;);
});`
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the worker pool', () => {
  it('runs many more tasks than it has threads, each once', async () => {
    const pool = createWorkerPool(script, 2);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => pool.run<number, number>('square', i)));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => i * i));
  });

  it('hands over the error of a task and uses the thread again', async () => {
    const pool = createWorkerPool(script, 1);
    await expect(pool.run('fail', 7)).rejects.toThrow('no 7');
    expect(await pool.run('square', 3)).toBe(9);
  });

  it('outlives threads that end or crash', async () => {
    const pool = createWorkerPool(script, 1);
    await expect(pool.run('die', 0)).rejects.toThrow('ended with code 3');
    await expect(pool.run('crash', 0)).rejects.toThrow('crashed');
    expect(await pool.run('square', 4)).toBe(16);
  });

  it('stops a computing task when it is aborted, and what waits behind it goes on', async () => {
    const pool = createWorkerPool(script, 1);
    const abort = new AbortController();
    const spinning = pool.run('spin', 0, abort.signal);
    const behind = pool.run('square', 5);
    setTimeout(() => abort.abort(new Error('stopped')), 50);
    await expect(spinning).rejects.toThrow('stopped');
    expect(await behind).toBe(25);
    await expect(pool.run('square', 1, abort.signal)).rejects.toThrow('stopped');
  });
});
