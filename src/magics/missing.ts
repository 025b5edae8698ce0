import { littleMcar } from '../statistics/missingness/littleMcar.js';
import { missingReport } from '../statistics/missingness/missingReport.js';
import { expandConstructs } from '../statistics/variables.js';
import type { Survey } from '../survey/survey.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, namesCode, RESULT_OPTION } from './namedResult.js';
import { booleanOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** Little's test takes numeric columns only. */
function numericOf(survey: Survey, names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.filter((name) => survey.column(name).type === 'numeric');
}

function namesOf(call: MagicCall, survey: Survey): readonly string[] | undefined {
  return call.arguments.length > 1 ? expandConstructs(survey, call.arguments.slice(1)) : undefined;
}

/** `%missing SURVEY [names]`. */
export const missingMagic: Magic = defineMagic({
  name: 'missing',
  forms: ['line'],
  summary: 'missing answers: how many, why, in which patterns, and Little’s MCAR test',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'columns', kind: 'column', summary: 'columns or constructs; by default all', optional: true, rest: true }
  ],
  options: {
    mcar: { type: 'boolean', summary: 'Little’s test of missingness completely at random; `--no-mcar` leaves it out', default: true },
    by: { type: 'string', summary: 'a column: Little’s test within each of its groups too', completes: 'column' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%missing wom EXP REL --as report',
  binds: (call) => boundResult(call, 'MissingReport'),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const names = namesOf(call, survey);
    const by = textOption(call, 'by');
    const report = missingReport(survey, names);
    const test = booleanOption(call, 'mcar') ? [shownAnalysis(call, littleMcar(survey, numericOf(survey, names), by === undefined ? {} : { by }))] : [];
    return { ...bindResult(call, report), show: [shownAnalysis(call, report), ...test] };
  },
  code(call) {
    const by = textOption(call, 'by');
    const names = call.arguments.length > 1 ? [namesCode(call.arguments.slice(1))] : [];
    const test = call.options.mcar === false ? '' : `\nlittleMcar(${[call.arguments[0], ...(by === undefined ? names : [names[0] ?? 'undefined', `{ by: ${JSON.stringify(by)} }`])].join(', ')})`;
    return codeOf(call, 'missingReport', [call.arguments[0], ...names]) + test;
  }
});
