/** Corners of the language, each over several cells. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KernelProcess, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

/** Notebooks, one a row: name, cells, text of the last one. */
const MEANINGS: readonly (readonly [name: string, cells: readonly string[], text: string])[] = [
  ['labels may have names of variables', ['const outer = 1; let turns = 0;', 'outer: for (;;) { for (;;) { turns++; if (turns > 2) break outer; continue outer; } }', 'turns + outer'], '4'],
  ['keys, members and parameters may have names of variables', ['const key = 1, member = 2;', 'const holder = { key: 10, member() { return this.key; }, get other() { return key; } }; class Holder { key = key + 100; static member = member; } const pick = ({ key, member: renamed = 5 }: { key: number; member?: number }) => key + renamed;', '[holder.key, holder.member(), holder.other, new Holder().key, Holder.member, pick({ key: 7 })].join()'], "'10,10,1,101,2,12'"],
  ['catch clauses, loops and named function expressions shadow', ['const err = 1, item = 2, rec = 3;', 'let trail = ""; try { throw "x"; } catch (err) { trail += err; } for (const item of ["a"]) trail += item; const named = function rec(n: number): string { return n > 0 ? rec(n - 1) : typeof rec; }; trail += named(1);', 'trail + err + item + rec'], "'xafunction123'"],
  ['closures in loops keep their own variable', ['const makers: (() => number)[] = []; for (let i = 0; i < 3; i++) makers.push(() => i);', 'makers.map((make) => make()).join()'], "'0,1,2'"],
  ['loops assign variables of earlier cells', ['let first = 0, second = 0, each = "";', 'for ([first, second] of [[1, 2], [3, 4]]) {} for (each of ["p", "q"]) {} for (each in { k: 1 }) {}', '`${first}${second}${each}`'], "'34k'"],
  ['compound and logical assignment', ['let n1 = 2, n2: number | undefined, n3 = 0;', 'n1 **= 3; n2 ??= 5; n3 ||= 7; n1 &&= n1 + 1; n1 <<= 1;', '[n1, n2, n3].join()'], "'18,5,7'"],
  ['destructuring with computed keys, defaults from variables and nested rests', ['const field = "deep", fallback = 9;', 'const { [field]: { x: dx = fallback, ...more } } = { deep: { y: 1, z: 2 } as { x?: number; y: number; z: number } };', 'dx + more.y + more.z'], '12'],
  ['enum members and namespaces use variables', ['const base = 3;', 'enum Scaled { One = base, Two = One * 2 } namespace Uses { export const twice = base * 2; }', 'Scaled.Two + Uses.twice'], '12'],
  ['a function and a namespace merge', ['function tool() { return tool.version; } namespace tool { export const version = 3; }', 'tool() + tool.version'], '6'],
  ['overloads, in this cell and later', ['function over(a: string): string; function over(a: number): number; function over(a: unknown): unknown { return a; }', 'over(2).toFixed(1) + over("b").toUpperCase()'], "'2.0B'"],
  ['a function calls itself after its name is taken anew', ['function count(n: number): number { return n === 0 ? 0 : 1 + count(n - 1); } const old = count;', 'function count(): number { return -1; }', 'old(3)'], '3'],
  ['classes: private names, static blocks, accessors, checks by `in`, inheritance of built-ins', ['class Stack<T> extends Array<T> { #size = 0; static made = 0; static { Stack.made = 1; } accessor label = "s"; static is(x: object): boolean { return #size in x; } }', 'const stack = new Stack<number>(); stack.push(4); stack.label += "!";', '[stack.length, stack.label, Stack.is(stack), Stack.is({}), stack instanceof Array, Stack.made].join()'], "'1,s!,true,false,true,1'"],
  ['classes extend classes of earlier cells, also expressions', ['abstract class Animal { constructor(protected readonly name: string) {} abstract sound(): string; say() { return `${this.name} ${this.sound()}`; } }', 'const mixin = <B extends abstract new (...a: any[]) => Animal>(b: B) => b; class Dog extends mixin(Animal) { sound() { return "wuff"; } }', 'new Dog("Rex").say()'], "'Rex wuff'"],
  ['decorators of classes, fields and accessors', ['const seen: string[] = []; const note = (_: unknown, context: { kind: string; name?: string | symbol }): void => void seen.push(`${context.kind}:${String(context.name)}`); @note class Marked { @note field = 1; @note accessor acc = 2; @note method() {} }', 'seen.join()'], "'accessor:acc,method:method,field:field,class:Marked'"],
  ['generators, spreads, iterators and symbols', ['class Range { constructor(readonly n: number) {} *[Symbol.iterator]() { for (let i = 0; i < this.n; i++) yield i; } }', '[...new Range(3), ...new Set([9])].join("") + Math.max(...new Range(4))'], "'01293'"],
  ['generics, conditional, mapped and template literal types', ['type Get<T> = { [K in keyof T as `get${Capitalize<string & K>}`]: () => T[K] }; type Item<T> = T extends (infer U)[] ? U : never; function getters<T extends object>(o: T): Get<T> { return Object.fromEntries(Object.entries(o).map(([k, v]) => [`get${k[0].toUpperCase()}${k.slice(1)}`, () => v])) as Get<T>; }', 'const made = getters({ width: 4 }); const one: Item<number[]> = made.getWidth();', 'one'], '4'],
  ['type guards and assertion functions', ['function isText(x: unknown): x is string { return typeof x === "string"; } function must(x: unknown): asserts x is number { if (typeof x !== "number") throw new Error("no"); }', 'const thing: unknown = "abc"; const width = isText(thing) ? thing.length : 0; const other: unknown = 5; must(other); const sum5 = other + width;', 'sum5'], '8'],
  ['ambient declarations', ['declare const fromOutside: number; (globalThis as Record<string, unknown>).fromOutside = 6;', 'declare global { var alsoGlobal: string } globalThis.alsoGlobal = "g";', 'alsoGlobal'], "'g'"],
  ['names of Object.prototype and of modules', ['const constructor = 1, toString = 2, hasOwnProperty = 3, valueOf = 4; const exports = 5, module = 6;', 'constructor + toString + hasOwnProperty + valueOf + exports + module'], '21'],
  ['names of globals, of Node and of the kernel', ['const console2 = console; const performance = 1, event = 2, name = 3, status = 4, signal = 5, input = 6, workers = 7, comms = 8, top = 9, self = 10;', 'performance + event + name + status + signal + input + workers + comms + top + self'], '55'],
  ['names with escapes, of many scripts, and long ones', ['const \\u0061bc = 1, ünïcödé = 2, 变量 = 3, ñ = 4, _ = 5, $ = 6, __ = 7, ' + 'x'.repeat(300) + ' = 8;', `abc + ünïcödé + 变量 + ñ + _ + $ + __ + ${'x'.repeat(300)}`], '36'],
  ['`__proto__` is a name like others', ['const __proto__ = 3; let __defineGetter__ = 4;', '__proto__ + __defineGetter__'], '7'],
  ['var may be declared twice in a cell', ['var twice = 1; var twice = 2;', 'twice'], '2'],
  ['let without a value is undefined, and declared anew it is undefined again', ['let blank: number | undefined = 4;', 'let blank: number | undefined;', 'String(blank)'], "'undefined'"],
  ['var without a value keeps what it had', ['var kept = 4;', 'var kept: number;', 'kept'], '4'],
  ['a value, a type and a namespace may change kind', ['const Kind = 1;', 'class Kind { x = 2 }', 'enum Kind { A = 3 }', 'function Kind() { return 4; }', 'import { sep as Kind } from "node:path";', 'interface Kind { y: number }', 'const k: Kind = { y: 5 }; k.y + Kind.length'], '6'],
  ['import aliases of namespaces', ['namespace Deep { export namespace Inner { export const v = 8; export type T = number } }', 'import Short = Deep.Inner; const typed8: Short.T = Short.v;', 'typed8'], '8'],
  ['export forms', ['export default function main() { return 1; } export class Exported { v = 2 } export enum Level { X = 3 } export const { y1, z1 } = { y1: 4, z1: 5 }; export interface Shape { a: number }', 'const shape6: Shape = { a: 6 }; main() + new Exported().v + Level.X + y1 + z1 + shape6.a'], '21'],
  ['export default of an expression is the value', ['export default 6 * 7;'], '42'],
  ['export from and import for effects', ['export { join as joined } from "node:path"; export * from "node:os"; import "node:fs"; export {};', '1'], '1'],
  ['require, __dirname and __filename', ['const path1 = require("node:path") as typeof import("node:path"); const { sep } = require("path");', '`${path1.basename("/a/b")}${sep}${__dirname === process.cwd()}${typeof __filename}${typeof require.resolve("node:fs")}`'], "'b/truestringstring'"],
  ['import() of types, with attributes and of expressions', ['const specifier = "node:" + "os"; const os1: typeof import("node:os") = await import(specifier); const { default: fs1, ...rest1 } = await import("node:fs");', 'typeof os1.cpus + typeof fs1.readFileSync + typeof rest1.existsSync'], "'functionfunctionfunction'"],
  ['top-level this, new.target, eval and Function', ['const topThis = (function (this: unknown) { return this; })(); function Made(this: unknown) { return new.target === undefined; }', '`${String(topThis)}${String(Made.call(null))}${eval("1 + 1")}${new Function("return 3")()}`'], "'undefinedtrue23'"],
  ['await in every position', ['const later = <T>(v: T): Promise<T> => new Promise((r) => setTimeout(r, 1, v));', 'const obj1: Record<string, number> = { [await later("k")]: await later(1), ...(await later({ m: 2 })) }; const { q1 = await later(3) } = {} as { q1?: number }; let acc1 = ""; for (let i = await later(0); i < (await later(2)); i++) acc1 += `${await later(i)}`; if (await later(true)) acc1 += (await later([5]))[0]; switch (await later(1)) { case await later(1): acc1 += "s"; } try { await Promise.reject(new Error("e")); } catch { acc1 += "c"; } finally { acc1 += await later("f"); }', '`${obj1.k}${obj1.m}${q1}${acc1}`'], "'123015scf'"],
  ['async generators, for await over streams and events', ['import { Readable } from "node:stream"; import { once, EventEmitter } from "node:events"; async function* ticks() { for (let i = 0; i < 3; i++) yield i; }', 'let got1 = ""; for await (const t of ticks()) got1 += t; for await (const chunk of Readable.from(["a", "b"])) got1 += chunk; const emitter1 = new EventEmitter(); setTimeout(() => emitter1.emit("go", 7), 5); const [seven] = await once(emitter1, "go"); got1 += seven;', 'got1'], "'012ab7'"],
  ['regular expressions, big integers, dates and typed arrays', ['const re1 = /(?<year>\\d{4})/u; const big1 = 2n ** 64n; const bytes = Uint8Array.of(1, 2, 3);', '`${re1.exec("in 2024")?.groups?.year} ${big1} ${bytes.map((b) => b * 2).join()} ${new Date(0).toISOString().slice(0, 4)}`'], "'2024 18446744073709551616 2,4,6 1970'"],
  ['optional chaining, tagged templates and comma', ['const maybe: { call?: (n: number) => { deep: number[] } } = {}; function raw(strings: TemplateStringsArray, ...values: unknown[]) { return strings.raw.join("|") + values.length; }', '`${String(maybe.call?.(1).deep[0])}${raw`a\\n${1}b${2}`}${(Math.abs(1), 2)}`'], "'undefineda\\\\n|b|22'"],
  ['a first line for the shell, a byte order mark, the v flag', ['#!/usr/bin/env node\nconst shell = 1;', '\uFEFFconst marked = 2;', '[shell, marked, /[\\p{L}--[a-z]]/v.test("A")].join()'], "'1,2,true'"],
  ['JSX by a factory `h`, with components, fragments and children of the scope', ['let h = (t: any, p: any, ...c: any[]): any => (typeof t === "function" ? t({ ...p, children: c }) : { t, p, c }); const Fragment = "F"; const Twice = (p: { n: number; children?: unknown }) => <b title="x">{p.n * 2}</b>;', 'const element = <><Twice n={4}>text</Twice><i/></>;', 'JSON.stringify(element)'], "'{\"t\":\"F\",\"p\":null,\"c\":[{\"t\":\"b\",\"p\":{\"title\":\"x\"},\"c\":[8]},{\"t\":\"i\",\"p\":null,\"c\":[]}]}'"],
  ['JSX sees a factory that is assigned anew; React comes first', ['const drawn = () => <u/>;', 'h = () => "new";', 'const before7 = drawn(); const React = { createElement: () => "react" };', '[before7, <s/>].join()'], "'new,react'"],
  ['casts and generic arrows are no JSX', ['const cast1 = <number>(<unknown>"</b>".length); const same1 = <T>(x: T): T => x;', 'same1(cast1)'], '4'],
  ['a cell that can be an object is one', ['{ a: 1, b: [2] }'], '{ a: 1, b: [ 2 ] }'],
  ['a block stays a block', ['let inner3 = 0;', '{\n  const x = 3;\n  inner3 = x;\n}', 'inner3'], '3'],
  ['namespaces merge over cells, members declared anew replace', ['namespace Growing { export const a = 1; export interface P { x: number } export const get = () => a; }', 'namespace Growing { export const b = a + 1; export const p: P = { x: 5 }; }', 'namespace Growing { export const a = "s"; }', '`${Growing.a.length}${Growing.b}${Growing.p.x}${String(Growing.get())}`'], "'125s'"],
  ['comments, semicolons and hashbang-like text at the ends', ['// leading\n/* block */ 5 // trailing\n;;\n// end'], '5'],
  ['a cell of types alone, of comments alone, of nothing', ['type Only = 1; interface Alone {}', '// nothing', '', '   \n ', '"after"'], "'after'"],
  ['Windows line ends', ['const crlf = 1;\r\nconst next1 = 2;\r\n', 'crlf +\r\nnext1\r\n'], '3'],
  ['a string that looks like a magic, a template that holds one', ['const looks = `\n%who\n%%sem`; const modulo = 7\n% 4;', 'looks.length + modulo'], '14'],
  ['AsyncLocalStorage works in cells', ['import { AsyncLocalStorage } from "node:async_hooks"; const store = new AsyncLocalStorage<number>();', 'await store.run(5, async () => { await 1; await new Promise((r) => setTimeout(r, 2)); return store.getStore(); })'], '5'],
  ['web and Node globals', ['const g = [typeof fetch, typeof URL, typeof TextEncoder, typeof structuredClone, typeof AbortController, typeof crypto.randomUUID, typeof Buffer, typeof queueMicrotask, typeof setImmediate, typeof atob, typeof Blob, typeof WebAssembly, typeof Intl, typeof performance2()]; function performance2() { return 1; }', 'new Set(g).size'], '3'],
  ['errors of user classes keep their name', ['class Mine extends Error { override name = "Mine"; code = 5; }', 'let caught1 = ""; try { throw new Mine("m"); } catch (e) { caught1 = e instanceof Mine ? `${e.name}${e.code}` : ""; }', 'caught1'], "'Mine5'"],
  ['timers take arguments, can be cleared, and come from node:timers too', ['import { setTimeout as nodeTimeout, clearTimeout as nodeClear } from "node:timers"; import { setTimeout as wait1 } from "node:timers/promises"; import { promisify } from "node:util";', 'let fired = ""; const gone = setTimeout(() => (fired += "x"), 1); clearTimeout(gone); const gone2 = nodeTimeout(() => (fired += "y"), 1); nodeClear(gone2); setTimeout((a: string, b: number) => (fired += a + b), 2, "a", 1); await wait1(20); await promisify(setTimeout)(1); const tick = setInterval(() => { fired += "i"; clearInterval(tick); }, 1); await wait1(20);', 'fired'], "'a1i'"]
];

