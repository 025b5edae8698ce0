import type { SemOptions } from '../models/sem/options.js';
import { population, type Population } from '../models/sem/monteCarlo/population.js';
import { power } from '../models/sem/monteCarlo/power.js';
import { simulateSurvey } from '../models/sem/monteCarlo/simulateSurvey.js';
import { surveyOverview } from '../report/surveyOverview.js';
import { fail, type Diagnostic } from '../shared/diagnostic.js';
import { answerWith, modelNames } from './completeNames.js';
import { inBody } from './inBody.js';
import { liveProgress } from './liveProgress.js';
import { defineMagic, type Magic, type MagicCall, type MagicContext, type MagicResult } from './magic.js';
import { booleanOption, listOption, numberOption } from './resolve.js';
import { SEM_MAGIC_OPTIONS, semOptionsOf } from './semOptions.js';
import { shownAnalysis, shownTables, STYLE_OPTIONS } from './shown.js';

const DEFAULT_ROWS = 200;
const DEFAULT_SEED = 1;
/** Options of the fit that a study of power can take; the rest belong to data that it does not have. */
const FIT_OPTIONS = Object.fromEntries(Object.entries(SEM_MAGIC_OPTIONS).filter(([name]) => ['estimator', 'std.lv', 'missing', 'se', 'test', 'ordered'].includes(name)));

function sampleSizes(call: MagicCall): readonly number[] {
  const words = listOption(call, 'n') ?? [String(DEFAULT_ROWS)];
  const sizes = words.map(Number);
  const bad = words.find((_, i) => !Number.isInteger(sizes[i]) || sizes[i] < 1);
  if (bad !== undefined) fail('invalid-option', `\`--n\` holds \`${bad}\`, expected whole numbers of rows`, { help: 'for example `--n 200`, or `--n 100,200,400` for a study of power' });
  return sizes;
}

/** `%%simulate NAME`: teaching data from a model with values, or with `--replications` the power of a planned study. */
export const simulateMagic: Magic = defineMagic({
  name: 'simulate',
  forms: ['cell'],
  summary: 'make data that follow a model with known values, or find the power of a planned study',
  manual:
    'The body is a model in lavaan’s syntax whose numbers are population values: `SAT =~ 0.8*SAT1 + 0.7*SAT2`, `CONT ~ 0.4*SAT`. Variances may be left out: they are 1, or with `--standardized` what makes every variable’s variance 1. Without `--replications` the rows become a survey; with it, each sample size of `--n` is drawn that often, the model is fitted each time, and bias, coverage and power are shown.',
  arguments: [{ name: 'name', kind: 'new-name', summary: 'variable that will hold the survey, or the study of power' }],
  options: {
    n: { type: 'string', summary: 'rows (per group); several with commas for a study of power', default: String(DEFAULT_ROWS) },
    seed: { type: 'number', summary: 'the same seed gives the same rows on any machine', default: DEFAULT_SEED },
    standardized: { type: 'boolean', summary: 'choose variances that are left out so that every variable has variance 1' },
    likert: { type: 'number', summary: 'cut answers to a scale of this many points' },
    'missing.share': { type: 'number', summary: 'share of answers missing completely at random' },
    groups: { type: 'string', summary: 'labels of groups, with commas; values then come as c(0.5, 0.7)*x' },
    replications: { type: 'number', summary: 'study the power with this many samples at each n' },
    alpha: { type: 'number', summary: 'level of the tests in a study of power', default: 0.05 },
    ...FIT_OPTIONS,
    ...STYLE_OPTIONS
  },
  example: '%%simulate teaching --n 300 --seed 1 --standardized --likert 5\nSAT  =~ 0.8*SAT1 + 0.7*SAT2 + 0.75*SAT3\nCONT =~ 0.8*CONT1 + 0.8*CONT2 + 0.7*CONT3\nCONT ~ 0.4*SAT',
  binds: (call) => (call.arguments[0] === undefined ? {} : { [call.arguments[0]]: call.options['replications'] === undefined ? 'Survey' : 'PowerResult' }),
  async run(call, context) {
    const [name] = call.arguments;
    if (name === undefined) fail('missing-argument', '`%%simulate` needs the name of the variable that it makes', { help: 'for example `%%simulate teaching --n 300`' });
    const groups = listOption(call, 'groups');
    const from = await inBody(call, () => population(call.body, { standardized: booleanOption(call, 'standardized'), ...(groups ? { groups } : {}) }));
    return call.options['replications'] === undefined ? data(call, name, from) : studyOfPower(call, context, name, from);
  },
  code(call) {
    const model = `population(${JSON.stringify(call.body)}, { standardized: ${booleanOption(call, 'standardized')} })`;
    if (call.options['replications'] !== undefined) {
      const study = { n: sampleSizes(call), replications: numberOption(call, 'replications'), seed: numberOption(call, 'seed') ?? DEFAULT_SEED, options: fitOptions(call), ...shape(call) };
      return `const ${call.arguments[0]} = await power(${model}, ${JSON.stringify(study)})`;
    }
    const settings = JSON.stringify({ n: sampleSizes(call)[0], seed: numberOption(call, 'seed') ?? DEFAULT_SEED, ...shape(call) });
    return `const ${call.arguments[0]} = simulateSurvey(${model}, ${settings})`;
  },
  completeBody: (call, offset) => answerWith(call.body, offset, modelNames(call.body))
});

