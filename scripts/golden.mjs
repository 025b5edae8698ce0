/**
 * `npm run golden [AREA …]`: makes the expected numbers anew by the R scripts
 * that lie beside them (tests/golden/AREA/make.R). The files are committed;
 * this is needed only when a script or an R package changes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const golden = join(root, 'tests/golden');
const wanted = process.argv.slice(2);

function* makers(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* makers(path);
    else if (entry.name === 'make.R') yield path;
  }
}

if (spawnSync('Rscript', ['--version']).error) {
  console.error('Rscript was not found. On Debian: apt-get install r-base-core r-cran-lavaan r-cran-psych r-cran-car r-cran-haven');
  process.exit(1);
}
let failed = 0;
for (const path of existsSync(golden) ? makers(golden) : []) {
  const area = relative(golden, dirname(path));
  if (wanted.length > 0 && !wanted.some((name) => area === name || area.startsWith(`${name}/`))) continue;
  console.log(`golden ${area}`);
  const run = spawnSync('Rscript', ['make.R'], { cwd: dirname(path), stdio: 'inherit', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  if (run.status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
