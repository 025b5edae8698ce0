/**
 * Builds the prebuilt JupyterLab extension: TypeScript → extension/lib → federated
 * bundle in extension/dist/labextension, with the study notebooks beside it for the
 * launcher cards. No Python takes part. Does nothing when nothing changed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { filesBelow, fingerprint, isFresh, markFresh, markStale } from './freshness.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const extension = join(root, 'extension');
const output = join(extension, 'dist', 'labextension');
const stamp = join(extension, 'dist', 'built.sha256');

/** What the launcher cards may copy to a reader's folder: the notebooks and the data that they read. */
const STUDY_FILES = ['wom.ipynb', 'continuance.ipynb', 'data'];
/** Study files that a notebook does not need (generators, notes) stay out of the bundle. */
const STUDY_KINDS = /\.(ipynb|sav|csv|xlsx|ya?ml|txt|json)$/;

function run(...argv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${relative(root, argv[0])} failed:\n${stdout}${stderr}`);
}

/** Copies the studies beside the bundle, where JupyterLab's server serves them, with a list of what there is. */
function bundleStudies() {
  const notebooks = join(root, 'notebooks');
  const target = join(output, 'studies');
  const files = STUDY_FILES.flatMap((name) => filesBelow(join(notebooks, name)))
    .filter((file) => STUDY_KINDS.test(file))
    .map((file) => relative(notebooks, file).split('\\').join('/'));
  for (const file of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(notebooks, file), join(target, file));
  }
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'files.json'), `${JSON.stringify(files, null, 2)}\n`);
}

/** @returns true when something was built */
export function buildExtension({ force = false, log = () => {} } = {}) {
  const inputs = ['extension/src', 'extension/style', 'extension/schema', 'extension/package.json', 'extension/tsconfig.json', 'tsconfig.base.json', 'src/shared', 'scripts/buildExtension.mjs', ...STUDY_FILES.map((name) => `notebooks/${name}`)].map((path) => join(root, path));
  const versions = ['typescript', '@jupyter/builder', '@jupyterlab/core-meta'].map((name) => `${name}@${JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version}`);
  const hash = fingerprint(inputs, versions);
  if (!force && isFresh(stamp, hash) && existsSync(join(output, 'package.json'))) return false;

  markStale(stamp);
  log('extension: compile');
  if (force) rmSync(join(extension, 'lib'), { recursive: true, force: true });
  run(require.resolve('typescript/bin/tsc'), '-p', join(extension, 'tsconfig.json'));
  log('extension: bundle');
  rmSync(output, { recursive: true, force: true });
  run(join(root, 'node_modules/@jupyter/builder/lib/build-labextension.js'), '--core-package-file', join(root, 'node_modules/@jupyterlab/core-meta/core.package.json'), extension);
  bundleStudies();
  markFresh(stamp, hash);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now();
  const built = buildExtension({ force: process.argv.includes('--force'), log: console.log });
  console.log(built ? `extension: built in ${((performance.now() - started) / 1000).toFixed(1)} s` : 'extension: up to date');
}
