import { randomUUID } from 'node:crypto';
import { renderDiagnostic, type Diagnostic } from '../../../src/shared/diagnostic.js';
import type { MimeBundle } from '../../../src/shared/mimeBundle.js';
import type { Magic, MagicCall, WorkerPool } from '../../../src/magics/magic.js';
import type { WireBundle } from '../display/displayBundle.js';
import type { CellConverter } from '../language/converter.js';
import { isCompleteCode } from '../language/isCompleteCode.js';
import type { TopLevelName } from '../language/topLevelNames.js';
import type { TypeScript } from '../language/typescript.js';
import { magicCode } from '../magics/magicCode.js';
import { rewriteMagics, type RewrittenCell } from '../magics/rewriteMagics.js';
import { CellContext } from '../runtime/cellContext.js';
import { createExecutor, type CellExecutor } from '../runtime/executor.js';
import type { ModuleLoader } from '../runtime/modules.js';
import type { CellBook } from '../runtime/cellBook.js';
import { reportError, type ErrorReport } from '../runtime/traceback.js';
import { Assistant } from './assistant.js';
import { diagnosticReport } from './cellDiagnostics.js';
import { CellMagics } from './cellMagics.js';
import { Comms } from './comms.js';
import { Displays, type DisplayHandle, type DisplayOptions } from './displays.js';
import { History, type HistoryRequest, type HistoryRow } from './history.js';
import { originMetadata, Provenance } from './provenance.js';
import type { CompleteReply, ExecuteReply, ExecuteRequest, InspectReply, IsCompleteReply, KernelHost, Parent } from './messages.js';

/** What the library lends the core: the rich forms of its values and its magics. */
export interface Library {
  readonly magics: readonly Magic[];
  toBundle(value: unknown): MimeBundle;
  toBundleAsync(value: unknown, warn: (diagnostic: Diagnostic) => void): Promise<MimeBundle>;
  manualPage(magic: Magic): unknown;
}

export interface CoreParts {
  readonly host: KernelHost;
  readonly typescript: TypeScript;
  readonly converter: CellConverter;
  readonly modules: ModuleLoader;
  readonly library: Library;
  readonly cells: CellBook;
  readonly history: History;
  readonly folder: string;
  readonly workers?: WorkerPool;
  /** PNG bytes of an SVG. */
  readonly rasterize?: (svg: string) => Promise<Uint8Array>;
}

/** Magics that a kernel can change while it runs. */
export interface CoreSettings {
  /** What a type error does to its cell. */
  typeErrors: 'stop' | 'warn';
}

/** Carries the report of code that a magic ran. */
class NestedError extends Error {
  readonly report: ErrorReport;
  constructor(report: ErrorReport) {
    super(report.evalue);
    this.report = report;
  }
}

/**
 * The kernel without its transport: what Jupyter's messages ask for, answered
 * through a host. One per process, since cells run in the process's own realm.
 */
export class KernelCore {
  readonly settings: CoreSettings = { typeErrors: 'stop' };
  readonly comms: Comms;
  readonly #parts: CoreParts;
  readonly #context = new CellContext();
  readonly #cells: CellBook;
  readonly #provenance = new Provenance();
  /** Text of the running cell, which says what its outputs are made from. */
  #code = '';
  readonly #magics: CellMagics;
  readonly #assistant: Assistant;
  readonly #executor: CellExecutor;
  readonly #displays: Displays;
  #count = 0;
  #lastParent: Parent = {};
  #resetAsked = false;
  #nested = 0;

