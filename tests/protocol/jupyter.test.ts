/** Jupyter's own clients against the kernel: jupyter_kernel_test and nbclient, from the project's .venv. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildKernel, kernelspec, root } from './support/kernelProcess.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab-jupyter-'));
const python = process.platform === 'win32' ? join(root, '.venv', 'Scripts', 'python.exe') : join(root, '.venv', 'bin', 'python');
const environment = { ...process.env, JUPYTER_PATH: join(folder, 'jupyter'), JUPYTER_DATA_DIR: join(folder, 'jupyter'), JUPYTER_PLATFORM_DIRS: '0' };

beforeAll(async () => {
  buildKernel();
  const { ensureEnvironment } = (await import(join(root, 'scripts', 'environment.mjs'))) as { ensureEnvironment(options: object): Promise<unknown> };
  await ensureEnvironment({ requirements: ['requirements.txt', 'requirements-test.txt'] });
  mkdirSync(join(folder, 'jupyter', 'kernels'), { recursive: true });
  symlinkSync(kernelspec, join(folder, 'jupyter', 'kernels', 'semlab'), 'junction');
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (script: string, ...argv: string[]): ReturnType<typeof spawnSync> & { stdout: string; stderr: string } =>
  spawnSync(python, [join(root, 'tests', 'protocol', 'jupyter', script), ...argv], { encoding: 'utf8', env: environment, cwd: folder }) as never;

interface Output {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

const outputsOf = (path: string): unknown[][] =>
  (JSON.parse(readFileSync(path, 'utf8')) as { cells: { outputs?: Output[] }[] }).cells.map((cell) => (cell.outputs ?? []).map(({ output_type, name, text, data }) => ({ output_type, name, text: [text ?? []].flat().join(''), data })));

function notebook(name: string, ...sources: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ cells: sources.map((source, index) => ({ cell_type: 'code', id: `c${index}`, execution_count: null, metadata: {}, outputs: [], source })), metadata: { kernelspec: { name: 'semlab', display_name: 'semlab', language: 'typescript' } }, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

describe('Jupyter', () => {
  it('passes jupyter_kernel_test, all of it but the deprecated pager', () => {
    const { status, stderr } = run('kernel_test.py');
    expect(stderr).toMatch(/Ran 12 tests/);
    expect([status, stderr.split('\n').filter((line) => /^(FAIL|ERROR)|skipped/.test(line))]).toEqual([0, [expect.stringMatching(/^test_pager .*skipped/), 'OK (skipped=1)']]);
  }, 300_000);

  it('nbclient and semlab run give the same outputs', () => {
    const sources = ['const x = [1, 2, 3].map((n) => n ** 2);\nconsole.log(x.length);\nconsole.error("to stderr");\nx', 'display({ "text/html": "<b>1</b>", "text/plain": "1" });', '%%markdown\n**x**', 'await new Promise((r) => setTimeout(r, 20)); console.log("later")', 'import { table } from "semlab";\ntable({ en: "T" }, [{ key: "a", label: { en: "A" }, kind: "number" }], [{ a: 1.5 }])'];
    const path = notebook('same.ipynb', ...sources);
    expect(run('run_nbclient.py', path, join(folder, 'nbclient.ipynb')).status).toBe(0);
    expect(spawnSync(process.execPath, [join(root, 'kernel', 'bin', 'semlab.mjs'), 'run', path, '--output', join(folder, 'semlab.ipynb')]).status).toBe(0);
    const [theirs, ours] = [outputsOf(join(folder, 'nbclient.ipynb')), outputsOf(join(folder, 'semlab.ipynb'))];
    expect(theirs.map((outputs) => outputs.length)).toEqual([3, 1, 1, 1, 1]);
    const joinTexts = (outputs: unknown[][]): unknown => JSON.parse(JSON.stringify(outputs, (_key, value: unknown) => (Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : value)));
    expect(joinTexts(ours)).toEqual(joinTexts(theirs));
  }, 300_000);

  it('nbclient fails on a failing cell, with the name and message of the error', () => {
    const { status, stdout } = run('run_nbclient.py', notebook('fails.ipynb', '1', 'throw new RangeError("too far")'), join(folder, 'failed.ipynb'));
    expect([status, stdout.trim()]).toEqual([1, 'RangeError too far']);
  }, 300_000);

  it('nbconvert --execute gives the same outputs, and fails on a failing cell', () => {
    const convert = (source: string, target: string): { status: number | null; stderr: string } => spawnSync(python, ['-m', 'jupyter', 'nbconvert', '--to', 'notebook', '--execute', source, '--output', target], { encoding: 'utf8', env: environment, cwd: folder });
    const path = notebook('convert.ipynb', 'const n = 2;\nconsole.log("n is", n);\nn + 1', 'display({ "text/html": "<i>x</i>", "text/plain": "x" });');
    expect(convert(path, 'converted.ipynb')).toMatchObject({ status: 0 });
    expect(outputsOf(join(folder, 'converted.ipynb'))).toMatchObject([[{ output_type: 'stream', text: 'n is 2\n' }, { output_type: 'execute_result', data: { 'text/plain': ['3'] } }], [{ output_type: 'display_data', data: { 'text/html': ['<i>x</i>'] } }]]);
    const { status, stderr } = convert(notebook('broken.ipynb', 'throw new RangeError("too far")'), 'never.ipynb');
    expect(status).not.toBe(0);
    expect(stderr).toContain('RangeError');
  }, 300_000);

  it('papermill sets parameters of every kind, in place of the defaults of the tagged cell', async () => {
    // What pip lays out: the launcher's package, and the entry points that papermill looks for.
    const site = join(folder, 'site');
    const { entryPoints } = (await import(join(root, 'scripts', 'wheel.mjs'))) as { entryPoints(): string };
    cpSync(join(root, 'kernel', 'launcher'), site, { recursive: true });
    mkdirSync(join(site, 'semlab-0.1.0.dist-info'), { recursive: true });
    writeFileSync(join(site, 'semlab-0.1.0.dist-info', 'METADATA'), 'Metadata-Version: 2.1\nName: semlab\nVersion: 0.1.0\n');
    writeFileSync(join(site, 'semlab-0.1.0.dist-info', 'entry_points.txt'), entryPoints());
    const path = notebook('parameters.ipynb', 'const draws = 100; // how many draws\nlet label: string = "default";\nconst items = ["SAT1"];', 'console.log(draws + 1, label.toUpperCase(), items.join("+"), flag, rate, none, deep.a[1]);');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { cells: { metadata: object }[] };
    file.cells[0].metadata = { tags: ['parameters'] };
    writeFileSync(path, JSON.stringify(file));
    const mill = (...argv: string[]): { status: number | null; stdout: string; stderr: string } => spawnSync(python, ['-m', 'papermill', ...argv], { encoding: 'utf8', env: { ...environment, PYTHONPATH: site }, cwd: folder });
    const parameters = 'draws: 500\nlabel: "a \\"quoted\\" 满意 line\\n"\nitems: [SAT1, SAT2]\nflag: true\nrate: 0.25\nnone: null\ndeep: {a: [1, two]}';
    expect(mill(path, join(folder, 'milled.ipynb'), '-y', parameters)).toMatchObject({ status: 0 });
    const milled = JSON.parse(readFileSync(join(folder, 'milled.ipynb'), 'utf8')) as { cells: { source: string | string[]; metadata: { tags?: string[] } }[] };
    expect(milled.cells[1].metadata.tags).toContain('injected-parameters');
    expect([milled.cells[1].source].flat().join('')).toContain('let draws = 500;');
    expect(outputsOf(join(folder, 'milled.ipynb'))[2]).toMatchObject([{ text: '501 A "QUOTED" 满意 LINE\n SAT1+SAT2 true 0.25 null two\n' }]);
    expect(mill('--help-notebook', path).stdout).toMatch(/draws[^]*100[^]*how many draws[^]*label: string/);
    expect(mill(path, join(folder, 'bad.ipynb'), '-p', 'not-a-name', '1').stderr).toMatch(/cannot be the name of a variable/);
  }, 300_000);
});
