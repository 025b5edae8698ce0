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

/** Files that are often tried and cannot be read: first bytes, what they are, what to do. */
const FOREIGN: readonly (readonly [start: readonly number[], what: string, help: string])[] = [
  [codes('HEADER RECORD*******'), 'a SAS transport file', 'convert it, for example with haven in R: `write_sav(read_xpt(file), "file.sav")`'],
  [[...new Array<number>(12).fill(0), 0xc2, 0xea, 0x81, 0x60], 'a SAS data set', 'convert it, for example with haven in R: `write_sav(read_sas(file), "file.sav")`'],
  [[0x1f, 0x8b], 'compressed by gzip', 'unpack it first'],
  [[0xfd, ...codes('7zXZ')], 'compressed by xz', 'unpack it first'],
  [codes("7z\u00bc\u00af'\u001c"), 'a 7-Zip archive', 'unpack it first'],
  [codes('Rar!'), 'a RAR archive', 'unpack it first'],
  [codes('RDX3\n'), 'a workspace of R', 'write the data frame with haven: `write_sav(data, "file.sav")`'],
  [codes('RDX2\n'), 'a workspace of R', 'write the data frame with haven: `write_sav(data, "file.sav")`'],
  [codes('%PDF-'), 'a PDF document', 'export the data as CSV, .sav or .xlsx'],
  [codes('PAR1\u0015'), 'a Parquet file', 'convert it to CSV or .sav'],
  [[0x89, ...codes('PNG')], 'a picture', 'give a data file'],
  [[0xff, 0xd8, 0xff], 'a picture', 'give a data file']
];
/** A portable file of SPSS says so behind 200 bytes for people and 256 of a character table, which are broken into lines. */
const PORTABLE = 'SPSSPORT';
const PORTABLE_AT = 456;
const PORTABLE_SEARCH = 512;

function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** What the file is when it is of a kind that is known and not read. */
export function foreignFormat(bytes: Uint8Array): { readonly what: string; readonly help: string } | undefined {
  for (const [start, what, help] of FOREIGN) if (start.every((byte, i) => bytes[i] === byte)) return { what, help };
  const head = String.fromCharCode(...bytes.subarray(0, PORTABLE_SEARCH)).replace(/[\r\n]/g, '');
  if (head.startsWith(PORTABLE, PORTABLE_AT)) return { what: 'a portable file of SPSS (.por)', help: 'save it as .sav: in PSPP or SPSS `IMPORT FILE="x.por". SAVE OUTFILE="x.sav".`' };
  return undefined;
}

/** The format that the file's ending promises. */
export function formatOfName(name: string): SurveyFormat | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : ENDINGS.get(name.slice(dot + 1).toLowerCase());
}
