import { mediateInPieces, type MediationModel, type MediationSpec } from '../models/regression/index.js';
import { fail } from '../shared/diagnostic.js';
import { answerWith, surveyNames } from './completeNames.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { liveProgress } from './liveProgress.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { codeOf } from './namedResult.js';
import { listOption, numberOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

const DEFAULT_NAME = 'mediation';
const DEFAULT_DRAWS = 5000;

/** `X -> M1 + M2 -> Y` with the arrow of the keyboard or of the book. */
function chainOf(body: string): Pick<MediationSpec, 'predictor' | 'mediators' | 'outcome'> {
  const text = body.split('\n').map((line) => line.replace(/#.*$/, '')).join(' ').trim();
  const parts = text.split(/->|→/).map((part) => part.trim());
  const mediators = (parts[1] ?? '').split('+').map((name) => name.trim().replace(/^`|`$/g, ''));
  if (parts.length !== 3 || parts.some((part) => part === '') || mediators.some((name) => name === '')) {
    const serial = parts.length > 3 ? 'serial mediators are a path model: `%%sem` with `:=` for the products, then `%bootstrap`' : 'for example `EXP -> FUN + CRE -> WOM`';
    return fail('mediation-syntax', 'a mediation is written `PREDICTOR -> MEDIATOR -> OUTCOME`, with `+` between parallel mediators', { span: { start: 0, end: body.length }, help: serial });
  }
  return { predictor: parts[0].replace(/^`|`$/g, ''), mediators: mediators.length === 1 ? mediators[0] : mediators, outcome: parts[2].replace(/^`|`$/g, '') };
}

function specOf(call: MagicCall): MediationSpec {
  const moderator = textOption(call, 'moderator');
  const model = textOption(call, 'model');
  if (model === '1') fail('invalid-option', 'PROCESS model 1 is a moderation', { help: 'write `%%moderate SURVEY` with the body `Y ~ X * W`' });
  const covariates = listOption(call, 'covariates');
  const level = numberOption(call, 'level');
  return {
    ...chainOf(call.body),
    ...(moderator === undefined ? {} : { moderator }),
    ...(model === undefined ? {} : { model: Number(model) as MediationModel }),
    ...(covariates ? { covariates } : {}),
    draws: numberOption(call, 'draws') ?? DEFAULT_DRAWS,
    seed: numberOption(call, 'seed') ?? 1,
    ...(textOption(call, 'interval') === 'bias-corrected' ? { interval: 'biasCorrected' as const } : {}),
    ...(textOption(call, 'centre') === 'none' ? { centre: 'none' as const } : {}),
    ...(textOption(call, 'probe') === 'percentiles' ? { probe: 'percentiles' as const } : {}),
    ...(level === undefined || level === 0.95 ? {} : { confLevel: level })
  };
}

/** `%%mediate SURVEY`: indirect effects with bootstrap intervals, live progress, on threads. */
export const mediateMagic: Magic = defineMagic({
  name: 'mediate',
  forms: ['cell'],
  summary: 'mediation (PROCESS models 4, 7, 14): direct, total and indirect effects with bootstrap intervals',
  manual: 'The body is `PREDICTOR -> MEDIATOR -> OUTCOME`; `+` joins parallel mediators. With `--moderator W`, model 7 moderates the path to the mediator and model 14 the path from it. Draws run on threads, show their progress and stop at an interrupt; the same seed gives the same limits. A construct stands for its score.',
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey' }],
  options: {
    as: { type: 'variable', summary: 'variable that will hold the mediation', default: DEFAULT_NAME },
    model: { type: 'string', summary: 'number of PROCESS; 4 without a moderator (model 1 is `%%moderate`)', choices: ['1', '4', '7', '14'] },
    moderator: { type: 'string', summary: 'moderator of models 7 and 14', completes: 'column' },
    covariates: { type: 'string', summary: 'covariates of every equation, separated by commas', completes: 'column' },
    draws: { type: 'number', summary: 'bootstrap samples', default: DEFAULT_DRAWS },
    seed: { type: 'number', summary: 'seed: the same seed gives the same limits on any machine', default: 1 },
    interval: { type: 'string', summary: 'kind of bootstrap interval', choices: ['percentile', 'bias-corrected'], default: 'percentile' },
    centre: { type: 'string', summary: 'what is subtracted before multiplying (models 7 and 14)', choices: ['mean', 'none'], default: 'mean' },
    probe: { type: 'string', summary: 'moderator values of the conditional effects', choices: ['sd', 'percentiles'], default: 'sd' },
    level: { type: 'number', summary: 'confidence level', default: 0.95 },
    ...STYLE_OPTIONS
  },
  example: '%%mediate wom --covariates gender --draws 5000\nEXP -> CRE + FUN -> WOM',
  binds: (call) => ({ [textOption(call, 'as') ?? DEFAULT_NAME]: 'Mediation' }),
  async run(call, context) {
    const survey = surveyArgument(call, context);
    const result = await inBody(call, async () => {
      const spec = specOf(call);
      const progress = liveProgress(context, spec.draws ?? DEFAULT_DRAWS, 'draws');
      const found = await mediateInPieces(survey, spec, { ...(context.workers ? { workers: context.workers } : {}), signal: context.signal, onProgress: ({ done }) => progress.update(done) });
      progress.finish(`${found.draws} draws, seed ${found.seed}`);
      return found;
    });
    return { bind: { [textOption(call, 'as') ?? DEFAULT_NAME]: result }, show: [shownAnalysis(call, result)] };
  },
  code: (call) => codeOf({ ...call, options: { ...call.options, as: textOption(call, 'as') ?? DEFAULT_NAME } }, 'mediate', [call.arguments[0]], { ...specOf(call) }),
  completeBody: (call, offset, context) => answerWith(call.body, offset, surveyNames(call, context)),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
