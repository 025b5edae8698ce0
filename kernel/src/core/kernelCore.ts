import { randomUUID } from 'node:crypto';
import { renderDiagnostic, SurveyError, warning, type Diagnostic } from '../../../src/shared/diagnostic.js';
import type { MimeBundle } from '../../../src/shared/mimeBundle.js';
import type { Magic, MagicCall, WorkerPool } from '../../../src/magics/magic.js';
import { displayBundle, displayBundleNow, type WireBundle } from '../display/displayBundle.js';
import type { Diagnostic as CellDiagnostic } from '../../vendor/tslab/src/interfaces.js';
import { FIRST_SEMANTIC_CODE, type CellConverter } from '../language/converter.js';
import { isCompleteCode } from '../language/isCompleteCode.js';
import type { TopLevelName } from '../language/topLevelNames.js';
import type { TypeScript } from '../language/typescript.js';
import { magicContext } from '../magics/magicContext.js';
import { magicCode } from '../magics/magicCode.js';
import { cellOffset, rewriteMagics, type PlannedMagic, type RewrittenCell } from '../magics/rewriteMagics.js';
import { CellContext } from '../runtime/cellContext.js';
import { InterruptedError } from '../runtime/cellRunner.js';
import { createExecutor, type CellExecutor } from '../runtime/executor.js';
import type { ModuleLoader } from '../runtime/modules.js';
import type { CellBook } from '../runtime/cellBook.js';
import { reportError, type ErrorReport } from '../runtime/traceback.js';
import { Assistant } from './assistant.js';
import { Comms } from './comms.js';
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

