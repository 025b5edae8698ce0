/**
 * `npm run bench [NAME …]`: timed comparisons, apart from the tests. Each file
 * tests/bench/NAME.bench.mjs runs ours and the reference in one process tree on
 * one machine and prints medians and their ratio; a reference that is not
 * installed (R, ipykernel, tslab) is said and left out.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'tests/bench');
const wanted = process.argv.slice(2);
const build = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);
let failed = 0;
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith('.bench.mjs')) continue;
  if (wanted.length > 0 && !wanted.includes(file.slice(0, -'.bench.mjs'.length))) continue;
  console.log(`\n# ${file.slice(0, -'.bench.mjs'.length)}`);
  if (spawnSync(process.execPath, ['--expose-gc', join(folder, file)], { stdio: 'inherit', cwd: root }).status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
