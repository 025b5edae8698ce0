/** The command line as a person calls it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildKernel, root } from './support/kernelProcess.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab cli 满意 '));
beforeAll(() => buildKernel());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function semlab(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(root, 'kernel', 'bin', 'semlab.mjs'), ...argv], { encoding: 'utf8', cwd: folder, env: { ...process.env, JUPYTER_DATA_DIR: join(folder, 'jupyter data'), JUPYTER_PATH: '', VIRTUAL_ENV: '', CONDA_PREFIX: '' } });
}

interface StoredCell {
  readonly outputs: readonly { readonly output_type: string; readonly text?: readonly string[]; readonly data?: Record<string, unknown>; readonly ename?: string }[];
  readonly execution_count: number | null;
}

function notebook(name: string, ...sources: (string | { source: string; tags: string[] })[]): string {
  const cells = sources.map((one, index) => ({ cell_type: 'code', id: `c${index}`, execution_count: null, metadata: typeof one === 'string' ? {} : { tags: one.tags }, outputs: [], source: typeof one === 'string' ? one : one.source }));
  writeFileSync(join(folder, name), JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return name;
}

const cellsOf = (name: string): StoredCell[] => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { cells: StoredCell[] }).cells;

describe('semlab', () => {
  it('lists its commands, and suggests the nearest for one that is not there', () => {
    expect(semlab('--help').stdout).toMatch(/run +execute a notebook[^]*sem +/);
    expect(semlab('instal')).toMatchObject({ status: 2, stderr: expect.stringContaining('did you mean `install`?') as string });
    expect(semlab('--version').stdout.trim()).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version);
  });
});

describe('semlab run', () => {
  it('executes in the folder of the notebook and writes the outputs into it', () => {
    writeFileSync(join(folder, 'input.txt'), 'from the folder');
    const name = notebook('good.ipynb', 'import { readFileSync } from "node:fs";\nconst text = readFileSync("input.txt", "utf8");\nconsole.log(text);', 'await new Promise((r) => setTimeout(r, 5)); text.length', 'setInterval(() => 0, 1000);');
    expect(semlab('run', name)).toMatchObject({ status: 0 });
    const cells = cellsOf(name);
    expect(cells.map((cell) => cell.execution_count)).toEqual([1, 2, 3]);
    expect(cells[0].outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: ['from the folder\n'] }]);
    expect(cells[1].outputs).toMatchObject([{ output_type: 'execute_result', data: { 'text/plain': ['15'] } }]);
  });

  it('ends with 1 when a cell fails, says which and why, and keeps what ran', () => {
    const name = notebook('bad.ipynb', '1', 'const n: number = 1;\nn.toFixd()', '3');
    const { status, stderr } = semlab('run', name);
    expect(status).toBe(1);
    expect(stderr).toContain('bad.ipynb: cell 2 failed');
    expect(stderr).toContain('did you mean `toFixed`?');
    const cells = cellsOf(name);
    expect(cells[0].outputs.length).toBe(1);
    expect(cells[1].outputs).toMatchObject([{ output_type: 'error', ename: 'TypeScriptError' }]);
    expect(cells[2]).toMatchObject({ outputs: [], execution_count: null });
  });

  it('goes on with --allow-errors, and past cells that may fail', () => {
    expect(semlab('run', notebook('allowed.ipynb', 'throw new Error("x")', '2'), '--allow-errors').status).toBe(1);
    expect(cellsOf('allowed.ipynb')[1].outputs).toMatchObject([{ data: { 'text/plain': ['2'] } }]);
    expect(semlab('run', notebook('tagged.ipynb', { source: 'throw new Error("x")', tags: ['raises-exception'] }, '2')).status).toBe(0);
  });

  it('writes elsewhere with --output', () => {
    const before = readFileSync(join(folder, notebook('source.ipynb', '1 + 1')), 'utf8');
    expect(semlab('run', 'source.ipynb', '--output', 'target.ipynb').status).toBe(0);
    expect(readFileSync(join(folder, 'source.ipynb'), 'utf8')).toBe(before);
    expect(cellsOf('target.ipynb')[0].outputs.length).toBe(1);
  });

  it('says so when there is no notebook', () => {
    expect(semlab('run', 'nosuch.ipynb')).toMatchObject({ status: 2, stderr: expect.stringContaining('there is no file') as string });
  });
});

describe('semlab check', () => {
  it('finds nothing where nothing changed, and the very number that drifted', () => {
    const name = notebook('checked.ipynb', 'import { readFileSync } from "node:fs";\nconst x = Number(readFileSync("value.txt", "utf8"));\nconsole.log(`estimate ${x}, n 455`);', '({ estimate: x, fixed: 1 })');
    writeFileSync(join(folder, 'value.txt'), '0.5');
    semlab('run', name);
    expect(semlab('check', name)).toMatchObject({ status: 0, stdout: expect.stringContaining('0 drifted') as string });
    writeFileSync(join(folder, 'value.txt'), '0.6');
    const { status, stdout } = semlab('check', name);
    expect(status).toBe(1);
    expect(stdout).toMatch(/1 +output 1 · number 1 +0\.5 +0\.6 +2\.0e-1/);
    expect(stdout).toContain('4 numbers compared, 2 drifted');
    expect(semlab('check', name, '--rtol', '0.5').status).toBe(0);
  });

  it('compares versions, data and seeds first, which the outputs carry in their metadata', () => {
    const csv = (shift: number): string => `x1,x2,x3\n${Array.from({ length: 60 }, (_, i) => [i % 7, (i * 3 + shift) % 5, (i + (i % 4)) % 6].join()).join('\n')}\n`;
    writeFileSync(join(folder, 'answers.csv'), csv(0));
    const name = notebook('origins.ipynb', '%%survey users answers.csv', '%%sem users --as fit\nf =~ x1 + x2 + x3', 'import { tidy } from "semlab";\ntidy(fit)', '%bootstrap fit --draws 20 --seed 7 --as boot');
    expect(semlab('run', name)).toMatchObject({ status: 0, stderr: expect.not.stringContaining('failed') as string });
    const stored = (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { cells: { outputs: { metadata?: { semlab?: { version: string; data?: Record<string, string>; seeds?: number[] } } }[] }[] }).cells;
    const own = stored.map((cell) => cell.outputs.map((output) => output.metadata?.semlab).filter((one) => one !== undefined));
    const hash = createHash('sha256').update(csv(0)).digest('hex');
    for (const [index, outputs] of own.entries()) {
      expect([index, outputs.length > 0]).toEqual([index, true]);
      for (const origin of outputs) expect(origin).toMatchObject({ version: expect.any(String) as string, data: { 'answers.csv': hash } });
    }
    expect(own[3].every((origin) => origin.seeds?.includes(7))).toBe(true);
    writeFileSync(join(folder, 'answers.csv'), csv(1));
    const { status, stdout } = semlab('check', name);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^the results come from other versions, data or seeds:\ncell +place +stored[^]*\n +2 +data/);
  });

  it('has nothing to say about a notebook without outputs', () => {
    expect(semlab('check', notebook('empty.ipynb', '1')).status).toBe(2);
  });
});

describe('semlab install', () => {
  it('puts one folder where Jupyter looks, which starts, and takes it away again', () => {
    expect(semlab('install', '--user')).toMatchObject({ status: 0 });
    const kernel = join(folder, 'jupyter data', 'kernels', 'semlab');
    const spec = JSON.parse(readFileSync(join(kernel, 'kernel.json'), 'utf8')) as { argv: string[]; interrupt_mode: string; language: string };
    expect(spec).toMatchObject({ argv: [process.execPath, join(kernel, 'kernel.js'), '{connection_file}'], interrupt_mode: 'message', language: 'typescript' });
    // The installed copy runs by itself: its own command line runs a cell.
    expect(spawnSync(process.execPath, [join(kernel, 'cli.js'), 'selftest'], { cwd: folder }).status).toBe(0);
    const doctor = semlab('doctor');
    expect(doctor.stdout).toContain(`✓ kernel in ${kernel}`);
    expect(doctor.status).toBe(0);
    expect(semlab('uninstall', '--user').status).toBe(0);
    expect(existsSync(kernel)).toBe(false);
    expect(semlab('doctor').stdout).toContain('✗ Jupyter knows no semlab kernel');
  });

  it('installs below a prefix, under another name', () => {
    expect(semlab('install', '--prefix', 'env', '--name', 'lab', '--display-name', 'My lab').status).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'env/share/jupyter/kernels/lab/kernel.json'), 'utf8'))).toMatchObject({ display_name: 'My lab' });
    expect(semlab('uninstall', '--prefix', 'env', '--name', 'lab').status).toBe(0);
  });

  it('refuses to overwrite or remove what is no kernel of ours', () => {
    const other = join(folder, 'env', 'share', 'jupyter', 'kernels', 'other');
    semlab('install', '--prefix', 'env', '--name', 'other');
    writeFileSync(join(other, 'kernel.json'), '{"argv":["python"],"display_name":"Python"}');
    expect(semlab('uninstall', '--prefix', 'env', '--name', 'other')).toMatchObject({ status: 1, stderr: expect.stringContaining('another kernel') as string });
    expect(semlab('install', '--user', '--sys-prefix').status).toBe(1);
    expect(semlab('install', '--prefix', 'env', '--name', '../evil').status).toBe(1);
  });

  it('doctor tells a kernel whose Node is gone', () => {
    semlab('install', '--user');
    const file = join(folder, 'jupyter data', 'kernels', 'semlab', 'kernel.json');
    const spec = JSON.parse(readFileSync(file, 'utf8')) as { argv: string[] };
    writeFileSync(file, JSON.stringify({ ...spec, argv: ['/nowhere/node', ...spec.argv.slice(1)] }));
    const { status, stdout } = semlab('doctor');
    expect(status).toBe(1);
    expect(stdout).toContain('/nowhere/node, which is missing');
  });

  it.runIf(process.platform !== 'win32')('doctor tells a kernel whose Node is too old, or does not run, and one whose files are gone', () => {
    semlab('install', '--user');
    const kernel = join(folder, 'jupyter data', 'kernels', 'semlab');
    const file = join(kernel, 'kernel.json');
    const spec = JSON.parse(readFileSync(file, 'utf8')) as { argv: string[] };
    const node = join(folder, '旧 tools', 'node');
    mkdirSync(join(folder, '旧 tools'));
    writeFileSync(file, JSON.stringify({ ...spec, argv: [node, ...spec.argv.slice(1)] }));
    writeFileSync(node, '#!/bin/sh\necho v18.20.4\n', { mode: 0o755 });
    expect(semlab('doctor')).toMatchObject({ status: 1, stdout: expect.stringContaining(`✗ the kernel in ${kernel} is started by ${node}, which is Node.js 18.20.4\n    install Node.js 20.12 or newer`) as string });
    writeFileSync(node, '#!/bin/sh\nexit 3\n', { mode: 0o755 });
    expect(semlab('doctor')).toMatchObject({ status: 1, stdout: expect.stringContaining(`${node}, which does not run`) as string });
    writeFileSync(file, JSON.stringify(spec));
    rmSync(join(kernel, 'kernel.js'));
    expect(semlab('doctor')).toMatchObject({ status: 1, stdout: expect.stringContaining(`starts ${join(kernel, 'kernel.js')}, which is missing`) as string });
    writeFileSync(file, 'not JSON');
    expect(semlab('doctor')).toMatchObject({ status: 1, stdout: expect.stringContaining('kernel.json cannot be read') as string });
    // Installing again mends all of it.
    expect(semlab('install', '--user').status).toBe(0);
    expect(semlab('doctor').stdout).toContain(`✓ kernel in ${kernel}`);
    expect(semlab('uninstall', '--user').status).toBe(0);
  });

  it('says where it cannot write', () => {
    writeFileSync(join(folder, 'a file'), '');
    const { status, stderr } = semlab('install', '--prefix', 'a file');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^semlab install: .*a file[^]*\nchoose another place: --user, --sys-prefix or --prefix FOLDER\n$/);
  });
});
