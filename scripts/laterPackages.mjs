/**
 * Packages that few runs need are not read when the library is loaded: each is
 * a CommonJS file of its own, required when one of its exports is first used.
 * An esbuild plugin, so that the sources import them as any other package.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

/** A file named as from the output folder, required from there or from a chunk one folder below. */
const REQUIRE = `
import { createRequire } from 'node:module';
export function requireLater(file) {
  const require = createRequire(import.meta.url);
  try {
    return require(file);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return require('.' + file);
  }
}`;

/**
 * @param names packages, as the sources import them
 * @param options how the packages are bundled: those of the build that the plugin serves
 * @param folder where their bundles lie until they are copied beside the output
 */
export function laterPackages(names, options, root, folder) {
  const require = createRequire(join(root, 'package.json'));
  // named without its folder, since the name stands in the output
  const fileOf = (name) => `${name.replace(/^@/, '').replaceAll('/', '-')}.cjs`;
  return {
    name: 'later-packages',
    setup(hooks) {
      hooks.onStart(async () => {
        for (const name of names) await build({ ...options, stdin: { contents: `module.exports = require(${JSON.stringify(name)});`, resolveDir: root }, outfile: join(folder, fileOf(name)), format: 'cjs', platform: 'node' });
      });
      const pattern = new RegExp(`^(${names.map((name) => name.replace(/[/.]/g, '\\$&')).join('|')})$`);
      hooks.onResolve({ filter: pattern }, ({ path, kind }) => (kind === 'import-statement' ? { path, namespace: 'later-package' } : undefined));
      hooks.onResolve({ filter: /.*/, namespace: 'later-package' }, ({ path }) => ({ path, namespace: path === 'later-require' ? path : 'later-file' }));
      hooks.onLoad({ filter: /.*/, namespace: 'later-require' }, () => ({ contents: REQUIRE, resolveDir: root }));
      hooks.onLoad({ filter: /.*/, namespace: 'later-file' }, ({ path }) => ({ contents: readFileSync(join(folder, path)), loader: 'file' }));
      // getters: a module that imports names from here reads none of them yet
      hooks.onLoad({ filter: /.*/, namespace: 'later-package' }, ({ path }) => {
        const getters = Object.keys(require(path)).map((key) => `Object.defineProperty(exports, ${JSON.stringify(key)}, { enumerable: true, get: () => load()[${JSON.stringify(key)}] });`);
        return { resolveDir: root, contents: `const { requireLater } = require('later-require');\nlet loaded;\nconst load = () => (loaded ??= requireLater(require(${JSON.stringify(fileOf(path))})));\n${getters.join('\n')}` };
      });
    }
  };
}
