import { surveyOverview } from '../report/surveyOverview.js';
import { screen } from '../statistics/screening/screen.js';
import { CODEBOOK_KEYS, parseCodebook } from '../survey/codebookText/parseCodebook.js';
import { readSurvey, type ReadOptions } from '../survey/readSurvey.js';
import { SURVEY_FORMATS, type SurveyFormat } from '../survey/formats/sniff.js';
import { fail } from '../shared/diagnostic.js';
import { answerWith } from './completeNames.js';
import { inBody } from './inBody.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { booleanOption, isSurvey, textOption } from './resolve.js';
import { shownTables, STYLE_OPTIONS } from './shown.js';

/** `%%survey NAME FILE` with the codebook in the body: load, check, screen. */
export const surveyMagic: Magic = defineMagic({
  name: 'survey',
  forms: ['cell', 'line'],
  summary: 'load a survey file with its codebook, and screen its rows',
  manual:
    'The body is the codebook as YAML: `constructs`, `variables`, `answers`, `range`, `missing`, `reverse`, `levels`, `asked`, `screening`. It adds to what the file itself says. Rows that a screening rule excludes are masked, never deleted: sent → returned → valid is shown. `asked` tells who was asked a question (`Q5: Q4 = 1 and age >= 18`): others are not asked, which is no missing answer.',
  arguments: [
    { name: 'name', kind: 'new-name', summary: 'variable that will hold the survey' },
    { name: 'file', kind: 'file', summary: 'a file of survey data: SPSS .sav, Stata .dta, Excel, CSV' }
  ],
  options: {
    encoding: { type: 'string', summary: 'text encoding, when the detected one is wrong (for example gb18030)' },
    format: { type: 'string', summary: 'file format, when the name and the bytes mislead', choices: SURVEY_FORMATS },
    delimiter: { type: 'string', summary: 'field delimiter of a text file; `whitespace` for runs of spaces' },
    decimal: { type: 'string', summary: 'decimal mark of a text file', choices: ['.', ','] },
    sheet: { type: 'string', summary: 'sheet of a workbook: its name, or its place counted from 1' },
    missing: { type: 'string', summary: 'words that mean no answer, separated by commas, in place of NA, NULL and their like' },
    printedNumbers: { type: 'boolean', summary: 'read columns such as `1,234`, `45%` or `¥20` as numbers' },
    noHeader: { type: 'boolean', summary: 'the first row holds answers, not headings' },
    ...STYLE_OPTIONS
  },
  example: '%%survey wom data/wom.sav\nconstructs:\n  EXP: [EXP1, EXP2, EXP3, EXP4]\nscreening: {attention: {ATT: 4}, longString: 12}',
  binds: (call) => (call.arguments[0] === undefined ? {} : { [call.arguments[0]]: 'Survey' }),
  async run(call, context) {
    const [name, file] = call.arguments;
    if (name === undefined || file === undefined) fail('missing-argument', '`%%survey` needs a name and a file', { help: 'for example `%%survey wom data/wom.sav`' });
    const bytes = await context.readFile(file);
    const survey = await inBody(call, async () => {
      const codebook = call.body.trim() === '' ? undefined : parseCodebook(call.body, { name: `%%${call.magic}`, lineOffset: call.bodyLineOffset });
      const loaded = await readSurvey(bytes, { name: file, ...(codebook ? { codebook } : {}), ...readOptions(call) });
      return loaded.codebook.screening ? screen(loaded) : loaded;
    });
    return { bind: { [name]: survey }, show: [shownTables(call, surveyOverview(survey), survey.warnings)] };
  },
  code: (call) => `const ${call.arguments[0]} = screen(await loadSurvey(${JSON.stringify(call.arguments[1])}, ${JSON.stringify({ codebook: call.body, ...readOptions(call) })}))`,
  completeBody(call, offset, context) {
    const loaded = context.lookup(call.arguments[0] ?? '');
    const columns = isSurvey(loaded) ? loaded.names() : [];
    return answerWith(call.body, offset, [
      ...CODEBOOK_KEYS.map((text) => ({ text, kind: 'value' as const, detail: 'codebook key' })),
      ...columns.map((text) => ({ text, kind: 'column' as const }))
    ]);
  }
});

/** What the header says of how the file is to be read. */
function readOptions(call: MagicCall): ReadOptions {
  const format = textOption(call, 'format');
  const encoding = textOption(call, 'encoding');
  const delimiter = textOption(call, 'delimiter');
  const decimal = textOption(call, 'decimal');
  const sheet = textOption(call, 'sheet');
  const missing = textOption(call, 'missing');
  return {
    ...(format ? { format: format as SurveyFormat } : {}),
    ...(encoding ? { encoding } : {}),
    ...(delimiter ? { delimiter: delimiter === '\\t' ? '\t' : delimiter } : {}),
    ...(decimal ? { decimal } : {}),
    ...(sheet ? { sheet: /^\d+$/.test(sheet) ? Number(sheet) : sheet } : {}),
    ...(missing ? { missing: missing.split(',').map((word) => word.trim()) } : {}),
    ...(booleanOption(call, 'printedNumbers') ? { printedNumbers: true } : {}),
    ...(booleanOption(call, 'noHeader') ? { header: false } : {})
  };
}
