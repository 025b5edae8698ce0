/**
 * The project's own Python environment, .venv: made once, brought up to date when
 * the requirements or our wheel change, left alone otherwise.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { everyFile, fingerprint, isFresh, markFresh, markStale } from './freshness.mjs';
import { buildWheel } from './wheel.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const venv = join(root, '.venv');
const windows = process.platform === 'win32';
const bin = join(venv, windows ? 'Scripts' : 'bin');

/** Oldest Python that JupyterLab 4.6 runs on. */
const OLDEST_PYTHON = [3, 10];

/** A problem that the reader can mend; its message is the cure, printed without a stack. */
export class Unmet extends Error {}

/** Path of a program of .venv. */
export function program(name) {
  return join(bin, windows ? `${name}.exe` : name);
}

function pythonVersion(command) {
  const { status, stdout } = spawnSync(command[0], [...command.slice(1), '-c', 'import sys; print(*sys.version_info[:2])'], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [major, minor] = stdout.trim().split(' ').map(Number);
  return Number.isInteger(major) && Number.isInteger(minor) ? [major, minor] : null;
}

const newEnough = ([major, minor]) => major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);

const INSTALL_PYTHON = {
  linux: 'Debian or Ubuntu: `sudo apt-get install python3 python3-venv`; Fedora: `sudo dnf install python3`',
  darwin: '`brew install python`, or the installer of python.org',
  win32: '`winget install Python.Python.3.12`, or the installer of python.org'
};

/** The first Python that is new enough, as a command with its leading arguments. */
export function findPython(candidates = windows ? [['py', '-3'], ['python']] : [['python3'], ['python3.13'], ['python3.12'], ['python3.11'], ['python3.10'], ['python']]) {
  const seen = [];
  for (const command of process.env.PYTHON ? [[process.env.PYTHON], ...candidates] : candidates) {
    const version = pythonVersion(command);
    if (!version) continue;
    if (newEnough(version)) return { command, version };
    seen.push(`${command.join(' ')} is ${version.join('.')}`);
  }
  const found = seen.length > 0 ? `only older ones were found (${seen.join(', ')})` : 'none was found';
  throw new Unmet(`JupyterLab needs Python ${OLDEST_PYTHON.join('.')} or newer, but ${found}.\nInstall it: ${INSTALL_PYTHON[process.platform] ?? 'see python.org'}\nor name one: PYTHON=/path/to/python3 npm start`);
}

/** Name of the Debian package that this Python lacks: Debian keeps the venv module apart. */
export function missingVenvPackage({ command, version }) {
  const { status } = spawnSync(command[0], [...command.slice(1), '-c', 'import venv, ensurepip'], { stdio: 'ignore' });
  return status === 0 ? null : `python${version.join('.')}-venv`;
}

/** True when .venv is there and its Python runs (a system upgrade can break it). */
function working() {
  return existsSync(program('python')) && pythonVersion([program('python')]) !== null;
}

/** The Python to make .venv with, or the cure when there is none; null when .venv works. */
export function pythonForEnvironment() {
  if (working()) return null;
  const python = findPython();
  const missing = missingVenvPackage(python);
  if (missing) throw new Unmet(`Python ${python.version.join('.')} is here, but its venv module is not.\nInstall it: \`sudo apt-get install ${missing}\` (Debian, Ubuntu), then run the command again.`);
  return python;
}

/** Runs pip and hands every line to `onLine`; resolves when it has succeeded. */
function pip(argv, onLine) {
  return new Promise((resolve, reject) => {
    const child = spawn(program('python'), ['-m', 'pip', '--disable-pip-version-check', 'install', '--progress-bar', 'off', ...argv], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const tail = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream.setEncoding('utf8').on('data', (text) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop();
        for (const line of lines) {
          tail.push(line);
          onLine(line.trim());
        }
      });
    }
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Unmet(`pip could not install ${argv.join(' ')}:\n${tail.slice(-15).join('\n')}\nIs the network or the package index reachable? Run the command again when it is.`))));
  });
}

/**
 * Our own JupyterLab asks nobody for news and needs no answer about it at the first start.
 * Its scripts for Node.js are CommonJS, which the project's package.json would deny them.
 */
function settleLab() {
  writeFileSync(join(venv, 'package.json'), '{ "type": "commonjs" }\n');
  const folder = join(venv, 'share', 'jupyter', 'lab', 'settings');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'overrides.json'), `${JSON.stringify({ '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false } }, null, 2)}\n`);
}

/** Makes .venv with the packages of the named requirement files, unless it is so already. */
export async function ensureEnvironment({ requirements = ['requirements.txt'], log = () => {}, progress = () => {} } = {}) {
  const files = requirements.map((name) => join(root, 'scripts', 'python', name));
  const stamp = join(venv, `semlab-${requirements.at(-1).replace('.txt', '')}.sha256`);
  const hash = fingerprint(files, ['environment 2']);
  const python = pythonForEnvironment();
  if (!python && isFresh(stamp, hash)) return false;
  if (python) {
    log(`environment: .venv with Python ${python.version.join('.')}`);
    rmSync(venv, { recursive: true, force: true });
    const { status, stderr } = spawnSync(python.command[0], [...python.command.slice(1), '-m', 'venv', venv], { encoding: 'utf8' });
    if (status !== 0) throw new Unmet(`${relative(process.cwd(), venv) || venv} could not be made:\n${stderr}`);
  }
  markStale(stamp);
  log('environment: JupyterLab from the package index (about a minute, once)');
  await pip(files.flatMap((file) => ['-r', file]), progress);
  settleLab();
  markFresh(stamp, hash);
  return true;
}

/**
 * Installs our wheel into .venv when kernel, extension or launcher changed. Its dependencies
 * stay out: Node.js is here, since this runs on it.
 */
export async function ensureWheel({ log = () => {}, progress = () => {} } = {}) {
  const stamp = join(venv, 'semlab-wheel.sha256');
  const parts = [join(root, 'kernel', 'dist', 'kernelspec'), join(root, 'extension', 'dist', 'labextension')];
  const launcher = [join(root, 'kernel', 'launcher'), join(root, 'package.json'), join(root, 'pyproject.toml'), join(root, 'scripts', 'wheel.mjs')];
  const hash = fingerprint([...parts.filter((part) => existsSync(part)).flatMap(everyFile), ...launcher]);
  if (isFresh(stamp, hash)) return false;
  log('wheel: pack and install');
  const wheel = buildWheel();
  markStale(stamp);
  await pip(['--no-deps', '--force-reinstall', '--no-index', wheel], progress);
  markFresh(stamp, hash);
  return true;
}

/** Folders of kernelspecs that .venv's Jupyter would find first, for a check after installation. */
export function installedKernels() {
  const folder = join(venv, 'share', 'jupyter', 'kernels');
  return existsSync(folder) ? readdirSync(folder) : [];
}
