import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { pathDiagram } from '../../../src/report/diagram/pathDiagram.js';
import { exportFormatOf, exportReport, EXPORT_FORMATS } from '../../../src/report/export/exportReport.js';
import { tablesToDocx } from '../../../src/report/export/documentToDocx.js';
import { tablesToXlsx } from '../../../src/report/export/tablesToXlsx.js';
import { histogram } from '../../../src/report/charts/histogram.js';
import { readWorkbook } from '../../../src/survey/formats/workbook.js';
import { table } from '../../../src/shared/table.js';
import { moderate } from '../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { readFit } from './fits/readFit.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
/** A 1 × 1 PNG stands in for the picture; what matters here is where it goes. */
const PIXEL = Uint8Array.from(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
const rasterize = (): Promise<Uint8Array> => Promise.resolve(PIXEL);

const hostile = table(
  { en: 'A & B <i>', zh: '甲乙' },
  [
    { key: 'name', label: { en: 'Name', zh: '名称' }, kind: 'text' },
    { key: 'r', label: { en: 'r' }, kind: 'unit', starsFrom: 'p', group: { en: 'Test', zh: '检验' } },
    { key: 'p', label: { en: 'p' }, kind: 'pValue', group: { en: 'Test', zh: '检验' } }
  ],
  [
    { name: '=cmd|calc', r: 0.456, p: 0.00001 },
    { name: 'x\u0000y\u0007 ]]> </w:t>', r: null, p: null }
  ],
  { sections: [{ beforeRow: 1, label: { en: 'Other' } }], notes: [{ en: 'n = 3.' }] }
);

/** Well-formed enough for a strict reader: tags nest. */
function unbalanced(xml: string): string | null {
  const open: string[] = [];
  for (const [, close, name, selfClosing] of xml.matchAll(/<(\/?)([\w:.-]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (selfClosing) continue;
    if (!close) open.push(name);
    else if (open.pop() !== name) return name;
  }
  return open.length === 0 ? null : open[open.length - 1];
}

describe('a Word document', () => {
  it('holds all tables and figures, captions counted, hostile text as text', async () => {
    const { bytes } = await exportReport([hostile, readFit('holzinger'), pathDiagram(readFit('holzinger')), histogram([1, 2, 3])], 'docx', { rasterize });
    const files = unzipSync(bytes);
    const xml = text(files['word/document.xml']);
    expect(unbalanced(xml)).toBeNull();
    const tables = xml.match(/<w:tbl>/g)?.length ?? 0;
    expect(tables).toBeGreaterThan(4);
    expect(xml.match(/>Table \d+</g)?.map((found) => Number(/\d+/.exec(found)?.[0]))).toEqual(Array.from({ length: tables }, (_, i) => i + 1));
    expect(xml).toContain('>Figure 2<');
    expect(xml.match(/<w:drawing>/g)).toHaveLength(2);
    expect(Object.keys(files).filter((name) => name.endsWith('.png'))).toHaveLength(1); // one file for two equal pictures
    expect(xml).toContain('A &amp; B &lt;i&gt;');
    // eslint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/[\u0000-\u0008]/);
  });

  it('draws three rules and no vertical line, and raises stars', async () => {
    const xml = text(unzipSync(await tablesToDocx([hostile]))['word/document.xml']);
    expect(xml).not.toMatch(/<w:(left|right|insideV) w:val="single"/);
    expect(xml).toMatch(/<w:top w:val="single"[^>]*w:sz="12"/);
    expect(xml).toMatch(/superscript[^]*?\*\*\*/);
    expect(xml).toContain('w:tblHeader');
  });

  it('is Chinese in thesis style', async () => {
    const xml = text(unzipSync(await tablesToDocx([hostile], { style: { style: 'thesis', lang: 'zh' } }))['word/document.xml']);
    expect(xml).toContain('表1  甲乙');
    expect(xml).toContain('0.456');
    expect(xml).toContain('注：');
  });

  it('asks for a rasterizer when it holds a figure', async () => {
    await expect(exportReport([pathDiagram(readFit('holzinger'))], 'docx')).rejects.toThrow(/needs a rasterizer/);
  });
});

describe('a workbook', () => {
  it('keeps full numbers, one sheet per table, and no formula', async () => {
    const book = await readWorkbook(await tablesToXlsx([hostile, { ...hostile, title: { en: 'A & B <i>' } }]));
    expect(book.sheets).toHaveLength(2);
    const values = book.sheets[0].rows.map((row) => row.map((cell) => cell?.value ?? null));
    expect(values).toContainEqual(['=cmd|calc', 0.456, 0.00001]);
    const xml = text(unzipSync(await tablesToXlsx([hostile]))['xl/worksheets/sheet1.xml']);
    expect(xml).not.toContain('<f>');
    expect(xml).toContain('mergeCell');
  });
});

describe('every format', () => {
  it('is written for fits, tables, diagrams, charts and text', async () => {
    for (const format of EXPORT_FORMATS) {
      const { bytes } = await exportReport(['Intro.', readFit('mediators'), hostile, pathDiagram(readFit('mediators')), histogram([1, 2, 3])], format, { rasterize });
      expect(bytes.length).toBeGreaterThan(500);
    }
  });

  it('HTML holds no live markup of the data and draws vector figures', async () => {
    const page = text((await exportReport([hostile, '<script>alert(1)</script>', pathDiagram(readFit('holzinger'))], 'html')).bytes);
    expect(page).not.toContain('<script>');
    expect(page).toContain('<svg');
    expect(page).toContain('A &amp; B &lt;i&gt;');
  });

  it('LaTeX names its figure files and loads ctex only for Chinese', async () => {
    const english = await exportReport([pathDiagram(readFit('holzinger'))], 'latex', { rasterize });
    expect([...english.files.keys()]).toEqual(['figure-1.png']);
    expect(text(english.bytes)).toContain('\\includegraphics[width=\\linewidth,height=0.85\\textheight,keepaspectratio]{figure-1.png}');
    expect(text(english.bytes)).not.toContain('ctex');
    expect(text((await exportReport([hostile], 'latex', { style: { lang: 'zh' } })).bytes)).toContain('ctex');
  });

  it('CSV starts with a byte order mark and disarms formulas', async () => {
    const { bytes } = await exportReport([hostile], 'csv');
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(text(bytes)).toContain("'=cmd|calc");
  });

  it('is found by the file name, with a hint for a wrong one', () => {
    expect(['a.docx', 'b.MD', 'c.tex', 'd.htm'].map(exportFormatOf)).toEqual(['docx', 'markdown', 'latex', 'html']);
    expect(() => exportFormatOf('a.doc')).toThrow(/did you mean `docx`/);
  });

  it('refuses what holds nothing to write', async () => {
    await expect(exportReport([42], 'docx')).rejects.toThrow(/a number cannot be exported/);
    await expect(exportReport([{}], 'html')).rejects.toThrow(/holds no tables/);
  });

  it('says first that a model did not converge', async () => {
    const fit = readFit('holzinger');
    const page = text((await exportReport([{ ...fit, convergence: { ...fit.convergence, converged: false } }], 'markdown')).bytes);
    expect(page).toContain('Not converged: the numbers below are no estimates.');
    expect(page).toContain('The model did not converge');
  });
});

describe('a result that is shown with charts', () => {
  const columns = { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], w: [2, 1, 4, 3, 6, 5, 8, 7, 9, 2], y: [1, 3, 2, 6, 5, 9, 8, 12, 14, 9] };
  const moderation = moderate(surveyFromColumns(columns), { outcome: 'y', predictor: 'x', moderator: 'w' });

  it('has them in its documents, behind its tables', async () => {
    const xml = text(unzipSync((await exportReport([moderation], 'docx', { rasterize })).bytes)['word/document.xml']);
    expect(xml.match(/<w:drawing>/g)).toHaveLength(2);
    const html = text((await exportReport([moderation], 'html')).bytes);
    expect(html.match(/<figure>/g)).toHaveLength(2);
    expect(html.indexOf('<figure>')).toBeGreaterThan(html.lastIndexOf('</table>'));
    const { files } = await exportReport([moderation], 'latex', { rasterize });
    expect([...files.keys()]).toEqual(['figure-1.png', 'figure-2.png']);
  });

  it('does without them where they are not wanted, or cannot be drawn', async () => {
    expect(text((await exportReport([moderation], 'html', { charts: false })).bytes)).not.toContain('<figure>');
    expect((await exportReport([moderation], 'latex')).files.size).toBe(0);
  });
});
