// Writes the documents that make.py has LibreOffice read. Run: node write.mjs (beside this file)
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const outfile = join(mkdtempSync(join(tmpdir(), 'semlab-')), 'write.mjs');
const contents = `export { STYLES, tablesToWrite } from './report.ts';
export { exportReport } from '../../../src/report/export/exportReport.ts';`;
await build({ stdin: { contents, resolveDir: here, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error', banner: { js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);" } });
const { STYLES, tablesToWrite, exportReport } = await import(pathToFileURL(outfile).href);
const folder = new URL('../../fixtures/documents/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const { name, style } of STYLES) for (const format of ['docx', 'xlsx']) writeFileSync(new URL(`${name}.${format}`, folder), (await exportReport(tablesToWrite(), format, { style })).bytes);
