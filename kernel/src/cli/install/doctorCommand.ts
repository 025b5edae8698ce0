import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findFonts } from '../../fonts.js';
import { kernelHome } from '../../home.js';
import { SEMLAB_VERSION, TYPESCRIPT_VERSION } from '../../version.js';
import { extensionFinding } from './extensionFinding.js';
import type { Finding } from './finding.js';
import { nodeVersionOf } from './nodeVersionOf.js';
import { findPython, searchedFolders } from './places.js';

/** Oldest Node whose `vm` loads ES modules as the kernel needs it. */
const OLDEST_NODE = [20, 12] as const;

const HELP = `semlab doctor: say what is wrong with an installation, and the cure

Looks at Node.js, the kernel's files, Jupyter and its extension, every kernel that Jupyter
would start as semlab and the fonts of pictures, and runs a cell. Exit code 1 when something is wrong.
`;

/** @param version as `20.12.1` */
function isNewEnough(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

function nodeFinding(): Finding {
  return isNewEnough(process.versions.node) ? { state: 'ok', text: `Node.js ${process.version} at ${process.execPath}` } : { state: 'error', text: `Node.js ${process.version} is too old`, cure: `install Node.js ${OLDEST_NODE.join('.')} or newer` };
}

function filesFinding(home: string): Finding {
  const missing = ['kernel.js', 'wire.js', 'worker.js', 'semlab.js', 'kernel.json', 'typescript/typescript.cjs', 'types/node_modules/semlab/package.json'].filter((name) => !existsSync(join(home, name)));
  return missing.length === 0 ? { state: 'ok', text: `semlab ${SEMLAB_VERSION} with TypeScript ${TYPESCRIPT_VERSION} in ${home}` } : { state: 'error', text: `${missing.join(', ')} missing in ${home}`, cure: 'install semlab again' };
}

/** Kernels named semlab, or whose command starts our kernel.js. */
function* specs(): Generator<{ folder: string; argv: string[]; mode?: string }> {
  for (const kernels of searchedFolders('kernels')) {
    if (!existsSync(kernels)) continue;
    for (const name of readdirSync(kernels)) {
      const file = join(kernels, name, 'kernel.json');
      if (!existsSync(file)) continue;
      try {
        const { argv = [], interrupt_mode: mode, display_name: title = '' } = JSON.parse(readFileSync(file, 'utf8')) as { argv?: string[]; interrupt_mode?: string; display_name?: string };
        if (name === 'semlab' || /semlab/.test(title)) yield { folder: join(kernels, name), argv, ...(mode ? { mode } : {}) };
      } catch {
        yield { folder: join(kernels, name), argv: [] };
      }
    }
  }
}

function specFindings(): Finding[] {
  const found = [...specs()];
  if (found.length === 0) return [{ state: 'error', text: 'Jupyter knows no semlab kernel', cure: 'semlab install --user, or --sys-prefix in the environment of Jupyter' }];
  const findings = found.map(({ folder, argv, mode }): Finding => {
    const fill = (word: string): string => word.replaceAll('{resource_dir}', folder);
    if (argv.length === 0) return { state: 'error', text: `${folder}/kernel.json cannot be read`, cure: 'semlab install again' };
    const script = argv.map(fill).find((word) => /kernel\.js$/.test(word));
    if (script === undefined || !existsSync(script)) return { state: 'error', text: `the kernel in ${folder} starts ${script ?? 'no kernel.js'}, which is missing`, cure: 'semlab install again' };
    const program = argv[0];
    if (/[\\/]/.test(program) && !existsSync(program)) return { state: 'error', text: `the kernel in ${folder} is started by ${program}, which is missing`, cure: 'semlab install again with the Node.js that you use now' };
    if (/(^|[\\/])node(\.exe)?$/.test(program)) {
      const version = nodeVersionOf(program);
      if (version === undefined) return { state: 'error', text: `the kernel in ${folder} is started by ${program}, which does not run`, cure: 'semlab install again with the Node.js that you use now' };
      if (!isNewEnough(version)) return { state: 'error', text: `the kernel in ${folder} is started by ${program}, which is Node.js ${version}`, cure: `install Node.js ${OLDEST_NODE.join('.')} or newer, and semlab again with it` };
    }
    if (mode !== 'message') return { state: 'warning', text: `the kernel in ${folder} is interrupted by signal`, cure: 'semlab install again' };
    return { state: 'ok', text: `kernel in ${folder}` };
  });
  if (found.length > 1) findings.push({ state: 'warning', text: `there are ${found.length} semlab kernels; Jupyter takes the first: ${found[0].folder}`, cure: 'semlab uninstall (--user, --sys-prefix, --prefix) the others' });
  return findings;
}

function jupyterFinding(): Finding {
  const python = findPython();
  if (python === undefined) return { state: 'warning', text: 'no Python on the path', cure: 'Jupyter needs Python 3.10 or newer; notebooks run without it by `semlab run`' };
  const { status, stdout } = spawnSync(python, ['-c', 'import jupyterlab; print(jupyterlab.__version__)'], { encoding: 'utf8' });
  if (status !== 0) return { state: 'warning', text: `${python} has no JupyterLab`, cure: `${python} -m pip install jupyterlab` };
  const version = stdout.trim();
  return Number(version.split('.')[0]) >= 4 ? { state: 'ok', text: `JupyterLab ${version} in ${dirname(python)}` } : { state: 'warning', text: `JupyterLab ${version} is too old for the extension`, cure: `${python} -m pip install --upgrade jupyterlab` };
}

/** What is missing for pictures; the SVG twins are not concerned. */
export function fontFindings(home: string, system?: readonly string[]): Finding[] {
  const { warnings, family } = system === undefined ? findFonts([join(home, 'fonts')]) : findFonts([join(home, 'fonts')], system);
  if (warnings.length === 0) return [{ state: 'ok', text: `letters of pictures: ${family}, and a Chinese font` }];
  return warnings.map(({ message, help }): Finding => ({ state: 'warning', text: message, ...(help ? { cure: help } : {}) }));
}

/** Runs a cell in a process of its own, through the same files that Jupyter would start. */
function cellFinding(home: string): Finding {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [join(home, 'cli.js'), 'selftest'], { encoding: 'utf8' });
  return status === 0 ? { state: 'ok', text: `a cell ran in ${((performance.now() - started) / 1000).toFixed(1)} s` } : { state: 'error', text: `a cell does not run: ${stderr.trim().split('\n').slice(0, 5).join(' ')}`, cure: 'install semlab again; report it when that does not help' };
}

export async function run(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  const home = kernelHome();
  const jupyter = jupyterFinding();
  const extension = jupyter.state === 'ok' ? [extensionFinding(searchedFolders('labextensions'))] : [];
  const findings = [nodeFinding(), filesFinding(home), jupyter, ...extension, ...specFindings(), ...fontFindings(home), cellFinding(home)];
  const sign = { ok: '✓', warning: '!', error: '✗' };
  for (const { state, text, cure } of findings) process.stdout.write(`${sign[state]} ${text}\n${cure ? `    ${cure}\n` : ''}`);
  return findings.some(({ state }) => state === 'error') ? 1 : 0;
}