describe('cells', () => {
  it.each(MEANINGS)('%s', async (_name, cells, text) => {
    let last = '';
    for (const cell of cells) last = await kernel.text(cell);
    expect(last).toBe(text);
  });

  it.each([
    ['two lets of one name in a cell', 'let same = 1; let same = 2;', /Cannot redeclare/],
    ['return outside of a function', 'return 5', /return/],
    ['assignment to an import', 'import { sep as fixedSep } from "node:path"; fixedSep = "x";', /import|read-only|constant/],
    ['use before declaration', 'const early1 = late1 + 1; const late1 = 1;', /before/],
    ['a missing name, with the nearest', 'const nearName = 1; neraName', /Did you mean|Cannot find name/],
    ['wrong arguments', 'Math.max("a")', /not assignable/],
    ['wrong properties of a component', 'const React = { createElement: (...a: unknown[]): any => a }; const Need = (p: { n: number }) => null; <Need n="x"/>', /'string' is not assignable to type 'number'/],
    ['a name that is missing in an object, at its place', '{ a: nowhere, b: 2 }', /Cannot find name 'nowhere'/],
    ['break outside of a loop', 'break;', /break/i],
    ['private members', 'class Closed { private secret = 1 } new Closed().secret', /private/],
    ['unreachable text after an error in the middle', 'const ok1 = 1;\nconst broken = ;\nconst ok2 = 2;', /Expression expected/]
  ])('refuse %s', async (_name, code, message) => {
    expect(await kernel.failure(code)).toMatch(message);
    expect(await kernel.text('"alive"')).toBe("'alive'");
  });

  it('of JavaScript files and of TypeScript with enums beside the notebook, in circles too', async () => {
    writeFileSync(join(kernel.folder, 'plain.mjs'), 'export const plain = 1; export default () => "d";');
    writeFileSync(join(kernel.folder, 'old.cjs'), 'exports.old = 2;');
    writeFileSync(join(kernel.folder, 'ping.ts'), 'import { pong } from "./pong.js"; export enum Side { Left = 1, Right } export const ping = (n: number): string => (n === 0 ? "done" : pong(n - 1));');
    writeFileSync(join(kernel.folder, 'pong.ts'), 'import { ping } from "./ping.js"; export const pong = (n: number): string => ping(n);');
    writeFileSync(join(kernel.folder, 'list.json'), '[1, 2, 3]');
    await kernel.text('import dflt, { plain } from "./plain.mjs"; import { old } from "./old.cjs"; import { ping, Side } from "./ping"; import list from "./list.json" with { type: "json" };');
    expect(await kernel.text('[dflt(), plain, old, ping(3), Side.Right, list.length].join()')).toBe("'d,1,2,done,2,3'");
  });

  it('of packages that are ES modules with top-level await, by import()', async () => {
    const folder = join(kernel.folder, 'node_modules', 'slow-esm');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'slow-esm', version: '1.0.0', type: 'module', exports: { '.': { import: './index.js' }, './sub': { import: './sub.js' } } }));
    writeFileSync(join(folder, 'index.js'), 'await new Promise((r) => setTimeout(r, 5)); export const value = 11; export default class Thing { x = 1 }');
    writeFileSync(join(folder, 'sub.js'), 'export const sub = 12;');
    writeFileSync(join(folder, 'index.d.ts'), 'export const value: number;');
    expect(await kernel.text('const slow = await import("slow-esm"); const { sub } = await import("slow-esm/sub" as string); slow.value + sub')).toBe('23');
  });

  it('that end the process fail instead', async () => {
    expect(await kernel.failure('const beforeExit = 5; process.exit(3);')).toMatch(/process\.exit\(3\)/);
    expect(await kernel.text('beforeExit')).toBe('5');
  });

  it('may print with every method of console', async () => {
    const exchange = await kernel.execute('console.log("%s is %d", "a", 1.5); console.info("i"); console.debug("d"); console.group("g"); console.log("in"); console.groupEnd(); console.table([{ a: 1 }]); console.dir({ x: 1 }); console.count(); console.warn("w"); console.assert(false, "as"); console.trace("t");');
    expect(streamText(exchange)).toMatch(/^a is 1.5\ni\nd\ng\n {2}in\n[^]*\{ x: 1 \}\ndefault: 1\n$/);
    expect(streamText(exchange, 'stderr')).toMatch(/^w\nAssertion failed: as\nTrace: t/);
  });

  it('see stacks that speak of their own lines, wherever they are printed', async () => {
    await kernel.text('function deep(): Error {\nreturn new Error("made");\n}');
    const printed = streamText(await kernel.execute('// one\nconsole.log(deep()); console.trace("t");'));
    expect(printed).toMatch(/^Error: made\n {4}at deep \(In\[\d+\]\.ts:2:8\)\n {4}at In\[\d+\]\.ts:2:\d+\n$/);
  });

  it('see messages with their own names, also in a catch', async () => {
    expect(await kernel.failure('const bag: any = {}; bag.missing()')).toBe('TypeError: bag.missing is not a function');
    expect(await kernel.failure('const noFunction: any = 1; noFunction()')).toBe('TypeError: noFunction is not a function');
    expect(await kernel.text('let told = ""; try { noFunction(); } catch (e) { told = (e as Error).message; } told')).toBe("'noFunction is not a function'");
    expect(await kernel.failure('const { x: gone } = bag.none;')).toMatch(/^TypeError: Cannot (destructure|read)[^$]*$/);
  });

  it('import files with await at their top level, import.meta, live bindings and errors with their own lines', async () => {
    writeFileSync(join(kernel.folder, 'slow.ts'), 'interface Unused {\n  a: number;\n}\nexport const slow = await Promise.resolve(5);\nexport const here = import.meta.url;\nexport let turns = 0;\nexport const turn = (): number => ++turns;\nexport function boom(): never {\n  throw new Error("in file");\n}\n');
    expect(await kernel.text('import { slow, here, turn, boom } from "./slow.ts"; turn(); const { turns } = await import("./slow.ts"); [slow, here.endsWith("slow.ts"), turns].join()')).toBe("'5,true,1'");
    const { reply } = await kernel.execute('boom()');
    expect((reply.content.traceback as string[]).join('\n')).toMatch(/at boom \(.*slow\.ts:9:9\)[^]*>\s+9 \| {3}throw new Error/);
    writeFileSync(join(kernel.folder, 'unread.ts'), 'export const a = ;\n');
    expect(await kernel.failure('import { a as unread } from "./unread.ts";')).toMatch(/SyntaxError: Expression expected.*unread\.ts:1:18/);
    writeFileSync(join(kernel.folder, 'outer.mjs'), 'export { v } from "./inner.mjs";');
    writeFileSync(join(kernel.folder, 'inner.mjs'), 'export const v = 1;');
    expect(await kernel.text('(await import("./outer.mjs" as string)).v')).toBe('1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(kernel.folder, 'inner.mjs'), 'export const v = 2;');
    expect(await kernel.text('(await import("./outer.mjs" as string)).v')).toBe('2');
  });

  it('one mistake has one caret', async () => {
    const carets = async (code: string): Promise<number> => ((await kernel.execute(code)).reply.content.traceback as string[]).join('\n').match(/\^+/g)!.length;
    expect(await carets('const = 5')).toBe(1);
    expect(await carets('function f( {')).toBe(1);
    expect(await carets('console.log(typeof lateOne); let lateOne = 1;')).toBe(1);
    expect(await carets('const s1: string = 1;\nconst n1: number = "x";')).toBe(2);
  });

  it('may show values that resist being shown', async () => {
    expect(await kernel.text('const round: { me?: object } = {}; round.me = round; round')).toContain('[Circular');
    expect(await kernel.text('new Proxy({}, { get() { throw new Error("no") }, ownKeys() { throw new Error("no") } }) as object')).not.toBe('');
    expect(await kernel.text('({ get bad(): number { throw new Error("getter") } })')).toContain('bad');
    expect(await kernel.text('[Symbol("s"), 3n, function f() {}, class K {}, new Error("shown").message, -0, NaN]')).toMatch(/Symbol\(s\), *3n/);
    expect(await kernel.text('Object.create(null)')).toContain('null prototype');
    expect((await kernel.execute('({ [Symbol.for("Jupyter.display")]() { throw new Error("display failed"); } })')).reply.content).toHaveProperty('status');
    expect(await kernel.text('"alive"')).toBe("'alive'");
  });
});
