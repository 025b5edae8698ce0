/**
 * `npm start [-- --no-browser --port N …]`: builds what changed, makes .venv with
 * JupyterLab, installs our wheel there and opens the notebooks. Further arguments
 * go to JupyterLab.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = 20;
const started = performance.now();
const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`.padStart(8);

function log(line) {
  console.log(`${seconds()}  ${line}`);
}

/** What pip is at, on one line that is overwritten; only milestones where there is no terminal. */
function progress(line) {
  if (!/^(Collecting|Downloading|Installing|Successfully)/.test(line)) return;
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\x1b[2K${`          ${line}`.slice(0, (process.stdout.columns ?? 80) - 1)}`);
    if (line.startsWith('Successfully')) process.stdout.write('\r\x1b[2K');
  } else if (/^(Installing|Successfully)/.test(line)) console.log(`          ${line.slice(0, 100)}`);
}

function giveUp(message) {
  console.error(`\n${message}`);
  process.exit(1);
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) giveUp(`semlab needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}.\nInstall one from nodejs.org or with a version manager, then run \`npm install && npm start\`.`);
if (!existsSync(join(root, 'node_modules', 'typescript'))) giveUp('The npm packages are missing: run `npm install` first.');

const { ensureEnvironment, ensureWheel, program, pythonForEnvironment, Unmet } = await import('./environment.mjs');
try {
  // Told before the build, so that nobody waits for bad news.
  pythonForEnvironment();
  log('build');
  const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) giveUp('The build failed; its messages stand above.');
  await ensureEnvironment({ log, progress });
  await ensureWheel({ log, progress });
} catch (problem) {
  if (problem instanceof Unmet) giveUp(problem.message);
  throw problem;
}

const notebooks = join(root, 'notebooks');
mkdirSync(notebooks, { recursive: true });
const asked = process.argv.slice(2);
const rootUser = process.getuid?.() === 0 && !asked.includes('--allow-root') ? ['--allow-root'] : [];
log(`JupyterLab on notebooks/ (Ctrl+C twice stops it)`);
const lab = spawn(program('jupyter-lab'), [`--ServerApp.root_dir=${notebooks}`, ...rootUser, ...asked], { cwd: notebooks, stdio: 'inherit' });
// Ctrl+C reaches JupyterLab by itself; this process only waits for it to end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => lab.kill('SIGTERM'));
// npm ends only its shell when it is told to stop; JupyterLab must not live on without it.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && lab.kill('SIGTERM'), 1000).unref();
lab.on('error', (error) => giveUp(`JupyterLab could not be started: ${error.message}\nRemove .venv and run \`npm start\` again.`));
lab.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 0)));
