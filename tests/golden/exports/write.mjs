// Writes exported.json, the texts that make.R and make.py fit: node write.mjs after a build of the library.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseModel, toLavaan, toSemopy } from '../../../dist/index.js';

const models = JSON.parse(readFileSync(new URL('models.json', import.meta.url), 'utf8'));
const texts = models.map(({ id, syntax, semopy }) => {
  const tree = parseModel(syntax);
  return { id, lavaan: toLavaan(tree), ...(semopy ? { semopy: toSemopy(tree).text } : {}) };
});
writeFileSync(new URL('exported.json', import.meta.url), `${JSON.stringify(texts, null, 1)}\n`);
