/**
 * Builds what runs: `dist/` (the library, and danfojs beside it), `kernel/dist/kernelspec/` (one
 * self-contained folder that Jupyter can start) and the extension. Does nothing
 * for what is up to date.
 *
 *   node scripts/build.mjs                 all
 *   node scripts/build.mjs --only=library,kernel
 *   node scripts/build.mjs --force
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleDanfo } from './danfo/bundleDanfo.mjs';
import { copyTrimmed, nodeDeclarations, TRIMMED_FORM } from './trimDeclarations.mjs';
import { filesBelow, fingerprint, isFresh, markFresh, markStale } from './freshness.mjs';
import { laterPackages } from './laterPackages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const kernelDist = join(root, 'kernel', 'dist');
const kernelspec = join(kernelDist, 'kernelspec');
const versions = [`node types ${require('@types/node/package.json').version}`, `typescript ${require('typescript').version}`, `esbuild ${require('esbuild/package.json').version}`];

/** Declarations of the bundled danfojs. */
const DANFO_TYPES = join(root, 'dist', 'types', 'danfo');

/** ES modules that need `require` for CommonJS dependencies get one. */
const REQUIRE_BANNER = "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);";

const common = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  sourcemap: false,
  absWorkingDir: root,
  // less to parse when a process starts; names are kept, so that traces can be read
  minifySyntax: true,
  minifyWhitespace: true,
  loader: { '.wasm': 'file', '.ttf': 'file', '.otf': 'file', '.woff2': 'file', '.svg': 'text' }
};

/** Read when first used: codebooks in YAML, eigenvalues outside the fitting loops, diagrams, guessed encodings, zip files. */
const LATER = ['yaml', 'ml-matrix', '@dagrejs/dagre', 'chardet', 'fflate'];
const later = (part) => laterPackages(LATER, common, root, join(root, '.cache', 'later', part));

/** A kernel that runs may still load chunks of the build that it started from. */
const CHUNK_LIFE_MS = 3_600_000;

/** Removes chunks that an earlier build left, unless a running process may need them. */
function dropOldChunks(folder, { outputs }) {
  if (!existsSync(folder)) return;
  const kept = new Set(Object.keys(outputs).map((path) => join(root, path)));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!kept.has(path) && Date.now() - statSync(path).mtimeMs > CHUNK_LIFE_MS) rmSync(path);
  }
}


/** Starts a folder anew. */
function emptyFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** Rarely made anew: only another release of danfojs changes it. */
function danfo() {
  return bundleDanfo(join(root, 'dist'));
}

async function library() {
  const folder = join(root, 'dist');
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    metafile: true,
    ...common,
    entryPoints: { index: join(root, 'src/index.ts') },
    outdir: folder,
    platform: 'node',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'chunks/[name]-[hash]',
    plugins: [later('library')],
    banner: { js: REQUIRE_BANNER }
  });
  dropOldChunks(join(folder, 'chunks'), metafile);
  types();
}

/**
 * Declarations, one file for one file: every export is annotated, so no type check is
 * needed to write them. Only changed files are written anew.
 */
function types() {
  const ts = require('typescript');
  const target = join(root, 'dist', 'types', 'src');
  const kept = new Set();
  for (const file of filesBelow(join(root, 'src')).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))) {
    const output = join(target, relative(join(root, 'src'), file).replace(/\.ts$/, '.d.ts'));
    kept.add(output);
    if (existsSync(output) && statSync(output).mtimeMs >= statSync(file).mtimeMs) continue;
    const { outputText } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
      fileName: file,
      compilerOptions: { declaration: true, isolatedDeclarations: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, stripInternal: true }
    });
    mkdirSync(dirname(output), { recursive: true });
    // The bundled danfojs is no package that a reader has.
    writeFileSync(output, outputText.replaceAll("'danfojs-node'", `'${relative(dirname(output), DANFO_TYPES)}/danfojs-node/src/index.js'`));
  }
  for (const output of filesIn(target)) if (!kept.has(output)) rmSync(output);
}

function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)) : [];
}

/** Entry points of the kernel that exist. */
function kernelEntries() {
  const wanted = {
    semlab: 'src/index.ts',
    kernel: 'kernel/src/kernel.ts',
    wire: 'kernel/src/server/wireThread.ts',
    signals: 'kernel/src/server/signalWatch.ts',
    worker: 'kernel/src/workers/worker.ts',
    cli: 'kernel/src/cli/main.ts'
  };
  return Object.fromEntries(Object.entries(wanted).map(([name, path]) => [name, join(root, path)]).filter(([, path]) => existsSync(path)));
}

