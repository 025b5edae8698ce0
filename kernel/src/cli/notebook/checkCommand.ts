import { exitProcess } from '../../runtime/exit.js';
import { parseFlags, type FlagSpec } from '../flags.js';
import { compareOutputs, driftTable, type Drift } from './compareOutputs.js';
import { readNotebook, type CellOutput } from './notebookFile.js';

/** Printed numbers have fewer digits; full doubles differ by less between machines. */
const DEFAULT_RELATIVE_TOLERANCE = 1e-6;
const ABSOLUTE_TOLERANCE = 1e-12;
/** Rows of the table that are printed. */
const MOST_ROWS = 200;

const FLAGS: readonly FlagSpec[] = [
  { flag: 'rtol', value: 'NUMBER', summary: 'largest relative difference that is no drift' },
  { flag: 'json', summary: 'answer as one JSON object' }
];

const HELP = `semlab check NOTEBOOK: rerun a notebook and compare every stored number

  --rtol NUMBER   largest relative difference that is no drift (default ${DEFAULT_RELATIVE_TOLERANCE})
  --json          answer as one JSON object: {"compared", "drifts": [{cell, place, stored, now, relative}]}

The notebook is executed in a fresh kernel and not changed. Of each output the own
JSON is compared, else its text; times are left out. Versions, SHA-256 of data files
and seeds, which the outputs carry, are compared first. Exit code 0 when nothing drifted, 1 when
something did or a cell failed, 2 when there is nothing to compare.
`;

/** Facts about where a result comes from, as outputs carry them. */
function provenance(outputs: readonly CellOutput[]): Map<string, string> {
  const facts = new Map<string, string>();
  for (const output of outputs) {
    const own = 'metadata' in output ? (output.metadata.semlab as Record<string, unknown> | undefined) : undefined;
    for (const [key, value] of Object.entries(own ?? {})) facts.set(key, JSON.stringify(value));
  }
  return facts;
}

export async function run(argv: readonly string[]): Promise<number> {
  const write = process.stdout.write.bind(process.stdout);
  const say = process.stderr.write.bind(process.stderr);
  if (argv.includes('--help')) {
    write(HELP);
    return 0;
  }
  let flags;
  try {
    flags = parseFlags(argv, FLAGS);
  } catch (error) {
    say(`${(error as Error).message}\n`);
    return 2;
  }
  const [path] = flags.words;
  const relative = Number(flags.text('rtol') ?? DEFAULT_RELATIVE_TOLERANCE);
  if (path === undefined || flags.words.length > 1 || !(relative >= 0)) {
    say(HELP);
    return 2;
  }
  let stored;
  try {
    stored = readNotebook(path);
  } catch (error) {
    say(`semlab check: ${(error as Error).message}\n`);
    return 2;
  }
  const { runNotebook } = await import('./runNotebook.js');
  const { notebook, failures } = await runNotebook(stored, path, { allowErrors: true });
  const drifts: Drift[] = [];
  const origins: Drift[] = [];
  let compared = 0;
  let outputs = 0;
  stored.cells.forEach((cell, index) => {
    if (cell.cell_type !== 'code') return;
    const before = cell.outputs ?? [];
    const after = notebook.cells[index].outputs ?? [];
    outputs += before.length;
    const now = provenance(after);
    for (const [fact, value] of provenance(before)) if (now.has(fact) && now.get(fact) !== value) origins.push({ cell: index + 1, place: fact, stored: value.slice(0, 60), now: now.get(fact)!.slice(0, 60), relative: null });
    const result = compareOutputs(index + 1, before, after, { relative, absolute: ABSOLUTE_TOLERANCE });
    drifts.push(...result.drifts);
    compared += result.compared;
  });
  const code = outputs === 0 ? 2 : drifts.length > 0 || failures.length > 0 ? 1 : 0;
  if (flags.has('json')) write(`${JSON.stringify({ compared, drifts, origins, failures: failures.map(({ cell, ename }) => ({ cell, ename })) })}\n`);
  else {
    if (origins.length > 0) write(`the results come from other versions, data or seeds:\n${driftTable(origins)}\n\n`);
    for (const failure of failures) write(`cell ${failure.cell} failed\n${failure.traceback.join('\n')}\n\n`);
    if (drifts.length > 0) write(`${driftTable(drifts.slice(0, MOST_ROWS))}\n${drifts.length > MOST_ROWS ? `… and ${drifts.length - MOST_ROWS} more\n` : ''}\n`);
    write(outputs === 0 ? `${path} holds no outputs to compare: run it first\n` : `${path}: ${compared} numbers compared, ${drifts.length} drifted\n`);
  }
  setImmediate(() => exitProcess(code));
  return code;
}
