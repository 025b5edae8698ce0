/** What TypeScript cells mean: one typed scope over many cells. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KernelProcess, streamText } from './support/kernelProcess.js';

let kernel: KernelProcess;
beforeAll(async () => {
  kernel = await KernelProcess.start();
});
afterAll(() => kernel.stop());

/** Runs cells in order; the last one's text. */
async function cells(...sources: string[]): Promise<string> {
  let text = '';
  for (const source of sources) text = await kernel.text(source);
  return text;
}

describe('variables', () => {
  it('closures see a value that a later cell assigns', async () => {
    expect(await cells('let n = 0; function get(): number { return n; }', 'n = 5; get()')).toBe('5');
  });

  it('closures see a value that a later cell declares anew', async () => {
    expect(await cells('const rate = 1; const twice = () => rate * 2;', 'const rate = 10;', 'twice()')).toBe('20');
  });

  it('a later cell changes what an earlier closure changes', async () => {
    expect(await cells('let count = 0; const bump = () => { count++; };', 'bump(); bump(); count')).toBe('2');
  });

  it('can be declared anew with another type', async () => {
    expect(await cells('let thing = 1;', 'let thing = "text";', 'thing.toUpperCase()')).toBe("'TEXT'");
    expect(await cells('const again = 1;', 'class again { static x = 3 }', 'again.x')).toBe('3');
  });

  it('keep their value when the cell that declares them anew fails', async () => {
    await cells('const fail = (): number => { throw new Error("no"); };', 'const safe = 1;');
    expect(await kernel.failure('const safe = fail();')).toBe('Error: no');
    expect(await kernel.text('safe + 1')).toBe('2');
  });

  it('that were set before a cell failed are known, with their type', async () => {
    await kernel.failure('const before = 7; throw new Error("x"); const after = 8;');
    expect(await kernel.text('before.toFixed(1)')).toBe("'7.0'");
    expect(await kernel.failure('after')).toMatch(/TypeScriptError/);
  });

  it('may start with underscores or dollars, or be written in Chinese', async () => {
    expect(await cells('const __x = 3, $y = 4, 满意度 = 5;', '__x + $y + 满意度')).toBe('12');
  });

  it('may have the names of globals and of Angular parameters', async () => {
    expect(await cells('const name = "n", status = 1, event = 2;', '`${name}${status}${event}`')).toBe("'n12'");
    expect(await cells('const outside = 1; function withScope($scope: number): number { return $scope + outside; }', 'withScope(1)')).toBe('2');
  });

  it('are destructured, with defaults and rests', async () => {
    expect(await cells('const { a, b: [first, ...others], c = 9, ...rest } = { a: 1, b: [2, 3, 4], c: undefined as number | undefined, d: 5 };', '[a, first, others.length, c, rest.d].join()')).toBe("'1,2,2,9,5'");
  });

  it('declared by var in loops and blocks belong to the notebook, those by let do not', async () => {
    expect(await cells('for (var i = 0; i < 3; i++) {} if (true) { var inside = 4; }', 'i + inside')).toBe('7');
    await cells('for (let j = 0; j < 3; j++) {} { const k = 1; }');
    expect(await kernel.failure('j')).toMatch(/Cannot find name 'j'/);
  });

  it('shadowed by parameters and inner variables stay apart', async () => {
    expect(await cells('const v = 1; function shadow(v: number): number { return v; } const inner = () => { const v = 3; return v; };', 'shadow(2) * 10 + inner() * 100 + v')).toBe('321');
  });

  it('cannot be reassigned when they are const, also from another cell', async () => {
    await cells('const fixed = 1;');
    expect(await kernel.failure('fixed = 2')).toMatch(/Cannot assign to 'fixed' because it is a constant/);
  });

  it('work in shorthand, templates, updates, typeof and destructuring assignment', async () => {
    await cells('let p = 1, q = 2; const tag = (parts: TemplateStringsArray, x: number) => `${parts[0]}${x}`;');
    expect(await cells('p++; q += 3; [p, q] = [q, p]; ({ p } = { p: p + 10 }); const both = { p, q };', '`${typeof p} ${both.p} ${q} ${tag`v${q}`}`')).toBe("'number 15 2 v2'");
  });
});

