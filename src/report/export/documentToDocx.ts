import type * as Docx from 'docx';
import { fail } from '../../shared/diagnostic.js';
import { columnGroups, type PrintedTable } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import type { Rasterize } from '../bundle.js';
import { textWidth } from '../diagram/textWidth.js';
import { printTable } from '../format/printTable.js';
import { resolveTableStyle, type ResolvedTableStyle, type TableStyle } from '../format/tableStyle.js';
import { columnRooms, fittedWidths, type ColumnRoom } from './columnWidths.js';
import { pictureOf, type Picture } from './documentPictures.js';
import { reportDocument, type ReportDocument } from './reportDocument.js';
import { isStatisticSymbol } from '../format/statisticSymbol.js';

export interface DocxOptions {
  readonly style?: TableStyle;
  /** Makes the PNG twin of figures; needed when the document holds any. */
  readonly rasterize?: Rasterize;
  readonly title?: { readonly en: string; readonly zh?: string };
}

/** A4 with margins of one inch, in twentieths of a point. */
const PAGE = { short: 11_906, long: 16_838, margin: 1_440 };
const PORTRAIT_WIDTH = PAGE.short - 2 * PAGE.margin;
const LANDSCAPE_WIDTH = PAGE.long - 2 * PAGE.margin;
/** Half points. */
const BODY_SIZE = 21;
const TABLE_SIZE = 18;
const NOTE_SIZE = 17;
const CELL_PADDING = 90;
/** Eighths of a point: the rules of a three-line table. */
const HEAVY = 12;
const LIGHT = 6;
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: 'SimSun' };
const POINTS_PER_TWIP = 20;
const TWIPS_PER_PX = 15;

/** Headings up to this width (twips) stay on one line. */
const UNBROKEN = 800;
const NARROWEST = 300;
/** A table narrower than the page grows by no more than this. */
const WIDEST_GROWTH = 1.5;
/** Tables of so many rows stay on one page. */
const KEPT_TOGETHER = 24;

/** Room of the columns in twips, padding included; Times is narrower than the measured face, which leaves a little air. */
function roomsOf(printed: PrintedTable): readonly ColumnRoom[] {
  const width = (text: string): number => textWidth(text, TABLE_SIZE / 2) * POINTS_PER_TWIP;
  return columnRooms(printed, { width, unbroken: UNBROKEN, narrowest: NARROWEST }).map(({ natural, least }) => ({ natural: natural + 2 * CELL_PADDING, least: least + 2 * CELL_PADDING }));
}

function widthsOf(rooms: readonly ColumnRoom[], room: number): readonly number[] {
  const widths = fittedWidths(rooms, room);
  const total = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => Math.floor(width * Math.min(WIDEST_GROWTH, room / total)));
}

/** `*` to `***` after a number stand raised. */
function cellRuns(docx: typeof Docx, text: string, size: number, extra: { readonly bold?: boolean; readonly italics?: boolean } = {}): Docx.TextRun[] {
  const clean = text.replace(/\u00a0+$/, '');
  const stars = /^(.*\d)(\*{1,3})$/.exec(clean);
  if (!stars) return [new docx.TextRun({ text: clean, size, ...extra })];
  return [new docx.TextRun({ text: stars[1], size, ...extra }), new docx.TextRun({ text: stars[2], size, superScript: true })];
}

