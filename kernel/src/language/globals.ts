/** Declarations of what the kernel adds to every notebook, as the checker reads them. */
export const KERNEL_GLOBALS = `
interface DisplayHandle {
  /** Replaces what was shown, in place. */
  update(value: unknown): void;
  readonly id: string;
}
interface DisplayOptions {
  /** Show under this id, so that it can be replaced later. */
  readonly id?: string;
  /** Replace what is shown under \`id\` instead of adding an output. */
  readonly update?: boolean;
  readonly metadata?: Record<string, unknown>;
}
/** Shows a value now: tables, fits, surveys, charts, or a MIME bundle such as \`{ 'text/html': '<b>hi</b>' }\`. */
declare function display(value: unknown, options?: DisplayOptions): DisplayHandle;
/** Removes the outputs of the running cell; with \`wait\` only when the next one comes. */
declare function clearOutput(wait?: boolean): void;
/** Asks the reader of the notebook for a line of text, and waits for it. */
declare function prompt(message?: string, initial?: string): string | null;
/** Asks the reader of the notebook for a line of text without blocking the kernel. */
declare function input(message?: string, options?: { readonly password?: boolean }): Promise<string>;
interface JupyterComm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: { readonly metadata?: Record<string, unknown>; readonly buffers?: readonly Uint8Array[] }): void;
  close(data?: unknown): void;
  onMessage: ((data: unknown, buffers: readonly Uint8Array[]) => void) | undefined;
  onClose: ((data: unknown) => void) | undefined;
}
/** Two-way channels to the front end. */
declare const comms: {
  open(target: string, data?: unknown, options?: { readonly metadata?: Record<string, unknown>; readonly buffers?: readonly Uint8Array[] }): JupyterComm;
  /** Called when the front end opens a channel to this target. */
  onOpen(target: string, opened: (comm: JupyterComm, data: unknown, buffers: readonly Uint8Array[]) => void): void;
};
/** The machine's threads, for functions that take \`workers\`: \`bootstrap(fit, { draws: 5000, workers })\`. */
declare const workers: { readonly size: number; run<Input, Output>(task: string, input: Input, signal?: AbortSignal): Promise<Output> };
/** Aborted when the running cell is interrupted, for functions that take \`signal\`. */
declare const signal: AbortSignal;
/** Node has it; its declarations leave it to those of browsers. */
declare namespace WebAssembly {
  class Module { constructor(bytes: ArrayBufferView | ArrayBuffer); static exports(module: Module): { name: string; kind: string }[]; static imports(module: Module): { module: string; name: string; kind: string }[] }
  class Instance { constructor(module: Module, imports?: Record<string, Record<string, unknown>>); readonly exports: Record<string, any> }
  class Memory { constructor(descriptor: { initial: number; maximum?: number; shared?: boolean }); readonly buffer: ArrayBuffer; grow(pages: number): number }
  function validate(bytes: ArrayBufferView | ArrayBuffer): boolean;
  function compile(bytes: ArrayBufferView | ArrayBuffer): Promise<Module>;
  function instantiate(bytes: ArrayBufferView | ArrayBuffer, imports?: Record<string, Record<string, unknown>>): Promise<{ readonly module: Module; readonly instance: Instance }>;
}
/** Elements of JSX, as loose as their factory; types of a package say more. */
declare namespace JSX {
  interface Element { [member: string]: any }
  interface IntrinsicElements { [tag: string]: any }
  interface ElementChildrenAttribute { children: {} }
  type ElementType = any;
}
declare const $semlab_cell: {
  magic(index: number): Promise<any>;
};
`;
