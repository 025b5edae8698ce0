import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseFlags } from '../flags.js';
import { kernelspecFolder, PLACE_FLAGS } from './places.js';

const HELP = `semlab uninstall: take the kernel out of Jupyter again

  --user           of this user (the default)
  --sys-prefix     of the active Python environment
  --prefix FOLDER  below FOLDER/share/jupyter
  --name NAME      name of the kernel (default semlab)
`;

export async function run(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const folder = kernelspecFolder(parseFlags(argv, PLACE_FLAGS));
    if (!existsSync(folder)) {
      process.stderr.write(`semlab uninstall: there is no kernel in ${folder}\n`);
      return 1;
    }
    const spec = JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')) as { argv?: string[] };
    if (!spec.argv?.some((word) => /kernel\.js$/.test(word))) throw new Error(`${folder} holds another kernel, which is left alone`);
    rmSync(folder, { recursive: true });
    process.stdout.write(`removed ${folder}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`semlab uninstall: ${(error as Error).message}\n`);
    return 1;
  }
}
