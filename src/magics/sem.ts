import { cfa, growth, lavaan, sem } from '../models/sem/sem.js';
import type { SemFunction } from '../models/sem/options.js';
import { answerWith, modelNames, surveyNames } from './completeNames.js';
import { constructLabels } from './constructLabels.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { defineMagic, type Magic, type MagicCall, type OptionSpecs } from './magic.js';
import { semDataArgument, textOption } from './resolve.js';
import { SEM_MAGIC_OPTIONS, semOptionsOf } from './semOptions.js';
import { shownFit, STYLE_OPTIONS } from './shown.js';

const FUNCTIONS = { sem, cfa, growth, lavaan } as const;

/** Variable that a fitting magic defines when `--as` is not given. */
export const DEFAULT_FIT_NAME = 'fit';

export const AS_OPTION: OptionSpecs = { as: { type: 'variable', summary: 'variable that will hold the fit', default: DEFAULT_FIT_NAME } };

export function boundName(call: MagicCall): string {
  return textOption(call, 'as') ?? DEFAULT_FIT_NAME;
}

/** `%%sem SURVEY`: any model in lavaan's syntax. */
export const semMagic: Magic = defineMagic({
  name: 'sem',
  forms: ['cell'],
  summary: 'fit a structural equation model written in lavaan’s syntax',
  manual:
    'The body is the model: `=~` is measured by, `~` is regressed on, `~~` covaries with, `~1` intercept, `:=` defines a parameter. `a*x` labels a path, `0.5*x` fixes it, equal labels make equal parameters. Options carry lavaan’s argument names and defaults.',
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey, or the moments that a paper prints (`%%published`)' }],
  options: {
    ...AS_OPTION,
    function: { type: 'string', summary: 'lavaan’s function, which decides the defaults', choices: ['sem', 'cfa', 'growth', 'lavaan'], default: 'sem' },
    ...SEM_MAGIC_OPTIONS,
    ...STYLE_OPTIONS
  },
  example: '%%sem users --as fit --estimator MLR\nSAT =~ SAT1 + SAT2 + SAT3\nCONT =~ CONT1 + CONT2 + CONT3\nCONT ~ SAT',
  binds: (call) => ({ [boundName(call)]: 'SemFit' }),
  async run(call, context) {
    const data = semDataArgument(call, context);
    const run = FUNCTIONS[(textOption(call, 'function') ?? 'sem') as SemFunction];
    const options = semOptionsOf(call);
    const fit = await inBody(call, () => run(call.body, data, options));
    return { bind: { [boundName(call)]: fit }, show: [shownFit(call, fit, constructLabels(data))] };
  },
  code: (call) => `const ${boundName(call)} = ${textOption(call, 'function') ?? 'sem'}(${JSON.stringify(call.body)}, ${call.arguments[0]}, ${JSON.stringify(semOptionsOf(call))})`,
  completeBody: (call, offset, context) => answerWith(call.body, offset, [...modelNames(call.body), ...surveyNames(call, context)]),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
