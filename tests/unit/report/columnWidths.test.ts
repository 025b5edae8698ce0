import { describe, expect, it } from 'vitest';
import { columnRooms, fittedWidths } from '../../../src/report/export/columnWidths.js';
import { printTable } from '../../../src/report/format/printTable.js';
import { tableToLatex } from '../../../src/report/tables/tableToLatex.js';
import { table, type TableColumn } from '../../../src/shared/table.js';

const measure = { width: (text: string): number => 5 * text.length, unbroken: 20, narrowest: 10 };
const words = 'a rather long wording of an item that needs several lines in print';
const wide = (count: number): ReturnType<typeof table> => {
  const columns: TableColumn[] = [{ key: 'label', label: { en: 'Label' }, kind: 'text' }, ...Array.from({ length: count }, (_, j): TableColumn => ({ key: `x${j}`, label: { en: `Statistic number ${j}` }, kind: 'number', ...(j < 2 ? { group: { en: 'A spanning heading' } } : {}) }))];
  return table({ en: 'Wide_table' }, columns, [{ label: words, ...Object.fromEntries(columns.slice(1).map(({ key }, j) => [key, j + 0.25])) }]);
};

describe('column widths', () => {
  const rooms = columnRooms(printTable(wide(4)), measure);

  it('numbers want their whole width, words at least their longest piece', () => {
    expect(rooms[0]).toEqual({ natural: 5 * words.length, least: 5 * 'wording'.length });
    for (const room of rooms.slice(1)) expect(room.least).toBe(room.natural);
  });

  it('keep their natural width where it fits, fill the room where it does not, and never break a word', () => {
    expect(fittedWidths(rooms, 10_000)).toEqual(rooms.map(({ natural }) => natural));
    const widths = fittedWidths(rooms, 400);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(400, 6);
    widths.forEach((width, i) => expect(width).toBeGreaterThanOrEqual(rooms[i].least - 1e-9));
  });

  it('share in proportion what is too little for all', () => {
    const widths = fittedWidths(rooms, 100);
    expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 6);
  });
});

describe('LaTeX tables', () => {
  it('that fit are plain, wide ones are small with broken lines, very wide ones turned', () => {
    expect(tableToLatex(wide(1))).toContain('\\begin{tabular}{lr}');
    const broken = tableToLatex(wide(5));
    expect(broken).toContain('\\footnotesize');
    const shares = [...(/\\begin\{tabular\}\{(.*)\}/.exec(broken)?.[1] ?? '').matchAll(/([\d.]+)\\linewidth/g)].map((match) => Number(match[1]));
    expect(shares).toHaveLength(6);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1.001);
    expect(tableToLatex(wide(16))).toContain('\\begin{sidewaystable}');
  });

  it('of many rows break over pages and repeat their headings', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ a: `row ${i}`, b: i }));
    const text = tableToLatex(table({ en: 'Long' }, [{ key: 'a', label: { en: 'A' }, kind: 'text' }, { key: 'b', label: { en: 'B' }, kind: 'integer' }], rows, { notes: [{ en: 'n = 60.' }] }));
    expect(text).toContain('\\begin{longtable}{lr}');
    expect(text.indexOf('\\endfirsthead')).toBeLessThan(text.indexOf('\\endhead'));
    expect(text).toContain('n = 60.');
  });

  it('keep the room of missing stars, escape names and know Greek', () => {
    const text = tableToLatex(table({ en: 'x_1 & ε²' }, [{ key: 'b', label: { en: 'β' }, kind: 'unit', starsFrom: 'p' }], [{ b: 0.5, p: 0.0001 }, { b: 0.2, p: 0.04 }, { b: 0.1, p: 0.5 }]));
    expect(text).toContain('x\\_1 \\& $\\varepsilon$\\textsuperscript{2}');
    expect(text).toContain('.50\\textsuperscript{***} \\\\');
    expect(text).toContain('.20\\textsuperscript{*}\\phantom{\\textsuperscript{**}} \\\\');
    expect(text).toContain('.10\\phantom{\\textsuperscript{***}} \\\\');
  });
});