describe('declarations', () => {
  it('functions are hoisted and call one another across cells', async () => {
    expect(await cells('early(); function early(): string { return late(); } function late(): string { return "1"; }', 'function late(): string { return "2"; }', 'early()')).toBe("'2'");
  });

  it('functions and classes keep their names, and functions have no odd this', async () => {
    expect(await cells('const arrow = () => 1; const klass = class {}; function self(this: unknown) { return this === undefined; }', '[arrow.name, klass.name, self()].join()')).toBe("'arrow,klass,true'");
  });

  it('generators, async functions and async generators', async () => {
    expect(await cells('function* gen() { yield 1; yield 2; } async function later() { return 3; } async function* both() { yield 4; }', 'const all: number[] = [...gen(), await later()]; for await (const x of both()) all.push(x); all.join()')).toBe("'1,2,3,4'");
  });

  it('classes with private members, static blocks, inheritance and accessors', async () => {
    expect(await cells('class Base { #secret = 1; static made = 0; static { Base.made = 5; } get secret() { return this.#secret; } }', 'class Derived extends Base { private hidden = 2; sum() { return this.secret + this.hidden; } }', 'new Derived().sum() + Base.made')).toBe('8');
  });

  it('class expressions with private members can be kept in variables', async () => {
    expect(await cells('const Hidden = class { #x = 1; private y = 2; total() { return this.#x + this.y; } };', 'new Hidden().total()')).toBe('3');
  });

  it('interfaces, type aliases and generics are known later', async () => {
    expect(await cells('interface Item { readonly code: string; value?: number } type Pair<T> = readonly [T, T];', 'const pair: Pair<Item> = [{ code: "a" }, { code: "b", value: 2 }];', 'pair[1].value')).toBe('2');
    expect(await kernel.failure('const wrong: Item = { kode: "a" };')).toMatch(/kode/);
  });

  it('a type and a value may share a name', async () => {
    expect(await cells('type Scale = "likert" | "binary";', 'const Scale = { likert: 5, binary: 2 } as const;', 'const chosen: Scale = "likert"; Scale[chosen]')).toBe('5');
  });

  it('values keep the type that they were made with when the type is declared anew', async () => {
    expect(await cells('interface Shape { a: number }', 'const shape: Shape = { a: 1 };', 'interface Shape { b: number }', 'shape.a')).toBe('1');
  });

  it('enums, const enums and namespaces', async () => {
    expect(await cells('enum Level { Low, High = 5 } const enum Size { S = 1, L = 3 } namespace Geometry { export const unit = 2; export interface Point { x: number } export function double(x: number) { return x * unit; } }', 'const point: Geometry.Point = { x: Geometry.double(4) };', 'point.x + Level.High + Size.L')).toBe('16');
  });

  it('namespaces outlive the next cell', async () => {
    expect(await cells('namespace Kept { export const v = 1 }', '1', '2', 'Kept.v')).toBe('1');
  });

  it('declare global, also when its cell runs again', async () => {
    const source = 'declare global { interface Array<T> { third(): T | undefined } }\nArray.prototype.third = function () { return this[2]; };';
    expect(await cells(source, source, '[1, 2, 3].third()')).toBe('3');
  });

  it('export and export default', async () => {
    expect(await cells('export const shared = 1; export function exported() { return shared + 1; } export type Exported = number; export { shared as other };', 'const typed: Exported = exported(); typed')).toBe('2');
  });

  it('decorators', async () => {
    expect(await cells('const log: string[] = []; function logged<T extends (...a: never[]) => unknown>(method: T, context: ClassMethodDecoratorContext): T { log.push(String(context.name)); return method; } class Logged { @logged run() { return 1; } }', 'log.join()')).toBe("'run'");
  });

  it('recursive and mutually recursive functions', async () => {
    expect(await cells('function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); } const even = (n: number): boolean => n === 0 || odd(n - 1); const odd = (n: number): boolean => n !== 0 && even(n - 1);', '`${fib(20)} ${even(10)}`')).toBe("'6765 true'");
  });
});

