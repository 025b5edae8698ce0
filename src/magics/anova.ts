import { factorialAnova } from '../statistics/factorial/factorialAnova.js';
import type { FactorialOptions } from '../statistics/factorial/factorialResult.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, RESULT_OPTION } from './namedResult.js';
import { numberOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

interface Design {
  readonly outcome: string;
  readonly factors: readonly string[];
  readonly covariates: readonly string[];
}

/** `OUTCOME by FACTORS with COVARIATES`, the words of SPSS's UNIANOVA. */
function designOf(call: MagicCall): Design {
  const [, outcome, ...rest] = call.arguments;
  const by = rest[0] === 'by' ? 1 : 0;
  const cut = rest.indexOf('with');
  const factors = rest.slice(by, cut < 0 ? undefined : cut);
  const covariates = cut < 0 ? [] : rest.slice(cut + 1);
  const help = `for example \`%anova ${call.arguments[0] ?? 'survey'} WOM by gender years with EXP\``;
  if (outcome === undefined || factors.length === 0) fail('missing-argument', '`%anova` needs an outcome and at least one factor', { help });
  if (cut >= 0 && covariates.length === 0) fail('missing-argument', 'no covariate follows `with`', { help });
  return { outcome, factors, covariates };
}

function optionsOf(call: MagicCall, covariates: readonly string[]): Partial<FactorialOptions> {
  const type = Number(call.options.type ?? 3) as 1 | 2 | 3;
  const order = numberOption(call, 'order') ?? 2;
  const adjust = (textOption(call, 'adjust') ?? 'bonferroni') as FactorialOptions['adjust'];
  return { ...(covariates.length > 0 ? { covariates } : {}), ...(type === 3 ? {} : { type }), ...(order === 2 ? {} : { order }), ...(adjust === 'bonferroni' ? {} : { adjust }) };
}

/** `%anova SURVEY OUTCOME by FACTORS with COVARIATES`. */
export const anovaMagic: Magic = defineMagic({
  name: 'anova',
  forms: ['line'],
  summary: 'two-way analysis of variance or covariance: type III sums of squares, partial η², Levene, adjusted means and their pairs, simple effects',
  manual: 'The words after `by` are factors, those after `with` covariates (ANCOVA). One factor without covariates is what `%compare` does, with post hoc tests.',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'outcome', kind: 'column', summary: 'column or construct whose means are compared' },
    { name: 'by', kind: 'keyword', summary: 'the word `by`' },
    { name: 'factors', kind: 'column', summary: 'factors; after the word `with`, covariates', rest: true }
  ],
  options: {
    type: { type: 'string', summary: 'type of the sums of squares', choices: ['1', '2', '3'], default: '3' },
    order: { type: 'number', summary: 'factors in the largest interaction; 1 leaves interactions out', default: 2 },
    adjust: { type: 'string', summary: 'adjustment of pairwise comparisons for their number', choices: ['bonferroni', 'sidak', 'lsd'], default: 'bonferroni' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%anova wom WOM by gender years with EXP',
  binds: (call) => boundResult(call, 'FactorialAnova'),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const { outcome, factors, covariates } = designOf(call);
    const result = factorialAnova(survey, outcome, factors, optionsOf(call, covariates));
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code(call) {
    const { outcome, factors, covariates } = designOf(call);
    return codeOf(call, 'factorialAnova', [call.arguments[0], JSON.stringify(outcome), JSON.stringify(factors)], optionsOf(call, covariates));
  }
});