function docxTable(docx: typeof Docx, printed: PrintedTable, room: number, style: ResolvedTableStyle): Docx.Table {
  const { columns } = printed;
  const widths = widthsOf(roomsOf(printed), room);
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' };
  const rule = (size: number): Docx.IBorderOptions => ({ style: docx.BorderStyle.SINGLE, size, color: '000000' });
  const align = (name: 'left' | 'right' | 'center'): (typeof Docx.AlignmentType)[keyof typeof Docx.AlignmentType] => (name === 'left' ? docx.AlignmentType.LEFT : name === 'right' ? docx.AlignmentType.RIGHT : docx.AlignmentType.CENTER);
  const together = printed.cells.length <= KEPT_TOGETHER;
  const cell = (text: string, at: 'left' | 'right' | 'center', width: number, span: number, borders: { readonly top?: Docx.IBorderOptions; readonly bottom?: Docx.IBorderOptions }, bold = false, last = false, italics = false): Docx.TableCell =>
    new docx.TableCell({
      children: [new docx.Paragraph({ alignment: align(at), spacing: { before: 20, after: 20 }, keepNext: together && !last, children: cellRuns(docx, text, TABLE_SIZE, { bold, italics }) })],
      columnSpan: span,
      width: { size: width, type: docx.WidthType.DXA },
      margins: { left: CELL_PADDING, right: CELL_PADDING },
      verticalAlign: docx.VerticalAlign.BOTTOM,
      borders: { top: borders.top ?? none, bottom: borders.bottom ?? none, left: none, right: none }
    });
  const groups = columnGroups(columns);
  const grouped = groups.some(({ label }) => label !== '');
  const rows: Docx.TableRow[] = [];
  if (grouped)
    rows.push(
      new docx.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: groups.map(({ first, last, label }) => cell(label, 'center', widths.slice(first, last + 1).reduce((sum, width) => sum + width, 0), last - first + 1, { top: rule(HEAVY), ...(label === '' ? {} : { bottom: rule(LIGHT) }) }))
      })
    );
  rows.push(new docx.TableRow({ tableHeader: true, cantSplit: true, children: columns.map(({ heading, align: at }, j) => cell(heading, at, widths[j], 1, { ...(grouped ? {} : { top: rule(HEAVY) }), bottom: rule(LIGHT) }, false, false, isStatisticSymbol(heading))) }));
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  const total = widths.reduce((sum, width) => sum + width, 0);
  printed.cells.forEach((texts, i) => {
    const heading = sections.get(i);
    const top = heading !== undefined && i > 0 ? { top: rule(LIGHT) } : {};
    if (heading) rows.push(new docx.TableRow({ cantSplit: true, children: [cell(heading, 'left', total, columns.length, top, true)] }));
    const last = i === printed.cells.length - 1;
    const bottom = last ? { bottom: rule(HEAVY) } : {};
    rows.push(new docx.TableRow({ cantSplit: true, children: texts.map((text, j) => cell(text, columns[j].align, widths[j], 1, { ...(heading ? {} : top), ...bottom }, false, last && printed.notes.length === 0)) }));
  });
  if (printed.cells.length === 0) rows.push(new docx.TableRow({ children: columns.map((_, j) => cell('', 'left', widths[j], 1, { bottom: rule(HEAVY) })) }));
  return new docx.Table({
    rows,
    columnWidths: [...widths],
    width: { size: total, type: docx.WidthType.DXA },
    layout: docx.TableLayoutType.FIXED,
    alignment: style.style === 'thesis' ? docx.AlignmentType.CENTER : docx.AlignmentType.LEFT,
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none }
  });
}

/** APA: `Table 1` in bold, the title in italics below; thesis: `表1 …` centred in bold. */
function tableCaption(docx: typeof Docx, count: number, title: string, { style, lang }: ResolvedTableStyle): Docx.Paragraph[] {
  const name = lang === 'en' ? `Table ${count}` : `表${count}`;
  if (style === 'thesis') return [new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, keepNext: true, spacing: { before: 240, after: 80 }, children: [new docx.TextRun({ text: `${name}  ${title}`, bold: true, size: BODY_SIZE })] })];
  return [
    new docx.Paragraph({ keepNext: true, spacing: { before: 240, after: 40 }, children: [new docx.TextRun({ text: name, bold: true, size: BODY_SIZE })] }),
    new docx.Paragraph({ keepNext: true, spacing: { after: 80 }, children: [new docx.TextRun({ text: title, italics: true, size: BODY_SIZE })] })
  ];
}

function noteParagraphs(docx: typeof Docx, notes: readonly string[], { lang }: ResolvedTableStyle): Docx.Paragraph[] {
  return notes.map((note, i) => new docx.Paragraph({ spacing: { before: i === 0 ? 60 : 0 }, children: [...(i === 0 ? [new docx.TextRun({ text: lang === 'zh' ? '注：' : lang === 'both' ? '注 Note. ' : 'Note. ', italics: lang !== 'zh', size: NOTE_SIZE })] : []), new docx.TextRun({ text: note, size: NOTE_SIZE })] }));
}

