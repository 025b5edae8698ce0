import { fail } from '../../shared/diagnostic.js';
import { didYouMean } from '../../shared/suggest.js';
import type { Bilingual } from '../../shared/table.js';
import { toBase64 } from '../base64.js';
import type { Rasterize } from '../bundle.js';
import { printTable } from '../format/printTable.js';
import { resolveTableStyle, type TableStyle } from '../format/tableStyle.js';
import { escapeHtml, printedTableHtml } from '../tables/tableToHtml.js';
import { escapeLatex } from '../tables/escapeLatex.js';
import { printedTableLatex } from '../tables/tableToLatex.js';
import { escapeMarkdown, printedTableMarkdown } from '../tables/tableToMarkdown.js';
import { tableToCsv } from '../tables/tableToCsv.js';
import { pictureOf } from './documentPictures.js';
import { documentToDocx } from './documentToDocx.js';
import { reportDocument, type ReportBlock, type ReportDocument } from './reportDocument.js';
import { tablesToXlsx } from './tablesToXlsx.js';

export const EXPORT_FORMATS: readonly ExportFormat[] = ['docx', 'xlsx', 'html', 'markdown', 'latex', 'csv'];
export type ExportFormat = 'docx' | 'xlsx' | 'html' | 'markdown' | 'latex' | 'csv';

export interface ExportOptions {
  readonly title?: Bilingual;
  /** A sentence per finding behind the tables; true by default. */
  readonly sentences?: boolean;
  /** The charts that belong to a result, such as the plots of a moderation; true by default. */
  readonly charts?: boolean;
  readonly style?: TableStyle;
  readonly rasterize?: Rasterize;
}

