import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compareOutputs, driftTable } from '../../../kernel/src/cli/notebook/compareOutputs.js';
import { readNotebook, writeNotebook, type CellOutput } from '../../../kernel/src/cli/notebook/notebookFile.js';
import { cellRecord, NotebookHost } from '../../../kernel/src/cli/notebook/notebookHost.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab-notebooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shown = (data: Record<string, never | string | object>): CellOutput => ({ output_type: 'display_data', data: data as never, metadata: {} });
const tolerance = { relative: 1e-6, absolute: 1e-12 };
const compare = (stored: CellOutput[], now: CellOutput[]): ReturnType<typeof compareOutputs> => compareOutputs(3, stored, now, tolerance);

describe('compareOutputs', () => {
  const json = 'application/vnd.semlab.fit-summary.v1+json';

  it('compares the own JSON first, number by number, and names the place', () => {
    const { drifts, compared } = compare([shown({ [json]: { rows: [{ estimate: 1.5 }, { estimate: 2 }] }, 'text/plain': '1.5 2' })], [shown({ [json]: { rows: [{ estimate: 1.5 }, { estimate: 2.1 }] }, 'text/plain': '1.5 2' })]);
    expect(compared).toBe(2);
    expect(drifts).toEqual([{ cell: 3, place: 'output 1 · rows[1].estimate', stored: '2', now: '2.1', relative: expect.closeTo(0.05, 12) }]);
  });

  it('compares numbers in text, with minus signs, thousands and exponents', () => {
    expect(compare([shown({ 'text/plain': 'n = 1,455, b = −0.25, p = 1.2e-5' })], [shown({ 'text/plain': 'n = 1455, b = -0.25, p = 0.000012' })]).drifts).toEqual([]);
    expect(compare([shown({ 'text/plain': 'b = 0.25' })], [shown({ 'text/plain': 'b = -0.25' })]).drifts.length).toBe(1);
  });

  it('takes neither clocks nor the last bits for drift', () => {
    expect(compare([shown({ [json]: { seconds: 1, x: 1 } })], [shown({ [json]: { seconds: 9, x: 1 + 1e-9 } })]).drifts).toEqual([]);
    expect(compare([shown({ 'text/plain': 'took 1.2 s, χ² 5' })], [shown({ 'text/plain': 'took 3.4 s, χ² 5' })]).drifts).toEqual([]);
    expect(compare([shown({ [json]: { gradient: 1e-15 } })], [shown({ [json]: { gradient: 9e-14 } })]).drifts).toEqual([]);
  });

  it('tells numbers that came, went or became nothing', () => {
    expect(compare([shown({ [json]: { a: 1, b: 2 } })], [shown({ [json]: { a: null as never, c: 3 } })]).drifts.map((drift) => drift.place)).toEqual(['output 1 · a', 'output 1 · b', 'output 1 · c']);
  });

  it('tells missing outputs and other kinds of output', () => {
    expect(compare([shown({ 'text/plain': 'a' }), shown({ 'text/plain': 'b' })], [shown({ 'text/plain': 'a' })]).drifts[0]).toMatchObject({ place: 'outputs', stored: '2 outputs', now: '1 outputs' });
    expect(compare([shown({ 'text/plain': 'a' })], [{ output_type: 'error', ename: 'E', evalue: '', traceback: [] }]).drifts[0]).toMatchObject({ stored: 'display_data', now: 'error' });
  });

  it('prints a table', () => {
    const table = driftTable([{ cell: 3, place: 'output 1 · a', stored: '1', now: '1.1', relative: 0.1 }]);
    expect(table.split('\n')).toEqual(['cell  place         stored  now  relative', '   3  output 1 · a  1       1.1    1.0e-1']);
  });
});

describe('the notebook file', () => {
  it('is read and written as Jupyter does it, pictures and JSON untouched', () => {
    const path = join(folder, 'a.ipynb');
    const picture = 'iVBOR'.padEnd(400, 'A');
    const raw = { cells: [{ cell_type: 'code', execution_count: 1, id: 'x', metadata: {}, outputs: [{ data: { 'application/json': { a: [1] }, 'image/png': picture, 'text/plain': ['one\n', 'two'] }, metadata: {}, output_type: 'display_data' }, { name: 'stdout', output_type: 'stream', text: ['a\n', 'b\n'] }], source: ['const a = 1;\n', 'a'] }], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(path, JSON.stringify(raw));
    const notebook = readNotebook(path);
    expect(notebook.cells[0].source).toBe('const a = 1;\na');
    expect(notebook.cells[0].outputs![1]).toMatchObject({ text: 'a\nb\n' });
    writeNotebook(path, notebook);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(raw);
    expect(readFileSync(path, 'utf8').startsWith('{\n "cells": [')).toBe(true);
  });

  it('that is none is said so', () => {
    const path = join(folder, 'b.ipynb');
    writeFileSync(path, '{');
    expect(() => readNotebook(path)).toThrow('is not a notebook');
    expect(() => readNotebook(join(folder, 'c.ipynb'))).toThrow('there is no file');
  });
});

describe('NotebookHost', () => {
  it('collects outputs as a front end does: streams joined, displays replaced, outputs cleared', () => {
    const host = new NotebookHost();
    const record = cellRecord();
    host.stream('stdout', 'a', record);
    host.stream('stdout', 'b', record);
    host.publish('display_data', { data: { 'text/plain': '1' }, metadata: {}, transient: { display_id: 'd' } }, record);
    host.publish('update_display_data', { data: { 'text/plain': '2' }, metadata: {}, transient: { display_id: 'd' } }, record);
    expect(record.outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: 'ab' }, { output_type: 'display_data', data: { 'text/plain': '2' }, metadata: {} }]);
    host.publish('clear_output', { wait: true }, record);
    expect(record.outputs.length).toBe(2);
    host.stream('stderr', 'c', record);
    expect(record.outputs).toEqual([{ output_type: 'stream', name: 'stderr', text: 'c' }]);
  });
});
