/**
 * Is a built thing still fresh? A stamp file beside the output holds the hash of
 * everything that the output was made from; equal hash, nothing to do.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SKIPPED = new Set(['node_modules', 'lib', 'dist', '__pycache__', '.ipynb_checkpoints', '.git']);

/** Files below `path` (or `path` itself), sorted, build output left out. */
export function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !SKIPPED.has(name) && !name.startsWith('.'))
    .flatMap((name) => filesBelow(join(path, name)));
}

/** Every file below a folder of built things, nothing left out. */
export function everyFile(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** SHA-256 over names and contents of all files below the given paths, plus extra facts such as versions. */
export function fingerprint(paths, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of paths.flatMap(filesBelow)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

export function isFresh(stamp, hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
}

/** Written last, so that an interrupted build is never taken for a finished one. */
export function markFresh(stamp, hash) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
}

export function markStale(stamp) {
  rmSync(stamp, { force: true });
}
