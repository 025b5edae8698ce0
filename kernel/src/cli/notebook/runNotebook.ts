import { dirname, resolve } from 'node:path';
import { createCore } from '../../core/createCore.js';
import { installGlobals } from '../../runtime/nodeGlobals.js';
import { kernelInfo } from '../../server/kernelInfo.js';
import { SEMLAB_VERSION, TYPESCRIPT_VERSION } from '../../version.js';
import { createWorkerPool } from '../../workers/workerPool.js';
import type { CellOutput, Notebook, NotebookCell } from './notebookFile.js';
import { cellRecord, NotebookHost } from './notebookHost.js';

export interface CellFailure {
  /** Position among all cells, from 1. */
  readonly cell: number;
  readonly ename: string;
  readonly traceback: readonly string[];
}

export interface RunOptions {
  /** Go on after a failing cell. */
  readonly allowErrors: boolean;
  /** Told before each code cell. */
  readonly progress?: (index: number, cell: NotebookCell) => void;
}

export interface RunOutcome {
  readonly notebook: Notebook;
  readonly failures: readonly CellFailure[];
}

/** Cells with this tag may fail, as nbclient has it. */
const MAY_FAIL = 'raises-exception';

/** Executes every code cell in this process, in the notebook's folder. The process belongs to the notebook from then on. */
export async function runNotebook(notebook: Notebook, path: string, options: RunOptions): Promise<RunOutcome> {
  const folder = dirname(resolve(path));
  process.chdir(folder);
  const host = new NotebookHost();
  const core = createCore({ host, folder, workers: createWorkerPool() });
  installGlobals(core, host);
  process.on('SIGINT', () => core.interrupt());
  const cells: NotebookCell[] = [];
  const failures: CellFailure[] = [];
  let stopped = false;
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== 'code' || stopped || cell.source.trim() === '') {
      cells.push(cell.cell_type === 'code' && (stopped || cell.source.trim() === '') ? { ...cell, outputs: [], execution_count: null } : cell);
      continue;
    }
    options.progress?.(index, cell);
    const record = cellRecord();
    const reply = await core.execute({ code: cell.source, allow_stdin: false }, record);
    // Callbacks that are due belong to this cell's output.
    await new Promise((done) => setImmediate(done));
    const outputs: CellOutput[] = record.outputs;
    cells.push({ ...cell, outputs, execution_count: reply.execution_count });
    if (reply.status === 'error' && !cell.metadata?.tags?.includes(MAY_FAIL)) {
      failures.push({ cell: index + 1, ename: reply.ename, traceback: reply.traceback });
      stopped = !options.allowErrors;
    }
  }
  const { language_info: language } = kernelInfo(SEMLAB_VERSION, TYPESCRIPT_VERSION) as { language_info: object };
  const metadata = { kernelspec: { display_name: 'TypeScript (semlab)', language: 'typescript', name: 'semlab' }, ...notebook.metadata, language_info: language };
  return { notebook: { ...notebook, cells, metadata }, failures };
}
