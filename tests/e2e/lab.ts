import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startChromium } from './chromium.js';

export const root: string = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const screenshots = join(root, 'build', 'screenshots');

/** Longest wait for the server; a cold JupyterLab on a busy machine takes half a minute. */
const START_MS = 120_000;

/** Longest wait for a condition in the page. */
export const PATIENCE_MS = 40_000;

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))));
    });
  });
}

/** A real JupyterLab out of .venv with a folder of its own, and a real Chromium. */
export interface Lab {
  /** What the server shows as its root. */
  readonly folder: string;
  readonly page: Page;
  /** Variables under which Jupyter's own programs see this server's files. */
  readonly environment: Readonly<Record<string, string>>;
  /** Errors that the page threw or logged, upstream's known noise left out. */
  readonly errors: readonly string[];
  open(path: string): Promise<void>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Messages of JupyterLab itself that say nothing about our extension. */
const NOISE = /No active debugger session|Maximum call stack|events\/subscribe|favicon|Failed to load resource|ResizeObserver loop/;

/** Starts both; `files` (paths below the repository → names) are copied into the served folder first. */
export async function startLab(files: Readonly<Record<string, string>> = {}): Promise<Lab> {
  const jupyter = join(root, '.venv', 'bin', 'jupyter-lab');
  if (!existsSync(jupyter)) throw new Error('.venv holds no JupyterLab: run `npm test`, which makes it');

  const home = mkdtempSync(join(tmpdir(), 'semlab-lab-'));
  const folder = join(home, 'root');
  mkdirSync(folder);
  for (const [from, to] of Object.entries(files)) cpSync(join(root, from), join(folder, to), { recursive: true });
  const environment = { HOME: home, JUPYTER_CONFIG_DIR: join(home, 'config'), JUPYTER_DATA_DIR: join(home, 'data'), JUPYTER_RUNTIME_DIR: join(home, 'runtime'), JUPYTERLAB_WORKSPACES_DIR: join(home, 'workspaces'), JUPYTERLAB_SETTINGS_DIR: join(home, 'settings') };
  const port = await freePort();
  const output: string[] = [];
  const server: ChildProcess = spawn(
    jupyter,
    ['--no-browser', '--allow-root', `--port=${port}`, '--ServerApp.port_retries=0', '--ServerApp.ip=127.0.0.1', '--IdentityProvider.token=', '--ServerApp.password=', `--ServerApp.root_dir=${folder}`, '--LabApp.expose_app_in_browser=True'],
    {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true
    }
  );
  for (const stream of [server.stdout, server.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const address = `http://127.0.0.1:${port}`;
  const stopServer = (): Promise<void> =>
    new Promise((done) => {
      if (server.exitCode !== null || server.pid === undefined) return done();
      server.once('exit', () => done());
      // The kernels belong to the server's process group.
      process.kill(-server.pid, 'SIGTERM');
      const last = setTimeout(() => server.pid !== undefined && process.kill(-server.pid, 'SIGKILL'), 8_000);
      server.once('exit', () => clearTimeout(last));
    });

  const deadline = Date.now() + START_MS;
  for (;;) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stopServer();
      throw new Error(`JupyterLab did not start:\n${output.join('').slice(-4000)}`);
    }
    const answer = await fetch(`${address}/api/status`).catch(() => null);
    if (answer?.ok) break;
    await new Promise((next) => setTimeout(next, 100));
  }

  const context = await startChromium(join(home, 'browser'));
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  page.on('pageerror', (error) => NOISE.test(error.message) || errors.push(error.message));
  page.on('console', (message) => message.type() === 'error' && !NOISE.test(message.text()) && errors.push(message.text()));

  return {
    folder,
    environment,
    page,
    errors,
    async open(path) {
      await page.goto(`${address}/lab${path === '' ? '' : `/tree/${path}`}?reset`);
      await page.waitForSelector('#jupyterlab-splash', { state: 'detached' });
      await page.waitForSelector(path === '' ? '.jp-Launcher' : '.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell');
    },
    async screenshot(name) {
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
    async close() {
      await context.close();
      await stopServer();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    }
  };
}