async function kernel() {
  const { metafile } = await build({
    metafile: true,
    ...common,
    entryPoints: kernelEntries(),
    outdir: kernelspec,
    platform: 'node',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'chunks/[name]-[hash]',
    plugins: [later('kernel')],
    external: ['typescript'],
    banner: { js: REQUIRE_BANNER },
    define: {
      'process.env.TYPESCRIPT_VERSION': JSON.stringify(require('typescript').version),
      'process.env.SEMLAB_VERSION': JSON.stringify(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
    }
  });
  dropOldChunks(join(kernelspec, 'chunks'), metafile);
  writeFileSync(join(kernelDist, 'outputs.json'), JSON.stringify(Object.keys(metafile.outputs).map((path) => relative(kernelspec, join(root, path)).split('\\').join('/'))));
  await compiler();
  compilerTypes();
  resources();
  // The library finds danfojs by its own name, wherever its chunks lie.
  writeFileSync(join(kernelspec, 'package.json'), `${JSON.stringify({ name: 'semlab', type: 'module', exports: { './danfo': './danfo.cjs' } })}\n`);
  for (const name of ['kernel', 'worker', 'cli']) writeFileSync(join(kernelDist, `${name}.js`), `export * from './kernelspec/${name}.js';\n`);
}

/** Stock TypeScript, unchanged but for white space; its own folder keeps it CommonJS. */
async function compiler() {
  const folder = join(kernelspec, 'typescript');
  const stamp = join(folder, 'version');
  const form = `${versions.join()}, ${TRIMMED_FORM}`;
  if (isFresh(stamp, form)) return;
  emptyFolder(folder);
  const source = dirname(require.resolve('typescript/package.json'));
  await build({ entryPoints: [join(source, 'lib', 'typescript.js')], outfile: join(folder, 'typescript.cjs'), bundle: false, minifyWhitespace: true, minifySyntax: true, platform: 'node', logLevel: 'error', legalComments: 'none' });
  copyTrimmed(join(source, 'lib'), folder, readdirSync(join(source, 'lib')).filter((name) => /^lib\..*d\.ts$/.test(name)));
  cpSync(join(source, 'LICENSE.txt'), join(folder, 'LICENSE.txt'));
  markFresh(stamp, form);
}

/** Node's and our own declarations, laid out as a `node_modules` that any notebook folder is given. */
function compilerTypes() {
  const modules = join(kernelspec, 'types', 'node_modules');
  const stamp = join(kernelspec, 'types', 'version');
  const form = `${versions.join()}, ${TRIMMED_FORM}`;
  if (!isFresh(stamp, form)) {
    for (const name of ['@types/node', 'undici-types']) {
      const from = dirname(require.resolve(`${name}/package.json`));
      emptyFolder(join(modules, name));
      copyTrimmed(from, join(modules, name), filesIn(from).map((path) => relative(from, path)).filter((path) => !/\.md$/.test(path)));
    }
    writeFileSync(join(kernelspec, 'types', 'node.json'), JSON.stringify(nodeDeclarations(join(modules, '@types', 'node'))));
    markFresh(stamp, form);
  }
  cpSync(join(root, 'kernel', 'vendor', 'tslab', 'types'), join(modules, 'tslab'), { recursive: true });
  const own = join(modules, 'semlab');
  rmSync(own, { recursive: true, force: true });
  cpSync(join(root, 'dist', 'types'), join(own, 'types'), { recursive: true });
  const danfoTypes = './types/danfo/danfojs-node/src/index.d.ts';
  writeFileSync(join(own, 'package.json'), `${JSON.stringify({ name: 'semlab', type: 'module', types: './types/src/index.d.ts', exports: { '.': { types: './types/src/index.d.ts' }, './danfo': { types: danfoTypes } } })}\n`);
  // A notebook that has no danfojs-node of its own imports ours under that name too.
  mkdirSync(join(modules, 'danfojs-node'), { recursive: true });
  writeFileSync(join(modules, 'danfojs-node', 'index.d.ts'), `export * from '../semlab/types/danfo/danfojs-node/src/index.js';\n`);
}

function resources() {
  const from = join(root, 'kernel', 'resources');
  if (existsSync(from)) cpSync(from, kernelspec, { recursive: true });
  for (const file of ['danfo.cjs', 'danfo.licences.txt']) cpSync(join(root, 'dist', file), join(kernelspec, file));
  cpSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm'), join(kernelspec, 'resvg.wasm'));
  for (const file of ['LICENSE', 'NOTICE.md']) cpSync(join(root, 'kernel', 'vendor', 'tslab', file), join(kernelspec, 'licenses', 'tslab', file));
  // Letters for pictures on machines without fonts, and the same ones everywhere (SIL Open Font License).
  const arimo = dirname(require.resolve('@expo-google-fonts/arimo/package.json'));
  for (const file of ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf', 'LICENSE_FONT']) cpSync(join(arimo, file), join(kernelspec, 'fonts', file.split('/').pop()));
}

const steps = {
  danfo: { run: danfo, inputs: ['scripts/danfo', 'scripts/licences.mjs', 'package-lock.json'], output: 'dist/danfo.cjs' },
  library: { run: library, inputs: ['src', 'package-lock.json', 'scripts/build.mjs', 'scripts/laterPackages.mjs'], output: 'dist/index.js' },
  kernel: { run: kernel, inputs: ['src', 'kernel/src', 'kernel/resources', 'kernel/vendor', 'package-lock.json', 'scripts/build.mjs', 'scripts/laterPackages.mjs'], output: 'kernel/dist/kernelspec/package.json' }
};

/** Builds made at the same time wait for one another; a lock older than this was left by a killed build. */
const STALE_LOCK_MS = 120_000;

async function exclusively(work) {
  const lock = join(root, '.cache', 'build.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if (age > STALE_LOCK_MS) rmSync(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

export async function buildAll({ only = undefined, force = false, quiet = false } = {}) {
  const say = quiet ? () => {} : (text) => process.stdout.write(`${text}\n`);
  await exclusively(async () => {
    for (const [name, { run, inputs, output }] of Object.entries(steps)) {
      if (only && !only.includes(name) && !(name === 'danfo' && only.includes('kernel'))) continue;
      const stamp = join(root, '.cache', `built-${name}.sha256`);
      const hash = fingerprint(inputs.map((path) => join(root, path)), versions);
      if (!force && isFresh(stamp, hash) && existsSync(join(root, output))) continue;
      const started = performance.now();
      markStale(stamp);
      await run();
      markFresh(stamp, hash);
      say(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  });
  const extension = join(root, 'scripts', 'buildExtension.mjs');
  if ((!only || only.includes('extension')) && existsSync(extension)) {
    const { buildExtension } = await import(pathToFileURL(extension));
    await buildExtension({ force, log: say });
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length).split(',');
  await buildAll({ only, force: process.argv.includes('--force') });
}
