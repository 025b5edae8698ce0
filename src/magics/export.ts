import { EXPORT_FORMATS, exportFormatOf, exportReport, type ExportFormat } from '../report/export/exportReport.js';
import { pathDiagram } from '../report/diagram/pathDiagram.js';
import { surveyOfFit } from '../models/sem/surveyOfFit.js';
import { fail } from '../shared/diagnostic.js';
import { nearest } from '../shared/suggest.js';
import { constructLabels } from './constructLabels.js';
import { defineMagic, type Magic, type MagicContext } from './magic.js';
import { booleanOption, isSemFit, textOption } from './resolve.js';
import { markdown, code, STYLE_OPTIONS, tableStyle } from './shown.js';

/** What a variable puts into a document: itself and, if asked for, its diagram. */
function contents(value: unknown, diagram: boolean): readonly unknown[] {
  if (diagram && isSemFit(value)) return [value, pathDiagram(value, { labels: constructLabels(surveyOfFit(value)), indicators: false })];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function lookup(name: string, context: MagicContext): unknown {
  const value = context.lookup(name);
  if (value === undefined) {
    const suggestion = nearest(name, context.names());
    fail('unknown-name', `\`${name}\` is not a variable of this notebook`, { help: suggestion ? `did you mean \`${suggestion}\`?` : 'name a survey, a fit, a table or a chart' });
  }
  return value;
}

/** `%export FILE VALUES…`: one document from tables, fits and diagrams. */
export const exportMagic: Magic = defineMagic({
  name: 'export',
  forms: ['line'],
  summary: 'write tables, fits and diagrams into one document: Word, Excel, LaTeX, Markdown, HTML, CSV',
  manual: 'The ending of the file name chooses the format: `.docx`, `.xlsx`, `.tex`, `.md`, `.html`, `.csv`. `.csv` and `.xlsx` hold the tables only.',
  arguments: [
    { name: 'file', kind: 'file', summary: 'file to write, for example results.docx' },
    { name: 'values', kind: 'fit', summary: 'variables: fits, surveys, tables, charts', rest: true }
  ],
  options: {
    format: { type: 'string', summary: 'format, when the file name does not say it', choices: EXPORT_FORMATS },
    title: { type: 'string', summary: 'title of the document' },
    diagram: { type: 'boolean', summary: 'put the path diagram behind each structural equation model' },
    ...STYLE_OPTIONS
  },
  example: '%export results.docx users fit --diagram --style thesis --lang both',
  async run(call, context) {
    const [file, ...names] = call.arguments;
    if (file === undefined || names.length === 0) fail('missing-argument', '`%export` needs a file and at least one variable', { help: 'for example `%export results.docx fit`' });
    const format = (textOption(call, 'format') as ExportFormat | undefined) ?? exportFormatOf(file);
    const title = textOption(call, 'title');
    const values = names.flatMap((name) => contents(lookup(name, context), booleanOption(call, 'diagram')));
    const { bytes, files } = await exportReport(values, format, { style: tableStyle(call), sentences: call.options.sentences !== false, ...(title ? { title: { en: title } } : {}), ...(context.rasterize ? { rasterize: context.rasterize } : {}) });
    await context.writeFile(file, bytes);
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
    for (const [name, content] of files) await context.writeFile(`${folder}${name}`, content);
    const figures = files.size > 0 ? ` and ${[...files.keys()].map((name) => code(name)).join(', ')}` : '';
    return { show: [markdown(`Wrote ${code(file)}${figures}.`)] };
  },
  code: (call) => `await exportReport([${call.arguments.slice(1).join(', ')}], ${JSON.stringify(textOption(call, 'format') ?? 'docx')})`
});
