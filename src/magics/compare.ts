import { compare } from '../statistics/groups/compare.js';
import { POST_HOC_METHODS, type PostHocMethod } from '../statistics/groups/postHoc/postHoc.js';
import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import { defineMagic, type Magic } from './magic.js';
import { listOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** `auto`, `none`, or names of post hoc tests. */
function postHocOf(words: readonly string[]): 'auto' | 'none' | readonly PostHocMethod[] {
  if (words.length === 0 || (words.length === 1 && words[0] === 'auto')) return 'auto';
  if (words.length === 1 && words[0] === 'none') return 'none';
  for (const word of words) if (!(POST_HOC_METHODS as readonly string[]).includes(word)) fail('invalid-option', `\`${word}\` is no post hoc test`, { help: didYouMean(word, POST_HOC_METHODS) ?? `one of ${POST_HOC_METHODS.join(', ')}` });
  return words as readonly PostHocMethod[];
}

/** `%compare SURVEY by VAR [--of names]`. */
export const compareMagic: Magic = defineMagic({
  name: 'compare',
  forms: ['line'],
  summary: 'compare means over groups: t test for two groups, ANOVA with post hoc tests for more, with Levene and Welch',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'by', kind: 'keyword', summary: 'the word `by`' },
    { name: 'group', kind: 'column', summary: 'grouping column' }
  ],
  options: {
    of: { type: 'string', summary: 'columns or constructs to compare, separated by commas; by default every construct' },
    levene: { type: 'string', summary: 'Levene’s test about means (SPSS) or medians', choices: ['mean', 'median'], default: 'mean' },
    'post-hoc': { type: 'string', summary: `post hoc tests, separated by commas: ${POST_HOC_METHODS.join(', ')}; \`auto\` takes Tukey or Games-Howell by Levene’s test, \`none\` none`, default: 'auto' },
    ...STYLE_OPTIONS
  },
  example: '%compare wom by gender --of WOM,FUN',
  run(call, context) {
    const survey = surveyArgument(call, context);
    const rest = call.arguments.slice(1).filter((word, index) => !(index === 0 && word === 'by'));
    if (rest.length !== 1) fail('missing-argument', '`%compare` needs one grouping column', { help: `for example \`%compare ${call.arguments[0]} by gender\`` });
    const constructs = [...survey.codebook.constructs.keys()];
    const variables = listOption(call, 'of') ?? constructs;
    if (variables.length === 0) fail('no-variables', `the codebook of survey \`${survey.name}\` names no construct`, { help: 'say what to compare: `--of COLUMN,COLUMN`' });
    return { show: [shownAnalysis(call, compare(survey, variables, rest[0], { levene: (textOption(call, 'levene') ?? 'mean') as 'mean' | 'median', postHoc: postHocOf(listOption(call, 'post-hoc') ?? []) }))] };
  },
  code: (call) => `compare(${call.arguments[0]}, ${JSON.stringify(listOption(call, 'of') ?? [])}, ${JSON.stringify(call.arguments[call.arguments.length - 1])})`
});
