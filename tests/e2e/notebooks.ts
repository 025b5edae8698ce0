import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, type Lab } from './lab.js';

export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  readonly text?: string;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

export interface Cell {
  readonly cell_type: string;
  readonly source: string;
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
}

export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(join(root, 'tests/fixtures/mime', `${name}.json`), 'utf8'));
}

export function codeCell(source: string, outputs: readonly Output[] = []): Cell {
  return { cell_type: 'code', source, execution_count: outputs.length > 0 ? 1 : null, outputs };
}

export function shown(mimeType: string, payload: unknown): Output {
  return { output_type: 'display_data', data: { [mimeType]: payload, 'text/plain': 'text twin' } };
}

/** Writes a notebook of the semlab kernel into the served folder. */
export function writeNotebook(lab: Lab, name: string, cells: readonly Cell[]): void {
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'semlab', display_name: 'semlab', language: 'typescript' }, language_info: { name: 'typescript', file_extension: '.ts', mimetype: 'text/typescript', codemirror_mode: 'typescript' } },
    cells: cells.map((cell, i) => ({ id: `cell-${i}`, metadata: {}, ...cell, ...(cell.outputs ? { outputs: cell.outputs.map((output) => ({ metadata: {}, ...output })) } : {}) }))
  };
  writeFileSync(join(lab.folder, name), JSON.stringify(notebook, null, 1));
}

/** Signs a notebook as its reader would, so that JupyterLab trusts its outputs. */
export function trust(lab: Lab, name: string): void {
  execFileSync(join(root, '.venv', 'bin', 'jupyter-trust'), [join(lab.folder, name)], { env: { ...process.env, ...lab.environment }, stdio: 'ignore' });
}

/** The cells of the notebook in front, as they would be saved. */
export function cells(lab: Lab): Promise<readonly Cell[]> {
  return lab.page.evaluate(() => {
    const panel = (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget;
    return (panel.model.toJSON() as { cells: readonly Cell[] }).cells.map((cell) => ({ ...cell, source: Array.isArray(cell.source) ? cell.source.join('') : cell.source }));
  });
}

export interface JupyterWindow {
  readonly jupyterapp: {
    readonly commands: { execute(command: string, args?: unknown): Promise<unknown> };
    readonly shell: {
      readonly currentWidget: {
        readonly model: { toJSON(): unknown };
        readonly content: { readonly widgets: readonly { readonly model: { readonly mimeType: string } }[] };
        readonly context: { readonly path: string };
        readonly sessionContext: { readonly session: { readonly kernel: { readonly status: string } | null } | null };
      };
    };
  };
}

export function command(lab: Lab, name: string, args: Readonly<Record<string, unknown>> = {}): Promise<void> {
  return lab.page.evaluate(([id, given]) => (window as unknown as JupyterWindow).jupyterapp.commands.execute(id, given).then(() => undefined), [name, args] as const);
}

/** Waits until the kernel has told that it is idle. */
export async function kernelIdle(lab: Lab): Promise<void> {
  await lab.page.waitForFunction(() => (window as unknown as JupyterWindow).jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle');
}

/** Runs all cells from the menu's command; back when the last one has answered. */
export async function runAll(lab: Lab): Promise<readonly Cell[]> {
  await kernelIdle(lab);
  await command(lab, 'notebook:run-all-cells');
  await kernelIdle(lab);
  await lab.page.waitForFunction(() => ![...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-InputPrompt')].some((prompt) => prompt.textContent?.includes('*')));
  return cells(lab);
}
