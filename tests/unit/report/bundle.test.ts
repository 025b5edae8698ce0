import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../src/report/base64.js';
import { toBundle, toBundleAsync } from '../../../src/report/bundle.js';
import { toJson } from '../../../src/report/toJson.js';
import { inspectValue } from '../../../src/report/inspectValue.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { isFitSummary } from '../../../src/shared/mime/fitSummary.js';
import { isPathDiagram, type PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';
import { isSurveyTable } from '../../../src/shared/mime/surveyTable.js';
import { table } from '../../../src/shared/table.js';

const TABLE = 'application/vnd.semlab.survey-table.v1+json';
const SUMMARY = 'application/vnd.semlab.fit-summary.v1+json';
const DIAGRAM = 'application/vnd.semlab.path-diagram.v1+json';
const small = table({ en: 'Small' }, [{ key: 'x', label: { en: 'x' }, kind: 'number' }], [{ x: 1.5 }, { x: Number.NaN }]);
const diagram = JSON.parse(readFileSync(new URL('../../fixtures/mime/path-diagram.json', import.meta.url), 'utf8')) as PathDiagramPayload;

describe('toBundle', () => {
  it('survives JSON unchanged for every kind of value', () => {
    const cyclic: Record<string, unknown> = { a: 1 };
    cyclic.self = cyclic;
    const values = [undefined, null, 1, Number.NaN, 'text', 12n, Symbol('s'), [1, 2], { a: { b: [Number.POSITIVE_INFINITY] } }, new Map([['k', 1]]), new Set([1]), Float64Array.of(1, Number.NaN), new Date(0), () => 1, cyclic, small, [small, small], diagram, new Error('x')];
    for (const value of values) {
      const bundle = toBundle(value);
      expect(typeof bundle.data['text/plain']).toBe('string');
      expect(JSON.parse(JSON.stringify(bundle))).toEqual(bundle);
    }
  });

  it('shows a table as own JSON that its guard accepts, HTML and text', () => {
    const { data } = toBundle(small);
    expect(Object.keys(data)).toEqual([TABLE, 'text/html', 'text/plain']);
    expect(isSurveyTable(data[TABLE])).toBe(true);
    expect(data['text/plain']).toContain('1.50');
  });

  it('shows lists of tables and things with tables() as a summary', () => {
    const warned = { tables: () => [small], warnings: [{ severity: 'warning', code: 'few-rows', message: 'only 3 rows' }] };
    for (const value of [[small, small], warned]) expect(isFitSummary(toBundle(value).data[SUMMARY])).toBe(true);
    expect(toBundle(warned).data['text/plain']).toContain('warning[few-rows]: only 3 rows');
    expect(Object.keys(toBundle({ tidy: () => small }).data)).toContain(TABLE);
  });

  it('shows a list of flat records as a table, with the plain text as it was written', () => {
    const records = [{ lhs: 'SAT', estimate: 0.61234, pValue: 1e-8, n: 3 }, { lhs: '<b>', estimate: null, pValue: 0.2, n: 4, __extra: true }];
    const { data } = toBundle(records);
    expect(isSurveyTable(data[TABLE])).toBe(true);
    expect((data[TABLE] as unknown as { printed: { cells: string[][] } }).printed.cells).toEqual([['SAT', '0.612', '< .001', '3', ''], ['<b>', '', '.200', '4', 'yes']]);
    expect(data['text/plain']).toBe(inspectValue(records));
    expect(data['text/html']).not.toContain('<b>');
    for (const other of [[{ a: {} }], [{ kind: 'x' }], [1, 2], [[1]], [new Date()], [{}]]) expect(Object.keys(toBundle(other).data)).toEqual(['text/plain']);
  });

  it('says how many rows of a long table it does not show', () => {
    const long = table({ en: 'Long' }, small.columns, Array.from({ length: 1000 }, (_, x) => ({ x })));
    expect(toBundle(long).data['text/plain']).toContain('The first 200 of 1000 rows are shown.');
  });

  it('keeps what an object shows of itself, and bundles as they are', () => {
    const own = { [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>', 'application/json': { n: Number.NaN } }) };
    expect(toBundle(own)).toEqual({ data: { 'text/html': '<b>x</b>', 'application/json': { n: null }, 'text/plain': '[object]' } });
    const bundle = { data: { 'text/plain': 'x', 'text/html': 'y' } };
    expect(toBundle(bundle)).toEqual(bundle);
  });

  it('prints errors and diagnostics in their one form', () => {
    const error = new SurveyError({ severity: 'error', code: 'unknown-variable', message: '`x` is no column', help: 'did you mean `y`?' });
    expect(toBundle(error).data['text/plain']).toBe('error[unknown-variable]: `x` is no column\nhelp: did you mean `y`?');
    expect(toBundle(error.diagnostics).data['text/plain']).toBe(error.message);
  });

  it('does not trust an object that merely calls itself a diagram', () => {
    expect(Object.keys(toBundle({ kind: 'pathDiagram', version: 1, nodes: [] }).data)).toEqual(['text/plain']);
    expect(isPathDiagram(toBundle(diagram).data[DIAGRAM])).toBe(true);
  });
});

describe('toBundleAsync', () => {
  it('adds the PNG with its size, and tells a rasterizer that fails', async () => {
    const header = new Uint8Array(24);
    new DataView(header.buffer).setUint32(16, 1120);
    new DataView(header.buffer).setUint32(20, 480);
    const bundle = await toBundleAsync(diagram, { rasterize: () => Promise.resolve(header) });
    expect(bundle.data['image/png']).toBe(Buffer.from(header).toString('base64'));
    expect(bundle.metadata).toEqual({ 'image/png': { width: 560, height: 240 } });
    const told: string[] = [];
    const without = await toBundleAsync(diagram, { rasterize: () => Promise.reject(new Error('no wasm')), warn: ({ message }) => told.push(message) });
    expect(Object.keys(without.data)).toEqual([DIAGRAM, 'image/svg+xml', 'text/plain']);
    expect(told).toEqual(['the PNG twin could not be drawn: no wasm']);
  });
});

describe('the small writers', () => {
  it('base64 agrees with the platform for every remainder', () => {
    for (const n of [0, 1, 2, 3, 4, 100, 20_001]) {
      const bytes = Uint8Array.from({ length: n }, (_, i) => (i * 37) % 256);
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }
  });
  it('JSON copies know no NaN, no undefined and no hostile key', () => {
    expect(toJson({ a: undefined, b: [Number.NaN], c: new Map([[1, 2]]) })).toEqual({ b: [null], c: [[1, 2]] });
    const copy = toJson(JSON.parse('{"__proto__": {"x": 1}, "a": 1}')) as Record<string, unknown>;
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect((copy as { x?: unknown }).x).toBeUndefined();
  });
  it('inspection is bounded, calls no getter and shows cycles', () => {
    expect(inspectValue({ a: 1, b: ['x', null] })).toBe("{ a: 1, b: [ 'x', null ] }");
    expect(inspectValue(Float64Array.from({ length: 1e6 }, () => 1)).length).toBeLessThan(2000);
    expect(inspectValue({ get boom() { throw new Error('called'); } })).toBe('{ boom: [Getter] }');
    expect(inspectValue('a\nb')).toBe('a\nb');
    const loop: unknown[] = [];
    loop.push(loop);
    expect(inspectValue(loop)).toBe('[ [Circular] ]');
  });
});
