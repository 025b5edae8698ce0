import type { KernelHost, Parent } from '../../core/messages.js';
import type { CellOutput } from './notebookFile.js';

type Data = Extract<CellOutput, { output_type: 'display_data' }>['data'];

interface Bundle {
  readonly data: Data;
  readonly metadata: Data;
  readonly transient?: { readonly display_id?: string };
  readonly execution_count?: number;
}

/** The outputs of one cell while it runs; the parent of its messages. */
export interface CellRecord extends Parent {
  outputs: CellOutput[];
  clearBeforeNext: boolean;
}

export function cellRecord(): CellRecord {
  return { outputs: [], clearBeforeNext: false };
}

/** Collects what cells put out, as a front end would put it into the notebook file. */
export class NotebookHost implements KernelHost {
  readonly #shown = new Map<string, { data: Data; metadata: Data }[]>();

  publish(type: string, content: object, parent: Parent): void {
    if (!('outputs' in parent)) return;
    const record = parent as CellRecord;
    if (type === 'clear_output') {
      if ((content as { wait?: boolean }).wait) record.clearBeforeNext = true;
      else record.outputs = [];
    } else if (type === 'display_data' || type === 'execute_result') {
      const { data, metadata, transient, execution_count: count } = content as Bundle;
      const output = type === 'display_data' ? { output_type: type, data, metadata } as const : { output_type: type, execution_count: count ?? null, data, metadata } as const;
      const kept: CellOutput = { ...output };
      this.#add(record, kept);
      const id = transient?.display_id;
      if (id !== undefined) this.#shown.set(id, [...(this.#shown.get(id) ?? []), kept as { data: Data; metadata: Data }]);
    } else if (type === 'update_display_data') {
      const { data, metadata, transient } = content as Bundle;
      for (const output of this.#shown.get(transient?.display_id ?? '') ?? []) Object.assign(output, { data, metadata });
    } else if (type === 'error') {
      const { ename, evalue, traceback } = content as { ename: string; evalue: string; traceback: string[] };
      this.#add(record, { output_type: 'error', ename, evalue, traceback });
    }
  }

  stream(name: 'stdout' | 'stderr', text: string, parent: Parent): void {
    if (!('outputs' in parent)) return;
    const record = parent as CellRecord;
    const last = record.clearBeforeNext ? undefined : record.outputs[record.outputs.length - 1];
    if (last?.output_type === 'stream' && last.name === name) last.text += text;
    else this.#add(record, { output_type: 'stream', name, text });
  }

  #add(record: CellRecord, output: CellOutput): void {
    if (record.clearBeforeNext) record.outputs = [];
    record.clearBeforeNext = false;
    record.outputs.push(output);
  }
}
