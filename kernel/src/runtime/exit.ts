/** Ends the process; taken before cells are given a `process.exit` that fails. */
export const exitProcess: (code?: number) => never = process.exit.bind(process) as (code?: number) => never;

/** What `process.exit` does in a cell: the kernel is not the cell's to end. */
export class ProcessExitError extends Error {
  override readonly name = 'ProcessExit';
  constructor(code: unknown) {
    super(`process.exit(${code === undefined ? '' : String(code)}) was called; shut the kernel down or restart it from Jupyter`);
  }
}
