/**
 * The same cells through tslab's own converter and executor (the npm package)
 * and through ours: equal values, last expressions, places of diagnostics and
 * completions, but for a list of differences that are meant.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConsoleInterface, Converter, ConverterSet, Executor, IsCompleteResult } from '../../kernel/vendor/tslab/src/interfaces.js';
import { kernelHome } from '../../kernel/src/home.js';
import { converterPlaces } from '../../kernel/src/language/cellFiles.js';
import { createConverter } from '../../kernel/src/language/converter.js';
import { KERNEL_GLOBALS } from '../../kernel/src/language/globals.js';
import { isCompleteCode } from '../../kernel/src/language/isCompleteCode.js';
import { loadTypeScript, type TypeScript } from '../../kernel/src/language/typescript.js';
import { createExecutor } from '../../kernel/src/runtime/executor.js';
import { CellBook } from '../../kernel/src/runtime/cellBook.js';
import { ModuleLoader } from '../../kernel/src/runtime/modules.js';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** What a cell told its console. */
interface Outcome {
  readonly ok: boolean;
  readonly values: readonly string[];
  /** `line:column` of diagnostics, and names of thrown errors. */
  readonly errors: readonly string[];
}

let heard: { values: string[]; errors: string[] };
const console: ConsoleInterface = {
  log: (value) => heard.values.push(inspect(value)),
  error: (first, _file, line, column) => heard.errors.push(typeof first === 'string' && first.startsWith('%s') ? `${String(line)}:${String(column)}` : first instanceof Error ? `${first.name}: ${first.message}` : inspect(first))
};

let typescript: TypeScript;
let ours: { converter: Converter; executor: Executor };
let theirs: { converter: Converter; executor: Executor; isCompleteCode(content: string): IsCompleteResult };

beforeAll(async () => {
  const { buildAll } = (await import(join(root, 'scripts', 'build.mjs'))) as { buildAll(options: object): Promise<void> };
  await buildAll({ only: ['library', 'kernel'], quiet: true });
  const home = kernelHome();
  ({ typescript } = loadTypeScript(home));
  const converter = createConverter(typescript, converterPlaces(home, root, KERNEL_GLOBALS));
  ours = { converter, executor: createExecutor(root, { typescript, converter, modules: new ModuleLoader(typescript, root, new Map(), new CellBook()), console }) };
  const tslab = {
    ...(require('tslab/dist/converter.js') as { createConverter(options: object): Converter; isCompleteCode(content: string): IsCompleteResult }),
    ...(require('tslab/dist/executor.js') as { createExecutor(folder: string, converters: ConverterSet, console: ConsoleInterface): Executor })
  };
  const node = tslab.createConverter({ isJS: false, isBrowser: false });
  theirs = { converter: node, executor: tslab.createExecutor(root, { node, browser: node, close: () => node.close() }, console), isCompleteCode: tslab.isCompleteCode };
}, 120_000);
afterAll(() => {
  ours.executor.close();
  theirs.executor.close();
});

/** Runs cells over an empty scope. */
async function run(executor: Executor, cells: readonly string[]): Promise<Outcome[]> {
  executor.reset();
  const outcomes: Outcome[] = [];
  for (const cell of cells) {
    heard = { values: [], errors: [] };
    const ok = await executor.execute(cell);
    outcomes.push({ ok, ...heard });
  }
  return outcomes;
}

