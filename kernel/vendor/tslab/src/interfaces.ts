/**
 * From tslab 1.0.22, interfaces of `src/converter.ts`, `src/executor.ts` and `src/metadata.ts`: https://github.com/yunabe/tslab
 * Copyright 2019 Yu Watanabe. Apache License 2.0, see ../LICENSE.
 * Changed: stock TypeScript's types; what may be absent says so; `unknown` for `any`; one file.
 */
import type * as ts from 'typescript';

export interface CodeMetadata {
  mode?: "node" | "browser";
  module?: string;
  jsx?: true;
}

export interface SideOutput {
  path: string;
  data: string;
}

export interface ConvertResult {
  output?: string;
  declOutput?: string;
  /**
   * When diagnostics is not empty, other fields are not set.
   */
  diagnostics: Diagnostic[];
  /**
   * The variable name to store the last expression if exists.
   * This is necessary to fix #11
   */
  lastExpressionVar?: string;
  /**
   * If true, the input and the output have top-level await statements.
   */
  hasToplevelAwait?: boolean;
  /**
   * JavaScript outputs from external files in the root dir.
   */
  sideOutputs?: SideOutput[];
}

export interface DiagnosticPos {
  /** Byte-offset. */
  offset: number;
  /** Zero-based line number. */
  line: number;
  /** Zero-based char offset in the line. */
  character: number;
}

export interface Diagnostic {
  start: DiagnosticPos;
  end: DiagnosticPos;
  messageText: string;
  category: number;
  code: number;
  fileName?: string;
}

export interface CompletionInfo {
  start: number;
  end: number;
  candidates: string[];
  /**
   * The original completion from TS compiler.
   * It's exposed for debugging purpuse.
   */
  original?: ts.CompletionInfo;
}

export interface IsCompleteResult {
  completed: boolean;
  indent?: string;
}

export interface Converter {
  convert(prevDecl: string, src: string): ConvertResult;
  inspect(prevDecl: string, src: string, position: number): ts.QuickInfo | undefined;
  complete(prevDecl: string, src: string, position: number): CompletionInfo;
  /** Release internal resources to terminate the process gracefully. */
  close(): void;
  /** Defines a in-memory module */
  addModule(name: string, content: string, meta?: CodeMetadata): Diagnostic[];
}

export interface ConverterSet {
  /** The converter for Node.js code */
  node: Converter;
  /** The converter for browser code */
  browser: Converter;
  close: () => void;
}

export interface Executor {
  /**
   * Transpiles and executes `src`.
   *
   * Note: Although this method returns a promise, `src` is executed immdiately
   * when this code is executed.
   * @param src source code to be executed.
   * @returns Whether `src` was executed successfully.
   */
  execute(src: string): Promise<boolean>;
  inspect(src: string, position: number): ts.QuickInfo | undefined;
  complete(src: string, positin: number): CompletionInfo;
  reset(): void;

  /**
   * Interrupts non-blocking code execution. This method is called from SIGINT signal handler.
   * Note that blocking code execution is terminated by SIGINT separately because it is impossible
   * to call `interrupt` while `execute` is blocked.
   */
  interrupt(): void;

  /** locals exposes tslab local variables for unit tests. */
  locals: { [key: string]: unknown };

  /** Release internal resources to terminate the process gracefully. */
  close(): void;
}

export interface ConsoleInterface {
  log(message?: unknown, ...optionalParams: unknown[]): void;
  error(message?: unknown, ...optionalParams: unknown[]): void;
}

