/** File formats that `readSurvey` reads. */
export type SurveyFormat = 'csv' | 'sav' | 'dta' | 'excel' | 'json';

export const SURVEY_FORMATS: readonly SurveyFormat[] = ['csv', 'sav', 'dta', 'excel', 'json'];

const ENDINGS: ReadonlyMap<string, SurveyFormat> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['txt', 'csv'],
  ['dat', 'csv'],
  ['sav', 'sav'],
  ['zsav', 'sav'],
  ['dta', 'dta'],
  ['xlsx', 'excel'],
  ['xlsm', 'excel'],
  ['xls', 'excel'],
  ['ods', 'excel'],
  ['json', 'json'],
  ['jsonl', 'json'],
  ['ndjson', 'json']
]);

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The format that the first bytes prove, whatever the file is called. */
export function formatOfBytes(bytes: Uint8Array): SurveyFormat | undefined {
  if (startsWith(bytes, '$FL2') || startsWith(bytes, '$FL3')) return 'sav';
  if (startsWith(bytes, '<stata_dta>')) return 'dta';
  if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1')) return 'excel';
  if (bytes[0] >= 104 && bytes[0] <= 115 && (bytes[1] === 1 || bytes[1] === 2) && bytes[2] === 1) return 'dta';
  return undefined;
}

/** The format that the file's ending promises. */
export function formatOfName(name: string): SurveyFormat | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : ENDINGS.get(name.slice(dot + 1).toLowerCase());
}
