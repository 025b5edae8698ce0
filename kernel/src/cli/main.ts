import { realpathSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { SEMLAB_VERSION } from '../version.js';

/** A command of the kernel itself; its module is loaded when it is called. */
interface KernelCommand {
  readonly summary: string;
  load(): Promise<{ run(argv: readonly string[]): Promise<number> }>;
}

const KERNEL_COMMANDS: Readonly<Record<string, KernelCommand>> = {
  run: { summary: 'execute a notebook without Jupyter', load: () => import('./notebook/runCommand.js') },
  check: { summary: 'rerun a notebook and compare every stored number', load: () => import('./notebook/checkCommand.js') },
  install: { summary: 'tell Jupyter about the kernel', load: () => import('./install/installCommand.js') },
  uninstall: { summary: 'take the kernel out of Jupyter again', load: () => import('./install/uninstallCommand.js') },
  doctor: { summary: 'say what is wrong with an installation, and the cure', load: () => import('./install/doctorCommand.js') }
};

async function help(): Promise<string> {
  const { JOB_COMMANDS } = await import('./jobs/index.js');
  const lines = [...Object.entries(KERNEL_COMMANDS).map(([name, { summary }]) => [name, summary]), ...JOB_COMMANDS.map(({ name, summary }) => [name, summary])];
  return `semlab ${SEMLAB_VERSION}: survey statistics and structural equation models\n\nusage: semlab COMMAND …   (semlab COMMAND --help explains one)\n\n${lines.map(([name, summary]) => `  ${name.padEnd(13)}${summary}`).join('\n')}\n`;
}

/** The command line. @returns the exit code */
export async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') {
    process.stdout.write(`${SEMLAB_VERSION}\n`);
    return 0;
  }
  if (Object.hasOwn(KERNEL_COMMANDS, name)) return (await KERNEL_COMMANDS[name].load()).run(rest);
  if (name === 'selftest') return (await import('./install/selftest.js')).run();
  const { JOB_COMMANDS } = await import('./jobs/index.js');
  const entry = JOB_COMMANDS.find((one) => one.name === name);
  if (entry) {
    const [{ command }, { runCommand }, { processHost }] = await Promise.all([entry.load(), import('./jobCommand.js'), import('./processHost.js')]);
    return runCommand(command, rest, processHost(() => performance.now()));
  }
  const { didYouMean } = await import('../../../src/shared/suggest.js');
  process.stderr.write(`semlab: there is no command \`${name}\`; ${didYouMean(name, [...Object.keys(KERNEL_COMMANDS), ...JOB_COMMANDS.map((one) => one.name)]) ?? 'semlab --help lists them'}\n`);
  return 2;
}

/** Started as a script of its own, as the pip installation does. */
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) process.exitCode = await main(process.argv.slice(2));
