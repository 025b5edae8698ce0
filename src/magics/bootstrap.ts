import { bootstrap } from '../models/sem/bootstrap/bootstrap.js';
import type { BootstrapType } from '../models/sem/bootstrap/job.js';
import { defineMagic, type Magic } from './magic.js';
import { liveProgress } from './liveProgress.js';
import { numberOption, semFitArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

const DEFAULT_NAME = 'boot';

/** `%bootstrap FIT`: intervals of every parameter, with live progress. */
export const bootstrapMagic: Magic = defineMagic({
  name: 'bootstrap',
  forms: ['line', 'cell'],
  summary: 'bootstrap a fit: standard errors and intervals of paths, indirect effects and standardized values',
  arguments: [{ name: 'fit', kind: 'fit', summary: 'a fitted structural equation model' }],
  options: {
    as: { type: 'variable', summary: 'variable that will hold the result', default: DEFAULT_NAME },
    draws: { type: 'number', summary: 'number of draws', default: 2000 },
    seed: { type: 'number', summary: 'seed: the same seed gives the same limits on any machine', default: 1 },
    type: { type: 'string', summary: 'how samples are drawn', choices: ['nonparametric', 'bollen.stine', 'parametric'], default: 'nonparametric' },
    level: { type: 'number', summary: 'confidence level', default: 0.95 },
    ...STYLE_OPTIONS
  },
  example: '%bootstrap fit --draws 5000 --seed 1 --as boot',
  binds: (call) => ({ [textOption(call, 'as') ?? DEFAULT_NAME]: 'BootstrapResult' }),
  async run(call, context) {
    const fit = semFitArgument(call, context);
    const draws = numberOption(call, 'draws') ?? 2000;
    const progress = liveProgress(context, draws, 'draws');
    const result = await bootstrap(fit, {
      draws,
      seed: numberOption(call, 'seed') ?? 1,
      type: (textOption(call, 'type') ?? 'nonparametric') as BootstrapType,
      level: numberOption(call, 'level') ?? 0.95,
      ...(context.workers ? { workers: context.workers } : {}),
      signal: context.signal,
      onProgress: ({ done }) => progress.update(done)
    });
    progress.finish(`${result.used} of ${result.draws} draws used, seed ${result.seed}`);
    return { bind: { [textOption(call, 'as') ?? DEFAULT_NAME]: result }, show: [shownAnalysis(call, result)] };
  },
  code: (call) => `const ${textOption(call, 'as') ?? DEFAULT_NAME} = await bootstrap(${call.arguments[0]}, { draws: ${numberOption(call, 'draws') ?? 2000}, seed: ${numberOption(call, 'seed') ?? 1} })`
});
