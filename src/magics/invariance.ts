import { invariance, type InvarianceLevel } from '../models/sem/questions/invariance.js';
import { fail, SurveyError, warningOf, type Diagnostic } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import { answerWith, modelNames, surveyNames } from './completeNames.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { listOption, surveyArgument, textOption } from './resolve.js';
import { SEM_MAGIC_OPTIONS, semOptionsOf } from './semOptions.js';
import { shownTables, STYLE_OPTIONS } from './shown.js';

const LEVELS: readonly InvarianceLevel[] = ['configural', 'metric', 'scalar', 'strict', 'means'];
const DEFAULT_NAME = 'ladder';

/** The ladder sets these itself. */
const OPTIONS = Object.fromEntries(Object.entries(SEM_MAGIC_OPTIONS).filter(([name]) => name !== 'group' && name !== 'group.equal'));

function levelsOf(call: MagicCall): readonly InvarianceLevel[] | undefined {
  const words = listOption(call, 'levels');
  if (!words) return undefined;
  const unknown = words.filter((word) => !(LEVELS as readonly string[]).includes(word));
  if (unknown.length > 0) throw new SurveyError(unknown.map((word): Diagnostic => ({ severity: 'error', code: 'invalid-option', message: `\`${word}\` is no level of invariance`, help: didYouMean(word, LEVELS) ?? `levels are ${LEVELS.join(', ')}` })));
  return words as readonly InvarianceLevel[];
}

/** `%%invariance SURVEY by VAR`: configural, metric, scalar and strict models of the body, compared. */
export const invarianceMagic: Magic = defineMagic({
  name: 'invariance',
  forms: ['cell'],
  summary: 'test measurement invariance across groups: configural, metric, scalar, strict, with ΔCFI and ΔRMSEA',
  manual: 'The body is a measurement model in lavaan’s syntax. Each level adds equalities: loadings, intercepts, residual variances, latent means. `--group.partial` frees some of them.',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'by', kind: 'keyword', summary: 'the word `by`' },
    { name: 'group', kind: 'column', summary: 'grouping column' }
  ],
  options: {
    as: { type: 'variable', summary: 'variable that will hold the ladder', default: DEFAULT_NAME },
    levels: { type: 'string', summary: `levels to compare, separated by commas: ${LEVELS.join(', ')}; by default the first four` },
    ...OPTIONS,
    ...STYLE_OPTIONS
  },
  example: '%%invariance users by gender\nSAT =~ SAT1 + SAT2 + SAT3\nCONT =~ CONT1 + CONT2 + CONT3',
  binds: (call) => ({ [textOption(call, 'as') ?? DEFAULT_NAME]: 'Invariance' }),
  async run(call, context) {
    const survey = surveyArgument(call, context);
    const rest = call.arguments.slice(1).filter((word, index) => !(index === 0 && word === 'by'));
    if (rest.length !== 1) fail('missing-argument', '`%%invariance` needs one grouping column', { help: `for example \`%%invariance ${call.arguments[0]} by gender\`` });
    survey.column(rest[0]);
    const levels = levelsOf(call);
    const partial = listOption(call, 'group.partial');
    const ladder = await inBody(call, () => invariance(call.body, survey, { ...semOptionsOf(call), ...(partial ? { groupPartial: partial } : {}), group: rest[0], ...(levels ? { levels } : {}) }));
    const warnings = [...ladder.fits].flatMap(([level, fit]) => fit.warnings.map((one) => warningOf(level, one)));
    return { bind: { [textOption(call, 'as') ?? DEFAULT_NAME]: ladder }, show: [shownTables(call, ladder.tables(), warnings)] };
  },
  code: (call) => `const ${textOption(call, 'as') ?? DEFAULT_NAME} = invariance(${JSON.stringify(call.body)}, ${call.arguments[0]}, { group: ${JSON.stringify(call.arguments[call.arguments.length - 1])} })`,
  completeBody: (call, offset, context) => answerWith(call.body, offset, [...modelNames(call.body), ...surveyNames(call, context)]),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
