import { crosstab } from '../statistics/categorical/crosstab.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, RESULT_OPTION } from './namedResult.js';
import { surveyArgument } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** Row and column variable; the word `by` between them may be left out. */
function pairOf(call: MagicCall): readonly [string, string] {
  const named = call.arguments.slice(1).filter((word, index) => !(index === 1 && word === 'by'));
  if (named.length !== 2) fail('missing-argument', '`%crosstab` needs two columns', { help: `for example \`%crosstab ${call.arguments[0] ?? 'survey'} gender by years\`` });
  return [named[0], named[1]];
}

/** `%crosstab SURVEY ROW by COLUMN`. */
export const crosstabMagic: Magic = defineMagic({
  name: 'crosstab',
  forms: ['line'],
  summary: 'cross table of two columns with χ², Cramér’s V and its interval, Fisher’s exact test',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'row', kind: 'column', summary: 'column whose answers make the rows' },
    { name: 'by', kind: 'keyword', summary: 'the word `by`', optional: true },
    { name: 'column', kind: 'column', summary: 'column whose answers make the columns', optional: true }
  ],
  options: { ...RESULT_OPTION, ...STYLE_OPTIONS },
  example: '%crosstab wom gender by years',
  binds: (call) => boundResult(call, 'Crosstab'),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const result = crosstab(survey, ...pairOf(call));
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code: (call) => codeOf(call, 'crosstab', [call.arguments[0], ...pairOf(call).map((name) => JSON.stringify(name))])
});
