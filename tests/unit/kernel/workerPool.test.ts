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
  if (task === 'eat') { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }
  if (task === 'late') setTimeout(() => { throw new Error('in a timer'); }, 20);
  if (task === 'refuse') Promise.reject(new Error('not awaited'));
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
    await expect(pool.run('die', 0)).rejects.toThrow('the thread that worked on `die` ended with code 3 before it was done');
    await expect(pool.run('crash', 0)).rejects.toThrow('the thread that worked on `crash` failed: crashed');
    expect(await pool.run('square', 4)).toBe(16);
  });

  it('outlives threads that run out of memory, throw in a timer or leave a rejection', async () => {
    const pool = createWorkerPool(script, 2, { maxOldGenerationSizeMb: 24 });
    await expect(pool.run('eat', 0)).rejects.toThrow('the thread that worked on `eat` ran out of memory');
    await expect(pool.run('late', 0)).rejects.toThrow('failed: in a timer');
    await expect(pool.run('refuse', 0)).rejects.toThrow('failed: not awaited');
    expect(await Promise.all([2, 3, 4].map((n) => pool.run('square', n)))).toEqual([4, 9, 16]);
  });

  it('fails only the task of the thread that died, among many', async () => {
    const pool = createWorkerPool(script, 2);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => pool.run('square', i).then((value) => value)).concat(Array.from({ length: 6 }, () => pool.run('die', 0)), Array.from({ length: 20 }, (_, i) => pool.run('square', i))));
    expect(outcomes.map(({ status }) => status)).toEqual([...Array(20).fill('fulfilled'), ...Array(6).fill('rejected'), ...Array(20).fill('fulfilled')] as string[]);
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