/** Each row is one notebook. */
const SAME: readonly (readonly string[])[] = [
  ['1 + 1'],
  ['const a = 1;', 'a + 1'],
  ['let x = 3; x *= 2; x'],
  ['function f(n: number) { return n * 2; }', 'f(4)'],
  ['class P { constructor(readonly x: number) {} }', 'new P(3).x'],
  ['interface I { a: number }', 'const i: I = { a: 1 };', 'i.a'],
  ['type T = "x" | "y"; const t: T = "x"', 't'],
  ['enum E { A, B = 5 }', 'E.B'],
  ['const { p, q: [r] } = { p: 1, q: [2] };', 'p + r'],
  ['import { join } from "path";', 'join("a", "b")'],
  ['import * as os from "os"', 'typeof os.cpus'],
  ['import fs from "fs"', 'typeof fs.readFileSync'],
  ['const w = await Promise.resolve(4);', 'w'],
  ['await Promise.resolve(5)'],
  ['async function g() { return 6 }', 'await g()'],
  ['function* gen() { yield 1; yield 2 }', '[...gen()].length'],
  ['let v = 1', 'let v = "text"', 'v.length'],
  ['const s = 1', 's + 1; "last"'],
  ['undefined'],
  ['throw new RangeError("far")'],
  ['await Promise.reject(new TypeError("later"))'],
  ['const bad: number = "text"'],
  ['\n\n  nosuch + 1'],
  ['const o = { a: 1 }', '1;\no.b'],
  ['const = 3'],
  ['if (true) { 1 } else { 2 }'],
  ['for (let i = 0; i < 3; i++) {}'],
  ['const arrow = (n: number) => n + 1', 'arrow(1)'],
  ['[1, 2, 3].map((n) => n * 2)'],
  ['({ a: 1, b: "two" })'],
  ['`t${1 + 1}`'],
  ['new Map([[1, 2]]).get(1)'],
  ['const big = 2n ** 70n', 'big'],
  ['abstract class A { abstract n(): number } class B extends A { n() { return 2 } }', 'new B().n()'],
  ['function over(a: string): string; function over(a: number): number; function over(a: unknown): unknown { return a }', 'over(3)'],
  ['label: for (;;) { break label } 7'],
  ['const z = 1, y = 2;', 'z + y;'],
  ['const tag = (s: TemplateStringsArray) => s[0]', 'tag`hi`'],
  ['type G<U> = U[]; function first<U>(xs: G<U>) { return xs[0] }', 'first([9])'],
  ['try { throw 1 } catch (e) { } 8'],
  ['/** @module shared */\nexport const one: number = 1;', 'import { one } from "./shared"', 'one'],
  ['let counted = 0', 'counted++; counted', 'counted += 5; counted']
];

/** Where ours is meant to differ: what tslab gives for the last cell, and what we give. */
const MEANT: readonly { readonly why: string; readonly cells: readonly string[]; readonly theirs: Partial<Outcome>; readonly ours: Partial<Outcome> }[] = [
  { why: 'a closure sees what a later cell assigns', cells: ['let n = 0; function get() { return n }', 'n = 5; get()'], theirs: { values: ['0'] }, ours: { values: ['5'] } },
  { why: 'a re-run that fails leaves the old value alone', cells: ['const kept = 1; function fails(): number { throw new Error("no") }', 'const kept = fails()', 'String(kept)'], theirs: { values: ["'undefined'"] }, ours: { values: ["'1'"] } },
  { why: 'what was declared before a throw is known', cells: ['const before = 7; throw new Error("x")', 'before'], theirs: { ok: false, errors: ['1:1'] }, ours: { values: ['7'] } },
  { why: 'names may start with two underscores', cells: ['const __hidden = 3;', '__hidden'], theirs: { ok: false }, ours: { values: ['3'] } },
  { why: 'a namespace outlives the next cell', cells: ['namespace Kept { export const v = 1 }', '1', '2', 'Kept.v'], theirs: { ok: false }, ours: { values: ['1'] } },
  { why: 'export is allowed', cells: ['export const shared = 1;', 'shared'], theirs: { ok: false }, ours: { values: ['1'] } },
  { why: 'for await works at the top level', cells: ['const all: number[] = []; for await (const one of [Promise.resolve(1)]) all.push(one);', 'all.length'], theirs: { ok: false }, ours: { values: ['1'] } },
  { why: 'using works at the top level', cells: ['let gone = 0; { using held = { [Symbol.dispose]() { gone++ } } }', 'gone'], theirs: { ok: false }, ours: { values: ['1'] } },
  { why: 'class expressions may have private members', cells: ['const Hidden = class { private y = 2; total() { return this.y } };', 'new Hidden().total()'], theirs: { ok: false }, ours: { values: ['2'] } },
  { why: 'a module may be kept in a variable', cells: ['const m = await import("fs");', 'typeof m.readFileSync'], theirs: { ok: false }, ours: { values: ["'function'"] } },
  { why: 'null and undefined are checked', cells: ['new Map<string, number>().get("x").toFixed()'], theirs: { ok: false, errors: ["TypeError: Cannot read properties of undefined (reading 'toFixed')"] }, ours: { ok: false, errors: ['1:1'] } },
  { why: 'null is shown', cells: ['null'], theirs: { values: [] }, ours: { values: ['null'] } }
];

describe('cells', () => {
  it.each(SAME.map((cells) => [cells.join(' ⏎ '), cells] as const))('%s', async (_name, cells) => {
    expect(await run(ours.executor, cells)).toEqual(await run(theirs.executor, cells));
  });

  it.each(MEANT.map((one) => [one.why, one] as const))('differ where meant: %s', async (_why, { cells, ...expected }) => {
    expect((await run(theirs.executor, cells)).at(-1)).toMatchObject(expected.theirs);
    expect((await run(ours.executor, cells)).at(-1)).toMatchObject(expected.ours);
  });
});