function figureParagraphs(docx: typeof Docx, count: number, picture: Picture, room: number, { style, lang }: ResolvedTableStyle): Docx.Paragraph[] {
  if (picture.png === null) fail('no-rasterizer', 'a Word document with figures needs a rasterizer for their PNG twins');
  const scale = Math.min(1, room / (picture.width * TWIPS_PER_PX), 820 / picture.height);
  const image = new docx.ImageRun({
    type: 'svg',
    data: new TextEncoder().encode(picture.svg),
    transformation: { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) },
    fallback: { type: 'png', data: picture.png },
    altText: { title: picture.title, description: picture.title, name: picture.title }
  });
  const name = lang === 'en' ? `Figure ${count}` : `图${count}`;
  const drawn = new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, keepNext: style === 'thesis', spacing: { before: 120 }, children: [image] });
  if (style === 'thesis') return [drawn, new docx.Paragraph({ alignment: docx.AlignmentType.CENTER, spacing: { before: 60, after: 200 }, children: [new docx.TextRun({ text: `${name}  ${picture.title}`, bold: true, size: BODY_SIZE })] })];
  return [
    new docx.Paragraph({ keepNext: true, spacing: { before: 240, after: 40 }, children: [new docx.TextRun({ text: name, bold: true, size: BODY_SIZE })] }),
    new docx.Paragraph({ keepNext: true, spacing: { after: 80 }, children: [new docx.TextRun({ text: picture.title, italics: true, size: BODY_SIZE })] }),
    drawn
  ];
}

/** One page format after the other: wide tables and figures lie on landscape pages of their own. */
interface Part {
  readonly landscape: boolean;
  readonly children: (Docx.Paragraph | Docx.Table)[];
}

/**
 * A Word document (.docx): any number of tables and figures, three-line
 * tables, captions counted, header rows repeated on the next page.
 */
export async function documentToDocx(document: ReportDocument, options: DocxOptions = {}): Promise<Uint8Array> {
  const docx = await import('docx');
  const style = resolveTableStyle(options.style ?? {});
  const parts: Part[] = [{ landscape: false, children: [new docx.Paragraph({ heading: docx.HeadingLevel.TITLE, spacing: { after: 200 }, children: [new docx.TextRun({ text: document.title, bold: true, size: 32, color: '000000' })] })] }];
  const part = (landscape: boolean): Part => {
    const last = parts[parts.length - 1];
    if (last.landscape === landscape) return last;
    const next: Part = { landscape, children: [] };
    parts.push(next);
    return next;
  };
  let tables = 0;
  let figures = 0;
  for (const block of document.blocks) {
    if (block.type === 'heading') part(false).children.push(new docx.Paragraph({ heading: block.level === 1 ? docx.HeadingLevel.HEADING_1 : block.level === 2 ? docx.HeadingLevel.HEADING_2 : docx.HeadingLevel.HEADING_3, spacing: { before: 240, after: 120 }, children: [new docx.TextRun({ text: block.text, bold: true, size: 26, color: '000000' })] }));
    else if (block.type === 'paragraph') part(parts[parts.length - 1].landscape).children.push(new docx.Paragraph({ spacing: { after: 120 }, children: [new docx.TextRun({ text: block.text, size: BODY_SIZE })] }));
    else if (block.type === 'table') {
      const printed = printTable(block.table, style);
      const wide = roomsOf(printed).reduce((sum, { natural }) => sum + natural, 0) > PORTRAIT_WIDTH * 1.12;
      const { children } = part(wide);
      children.push(...tableCaption(docx, ++tables, printed.title, style), docxTable(docx, printed, wide ? LANDSCAPE_WIDTH : PORTRAIT_WIDTH, style), ...noteParagraphs(docx, printed.notes, style));
      children.push(new docx.Paragraph({ children: [] }));
    } else {
      const picture = await pictureOf(block, style.lang, options.rasterize);
      if (!picture) continue;
      const wide = picture.width > 900 && picture.width > picture.height;
      part(wide).children.push(...figureParagraphs(docx, ++figures, picture, wide ? LANDSCAPE_WIDTH : PORTRAIT_WIDTH, style));
    }
  }
  const file = new docx.Document({
    title: document.title,
    creator: 'semlab',
    styles: { default: { document: { run: { font: FONT, size: BODY_SIZE } } } },
    sections: parts.map(({ landscape, children }) => ({
      properties: { page: { size: { width: PAGE.short, height: PAGE.long, orientation: landscape ? docx.PageOrientation.LANDSCAPE : docx.PageOrientation.PORTRAIT }, margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin } } },
      children
    }))
  });
  return new Uint8Array(await docx.Packer.toArrayBuffer(file));
}

/** Tables (and whatever else a report may hold) in one Word document. */
export async function tablesToDocx(values: readonly (Table | unknown)[], options: DocxOptions = {}): Promise<Uint8Array> {
  return documentToDocx(reportDocument(values, { ...(options.title ? { title: options.title } : {}), ...(options.style ? { style: options.style } : {}) }), options);
}
