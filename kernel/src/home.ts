import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What marks the kernelspec folder. */
const MARK = join('typescript', 'typescript.cjs');

/**
 * The folder that holds everything the kernel needs: compiler, declarations,
 * worker scripts. It is the kernelspec folder itself; code that runs from the
 * sources of a clone finds the built one.
 */
export function kernelHome(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, MARK))) return folder;
    const built = join(folder, 'kernel', 'dist', 'kernelspec');
    if (existsSync(join(built, MARK))) return built;
    if (dirname(folder) === folder) throw new Error(`the kernel's files are missing beside ${start}: run \`npm run build\``);
  }
}