describe('time', () => {
  it('await at the top level, in loops and in expressions', async () => {
    expect(await cells('let sum = 0; for (const x of [1, 2, 3]) sum += await Promise.resolve(x); const [one, two] = await Promise.all([1, Promise.resolve(2)]);', 'sum + one + two')).toBe('9');
  });

  it('for await at the top level', async () => {
    expect(await cells('let joined = ""; for await (const x of (async function* () { yield "a"; yield "b"; })()) joined += x;', 'joined')).toBe("'ab'");
  });

  it('using and await using at the top level dispose when the cell ends', async () => {
    const exchange = await kernel.execute('class Resource { [Symbol.dispose]() { console.log("disposed"); } async [Symbol.asyncDispose]() { console.log("disposed later"); } } { using inner = new Resource(); console.log("inside"); } using outer = new Resource(); await using slow = new Resource(); console.log("end");');
    expect(streamText(exchange)).toBe('inside\ndisposed\nend\ndisposed later\ndisposed\n');
  });

  it('a promise as the last value is shown, not waited for', async () => {
    expect(await kernel.text('new Promise<number>(() => {})')).toBe('Promise { <pending> }');
  });
});

describe('modules', () => {
  const moduleFolder = (): string => join(kernel.folder, 'node_modules');

  it('import of Node, by name, default and namespace, static and dynamic', async () => {
    expect(await cells('import fs, { existsSync as exists } from "node:fs"; import * as path from "path"; import type { Stats } from "fs"; const os = await import("os");', '[typeof fs.readFileSync, exists("/"), path.posix.join("a", "b"), typeof os.cpus].join()')).toBe("'function,true,a/b,function'");
  });

  it('packages that are ES modules only, with top-level await and without types', async () => {
    mkdirSync(join(moduleFolder(), 'only-esm'), { recursive: true });
    writeFileSync(join(moduleFolder(), 'only-esm', 'package.json'), JSON.stringify({ name: 'only-esm', version: '1.0.0', type: 'module', exports: { '.': { types: './index.d.ts', import: './index.js' } } }));
    writeFileSync(join(moduleFolder(), 'only-esm', 'index.js'), 'export const answer = await Promise.resolve(42); export default function twice(x) { return 2 * x; }');
    writeFileSync(join(moduleFolder(), 'only-esm', 'index.d.ts'), 'export const answer: number; export default function twice(x: number): number;');
    expect(await cells('import twice, { answer } from "only-esm";', 'twice(answer)')).toBe('84');
    expect(await kernel.failure('twice("text")')).toMatch(/not assignable to parameter of type 'number'/);
  });

  it('CommonJS packages, by default and by name', async () => {
    mkdirSync(join(moduleFolder(), 'only-cjs'), { recursive: true });
    writeFileSync(join(moduleFolder(), 'only-cjs', 'package.json'), JSON.stringify({ name: 'only-cjs', version: '1.0.0', main: 'index.js', types: 'index.d.ts' }));
    writeFileSync(join(moduleFolder(), 'only-cjs', 'index.js'), 'const make = () => ({ hidden: 3 }); module.exports = Object.assign(() => 1, make());');
    writeFileSync(join(moduleFolder(), 'only-cjs', 'index.d.ts'), 'declare function call(): number; declare namespace call { const hidden: number; } export = call;');
    expect(await cells('import call, { hidden } from "only-cjs"; import required = require("only-cjs");', 'call() + hidden + required.hidden')).toBe('7');
  });

  it('TypeScript and JSON files beside the notebook, read anew when they change', async () => {
    writeFileSync(join(kernel.folder, 'helper.ts'), 'import { base } from "./base.js";\nexport const value: number = base + 1;\nexport interface Row { a: number }');
    writeFileSync(join(kernel.folder, 'base.ts'), 'export const base = 10;');
    writeFileSync(join(kernel.folder, 'settings.json'), '{ "draws": 5 }');
    expect(await cells('import { value, type Row } from "./helper"; import settings from "./settings.json"; const row: Row = { a: value + settings.draws };', 'row.a')).toBe('16');
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(kernel.folder, 'helper.ts'), 'export const value: string = "changed"; export interface Row { a: number }');
    expect(await cells('import { value } from "./helper";', 'value.toUpperCase()')).toBe("'CHANGED'");
  });

  it('our own library wherever the notebook lies, typed', async () => {
    expect(await cells('import { table, SurveyError, type Table } from "semlab"; const shown: Table = table({ en: "T" }, [], []);', 'shown.kind')).toBe("'table'");
    expect(await kernel.failure('import { tabel } from "semlab";')).toMatch(/has no exported member.*tabel/);
  });

  it('errors of the library are those that the kernel knows', async () => {
    expect(await kernel.text('import { parseCodebook } from "semlab"; let caught = ""; try { parseCodebook("%%%: ["); } catch (error) { caught = String(error instanceof SurveyError); } caught')).toBe("'true'");
  });

  it('notebooks written for tslab', async () => {
    const exchange = await kernel.execute('import * as tslab from "tslab"; tslab.display.html("<b>t</b>");');
    expect(exchange.reply.content).toMatchObject({ status: 'ok' });
    expect(JSON.stringify(exchange.outputs.map((message) => message.content))).toContain('<b>t</b>');
  });

  it('packages that are not there say so, and the next cell runs', async () => {
    expect(await kernel.failure('import { x } from "no-such-package";')).toMatch(/Cannot find module 'no-such-package'/);
    expect(await kernel.failure('await import("no-such-package" as string)')).toMatch(/no-such-package/);
    expect(await kernel.text('1')).toBe('1');
  });

  it('import.meta tells the folder of the notebook', async () => {
    expect(await kernel.text('import.meta.dirname === process.cwd()')).toBe('true');
  });
});

