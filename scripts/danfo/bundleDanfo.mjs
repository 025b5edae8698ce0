/**
 * danfojs-node as one CommonJS file, so that it can be loaded at once and only when it is asked for, and its
 * declarations. As a package it cannot be depended on: its own dependencies need a native build and an address
 * outside the registry (package.json overrides them with `absent`).
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeLicences } from '../licences.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

/** Each column becomes a property of its frame; one called `shape`, `columns` or `head` would break the frame. */
const COLUMN_PROPERTY = /Object\.defineProperty\((self|this_1), (column(?:_1)?), \{/g;
const ONLY_NEW_NAMES = '$2 in DataFrame.prototype || $2[0] === "$$" || Object.defineProperty($1, $2, {';

const ownNamesOnly = {
  name: 'columns never replace members',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /danfojs-base[\\/]core[\\/]frame\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if ([...text.matchAll(COLUMN_PROPERTY)].length !== 2) throw new Error(`${path} is not the danfojs that this bundle was written for`);
      return { contents: text.replace(COLUMN_PROPERTY, ONLY_NEW_NAMES), loader: 'js' };
    });
    onResolve({ filter: /^mathjs$/ }, () => ({ path: join(here, 'mathjs.js') }));
  }
};

/** Names that only the declarations of left-out packages would give. */
const UNTYPED_IMPORT = /^import (?:\{ ([^}]*) \}|(\w+)) from ["'](?:papaparse|xlsx|request|node-fetch|table|plotly\.js-dist-min)["'];\r?\n/gm;

function copyDeclarations(target) {
  const source = join(dirname(require.resolve('danfojs-node/package.json')), 'dist');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  cpSync(source, target, { recursive: true, filter: (path) => !/\.js$|plotting|browser/.test(path.slice(source.length)) });
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const text = readFileSync(path, 'utf8');
    const untyped = text.replace(UNTYPED_IMPORT, (_all, names, whole) =>
      whole === undefined ? names.split(', ').map((name) => `type ${name} = any;\n`).join('') : `declare namespace ${whole} { type RequiredUriUrl = any; type CoreOptions = any; }\n`
    );
    if (untyped !== text) writeFileSync(path, untyped);
  }
  writeFileSync(join(target, 'package.json'), '{ "name": "danfojs-node", "types": "./danfojs-node/src/index.d.ts" }\n');
}

/** Writes danfo.cjs with its licences, and below types/danfo the declarations, into `folder`. */
export async function bundleDanfo(folder) {
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    entryPoints: [join(here, 'entry.js')],
    outfile: join(folder, 'danfo.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'es2022',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    // For browsers only.
    external: ['plotly.js-dist-min'],
    plugins: [ownNamesOnly],
    metafile: true,
    logLevel: 'error'
  });
  writeLicences(join(folder, 'danfo.licences.txt'), metafile);
  copyDeclarations(join(folder, 'types', 'danfo'));
}