describe('convert', () => {
  it('says whether there is a last expression and whether the cell waits', () => {
    for (const src of ['1 + 1', 'const a = 1', 'await 1', 'const b = await 2;', 'function f() {}', '"x";', 'async () => await 1', 'if (1) {}']) {
      const [mine, yours] = [ours.converter.convert('', src), theirs.converter.convert('', src)];
      expect([src, mine.lastExpressionVar !== undefined, mine.hasToplevelAwait]).toEqual([src, yours.lastExpressionVar !== undefined, yours.hasToplevelAwait]);
    }
  });

  it('hands the scope on as text, which any converter of its kind reads', () => {
    const first = ours.converter.convert('', 'interface Shape { a: number }\nconst shape: Shape = { a: 1 };');
    const second = ours.converter.convert(first.declOutput!, 'interface Shape { b: string }\nconst { resolve } = Promise;');
    const home = kernelHome();
    const other = createConverter(typescript, converterPlaces(home, root, KERNEL_GLOBALS));
    expect(other.convert(second.declOutput!, 'const n: number = shape.a; const s: Shape = { b: "x" };').diagnostics).toEqual([]);
    expect(other.convert(second.declOutput!, 'const n: string = shape.a;').diagnostics).toMatchObject([{ start: { offset: 6, line: 0, character: 6 }, code: 2322 }]);
    // What tslab left is a scope too.
    expect(other.convert(theirs.converter.convert('', 'let n = 1; class C { x = n }').declOutput!, 'new C().x + n').diagnostics).toEqual([]);
    other.close();
  });

  it('gives no code for a cell with errors, unless it is told to', () => {
    expect(ours.converter.convert('', 'const n: number = "x"')).not.toHaveProperty('output');
    expect(theirs.converter.convert('', 'const n: number = "x"')).not.toHaveProperty('output');
  });
});

describe('completions', () => {
  const PREVIOUS = 'const fit = { paths: [1], measures: { cfi: 1 }, Parameters: 3 }; function fitted() { return 1 }';

  it.each(['fit.pa|', 'fit.|', 'fit.me|asures', 'fit.measures.c|', '"text".toU|', 'Math.ma|', 'fitt|', 'const x = fit.pa|; x', 'fit.paths.ind|', 'new Dat|', 'JSON.|'])('%s', async (marked) => {
    const position = marked.indexOf('|');
    const src = marked.replace('|', '');
    await run(ours.executor, [PREVIOUS]);
    await run(theirs.executor, [PREVIOUS]);
    const [mine, yours] = [ours.executor.complete(src, position), theirs.executor.complete(src, position)];
    expect([mine.start, mine.end]).toEqual([yours.start, yours.end]);
    // tslab adds names that only contain the text behind those that start with it; newer libraries have more names.
    const prefix = src.slice(mine.start, position).toLowerCase();
    const starting = yours.candidates.filter((name) => name.toLowerCase().startsWith(prefix));
    expect(mine.candidates).toEqual(expect.arrayContaining(starting));
    expect(mine.candidates.filter((name) => starting.includes(name))[0]).toBe(starting[0]);
  });
});

describe('inspection', () => {
  it.each([['const seen = 3;', 'seen', 1], ['/** how many */ function count(n: number): string { return "" }', 'count(1)', 2], ['', 'Math.max(1)', 6]])('%s %s', async (previous, src, position) => {
    await run(ours.executor, [previous]);
    await run(theirs.executor, [previous]);
    const [mine, yours] = [ours.executor.inspect(src, position), theirs.executor.inspect(src, position)];
    const text = (info: typeof mine): unknown => [info?.textSpan, info?.displayParts?.map((part) => part.text).join(''), info?.documentation?.map((part) => part.text).join('')];
    expect(text(mine)).toEqual(text(yours));
  });
});

describe('isCompleteCode', () => {
  it.each(['1', 'function f() {\n  return 1\n}', 'function f() {', 'foo(', '[1,', 'if (true) {\n  1', '  if (a) {', 'const x = {', '`a${'])('%s', (code) => {
    const { completed, indent } = isCompleteCode(typescript, code);
    expect({ completed, indent }).toMatchObject({ indent: undefined, ...theirs.isCompleteCode(code) });
  });

  it('also knows text that breaks off without a message `… expected.`', () => {
    expect([isCompleteCode(typescript, 'const x = `a').completed, theirs.isCompleteCode('const x = `a').completed]).toEqual([false, true]);
  });
});
