import { logistic, ordinal, type LogisticOptions, type OrdinalOptions } from '../models/regression/index.js';
import { answerWith, surveyNames } from './completeNames.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { codeOf } from './namedResult.js';
import { numberOption, surveyArgument, textOption } from './resolve.js';
import { AS_OPTION, boundName } from './sem.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

function levelOf(call: MagicCall): { readonly confLevel?: number } {
  const level = numberOption(call, 'level');
  return level === undefined || level === 0.95 ? {} : { confLevel: level };
}

function logisticOptions(call: MagicCall): LogisticOptions {
  const event = textOption(call, 'event');
  return { ...levelOf(call), ...(event === undefined ? {} : { event }) };
}

function ordinalOptions(call: MagicCall): OrdinalOptions {
  return { ...levelOf(call), ...(textOption(call, 'link') === 'probit' ? { link: 'probit' as const } : {}) };
}

const LEVEL = { level: { type: 'number', summary: 'confidence level of the intervals', default: 0.95 } } as const;
const FORMULA = 'The body is one formula as in `%%regress`; `|` starts the next block. ';

/** `%%logistic SURVEY`: a yes-or-no outcome. */
export const logisticMagic: Magic = defineMagic({
  name: 'logistic',
  forms: ['cell'],
  summary: 'binary logistic regression: odds ratios, Wald tests, pseudo R², Hosmer-Lemeshow, classification table, ROC area',
  manual: `${FORMULA}The outcome is a column with two classes; \`--event\` says which of them is modelled.`,
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey' }],
  options: { ...AS_OPTION, event: { type: 'string', summary: 'the class whose probability is modelled, by value or label; the last one by default' }, ...LEVEL, ...STYLE_OPTIONS },
  example: '%%logistic wom --as fit\ngender ~ EXP + REL | FUN',
  binds: (call) => ({ [boundName(call)]: 'LogisticFit' }),
  async run(call, context) {
    const survey = surveyArgument(call, context);
    const source = { name: `%%${call.magic}`, lineOffset: call.bodyLineOffset };
    const fit = await inBody(call, () => logistic(call.body, survey, { ...logisticOptions(call), source }));
    return { bind: { [boundName(call)]: fit }, show: [shownAnalysis(call, fit)] };
  },
  code: (call) => codeOf({ ...call, options: { ...call.options, as: boundName(call) } }, 'logistic', [JSON.stringify(call.body.trim()), call.arguments[0]], { ...logisticOptions(call) }),
  completeBody: (call, offset, context) => answerWith(call.body, offset, surveyNames(call, context)),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});

/** `%%ordinal SURVEY`: an outcome of ordered classes. */
export const ordinalMagic: Magic = defineMagic({
  name: 'ordinal',
  forms: ['cell'],
  summary: 'ordinal regression: thresholds, odds ratios, pseudo R², test of parallel lines, Brant test',
  manual: `${FORMULA}The outcome is a column of ordered classes, such as one rating item.`,
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey' }],
  options: { ...AS_OPTION, link: { type: 'string', summary: 'proportional odds, or normal', choices: ['logit', 'probit'], default: 'logit' }, ...LEVEL, ...STYLE_OPTIONS },
  example: '%%ordinal wom --link logit\nWOM1 ~ EXP + FUN',
  binds: (call) => ({ [boundName(call)]: 'OrdinalFit' }),
  async run(call, context) {
    const survey = surveyArgument(call, context);
    const source = { name: `%%${call.magic}`, lineOffset: call.bodyLineOffset };
    const fit = await inBody(call, () => ordinal(call.body, survey, { ...ordinalOptions(call), source }));
    return { bind: { [boundName(call)]: fit }, show: [shownAnalysis(call, fit)] };
  },
  code: (call) => codeOf({ ...call, options: { ...call.options, as: boundName(call) } }, 'ordinal', [JSON.stringify(call.body.trim()), call.arguments[0]], { ...ordinalOptions(call) }),
  completeBody: (call, offset, context) => answerWith(call.body, offset, surveyNames(call, context)),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
