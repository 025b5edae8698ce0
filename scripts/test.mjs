/**
 * `npm test`: everything that must hold, from types to a real browser, ending with
 * one line `N passed, N failed`. What the tests need is installed when that is possible.
 *
 *   npm test              all
 *   npm test -- --quick   types, lint and the tests that need no browser, kernel process or Python
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureEnvironment, ensureWheel, Unmet } from './environment.mjs';
import { ensurePrerequisites } from './prerequisites.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quick = process.argv.includes('--quick');
const cache = join(root, '.cache');
const started = performance.now();

const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const CHECKS = [
  { name: 'types of library, kernel and tests', argv: [TSC, '-p', 'tsconfig.json'] },
  { name: 'types of the extension', argv: [TSC, '-p', 'extension/tsconfig.test.json'] },
  { name: 'lint', argv: [join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'), '.', '--cache', '--cache-location', '.cache/eslint/', '--max-warnings', '0'] }
];

/** Projects that share a run; tests that talk to processes and time them run by themselves, after the busy ones. */
const RUNS = quick ? [['unit', 'extension', 'contract', 'types']] : [['unit', 'extension', 'golden', 'contract', 'types'], ['protocol'], ['e2e']];

const total = { passed: 0, failed: 0, skipped: 0 };
const problems = [];

function log(line) {
  console.log(`\n[${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s] ${line}`);
}

function node(argv, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'], env: process.env });
    let output = '';
    if (quiet) for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** One thing that held or did not, counted as a test. */
function record(name, ok, detail = '') {
  total[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? ' ✓' : ' ✗'} ${name}`);
  if (!ok) {
    problems.push(name);
    if (detail) console.log(detail);
  }
  return ok;
}

async function step(name, work) {
  try {
    await work();
    return record(name, true);
  } catch (problem) {
    return record(name, false, problem instanceof Unmet ? problem.message : (problem?.stack ?? String(problem)));
  }
}

/** Adds a run's counts; a file that could not even be collected counts as one failure. */
function count(report, exitedWell) {
  const before = total.failed;
  for (const file of report.testResults) {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName } of failed) problems.push(fullName);
    total.failed += failed.length;
    total.passed += file.assertionResults.filter(({ status }) => status === 'passed').length;
    total.skipped += file.assertionResults.filter(({ status }) => status !== 'passed' && status !== 'failed').length;
    if (file.status === 'failed' && failed.length === 0) {
      total.failed += 1;
      problems.push(file.name);
    }
  }
  if (!exitedWell && total.failed === before) {
    total.failed += 1;
    problems.push('the test runner reported an error outside of any test');
  }
}

async function vitest(projects) {
  log(`tests: ${projects.join(', ')}`);
  const file = join(cache, `tests-${projects.join('-')}.json`);
  rmSync(file, { force: true });
  const workers = Math.max(1, Math.min(4, availableParallelism()));
  const { ok } = await node([join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...projects.flatMap((name) => ['--project', name]), '--passWithNoTests', `--maxWorkers=${workers}`, '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]);
  if (existsSync(file)) count(JSON.parse(readFileSync(file, 'utf8')), ok);
  else record(`tests: ${projects.join(', ')}`, false, 'the test runner ended without a report');
}

mkdirSync(cache, { recursive: true });
log('build');
const built = await step('build', async () => {
  const { ok, output } = await node([join(root, 'scripts', 'build.mjs')], { quiet: true });
  if (!ok) throw new Unmet(output);
});

log('check');
for (const { name, argv } of CHECKS) {
  const { ok, output } = await node(argv, { quiet: true });
  record(name, ok, output);
}

if (!quick) {
  log('prepare');
  const unmet = ensurePrerequisites({ log });
  if (unmet) record('what the browser tests need', false, unmet);
  await step('JupyterLab in .venv', () => ensureEnvironment({ requirements: ['requirements.txt', 'requirements-test.txt'], log }));
  if (built) await step('wheel installed in .venv', () => ensureWheel({ log }));
}

for (const projects of RUNS) await vitest(projects);

log(problems.length === 0 ? 'all well' : `failed:\n${problems.map((name) => `  - ${name}`).join('\n')}`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed > 0 ? 1 : 0;
