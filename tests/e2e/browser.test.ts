import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { numbersOf, type Numbers } from './browserEngine.js';
import { startChromium } from './chromium.js';
import { root } from './lab.js';

const work = mkdtempSync(join(tmpdir(), 'semlab-browser-'));
const data = (name: string): Uint8Array => readFileSync(join(root, 'notebooks', 'data', name));
let server: Server;
let address: string;
let browser: BrowserContext;

const WORKER = `
import { numbersOf } from './tests/e2e/browserEngine.js';
const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
self.onmessage = async () => {
  try { self.postMessage({ numbers: await numbersOf(await bytes('/continuance.sav'), await bytes('/wom.csv')) }); }
  catch (error) { self.postMessage({ error: String(error?.stack ?? error) }); }
};`;

beforeAll(async () => {
  await build({ stdin: { contents: WORKER, resolveDir: root, loader: 'ts' }, bundle: true, platform: 'browser', format: 'esm', outfile: join(work, 'worker.js'), logLevel: 'error', loader: { '.wasm': 'file', '.svg': 'text' } });
  const files = new Map<string, readonly [type: string, bytes: Uint8Array]>([
    ['/', ['text/html', Buffer.from('<!doctype html><title>engine</title>')]],
    ['/worker.js', ['text/javascript', readFileSync(join(work, 'worker.js'))]],
    ['/continuance.sav', ['application/octet-stream', data('continuance.sav')]],
    ['/wom.csv', ['application/octet-stream', data('wom.csv')]]
  ]);
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    if (file) response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}/`;
  browser = await startChromium(join(work, 'profile'));
});
afterAll(async () => {
  await browser?.close();
  await new Promise((closed) => server.close(closed));
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
});

describe('the engine in a browser worker', () => {
  it('reads, fits, resamples and draws to the same bits as in Node', async () => {
    const page = await browser.newPage();
    await page.goto(address);
    const answer = await page.evaluate(
      () =>
        new Promise<{ numbers?: Numbers; error?: string }>((done) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = (message: MessageEvent<{ numbers?: Numbers; error?: string }>) => done(message.data);
          worker.onerror = (event) => done({ error: event.message });
          worker.postMessage('start');
        })
    );
    expect(answer.error).toBeUndefined();
    const here = await numbersOf(data('continuance.sav'), data('wom.csv'));
    expect(here.sem.filter((value) => value !== null).length).toBeGreaterThan(150);
    expect(here.bootstrap.every((value) => value === null || value > 0)).toBe(true);
    expect(here.diagram).toContain('</svg>');
    const { ordinal, ...others } = here;
    expect(answer.numbers).toMatchObject(others);
    // Math.exp and Math.log differ in the last bit between releases of V8.
    expect(answer.numbers?.ordinal).toHaveLength(ordinal.length);
    ordinal.forEach((value, index) => {
      const there = answer.numbers?.ordinal[index] ?? null;
      if (value === null || there === null) expect(there).toBe(value);
      else expect(Math.abs(there - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value));
    });
  });
});
