// Reads the files that compare.R read with haven and tells the first difference of each. Run: node compare.mjs ANSWERS.json
import { build } from 'esbuild';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const outfile = join(mkdtempSync(join(tmpdir(), 'semlab-')), 'compare.mjs');
const contents = `export { readSurvey } from '../../../../src/survey/readSurvey.ts'; export { difference } from '../havenAnswer.ts';`;
await build({ stdin: { contents, resolveDir: here, loader: 'ts' }, bundle: true, platform: 'browser', format: 'esm', outfile, logLevel: 'error' });
const { readSurvey, difference } = await import(pathToFileURL(outfile).href);
let failed = 0;
for (const answer of JSON.parse(readFileSync(process.argv[2], 'utf8')).files) {
  const survey = await readSurvey(readFileSync(answer.path), { name: answer.file }).catch((error) => error);
  const said = survey instanceof Error ? survey.message : survey.names().join() === answer.names.join() ? difference(survey, answer) : 'names differ';
  if (said) failed++;
  console.log(`${said ? 'DIFFERS' : 'same   '} ${answer.file} (${answer.rows} × ${answer.names.length})${said ? `: ${said}` : ''}`);
}
process.exitCode = failed > 0 ? 1 : 0;
