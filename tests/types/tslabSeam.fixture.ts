// Compiled by tslabSeam.test.ts against the declarations of the npm package tslab, read with stock TypeScript.
import type { Converter, ConvertResult, CompletionInfo, Diagnostic, IsCompleteResult } from 'tslab/dist/converter.js';
import type { ConsoleInterface, ConverterSet, Executor } from 'tslab/dist/executor.js';
import type { CodeMetadata } from 'tslab/dist/metadata.js';
import type { CellConverter, CellConvertResult } from '../../kernel/src/language/converter.js';
import type { CellCompleteness } from '../../kernel/src/language/isCompleteCode.js';
import type { CellConsole, CellExecutor } from '../../kernel/src/runtime/executor.js';
import type * as vendored from '../../kernel/vendor/tslab/src/interfaces.js';

declare const ours: { converter: CellConverter; executor: CellExecutor; result: CellConvertResult; console: CellConsole; completeness: CellCompleteness };

// What the kernel runs its cells through satisfies tslab's interfaces.
export const converter: Converter = ours.converter;
export const executor: Executor = ours.executor;
export const result: ConvertResult = ours.result;
export const console: ConsoleInterface = ours.console;
export const completeness: IsCompleteResult = ours.completeness;
export const pair: ConverterSet = { node: ours.converter, browser: ours.converter, close: () => ours.converter.close() };

// The vendored copies are the package's own, both ways.
declare const theirs: { converter: Converter; executor: Executor; completion: CompletionInfo; diagnostic: Diagnostic; metadata: CodeMetadata };
export const copies: { converter: vendored.Converter; executor: vendored.Executor; completion: vendored.CompletionInfo; diagnostic: vendored.Diagnostic; metadata: vendored.CodeMetadata } = theirs;
declare const copy: { converter: vendored.Converter; executor: vendored.Executor; completion: vendored.CompletionInfo; diagnostic: vendored.Diagnostic; metadata: vendored.CodeMetadata };
export const back: typeof theirs = copy;

// None of these types is `any`, which would make all of the above true.
// @ts-expect-error: tslab's interface refuses it
export const notAConverter: Converter = { ...ours.converter, convert: (source: number) => source };
// @ts-expect-error: tslab's interface refuses it
export const notAnExecutor: Executor = { ...ours.executor, execute: (source: string) => source };
// @ts-expect-error: tslab's interface refuses it
export const notAResult: ConvertResult = { ...ours.result, diagnostics: [{ start: 1 }] };
// @ts-expect-error: tslab's interface refuses it
export const notInfo: ReturnType<Converter['inspect']> = { kind: 5 };
