/** The README's notebook cells, in order, in a real kernel. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KernelProcess, ofType } from './support/kernelProcess.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const cells = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```\n(%[\s\S]*?)^```/gm)].map(([, text]) => text.trimEnd());

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
  mkdirSync(join(kernel.folder, 'data'));
  copyFileSync(join(root, 'notebooks/data/continuance.sav'), join(kernel.folder, 'data/continuance.sav'));
});
afterAll(() => kernel.stop());

describe('the README’s cells', () => {
  it('load, model and draw', async () => {
    expect(cells.length).toBe(3);
    const types: string[] = [];
    for (const cell of cells) {
      const exchange = await kernel.execute(cell);
      expect(exchange.reply.content.status, cell).toBe('ok');
      for (const { data } of ofType(exchange, 'display_data') as { data: object }[]) types.push(...Object.keys(data));
    }
    expect(types).toContain('application/vnd.semlab.path-diagram.v1+json');
    expect(types).toContain('image/png');
    expect(await kernel.text('fit.defined.map((row) => row.lhs).join()')).toBe("'indirect'");
  });
});
