import { createCore } from '../../core/createCore.js';
import { cellRecord, NotebookHost } from '../notebook/notebookHost.js';

/** Runs one typed cell that imports the library. @returns the exit code */
export async function run(): Promise<number> {
  const host = new NotebookHost();
  const core = createCore({ host });
  const record = cellRecord();
  const reply = await core.execute({ code: 'import { table } from "semlab"; const one: number = 1; `${one + 1} ${typeof table}`' }, record);
  const [result] = record.outputs;
  const fine = reply.status === 'ok' && result?.output_type === 'execute_result' && result.data['text/plain'] === "'2 function'";
  if (!fine) process.stderr.write(`${reply.status === 'error' ? reply.traceback.join('\n') : JSON.stringify(record.outputs)}\n`);
  return fine ? 0 : 1;
}