  constructor(parts: CoreParts, kernelMagics: (core: KernelCore) => readonly Magic[] = () => []) {
    this.#parts = parts;
    this.#cells = parts.cells;
    this.comms = new Comms(parts.host, () => this.currentParent(), () => randomUUID());
    const { typescript, converter, modules, folder } = parts;
    this.#executor = createExecutor(folder, { typescript, converter, modules, console: { log: () => {}, error: (thrown) => this.reportLate(thrown) } });
    this.#displays = new Displays({
      host: parts.host,
      library: parts.library,
      parent: () => this.currentParent(),
      warn: (diagnostic) => this.print('stderr', `${renderDiagnostic(diagnostic)}\n`),
      origin: (value) => originMetadata(this.#provenance.ofCell(this.#code, this.scope, [value]))
    });
    this.#magics = new CellMagics([...parts.library.magics, ...kernelMagics(this)], {
      ...parts,
      displays: this.#displays,
      scope: () => this.scope,
      manualPage: (magic) => parts.library.manualPage(magic),
      made: (call, bound, shown) => this.#provenance.made([...bound, ...shown], this.#provenance.ofCell(this.#code, this.scope, [...bound, call]))
    });
    this.#assistant = new Assistant({
      typescript,
      executor: this.#executor,
      magics: () => this.#magics.byName,
      context: () => this.#magics.context(new AbortController().signal, this.currentParent()).context
    });
  }

  get executionCount(): number {
    return this.#count;
  }

  get magics(): readonly Magic[] {
    return [...this.#magics.byName.values()];
  }

  /** The cell that the running code belongs to, also in its timers and promises. */
  currentParent(): Parent {
    return this.#context.get() ?? this.#lastParent;
  }

  /** Runs a function as part of a cell, so that its output goes there. */
  within<Result>(parent: Parent, run: () => Result): Result {
    return this.#context.run(parent, run);
  }

  async execute(request: ExecuteRequest, parent: Parent): Promise<ExecuteReply> {
    const { host, history } = this.#parts;
    const silent = request.silent === true;
    const store = !silent && request.store_history !== false && request.code.trim() !== '';
    if (store) history.add(++this.#count, request.code);
    const count = this.#count;
    this.#lastParent = parent;
    if (!silent) host.publish('execute_input', { code: request.code, execution_count: count }, parent);
    const problem = await this.#context.run(parent, () => this.runSource(request.code, `In[${store ? count : '*'}].ts`, parent, silent ? () => {} : (bundle) => {
      history.setOutput(String(bundle.data['text/plain'] ?? ''));
      host.publish('execute_result', { execution_count: count, ...bundle }, parent);
    }));
    if (problem) {
      if (!silent) host.publish('error', problem, parent);
      return { status: 'error', execution_count: count, ...problem, user_expressions: {}, payload: [] };
    }
    const expressions = await this.#context.run(parent, () => this.#userExpressions(request.user_expressions ?? {}, parent));
    const payload = this.#payload.splice(0);
    return { status: 'ok', execution_count: count, user_expressions: expressions, payload };
  }

  readonly #payload: object[] = [];

  /** Text for the next input cell, as `%load` offers it. */
  setNextInput(text: string): void {
    this.#payload.push({ source: 'set_next_input', text, replace: true });
  }

  /** The variables of the notebook. */
  get scope(): Record<string, unknown> {
    return this.#executor.locals;
  }

  /** Runs a cell's text; its last value goes to `result`. @returns what went wrong */
  async runSource(code: string, name: string, parent: Parent, result: (bundle: WireBundle) => void): Promise<ErrorReport | undefined> {
    let rewritten: RewrittenCell;
    try {
      rewritten = rewriteMagics(this.#parts.typescript, code, this.#magics.byName);
    } catch (error) {
      return reportError(error, this.#cells);
    }
    const whole = rewritten.magics.length === 1 && rewritten.magics[0].found.form === 'cell';
    const ready = magicCode(rewritten);
    let problem: ErrorReport | undefined;
    let value: unknown;
    let names: readonly TopLevelName[] = [];
    const outer = this.#code;
    this.#code = code;
    await this.#executor.execute(rewritten.source, {
      name,
      force: this.settings.typeErrors === 'warn',
      ...(ready ? { ready } : {}),
      magic: (index, signal) => this.#magics.run(rewritten.magics[index], signal, parent),
      converted: (made) => {
        names = made.names;
        this.#cells.remember({ name, source: code, ...(made.sourceMap && !whole ? { sourceMap: made.sourceMap } : {}) });
      },
      console: {
        log: (last) => (value = last),
        error: (thrown) => (problem = thrown instanceof NestedError ? thrown.report : reportError(thrown, this.#cells)),
        diagnose: (diagnostics, stopped) => {
          const report = diagnosticReport(diagnostics, rewritten, code, name);
          if (stopped) problem = report;
          else this.#parts.host.stream('stderr', `${report.traceback.join('\n')}\n`, parent);
        }
      }
    });
    const made = names.map((name) => this.scope[name.name]);
    this.#provenance.made(made, this.#provenance.ofCell(code, this.scope, made));
    this.#magics.adopt([...made, value]);
    if (this.#resetAsked) {
      this.#resetAsked = false;
      this.reset();
    }
    try {
      if (!problem && value !== undefined && !this.#displays.isHandle(value)) result(await this.#displays.richForm(value));
    } finally {
      this.#code = outer;
    }
    return problem;
  }

  /** Stops the running cell at its next `await`, and what it started through an AbortSignal. */
  interrupt(): void {
    this.#context.leave();
    this.#executor.interrupt();
  }

  get isBusy(): boolean {
    return this.#executor.signal !== undefined;
  }

  complete(code: string, cursor: number): Promise<CompleteReply> {
    return this.#assistant.complete(code, cursor);
  }

  /** @param inDetail with the source of functions, and values in full */
  inspect(code: string, cursor: number, inDetail: boolean = false): Promise<InspectReply> {
    return this.#assistant.inspect(code, cursor, inDetail);
  }

  isComplete(code: string): IsCompleteReply {
    const { status, indent } = isCompleteCode(this.#parts.typescript, code);
    return { status, ...(indent === undefined ? {} : { indent }) };
  }

  history(request: HistoryRequest): HistoryRow[] {
    return this.#parts.history.query(request);
  }

  /** Forgets every variable, type and user-defined magic. */
  reset(): void {
    this.#executor.reset();
  }

  /** Builds what the first cell would have to wait for, in short steps. */
  warm(): Generator<void> {
    return this.#parts.converter.warm();
  }

  get workers(): WorkerPool | undefined {
    return this.#parts.workers;
  }

  /** Aborted when the running cell is interrupted. */
  get signal(): AbortSignal {
    return this.#executor.signal ?? new AbortController().signal;
  }

  get folder(): string {
    return this.#parts.folder;
  }

  /** Writes to a stream of the running cell. */
  print(name: 'stdout' | 'stderr', text: string): void {
    this.#parts.host.stream(name, text, this.currentParent());
  }

  /** As `reset`, once the running cell is done. */
  resetAfterCell(): void {
    this.#resetAsked = true;
  }

  /** What stands behind a line magic's name, as written. */
  magicLineText(call: MagicCall): string {
    return this.#magics.lineText(call);
  }

  /** Runs code inside a running cell, as part of it. @throws what the code throws */
  async runNested(code: string): Promise<void> {
    const parent = this.currentParent();
    const problem = await this.runSource(code, `In[${this.#count}:${++this.#nested}].ts`, parent, (bundle) => this.#displays.publish('display_data', bundle, parent));
    if (problem) throw new NestedError(problem);
  }

  /** Shows a value in the running cell, as `display()` does. */
  display(value: unknown, options: DisplayOptions = {}): DisplayHandle {
    return this.#displays.show(value, options);
  }

  clearOutput(wait: boolean = false): void {
    this.#parts.host.publish('clear_output', { wait }, this.currentParent());
  }

  /** An error outside of any running cell: in a timer, or a promise that nobody awaits. */
  reportLate(error: unknown, parent: Parent = this.currentParent()): void {
    this.#parts.host.stream('stderr', `${reportError(error, this.#cells).traceback.join('\n')}\n`, parent);
  }

  async #userExpressions(expressions: Readonly<Record<string, string>>, parent: Parent): Promise<Record<string, object>> {
    const answers: [string, object][] = [];
    for (const [key, expression] of Object.entries(expressions)) {
      let bundle: WireBundle = { data: { 'text/plain': 'undefined' }, metadata: {} };
      const problem = await this.runSource(String(expression), `In[${key}].ts`, parent, (made) => (bundle = made));
      answers.push([key, problem ? { status: 'error', ...problem } : { status: 'ok', ...bundle }]);
    }
    return Object.fromEntries(answers);
  }
}
