// Reads the sheets that compareSheets.R read with readxl, cell by cell. Run: node compareSheets.mjs ANSWERS.json
import { build } from 'esbuild';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const outfile = join(mkdtempSync(join(tmpdir(), 'semlab-')), 'compare.mjs');
await build({ stdin: { contents: `export { readWorkbook } from '../../../../src/survey/formats/workbook.ts';`, resolveDir: here, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
const { readWorkbook } = await import(pathToFileURL(outfile).href);
const EPOCH = 25569;
let failed = 0;
for (const { path, sheet, columns } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const name = `${path.replace(/^.*\/(?=[^/]*\/[^/]*\/[^/]*$)/, '')} [${sheet}]`;
  const book = await readWorkbook(new Uint8Array(readFileSync(path))).catch((error) => error);
  if (book instanceof Error) {
    failed++;
    console.log(`REFUSED ${name}: ${book.message}`);
    continue;
  }
  const found = book.sheets.find((candidate) => candidate.name === sheet);
  // readxl leaves out empty rows above and empty columns before the first cell.
  const filled = (cell) => cell && cell.value !== null && cell.value !== '';
  const rows = found?.rows ?? [];
  const top = rows.findIndex((row) => row.some(filled));
  const left = Math.min(...rows.map((row) => row.findIndex(filled)).filter((j) => j >= 0));
  let cells = 0;
  let said;
  columns.forEach((column, j) =>
    column.forEach((theirs, i) => {
      const ours = rows[top + i]?.[left + j];
      const value = filled(ours) ? ours.value : null;
      cells++;
      const moment = theirs?.t === 'd' ? theirs.v / 86_400_000 + EPOCH - (book.since1904 ? 1462 : 0) : undefined;
      const same = theirs === null ? value === null : moment === undefined ? value === theirs.v || (typeof value === 'number' && Math.abs(value - theirs.v) <= 1e-12 * Math.abs(value)) : ours?.date === true && Math.abs(value - moment - (value < 60 && !book.since1904 ? -1 : 0)) < 1e-6;
      if (!same) said ??= `row ${top + i + 1}, column ${left + j + 1}: ours ${JSON.stringify(ours)}, readxl ${JSON.stringify(theirs)}`;
    })
  );
  if (said) failed++;
  console.log(`${said ? 'DIFFERS' : 'same   '} ${name} (${cells} cells)${said ? `: ${said}` : ''}`);
}
process.exitCode = failed > 0 ? 1 : 0;
