import { writeSync } from 'node:fs';

/** Writes a line to the log of whoever started the kernel; `process.stderr` belongs to the cells. */
export function log(text: string): void {
  try {
    writeSync(2, `[semlab] ${text}\n`);
  } catch {
    // A closed log must not end the kernel.
  }
}
