import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { kernelHome } from '../../home.js';
import { parseFlags, type FlagSpec } from '../flags.js';
import { kernelspecFolder, PLACE_FLAGS } from './places.js';

const FLAGS: readonly FlagSpec[] = [...PLACE_FLAGS, { flag: 'display-name', value: 'TEXT', summary: 'name that people see' }];

const HELP = `semlab install: tell Jupyter about the kernel

  --user               for this user (the default)
  --sys-prefix         into the active Python environment
  --prefix FOLDER      below FOLDER/share/jupyter
  --name NAME          name of the kernel (default semlab)
  --display-name TEXT  name that people see

Copies the kernel as one folder, replacing what an earlier installation left there.
`;

/** Nothing can be written there. */
const UNWRITABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC']);

interface KernelSpec {
  argv: string[];
  display_name: string;
}

export async function run(argv: readonly string[]): Promise<number> {
  if (argv.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  try {
    const flags = parseFlags(argv, FLAGS);
    if (flags.words.length > 0) throw new Error(`\`${flags.words[0]}\` is not understood; semlab install --help`);
    const target = kernelspecFolder(flags);
    installInto(target, flags.text('display-name'));
    process.stdout.write(`installed the kernel in ${target}\n`);
    return 0;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    process.stderr.write(`semlab install: ${message}${code !== undefined && UNWRITABLE.has(code) ? '\nchoose another place: --user, --sys-prefix or --prefix FOLDER' : ''}\n`);
    return 1;
  }
}

/** Copies the kernelspec folder; the Node that runs now is the one that Jupyter will start. */
export function installInto(target: string, displayName?: string): void {
  const home = kernelHome();
  if (resolve(target) === resolve(home) || resolve(home).startsWith(resolve(target) + sep)) throw new Error(`${target} is where this program itself lies`);
  if (existsSync(target) && !existsSync(join(target, 'kernel.json'))) throw new Error(`${target} exists and is not a kernel`);
  mkdirSync(dirname(target), { recursive: true });
  rmSync(target, { recursive: true, force: true });
  cpSync(home, target, { recursive: true, dereference: true });
  const file = join(target, 'kernel.json');
  const spec = JSON.parse(readFileSync(file, 'utf8')) as KernelSpec;
  writeFileSync(file, `${JSON.stringify({ ...spec, argv: [process.execPath, join(target, 'kernel.js'), '{connection_file}'], ...(displayName ? { display_name: displayName } : {}) }, null, 2)}\n`);
}
