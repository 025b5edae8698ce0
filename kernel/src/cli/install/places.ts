import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, posix, resolve, win32 } from 'node:path';
import { jupyterDataDir } from '../../folders.js';
import type { Flags, FlagSpec } from '../flags.js';

export const KERNEL_NAME = 'semlab';

export const PLACE_FLAGS: readonly FlagSpec[] = [
  { flag: 'user', summary: 'for this user (the default)' },
  { flag: 'sys-prefix', summary: 'into the active Python environment' },
  { flag: 'prefix', value: 'FOLDER', summary: 'below FOLDER/share/jupyter' },
  { flag: 'name', value: 'NAME', summary: 'name of the kernel (default semlab)' }
];

/** Python that stands first on the path, or undefined. */
export function findPython(): string | undefined {
  for (const name of process.platform === 'win32' ? ['python', 'py'] : ['python3', 'python']) {
    const { status, stdout } = spawnSync(name, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' });
    if (status === 0 && stdout.trim() !== '') return stdout.trim();
  }
  return undefined;
}

/** `sys.prefix` of the active environment: what VIRTUAL_ENV or CONDA_PREFIX say, else Python itself. */
export function sysPrefix(): string {
  const active = process.env.VIRTUAL_ENV ?? process.env.CONDA_PREFIX;
  if (active && existsSync(active)) return active;
  const python = findPython();
  const answer = python ? spawnSync(python, ['-c', 'import sys; print(sys.prefix)'], { encoding: 'utf8' }) : undefined;
  if (!answer || answer.status !== 0) throw new Error('--sys-prefix needs Python, and there is none on the path; activate an environment, or use --user or --prefix FOLDER');
  return answer.stdout.trim();
}

/** The folder of the kernelspec that the flags mean. */
export function kernelspecFolder(flags: Flags): string {
  const asked = ['user', 'sys-prefix', 'prefix'].filter((flag) => flags.has(flag));
  if (asked.length > 1) throw new Error(`--${asked[0]} and --${asked[1]} exclude each other`);
  const name = flags.text('name') ?? KERNEL_NAME;
  if (!/^[a-z0-9_.-]+$/i.test(name)) throw new Error(`\`${name}\` cannot be the name of a kernel: letters, digits, \`.\`, \`-\`, \`_\``);
  const prefix = flags.text('prefix');
  if (prefix !== undefined) return join(resolve(prefix), 'share', 'jupyter', 'kernels', name);
  if (flags.has('sys-prefix')) return join(sysPrefix(), 'share', 'jupyter', 'kernels', name);
  return join(jupyterDataDir(), 'kernels', name);
}

/** A machine as path functions see it; the real one unless a test says otherwise. */
export interface Machine {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: string;
  readonly home: string;
}

const thisMachine = (): Machine => ({ environment: process.env, platform: process.platform, home: homedir() });

/** Every folder in which Jupyter looks for kernels or extensions, in its order: as it says itself, else as far as can be told without asking. */
export function searchedFolders(kind: 'kernels' | 'labextensions'): string[] {
  const python = findPython();
  const asked = python ? spawnSync(python, ['-c', `import json; from jupyter_core.paths import jupyter_path; print(json.dumps(jupyter_path('${kind}')))`], { encoding: 'utf8' }) : undefined;
  if (asked?.status === 0) {
    try {
      return JSON.parse(asked.stdout) as string[];
    } catch {
      // Something else was printed; then by construction.
    }
  }
  return constructedFolders(kind);
}

/** @param prefix of the Python environment, `null` when there is none */
export function constructedFolders(kind: string, { environment, platform, home }: Machine = thisMachine(), prefix: string | null = prefixOrNone()): string[] {
  const path = platform === 'win32' ? win32 : posix;
  const fromPath = (environment.JUPYTER_PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const own = jupyterDataDir(environment, platform, home);
  const inside = prefix === null ? [] : [path.join(prefix, 'share', 'jupyter')];
  const system = platform === 'win32' ? [path.join(environment.PROGRAMDATA ?? 'C:\\ProgramData', 'jupyter')] : ['/usr/local/share/jupyter', '/usr/share/jupyter'];
  // An active environment comes before the user's own folder.
  const middle = prefersEnvironment(environment) ? [...inside, own] : [own, ...inside];
  return [...new Set([...fromPath, ...middle, ...system])].map((folder) => path.join(folder, kind));
}

/** @see jupyter_core.paths.prefer_environment_over_user */
function prefersEnvironment(environment: NodeJS.ProcessEnv): boolean {
  const asked = environment.JUPYTER_PREFER_ENV_PATH;
  if (asked !== undefined) return !['no', 'n', 'false', 'off', '0', '0.0'].includes(asked.toLowerCase());
  return Boolean(environment.VIRTUAL_ENV) || (Boolean(environment.CONDA_PREFIX) && (environment.CONDA_DEFAULT_ENV ?? 'base') !== 'base');
}

function prefixOrNone(): string | null {
  try {
    return sysPrefix();
  } catch {
    // No Python: Jupyter is elsewhere.
    return null;
  }
}
