// Writes the files that make.R reads back with haven, PSPP and readxl. Run: node write.mjs (beside this file)
import { build } from 'esbuild';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const outfile = join(mkdtempSync(join(tmpdir(), 'semlab-')), 'write.mjs');
const contents = `export { surveyToWrite } from './survey.ts';
export { writeSav } from '../../../../src/survey/formats/sav/writeSav.ts';
export { writeXlsx } from '../../../../src/survey/formats/writeXlsx.ts';`;
await build({ stdin: { contents, resolveDir: here, loader: 'ts' }, bundle: true, platform: 'browser', format: 'esm', outfile, logLevel: 'error' });
const { surveyToWrite, writeSav, writeXlsx } = await import(pathToFileURL(outfile).href);
const folder = new URL('../../../fixtures/survey/written/', import.meta.url);
const survey = surveyToWrite();
writeFileSync(new URL('byte.sav', folder), writeSav(survey));
writeFileSync(new URL('plain.sav', folder), writeSav(survey, { compress: 'none' }));
writeFileSync(new URL('written.xlsx', folder), await writeXlsx(survey));