function fitOptions(call: MagicCall): SemOptions {
  return semOptionsOf({ ...call, options: Object.fromEntries(Object.entries(call.options).filter(([option]) => Object.hasOwn(FIT_OPTIONS, option))) });
}

function shape(call: MagicCall): { readonly likert?: number; readonly missing?: number } {
  const likert = numberOption(call, 'likert');
  const missing = numberOption(call, 'missing.share');
  return { ...(likert === undefined ? {} : { likert }), ...(missing === undefined ? {} : { missing }) };
}

function data(call: MagicCall, name: string, from: Population): MagicResult {
  const sizes = sampleSizes(call);
  if (sizes.length > 1) fail('invalid-option', 'data have one number of rows, and `--n` holds several', { help: 'add `--replications 1000` for a study of power' });
  const survey = simulateSurvey(from, { n: sizes[0], seed: numberOption(call, 'seed') ?? DEFAULT_SEED, ...shape(call), name });
  const filled = from.filled.map(({ name: variable, value }) => `${variable} ${Number(value.toPrecision(4))}`).join(', ');
  const notes: Diagnostic[] = [{ severity: 'note', code: 'simulated', message: `the data are simulated, seed ${numberOption(call, 'seed') ?? DEFAULT_SEED}${filled === '' ? '' : `; variances that the model leaves out: ${filled}`}` }];
  return { bind: { [name]: survey }, show: [shownTables(call, surveyOverview(survey), [...notes, ...survey.warnings])] };
}

async function studyOfPower(call: MagicCall, context: MagicContext, name: string, from: Population): Promise<MagicResult> {
  const n = sampleSizes(call);
  const replications = numberOption(call, 'replications') ?? 1000;
  const progress = liveProgress(context, replications * n.length, 'replications');
  const result = await power(from, {
    n, replications, seed: numberOption(call, 'seed') ?? DEFAULT_SEED, alpha: numberOption(call, 'alpha') ?? 0.05,
    options: fitOptions(call),
    ...shape(call),
    ...(context.workers ? { workers: context.workers } : {}),
    signal: context.signal,
    onProgress: ({ done }) => progress.update(done)
  });
  const used = result.sampleSizes.reduce((sum, size) => sum + size.used, 0);
  progress.finish(`${used} of ${replications * n.length} replications used, seed ${result.seed}`);
  return { bind: { [name]: result }, show: [shownAnalysis(call, result)] };
}