/** Diagnostics of one cell that are printed. */
const MOST_DIAGNOSTICS = 5;

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
  readonly #magics: Map<string, Magic>;
  readonly #assistant: Assistant;
  readonly #executor: CellExecutor;
  #count = 0;
  #lastParent: Parent = {};
  /** What `display` returned: as the last value of a cell it says nothing new. */
  readonly #handles = new WeakSet<object>();
  #resetAsked = false;
  #nested = 0;
  readonly #lineTexts = new WeakMap<MagicCall, string>();

  constructor(parts: CoreParts, kernelMagics: (core: KernelCore) => readonly Magic[] = () => []) {
    this.#parts = parts;
    this.#cells = parts.cells;
    this.comms = new Comms(parts.host, () => this.currentParent(), () => randomUUID());
    this.#magics = new Map([...parts.library.magics, ...kernelMagics(this)].map((magic) => [magic.name, magic]));
    const { typescript, converter, modules, folder } = parts;
    this.#executor = createExecutor(folder, { typescript, converter, modules, console: { log: () => {}, error: (thrown) => this.reportLate(thrown) } });
    this.#assistant = new Assistant({
      typescript,
      executor: this.#executor,
      magics: () => this.#magics,
      context: () => this.#magicContext(new AbortController().signal, this.currentParent()).context
    });
  }

  get executionCount(): number {
    return this.#count;
  }

  get magics(): readonly Magic[] {
    return [...this.#magics.values()];
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
      rewritten = rewriteMagics(this.#parts.typescript, code, this.#magics);
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
      magic: (index, signal) => this.#runMagic(rewritten.magics[index], signal, parent),
      converted: (made) => {
        names = made.names;
        this.#cells.remember({ name, source: code, ...(made.sourceMap && !whole ? { sourceMap: made.sourceMap } : {}) });
      },
      console: {
        log: (last) => (value = last),
        error: (thrown) => (problem = thrown instanceof NestedError ? thrown.report : reportError(thrown, this.#cells)),
        diagnose: (diagnostics, stopped) => {
          const report = this.#diagnosticReport(diagnostics, rewritten, code, name);
          if (stopped) problem = report;
          else this.#parts.host.stream('stderr', `${report.traceback.join('\n')}\n`, parent);
        }
      }
    });
    const made = names.map((name) => this.scope[name.name]);
    this.#provenance.made(made, this.#provenance.ofCell(code, this.scope, made));
    this.#adoptMagics([...made, value]);
    if (this.#resetAsked) {
      this.#resetAsked = false;
      this.reset();
    }
    try {
      if (!problem && value !== undefined && !this.#handles.has(value as object)) result(await this.richForm(value));
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
    return this.#lineTexts.get(call) ?? call.arguments.join(' ');
  }

  /** Runs code inside a running cell, as part of it. @throws what the code throws */
  async runNested(code: string): Promise<void> {
    const parent = this.currentParent();
    const problem = await this.runSource(code, `In[${this.#count}:${++this.#nested}].ts`, parent, (bundle) => this.#publishBundle('display_data', bundle, parent, randomUUID()));
    if (problem) throw new NestedError(problem);
  }

  /** Shows a value in the running cell, as `display()` does. */
  display(value: unknown, options: { readonly id?: string; readonly update?: boolean; readonly metadata?: object } = {}): { update(value: unknown): void; readonly id: string } {
    const id = options.id ?? randomUUID();
    const show = (shown: unknown, update: boolean): void => {
      // An update belongs to the cell that makes it; front ends find the display by its id.
      const parent = this.currentParent();
      const { bundle, later } = displayBundleNow(shown, (inner) => this.#parts.library.toBundle(inner));
      const stamped = this.#stamped(bundle, shown);
      this.#publishBundle(update ? 'update_display_data' : 'display_data', { ...stamped, metadata: { ...stamped.metadata, ...options.metadata } }, parent, id);
      void later?.then((final) => this.#publishBundle('update_display_data', this.#stamped(final, shown), parent, id));
    };
    show(value, options.update === true);
    const handle = { id, update: (next: unknown) => show(next, true) };
    this.#handles.add(handle);
    return handle;
  }

  clearOutput(wait: boolean = false): void {
    this.#parts.host.publish('clear_output', { wait }, this.currentParent());
  }

  /** An error outside of any running cell: in a timer, or a promise that nobody awaits. */
  reportLate(error: unknown, parent: Parent = this.currentParent()): void {
    this.#parts.host.stream('stderr', `${reportError(error, this.#cells).traceback.join('\n')}\n`, parent);
  }

  /** The rich form of a value; our own results carry where they come from, for `semlab check`. */
  async richForm(value: unknown): Promise<WireBundle> {
    const bundle = await displayBundle(value, (inner) => this.#parts.library.toBundleAsync(inner, (diagnostic) => this.#parts.host.stream('stderr', `${renderDiagnostic(diagnostic)}\n`, this.currentParent())));
    return this.#stamped(bundle, value);
  }

  #stamped(bundle: WireBundle, value: unknown): WireBundle {
    if (!Object.keys(bundle.data).some((type) => type.startsWith('application/vnd.semlab.'))) return bundle;
    return { data: bundle.data, metadata: { ...bundle.metadata, semlab: originMetadata(this.#provenance.ofCell(this.#code, this.scope, [value])) } };
  }

  #publishBundle(type: 'display_data' | 'update_display_data', bundle: WireBundle, parent: Parent, id: string): void {
    this.#parts.host.publish(type, { ...bundle, transient: { display_id: id } }, parent);
  }

  #magicContext(signal: AbortSignal, parent: Parent): ReturnType<typeof magicContext> {
    const { host, folder, workers, rasterize } = this.#parts;
    const wire = (bundle: MimeBundle): WireBundle => ({ data: bundle.data, metadata: bundle.metadata ?? {} });
    return magicContext({
      scope: this.scope,
      folder,
      magics: this.magics,
      signal,
      ...(workers ? { workers } : {}),
      ...(rasterize ? { rasterize } : {}),
      show: (bundle) => {
        const id = randomUUID();
        this.#publishBundle('display_data', wire(bundle), parent, id);
        return id;
      },
      replace: (id, bundle) => this.#publishBundle('update_display_data', wire(bundle), parent, id),
      print: (text) => host.stream('stdout', text.endsWith('\n') ? text : `${text}\n`, parent)
    });
  }

  async #runMagic(planned: PlannedMagic, signal: AbortSignal, parent: Parent): Promise<Readonly<Record<string, unknown>>> {
    const { magic, call, found } = planned;
    const { library } = this.#parts;
    const showAll = async (values: readonly unknown[]): Promise<void> => {
      for (const value of values) if (value !== undefined) this.#publishBundle('display_data', await this.richForm(value), parent, randomUUID());
    };
    if (planned.help) {
      await showAll([library.manualPage(magic)]);
      return {};
    }
    if (planned.code) {
      if (!magic.code) throw new SurveyError({ ...warning('no-code', `\`%${magic.name}\` has no TypeScript to show`), severity: 'error' });
      await showAll([{ data: { 'text/markdown': `\`\`\`ts\n${magic.code(call)}\n\`\`\``, 'text/plain': magic.code(call) } }]);
      return {};
    }
    if (found.form === 'line') this.#lineTexts.set(call, found.header.slice(found.wordsFrom).trim());
    const { context, settle } = this.#magicContext(signal, parent);
    const problems = (magic.check?.(call, context) ?? []).filter((diagnostic) => diagnostic.severity === 'error');
    if (problems.length > 0) throw new SurveyError(problems, { name: `${found.form === 'cell' ? '%%' : '%'}${magic.name}`, text: call.body, lineOffset: call.bodyLineOffset });
    let outcome;
    try {
      outcome = await magic.run(call, context);
    } finally {
      settle();
    }
    if (signal.aborted) throw new InterruptedError();
    const bound = outcome.bind ?? {};
    const origin = this.#provenance.ofCell(this.#code, this.scope, [...Object.values(bound), call]);
    this.#provenance.made([...Object.values(bound), ...outcome.show], origin);
    await showAll(outcome.show);
    for (const name of Object.keys(planned.binds)) if (!(name in bound)) throw new Error(`magic \`${magic.name}\` promised the variable \`${name}\` and did not make it`);
    return bound;
  }

  /** Magics that a cell defined: values of its variables, or its last value. */
  #adoptMagics(values: readonly unknown[]): void {
    for (const value of values) if (isMagic(value) && this.#magics.get(value.name) !== value) this.#magics.set(value.name, value);
  }

  #diagnosticReport(diagnostics: readonly CellDiagnostic[], rewritten: RewrittenCell, code: string, name: string): ErrorReport {
    const source = { name: name.replace(/\.ts$/, ''), text: code };
    const list = oneForEachMistake(diagnostics).map((one): Diagnostic => {
      const [message, help] = splitHelp(one.messageText);
      return { severity: 'error', code: `TS${one.code}`, message, span: { start: cellOffset(rewritten, one.start.offset), end: cellOffset(rewritten, one.end.offset) }, ...(help ? { help } : {}) };
    });
    const shown = list.slice(0, MOST_DIAGNOSTICS).map((one) => renderDiagnostic(one, source));
    if (list.length > MOST_DIAGNOSTICS) shown.push(`… and ${list.length - MOST_DIAGNOSTICS} more`);
    return { ename: diagnostics[0].code < FIRST_SEMANTIC_CODE ? 'SyntaxError' : 'TypeScriptError', evalue: diagnostics[0].messageText.split('\n')[0], traceback: shown.join('\n\n').split('\n') };
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

/** The first word on a mistake is the best one, and a line that cannot be read has many. */
function oneForEachMistake(diagnostics: readonly CellDiagnostic[]): CellDiagnostic[] {
  const [starts, lines] = [new Set<number>(), new Set<number>()];
  return diagnostics.filter(({ start, code }) => {
    if (starts.has(start.offset) || (code < FIRST_SEMANTIC_CODE && lines.has(start.line))) return false;
    starts.add(start.offset);
    lines.add(start.line);
    return true;
  });
}

/** `… Did you mean 'x'?` of the compiler becomes the help line. */
function splitHelp(message: string): readonly [string, string | undefined] {
  const match = /^([^]*?)\.? Did you mean ([^]*?)\?$/.exec(message);
  return match && !match[1].includes('\n') ? [match[1], `did you mean ${match[2].replace(/^'|'$/g, '`')}?`] : [message, undefined];
}

function isMagic(value: unknown): value is Magic {
  const one = value as Partial<Magic> | null;
  return typeof one === 'object' && one !== null && Object.isFrozen(one) && typeof one.name === 'string' && Array.isArray(one.forms) && typeof one.run === 'function' && typeof one.options === 'object';
}
