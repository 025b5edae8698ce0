import { compare } from '../statistics/groups/compare.js';
import { compareToValue } from '../statistics/groups/comparePairs.js';
import type { CompareOptions } from '../statistics/groups/comparison.js';
import { POST_HOC_METHODS, type PostHocMethod } from '../statistics/groups/postHoc/postHoc.js';
import { compareRanks } from '../statistics/ranks/compareRanks.js';
import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import type { Survey } from '../survey/survey.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, RESULT_OPTION } from './namedResult.js';
import { booleanOption, listOption, numberOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** `auto`, `lsd/tamhane`, `none`, or names of post hoc tests. */
function postHocOf(words: readonly string[]): CompareOptions['postHoc'] {
  if (words.length === 0 || (words.length === 1 && words[0] === 'auto')) return 'auto';
  if (words.length === 1 && (words[0] === 'none' || words[0] === 'lsd/tamhane')) return words[0];
  for (const word of words) if (!(POST_HOC_METHODS as readonly string[]).includes(word)) fail('invalid-option', `\`${word}\` is no post hoc test`, { help: didYouMean(word, POST_HOC_METHODS) ?? `one of ${POST_HOC_METHODS.join(', ')}` });
  return words as readonly PostHocMethod[];
}

function optionsOf(call: MagicCall): Partial<CompareOptions> {
  const levene = textOption(call, 'levene') ?? 'mean';
  const postHoc = postHocOf(listOption(call, 'post-hoc') ?? []);
  return { ...(levene === 'mean' ? {} : { levene: levene as 'median' }), ...(postHoc === 'auto' ? {} : { postHoc }) };
}

/** The grouping column, or nothing when means are compared with a value. */
function groupOf(call: MagicCall): string | undefined {
  const rest = call.arguments.slice(1).filter((word, index) => !(index === 0 && word === 'by'));
  if (numberOption(call, 'value') !== undefined) return rest.length === 0 ? undefined : fail('invalid-option', '`--value` compares with one number, not over groups', { help: 'leave out `by` and the column, or `--value`' });
  if (rest.length !== 1) fail('missing-argument', '`%compare` needs one grouping column', { help: `for example \`%compare ${call.arguments[0]} by gender\`; two columns of the same persons: \`%pairs\`; two factors: \`%anova\`` });
  return rest[0];
}

function variablesOf(call: MagicCall, survey: Survey): readonly string[] {
  const variables = listOption(call, 'of') ?? [...survey.codebook.constructs.keys()];
  return variables.length > 0 ? variables : fail('no-variables', `the codebook of survey \`${survey.name}\` names no construct`, { help: 'say what to compare: `--of COLUMN,COLUMN`' });
}

/** `%compare SURVEY by VAR [--of names]`. */
export const compareMagic: Magic = defineMagic({
  name: 'compare',
  forms: ['line'],
  summary: 'compare groups: t test for two, ANOVA with post hoc tests for more, with Levene and Welch; or their ranks; or means with a value',
  manual: '`--ranks` compares without assuming a distribution: Mann-Whitney for two groups, Kruskal-Wallis with Dunn’s pairs for more. `--value 3`, without groups, tests each mean against 3.',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'by', kind: 'keyword', summary: 'the word `by`', optional: true },
    { name: 'group', kind: 'column', summary: 'grouping column', optional: true }
  ],
  options: {
    of: { type: 'string', summary: 'columns or constructs to compare, separated by commas; by default every construct', completes: 'column' },
    ranks: { type: 'boolean', summary: 'Mann-Whitney or Kruskal-Wallis with Dunn’s pairs instead of means' },
    value: { type: 'number', summary: 'one-sample t tests against this value instead of groups' },
    levene: { type: 'string', summary: 'Levene’s test about means (SPSS) or medians', choices: ['mean', 'median'], default: 'mean' },
    'post-hoc': { type: 'string', summary: `post hoc tests, separated by commas: ${POST_HOC_METHODS.join(', ')}; \`auto\` takes Tukey or Games-Howell by Levene’s test, \`lsd/tamhane\` LSD or Tamhane T2, \`none\` none`, default: 'auto' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%compare wom by gender --of WOM,FUN',
  binds: (call) => boundResult(call, numberOption(call, 'value') !== undefined ? 'MeanTests' : booleanOption(call, 'ranks') ? 'RankComparison' : 'Comparison'),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const by = groupOf(call);
    const variables = variablesOf(call, survey);
    const result = by === undefined ? compareToValue(survey, variables, numberOption(call, 'value') ?? 0) : booleanOption(call, 'ranks') ? compareRanks(survey, variables, by) : compare(survey, variables, by, optionsOf(call));
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code(call) {
    const names = listOption(call, 'of');
    const of = names ? JSON.stringify(names) : `[...${call.arguments[0]}.codebook.constructs.keys()]`;
    const by = groupOf(call);
    if (by === undefined) return codeOf(call, 'compareToValue', [call.arguments[0], of, String(numberOption(call, 'value'))]);
    const ranks = booleanOption(call, 'ranks');
    return codeOf(call, ranks ? 'compareRanks' : 'compare', [call.arguments[0], of, JSON.stringify(by)], ranks ? {} : { ...optionsOf(call) });
  }
});