describe('types', () => {
  it('null is checked strictly', async () => {
    expect(await kernel.failure('new Map<string, number>().get("x").toFixed()')).toMatch(/possibly 'undefined'/);
  });

  it('implicit any is refused', async () => {
    expect(await kernel.failure('function loose(x) { return x; }')).toMatch(/implicitly has an 'any' type/);
  });

  it('narrowing, satisfies and const type parameters work across cells', async () => {
    expect(await cells('const options = { estimator: "ML", n: 3 } satisfies Record<string, string | number>; function literal<const T>(value: T): T { return value; }', 'const estimator = literal(options.estimator); estimator.length')).toBe('2');
  });

  it('large data keep later cells fast', async () => {
    await cells(`const long = "${'x'.repeat(1_000_000)}";`, 'const rows = Array.from({ length: 20_000 }, (_, i) => ({ id: i, name: `n${i}` }));');
    const started = Date.now();
    for (let i = 0; i < 10; i++) await kernel.text('rows.length + long.length');
    expect((Date.now() - started) / 10).toBeLessThan(500);
  });

  it('the first use of a name that a later cell redeclares keeps working in a loop of re-runs', async () => {
    for (let i = 0; i < 40; i++) await cells(`class Point${i % 3} { constructor(readonly x: number) {} }`, `const origin = new Point${i % 3}(${i});`);
    expect(await kernel.text('origin.x')).toBe('39');
  });
});

describe('the scope', () => {
  it('is listed by %who and emptied by %reset', async () => {
    await cells('const listed = [1, 2];');
    expect(JSON.stringify((await kernel.execute('%who')).outputs.map((message) => message.content))).toContain('listed');
    await kernel.execute('%reset');
    expect(await kernel.failure('listed')).toMatch(/Cannot find name 'listed'/);
    expect(await kernel.text('const fresh = 1; fresh')).toBe('1');
  });
});
