/**
 * A magic is one object: dispatch, `%magics`, completion, Shift-Tab text, the
 * manual page and a contract test all read it.
 */
import type { Diagnostic } from '../shared/diagnostic.js';
import type { MimeBundle } from '../shared/mimeBundle.js';

/** What an argument names, which decides how it is resolved and completed. */
export type ArgumentKind =
  | 'survey' // a variable of the notebook that holds a Survey
  | 'fit' // a variable that holds a fit
  | 'variable' // any variable
  | 'new-name' // a variable that the magic will make
  | 'file'
  | 'column' // a column of the first survey among the arguments
  | 'keyword' // the literal word in `name`, for example `by`
  | 'text';

export interface ArgumentSpec {
  readonly name: string;
  readonly kind: ArgumentKind;
  readonly summary: string;
  readonly optional?: boolean;
  /** Takes all remaining words. */
  readonly rest?: boolean;
  /** Words that it can be, for completion. */
  readonly choices?: readonly string[];
}

export type OptionValue = string | number | boolean;

/** `--name value`, `--name=value`, or `--name` alone for a boolean. */
export interface OptionSpec {
  readonly type: 'string' | 'number' | 'boolean' | 'variable';
  readonly summary: string;
  readonly choices?: readonly string[];
  readonly default?: OptionValue;
  /** `column`: its value is completed with columns and constructs of the survey, also behind a comma. */
  readonly completes?: 'column';
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** A magic cell or line after parsing; names are resolved by the kernel. */
export interface MagicCall {
  readonly magic: string;
  /** `%%name` or `%name`. */
  readonly form: 'cell' | 'line';
  /** Words after the name that are not options, in order. */
  readonly arguments: readonly string[];
  readonly options: Readonly<Record<string, OptionValue | undefined>>;
  /** Lines below the header; '' for line magics. */
  readonly body: string;
  /** Printed lines before the body's first line: 1 for a cell magic. */
  readonly bodyLineOffset: number;
}

/** What the kernel lends a running magic. Nothing else of the outside world is reachable. */
export interface MagicContext {
  /** Value of a notebook variable, or undefined. */
  lookup(name: string): unknown;
  /** Names of the notebook's variables. */
  names(): readonly string[];
  /** Bytes of a file, relative to the notebook's folder; throws a SurveyError `missing-file`. */
  readFile(path: string): Promise<Uint8Array>;
  writeFile(path: string, bytes: Uint8Array): Promise<void>;
  /** File names that start like `prefix`, for completion. */
  listFiles(prefix: string): Promise<readonly string[]>;
  /** Shows a bundle now; the returned function replaces it in place (at most 4 times a second get through). */
  display(bundle: MimeBundle): (next: MimeBundle) => void;
  /** Plain text on standard output. */
  print(text: string): void;
  readonly signal: AbortSignal;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Runs work units on threads; absent where there are none. */
  readonly workers?: WorkerPool;
  /** PNG bytes of an SVG, for documents; absent where pictures cannot be made. */
  readonly rasterize?: (svg: string) => Promise<Uint8Array>;
  /** Every magic that is defined, for `%magics`. */
  readonly magics: readonly Magic[];
}

/** Threads as seen from `src/`: named tasks over structured-clonable values. */
export interface WorkerPool {
  readonly size: number;
  run<Input, Output>(task: string, input: Input, signal?: AbortSignal): Promise<Output>;
}

export interface MagicResult {
  /** Variables to define, as promised by `binds`. */
  readonly bind?: Readonly<Record<string, unknown>>;
  /** Values shown in order: anything that `toBundle` knows. */
  readonly show: readonly unknown[];
}

export interface CompletionItem {
  readonly text: string;
  readonly kind: 'magic' | 'option' | 'column' | 'construct' | 'latent' | 'label' | 'file' | 'variable' | 'operator' | 'function' | 'value';
  readonly detail?: string;
}

export interface CompletionAnswer {
  /** UTF-16 range in the body (or in the header's argument text) that an item replaces. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly CompletionItem[];
}

export interface Inspection {
  readonly markdown: string;
  readonly text: string;
}

export interface Magic {
  readonly name: string;
  readonly forms: readonly ('cell' | 'line')[];
  readonly summary: string;
  /** Longer help in Markdown. */
  readonly manual?: string;
  readonly arguments: readonly ArgumentSpec[];
  readonly options: OptionSpecs;
  readonly example: string;
  /**
   * Variables that the call defines: name → type exported by the `semlab`
   * package (`Survey`, `SemFit`, `RegressionFit` …). Known before the run, so
   * that the cell is type-checked first.
   */
  binds?(call: MagicCall): Readonly<Record<string, string>>;
  run(call: MagicCall, context: MagicContext): Promise<MagicResult> | MagicResult;
  /** The TypeScript that does the same through the public API, for `--code`. */
  code?(call: MagicCall): string;
  /** Completion inside the body; `offset` is a UTF-16 offset into `call.body`. */
  completeBody?(call: MagicCall, offset: number, context: MagicContext): Promise<CompletionAnswer> | CompletionAnswer;
  /** Shift-Tab inside the body. */
  inspectBody?(call: MagicCall, offset: number, context: MagicContext): Promise<Inspection | undefined> | Inspection | undefined;
  /** Problems that can be told before running, spans into the body. */
  check?(call: MagicCall, context: MagicContext): readonly Diagnostic[];
}

/** Checks the definition's own consistency and freezes it. */
export function defineMagic(magic: Magic): Magic {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(magic.name)) throw new Error(`magic name \`${magic.name}\` must be one lower-case word`);
  if (magic.summary.length === 0 || magic.example.length === 0) throw new Error(`magic \`${magic.name}\` needs a summary and an example`);
  return Object.freeze(magic);
}
