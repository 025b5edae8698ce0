import { readFileSync } from 'node:fs';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import type { Survey } from '../../../src/survey/survey.js';

const TEXT = new Set(['id', 'school']);

/** A CSV file without quotes as a survey; empty cells are missing. */
export function clusteredRows(file: URL): Survey {
  const [head, ...rows] = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(','));
  return surveyFromColumns(Object.fromEntries(head.map((name, k) => [name, rows.map((row) => (TEXT.has(name) ? row[k] : row[k] === '' ? NaN : Number(row[k])))])), { name: 'clusters' });
}