/** The document, and the files that it refers to (figures of a LaTeX document), by name. */
export interface Exported {
  readonly bytes: Uint8Array;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const EXTENSIONS: ReadonlyMap<string, ExportFormat> = new Map([
  ['docx', 'docx'],
  ['xlsx', 'xlsx'],
  ['html', 'html'],
  ['htm', 'html'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['tex', 'latex'],
  ['latex', 'latex'],
  ['csv', 'csv']
]);

/** The format that a file name asks for. */
export function exportFormatOf(fileName: string): ExportFormat {
  const extension = /\.([A-Za-z]+)$/.exec(fileName)?.[1].toLowerCase() ?? '';
  return EXTENSIONS.get(extension) ?? fail('unknown-format', `\`${fileName}\` names no export format`, { help: didYouMean(extension, EXTENSIONS.keys()) ?? `end the name with .${[...EXTENSIONS.keys()].join(', .')}` });
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function html(document: ReportDocument, { style = {} }: ExportOptions): Promise<string> {
  const { lang } = resolveTableStyle(style);
  const parts: string[] = [];
  for (const block of document.blocks) {
    if (block.type === 'heading') parts.push(`<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`);
    else if (block.type === 'paragraph') parts.push(`<p>${escapeHtml(block.text)}</p>`);
    else if (block.type === 'table') parts.push(printedTableHtml(printTable(block.table, style)));
    else {
      const picture = await pictureOf(block, lang, undefined);
      if (picture) parts.push(`<figure>${picture.svg}<figcaption>${escapeHtml(picture.title)}</figcaption></figure>`);
    }
  }
  const css = 'body{font-family:"Times New Roman","SimSun",serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.45}figure{margin:1.5em 0}figure svg{max-width:100%;height:auto}figcaption{font-style:italic}';
  return `<!DOCTYPE html>\n<html lang="${lang === 'zh' ? 'zh' : 'en'}">\n<head><meta charset="utf-8"><title>${escapeHtml(document.title)}</title><style>${css}</style></head>\n<body>\n<h1>${escapeHtml(document.title)}</h1>\n${parts.join('\n')}\n</body>\n</html>\n`;
}

async function markdown(document: ReportDocument, { style = {}, rasterize }: ExportOptions): Promise<string> {
  const { lang } = resolveTableStyle(style);
  const parts: string[] = [`# ${escapeMarkdown(document.title)}\n`];
  for (const block of document.blocks) {
    if (block.type === 'heading') parts.push(`${'#'.repeat(block.level + 1)} ${escapeMarkdown(block.text)}\n`);
    else if (block.type === 'paragraph') parts.push(`${escapeMarkdown(block.text)}\n`);
    else if (block.type === 'table') parts.push(printedTableMarkdown(printTable(block.table, style)));
    else {
      const picture = await pictureOf(block, lang, rasterize);
      if (picture) parts.push(`![${escapeMarkdown(picture.title)}](data:${picture.png ? `image/png;base64,${toBase64(picture.png)}` : `image/svg+xml;base64,${toBase64(utf8(picture.svg))}`})\n`);
    }
  }
  return parts.join('\n');
}

async function latex(document: ReportDocument, { style = {}, rasterize }: ExportOptions, files: Map<string, Uint8Array>): Promise<string> {
  const { lang } = resolveTableStyle(style);
  const parts: string[] = [];
  let figures = 0;
  for (const block of document.blocks) {
    if (block.type === 'heading') parts.push(`\\${['section', 'subsection', 'subsubsection'][block.level - 1]}*{${escapeLatex(block.text)}}\n`);
    else if (block.type === 'paragraph') parts.push(`${escapeLatex(block.text)}\n`);
    else if (block.type === 'table') parts.push(printedTableLatex(printTable(block.table, style), 'H'));
    else {
      const picture = await pictureOf(block, lang, rasterize);
      if (!picture?.png) return fail('no-rasterizer', 'a LaTeX document with figures needs a rasterizer for their PNG files');
      const name = `figure-${++figures}.png`;
      files.set(name, picture.png);
      parts.push(`\\begin{figure}[H]\n\\centering\n\\includegraphics[width=\\linewidth,height=0.85\\textheight,keepaspectratio]{${name}}\n\\caption{${escapeLatex(picture.title)}}\n\\end{figure}\n`);
    }
  }
  const text = parts.join('\n');
  const chinese = /[\u4e00-\u9fff]/.test(text + document.title) ? '\\usepackage[UTF8]{ctex}\n' : '';
  return `\\documentclass[a4paper]{article}\n${chinese}\\usepackage{array}\n\\usepackage{booktabs}\n\\usepackage{float}\n\\usepackage{longtable}\n\\usepackage{rotating}\n\\usepackage{graphicx}\n\\usepackage[margin=2.5cm]{geometry}\n\\title{${escapeLatex(document.title)}}\n\\date{}\n\\begin{document}\n\\maketitle\n\n${text}\n\\end{document}\n`;
}

function tablesOf(blocks: readonly ReportBlock[]): Parameters<typeof tablesToXlsx>[0] {
  return blocks.flatMap((block) => (block.type === 'table' ? [block.table] : []));
}

/**
 * Writes tables, fits, diagrams, charts and texts as one document. `csv` and
 * `xlsx` hold the tables only.
 *
 * @throws SurveyError `not-exportable` for a value that holds nothing to write
 */
export async function exportReport(values: readonly unknown[], format: ExportFormat, options: ExportOptions = {}): Promise<Exported> {
  const style = options.style ?? {};
  // figures of LaTeX are PNG files: without a rasterizer the charts that nobody asked for by name are left out
  const charts = options.charts ?? !(format === 'latex' && options.rasterize === undefined);
  const document = reportDocument(values, { style, charts, ...(options.title ? { title: options.title } : {}), ...(options.sentences === undefined ? {} : { sentences: options.sentences }) });
  const files = new Map<string, Uint8Array>();
  switch (format) {
    case 'docx':
      return { bytes: await documentToDocx(document, { style, ...(options.rasterize ? { rasterize: options.rasterize } : {}) }), files };
    case 'xlsx':
      return { bytes: await tablesToXlsx(tablesOf(document.blocks), style), files };
    case 'html':
      return { bytes: utf8(await html(document, options)), files };
    case 'markdown':
      return { bytes: utf8(await markdown(document, options)), files };
    case 'latex':
      return { bytes: utf8(await latex(document, options, files)), files };
    case 'csv':
      // The byte order mark makes spreadsheets read Chinese headings as UTF-8.
      return { bytes: utf8(`\ufeff${tablesOf(document.blocks).map((table) => tableToCsv(table, style)).join('\r\n')}`), files };
    default:
      return fail('unknown-format', `\`${String(format)}\` is no export format`, { help: didYouMean(String(format), EXPORT_FORMATS) ?? `known are ${EXPORT_FORMATS.join(', ')}` });
  }
}
