import { tablesToDocx } from '../../../src/report/export/documentToDocx.js';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { tableToCsv } from '../../../src/report/tables/tableToCsv.js';
import { tableToHtml } from '../../../src/report/tables/tableToHtml.js';
import { tableToLatex } from '../../../src/report/tables/tableToLatex.js';
import { tableToMarkdown } from '../../../src/report/tables/tableToMarkdown.js';
import { tableToText } from '../../../src/report/tables/tableToText.js';
import { displayWidth } from '../../../src/shared/displayWidth.js';
import { table } from '../../../src/shared/table.js';

const HOSTILE = '<img src=x onerror=alert(1)>';
const paths = table(
  { en: 'Path coefficients', zh: '路径系数' },
  [
    { key: 'path', label: { en: 'Path', zh: '路径' }, kind: 'text', zhFrom: 'pathZh' },
    { key: 'estimate', label: { en: 'B' }, kind: 'estimate', group: { en: 'Unstandardized', zh: '非标准化' } },
    { key: 'stdError', label: { en: 'SE', zh: '标准误' }, kind: 'estimate', group: { en: 'Unstandardized', zh: '非标准化' } },
    { key: 'beta', label: { en: 'β' }, kind: 'unit', starsFrom: 'p' },
    { key: 'p', label: { en: 'p' }, kind: 'pValue' }
  ],
  [
    { path: 'SAT → CONT', pathZh: '满意度 → 持续使用意愿', estimate: 0.6034, stdError: 0.061, beta: 0.5623, p: 1e-9 },
    { path: HOSTILE, pathZh: '', estimate: -1.25, stdError: null, beta: -0.021, p: 0.2 },
    { path: '=HYPERLINK("x")', pathZh: null, estimate: Number.NaN, stdError: 12.5, beta: null, p: null }
  ],
  { sections: [{ beforeRow: 1, label: { en: 'Other', zh: '其他' } }], notes: [{ en: 'n = 455.', zh: 'n = 455。' }] }
);

describe('one table, many forms', () => {
  it('text lines are aligned by display width in every language', () => {
    for (const lang of ['en', 'zh', 'both'] as const) {
      const lines = tableToText(paths, { lang }).split('\n');
      const rule = displayWidth(lines[1]);
      expect(lines.filter((line) => /^─+$/.test(line)).map(displayWidth)).toEqual([rule, rule, rule, rule]);
      for (const line of lines.slice(1, lines.lastIndexOf('─'.repeat(rule)))) expect(displayWidth(line)).toBeLessThanOrEqual(rule);
    }
    expect(tableToText(paths, { lang: 'zh' })).toContain('满意度 → 持续使用意愿');
    expect(tableToText(paths)).not.toMatch(/[一-龥]/);
  });

  it('decimals stand under one another whatever the stars', () => {
    const rows = tableToText(paths).split('\n');
    const first = rows.find((line) => line.startsWith('SAT'));
    const second = rows.find((line) => line.startsWith('<img'));
    expect(first?.indexOf('.56***')).toBe(second?.indexOf('.02\u00a0\u00a0\u00a0'));
  });

  it('a star note is added when stars are shown, and neither when they are off', () => {
    expect(tableToText(paths)).toContain('*** p < .001');
    expect(tableToText(paths, { style: 'thesis' })).toContain('*** p < 0.001');
    expect(tableToText(paths, { stars: false })).not.toContain('*');
  });

  it('HTML holds no markup of the data', () => {
    const html = tableToHtml(paths);
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(html).toContain('colspan="2"');
    expect(html.match(/<tr/g)?.length).toBe(html.match(/<\/tr>/g)?.length);
    expect(html).not.toMatch(/NaN|undefined|null/);
  });

  it('Markdown rows have equal numbers of cells and no live markup', () => {
    const lines = tableToMarkdown(paths).split('\n').filter((line) => line.startsWith('|'));
    const bars = lines.map((line) => line.replace(/\\\|/g, '').split('|').length);
    expect(new Set(bars).size).toBe(1);
    expect(lines.join('\n')).not.toContain('<img');
    expect(lines[0]).toContain('Unstandardized: *SE*');
  });

  it('symbols of statistics stand in italics in every form, Greek letters and words upright', async () => {
    const symbols = table({ en: 'T' }, [['a', 'p'], ['b', 'χ²'], ['c', 'CI lower'], ['d', 'SE']].map(([key, en]) => ({ key, label: { en }, kind: 'number' as const })), [{ a: 1, b: 2, c: 3, d: 4 }]);
    const html = tableToHtml(symbols);
    for (const [form, upright, italic] of [[html, '>χ²<', '<i>p</i>'], [tableToLatex(symbols), 'CI lower', '\\textit{SE}'], [tableToMarkdown(symbols), '| χ² |', '*p*']]) expect([form.includes(upright), form.includes(italic)]).toEqual([true, true]);
    const xml = new TextDecoder().decode(unzipSync(await tablesToDocx([symbols]))['word/document.xml']);
    const run = (text: string): string => xml.slice(xml.lastIndexOf('<w:r>', xml.indexOf(`>${text}<`)), xml.indexOf(`>${text}<`));
    expect(['p', 'SE', 'χ²', 'CI lower'].map((text) => /<w:i\/>/.test(run(text)))).toEqual([true, true, false, false]);
  });

  it('LaTeX uses booktabs and escapes its specials', () => {
    const latex = tableToLatex({ ...paths, title: { en: '50% of A_1 & {B} $x$ #1 ~^\\' } });
    expect(latex).toContain('\\caption{50\\% of A\\_1 \\& \\{B\\} \\$x\\$ \\#1 \\textasciitilde{}\\textasciicircum{}\\textbackslash{}}');
    expect(latex).toContain('\\cmidrule(lr){2-3}');
    expect(latex).toContain('.56\\textsuperscript{***}');
    expect(latex).toContain('$-$1.25');
  });

  it('CSV keeps full numbers and disarms formulas', () => {
    const lines = tableToCsv(paths).split('\r\n');
    expect(lines[0]).toBe('Path,Unstandardized: B,Unstandardized: SE,β,p');
    expect(lines[1]).toBe('SAT → CONT,0.6034,0.061,0.5623,1e-9');
    expect(lines[2]).toBe(`${HOSTILE},-1.25,,-0.021,0.2`);
    expect(lines[3]).toBe(`"'=HYPERLINK(""x"")",,12.5,,`);
    expect(tableToCsv(paths, { numbers: 'printed' }).split('\r\n')[2]).toBe(`${HOSTILE},-1.25,,-.02,.200`);
  });

  it('an empty table prints in every form', () => {
    const empty = table({ en: 'Nothing' }, [], []);
    for (const text of [tableToText(empty), tableToHtml(empty), tableToMarkdown(empty), tableToLatex(empty)]) expect(text).toContain('Nothing');
    expect(tableToCsv(empty)).toBe('\r\n');
  });
});
