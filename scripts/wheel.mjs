/**
 * Makes the wheel: one pure-Python file that brings the kernelspec with the bundled
 * kernel, the prebuilt extension, and the small launcher that finds Node.js.
 *
 *   node scripts/wheel.mjs           build/wheel/semlab-VERSION-py3-none-any.whl
 *   node scripts/wheel.mjs --stage   only the tree that pyproject.toml packs too
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { zipSync } from 'fflate';
import { everyFile, filesBelow } from './freshness.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stage = join(root, 'build', 'stage');
const folder = join(root, 'build', 'wheel');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const extensionName = JSON.parse(readFileSync(join(root, 'extension', 'package.json'), 'utf8')).name;

/** Zip entries carry this time (the format's first day), so that equal content gives equal bytes. */
const EPOCH = new Date(1980, 0, 1);

/** How Jupyter is told which package brought the extension. */
const INSTALL = { packageManager: 'python', packageName: manifest.name, uninstallInstructions: `pip uninstall ${manifest.name}` };

/**
 * In a wheel the kernel starts through the launcher, since Node.js may be absent from the path;
 * `python` becomes the interpreter that runs Jupyter.
 */
function throughLauncher(spec) {
  const at = spec.argv.findIndex((word) => word.includes('{resource_dir}'));
  if (at < 0) throw new Error(`the kernelspec's argv does not name {resource_dir}: ${JSON.stringify(spec.argv)}`);
  return { ...spec, argv: ['python', '-m', 'semlab_kernel', ...spec.argv.slice(1)] };
}

/** Lays out share/jupyter/… and the launcher under build/stage, as both packers expect it. */
export function stageWheel({ kernelspec = join(root, 'kernel', 'dist', 'kernelspec') } = {}) {
  const labextension = join(root, 'extension', 'dist', 'labextension');
  for (const [path, maker] of [[join(kernelspec, 'kernel.json'), 'npm run build'], [join(labextension, 'package.json'), 'npm run build']]) {
    if (!existsSync(path)) throw new Error(`${relative(root, path)} is missing: run \`${maker}\` first`);
  }
  rmSync(stage, { recursive: true, force: true });
  const jupyter = join(stage, 'data', 'share', 'jupyter');
  const kernel = join(jupyter, 'kernels', 'semlab');
  const lab = join(jupyter, 'labextensions', extensionName);
  mkdirSync(kernel, { recursive: true });
  // Chunks of earlier builds may still lie there for kernels that run.
  const outputs = join(dirname(kernelspec), 'outputs.json');
  const current = existsSync(outputs) ? new Set(JSON.parse(readFileSync(outputs, 'utf8'))) : undefined;
  cpSync(kernelspec, kernel, { recursive: true, filter: (path) => dirname(path) !== join(kernelspec, 'chunks') || current === undefined || current.has(relative(kernelspec, path).split('\\').join('/')) });
  writeFileSync(join(kernel, 'kernel.json'), `${JSON.stringify(throughLauncher(JSON.parse(readFileSync(join(kernelspec, 'kernel.json'), 'utf8'))), null, 2)}\n`);
  cpSync(labextension, lab, { recursive: true });
  writeFileSync(join(lab, 'install.json'), `${JSON.stringify(INSTALL, null, 2)}\n`);
  for (const file of filesBelow(join(root, 'kernel', 'launcher')).filter((name) => name.endsWith('.py'))) {
    const target = join(stage, relative(join(root, 'kernel', 'launcher'), file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  return stage;
}

/** The part of pyproject.toml that METADATA repeats: one source for both packers. */
function project() {
  const text = readFileSync(join(root, 'pyproject.toml'), 'utf8');
  const one = (key) => new RegExp(`^${key} = "([^"]*)"`, 'm').exec(text)?.[1];
  const list = (key) => [...(new RegExp(`^${key} = \\[([^\\]]*)\\]`, 'm').exec(text)?.[1] ?? '').matchAll(/"([^"]*)"/g)].map((match) => match[1]);
  return { requiresPython: one('requires-python'), description: one('description'), dependencies: list('dependencies'), classifiers: list('classifiers'), keywords: list('keywords') };
}

/** `entry_points.txt`: the command, and what papermill looks for. */
export function entryPoints() {
  const text = readFileSync(join(root, 'pyproject.toml'), 'utf8');
  const group = (heading, name) => {
    const lines = new RegExp(`^\\[${heading.replace(/[.[\]]/g, '\\$&')}\\]\\n((?:\\w.*\\n)*)`, 'm').exec(text)?.[1] ?? '';
    return `[${name}]\n${[...lines.matchAll(/^(\S+) = "([^"]*)"/gm)].map(([, key, target]) => `${key} = ${target}\n`).join('')}`;
  };
  return `${group('project.scripts', 'console_scripts')}\n${group('project.entry-points."papermill.engine"', 'papermill.engine')}`;
}

function metadata({ requiresPython, description, dependencies, classifiers, keywords }) {
  return [
    'Metadata-Version: 2.4',
    `Name: ${manifest.name}`,
    `Version: ${manifest.version}`,
    `Summary: ${description}`,
    `License-Expression: ${manifest.license}`,
    'License-File: LICENSE',
    `Keywords: ${keywords.join(',')}`,
    ...classifiers.map((classifier) => `Classifier: ${classifier}`),
    `Requires-Python: ${requiresPython}`,
    ...dependencies.map((dependency) => `Requires-Dist: ${dependency}`),
    'Description-Content-Type: text/markdown',
    '',
    existsSync(join(root, 'README.md')) ? readFileSync(join(root, 'README.md'), 'utf8') : description
  ].join('\n');
}

/** @returns path of the wheel */
export function buildWheel(options = {}) {
  stageWheel(options);
  const facts = project();
  const name = `${manifest.name}-${manifest.version}`;
  const info = `${name}.dist-info`;
  const entries = new Map();
  for (const file of everyFile(stage)) {
    const path = relative(stage, file).split('\\').join('/');
    entries.set(path.startsWith('data/') ? `${name}.data/${path}` : path, readFileSync(file));
  }
  entries.set(`${info}/METADATA`, Buffer.from(metadata(facts)));
  entries.set(`${info}/WHEEL`, Buffer.from('Wheel-Version: 1.0\nGenerator: semlab\nRoot-Is-Purelib: true\nTag: py3-none-any\n'));
  entries.set(`${info}/entry_points.txt`, Buffer.from(entryPoints()));
  entries.set(`${info}/licenses/LICENSE`, readFileSync(join(root, 'LICENSE')));
  const record = [...entries].map(([path, bytes]) => `${path.includes(',') ? `"${path}"` : path},sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.length}\n`);
  entries.set(`${info}/RECORD`, Buffer.from(`${record.join('')}${info}/RECORD,,\n`));

  const wheel = join(folder, `${name}-py3-none-any.whl`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(wheel, zipSync(Object.fromEntries([...entries].map(([path, bytes]) => [path, [new Uint8Array(bytes), { mtime: EPOCH, level: 6 }]]))));
  return wheel;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const made = process.argv.includes('--stage') ? stageWheel() : buildWheel();
  console.log(relative(root, made));
}
