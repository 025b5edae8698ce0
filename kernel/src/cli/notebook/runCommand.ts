import { exitProcess } from '../../runtime/exit.js';
import { parseFlags, type FlagSpec } from '../flags.js';
import { readNotebook, writeNotebook } from './notebookFile.js';

const FLAGS: readonly FlagSpec[] = [
  { flag: 'output', value: 'FILE', summary: 'write the executed notebook there instead of over NOTEBOOK' },
  { flag: 'allow-errors', summary: 'go on after a failing cell' },
  { flag: 'quiet', summary: 'say nothing while it runs' }
];

const HELP = `semlab run NOTEBOOK …: execute notebooks without Jupyter

  --output FILE    write the executed notebook there instead of over NOTEBOOK
  --allow-errors   go on after a failing cell
  --quiet          say nothing while it runs

Every code cell runs in order in a fresh kernel, its outputs are written into the
file. Exit code 0 when all cells ran, 1 when one failed (it is named), 2 when the
file cannot be read. Cells tagged \`raises-exception\` may fail.
`;

/** `semlab run`: one notebook in this process, several each in its own. */
export async function run(argv: readonly string[]): Promise<number> {
  const say = process.stderr.write.bind(process.stderr);
  if (argv.includes('--help')) {
    process.stdout.write(HELP);
    return 0;
  }
  let flags;
  try {
    flags = parseFlags(argv, FLAGS);
  } catch (error) {
    say(`${(error as Error).message}\n`);
    return 2;
  }
  const [path, ...more] = flags.words;
  if (path === undefined) {
    say(HELP);
    return 2;
  }
  if (more.length > 0) {
    if (flags.has('output')) {
      say('--output is for one notebook\n');
      return 2;
    }
    return runEach(flags.words, argv.filter((word) => !flags.words.includes(word)));
  }
  const { resolve } = await import('node:path');
  const output = resolve(flags.text('output') ?? path);
  const started = performance.now();
  let notebook;
  try {
    notebook = readNotebook(path);
  } catch (error) {
    say(`semlab run: ${(error as Error).message}\n`);
    return 2;
  }
  const { runNotebook } = await import('./runNotebook.js');
  const codeCells = notebook.cells.filter((cell) => cell.cell_type === 'code').length;
  const quiet = flags.has('quiet');
  const live = process.stderr.isTTY && !quiet;
  let count = 0;
  const outcome = await runNotebook(notebook, path, {
    allowErrors: flags.has('allow-errors'),
    progress: (_index, cell) => {
      count++;
      if (live) say(`\r\x1b[K${path}: cell ${count} of ${codeCells}: ${cell.source.split('\n', 1)[0].slice(0, 50)}`);
    }
  });
  if (live) say('\r\x1b[K');
  writeNotebook(output, outcome.notebook);
  for (const failure of outcome.failures) say(`${path}: cell ${failure.cell} failed\n${failure.traceback.join('\n')}\n`);
  if (!quiet && outcome.failures.length === 0) say(`${path}: ${codeCells} cells ran in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  // Timers that a cell left behind must not hold the command up.
  setImmediate(() => exitProcess(outcome.failures.length > 0 ? 1 : 0));
  return outcome.failures.length > 0 ? 1 : 0;
}

/** Each notebook in a process of its own, so that they cannot meet. */
async function runEach(paths: readonly string[], rest: readonly string[]): Promise<number> {
  const { spawnSync } = await import('node:child_process');
  let worst = 0;
  for (const path of paths) worst = Math.max(worst, spawnSync(process.execPath, [process.argv[1], 'run', path, ...rest], { stdio: 'inherit' }).status ?? 1);
  return worst;
}
