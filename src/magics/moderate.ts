import { moderate, type ModerationSpec, type StandardErrorType } from '../models/regression/index.js';
import { chartsOf } from '../report/charts/chartsOf.js';
import { fail } from '../shared/diagnostic.js';
import { answerWith, surveyNames } from './completeNames.js';
import { inBody } from './inBody.js';
import { inspectName } from './inspectName.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { codeOf } from './namedResult.js';
import { booleanOption, numberOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS, tableStyle } from './shown.js';

const DEFAULT_NAME = 'moderation';
const NAME = '[\\p{L}\\p{M}\\p{N}_.]+|`[^`]+`';
const FORM = new RegExp(`^\\s*(?<outcome>${NAME})\\s*~\\s*(?<predictor>${NAME})\\s*[*×]\\s*(?<moderator>${NAME})(?<rest>(?:\\s*\\+\\s*(?:${NAME}))*)\\s*$`, 'u');

function bare(name: string): string {
  return name.trim().replace(/^`|`$/g, '');
}

/** `y ~ x * w + c1 + c2`: one product, then covariates. */
function rolesOf(body: string): Pick<ModerationSpec, 'outcome' | 'predictor' | 'moderator' | 'covariates'> {
  const text = body.split('\n').map((line) => line.replace(/#.*$/, '')).join(' ');
  const parts = FORM.exec(text)?.groups;
  if (!parts) return fail('moderation-syntax', 'a moderation is written `OUTCOME ~ PREDICTOR * MODERATOR`, with `+ COVARIATE` behind it if need be', { span: { start: 0, end: body.length }, help: 'for example `WOM ~ EXP * years + gender`; `%%regress` takes any other formula' });
  const covariates = parts.rest.split('+').map(bare).filter((name) => name !== '');
  return { outcome: bare(parts.outcome), predictor: bare(parts.predictor), moderator: bare(parts.moderator), ...(covariates.length > 0 ? { covariates } : {}) };
}

function probeOf(text: string | undefined): ModerationSpec['probe'] | undefined {
  if (text === undefined || text === 'sd') return undefined;
  if (text === 'percentiles') return 'percentiles';
  const values = text.split(',').map(Number);
  if (!values.every(Number.isFinite)) fail('invalid-option', `\`--probe\` is \`${text}\`, expected \`sd\`, \`percentiles\` or numbers separated by commas`);
  return values;
}

function specOf(call: MagicCall): ModerationSpec {
  const se = textOption(call, 'se');
  const probe = probeOf(textOption(call, 'probe'));
  const level = numberOption(call, 'level');
  return {
    ...rolesOf(call.body),
    ...(textOption(call, 'centre') === 'none' ? { centre: 'none' as const } : {}),
    ...(probe === undefined ? {} : { probe }),
    ...(se === undefined || se === 'classical' ? {} : { se: se as StandardErrorType }),
    ...(level === undefined || level === 0.95 ? {} : { confLevel: level })
  };
}

/** `%%moderate SURVEY`: simple slopes, Johnson–Neyman, interaction plot. */
export const moderateMagic: Magic = defineMagic({
  name: 'moderate',
  forms: ['cell'],
  summary: 'moderation (PROCESS model 1): interaction, simple slopes, Johnson-Neyman region, interaction plot',
  manual: 'The body is `OUTCOME ~ PREDICTOR * MODERATOR`, followed by covariates: `+ gender + years`. Predictor and moderator are centred at their means before they are multiplied, unless `--centre none`. A construct stands for its score.',
  arguments: [{ name: 'survey', kind: 'survey', summary: 'a loaded survey' }],
  options: {
    as: { type: 'variable', summary: 'variable that will hold the moderation', default: DEFAULT_NAME },
    centre: { type: 'string', summary: 'what is subtracted before multiplying', choices: ['mean', 'none'], default: 'mean' },
    probe: { type: 'string', summary: 'moderator values of the simple slopes: `sd` (mean and one SD to either side), `percentiles` (16, 50, 84), or numbers separated by commas', default: 'sd' },
    se: { type: 'string', summary: 'standard errors', choices: ['classical', 'HC0', 'HC1', 'HC2', 'HC3', 'HC4'], default: 'classical' },
    level: { type: 'number', summary: 'confidence level', default: 0.95 },
    plots: { type: 'boolean', summary: 'interaction plot and Johnson-Neyman plot; `--no-plots` leaves them out', default: true },
    ...STYLE_OPTIONS
  },
  example: '%%moderate wom --probe percentiles\nWOM ~ EXP * FUN + gender',
  binds: (call) => ({ [textOption(call, 'as') ?? DEFAULT_NAME]: 'Moderation' }),
  async run(call, context) {
    const survey = surveyArgument(call, context);
    const result = await inBody(call, () => moderate(survey, specOf(call)));
    const style = tableStyle(call);
    const plots = booleanOption(call, 'plots') ? chartsOf(result, style.lang ? { lang: style.lang } : {}) : [];
    return { bind: { [textOption(call, 'as') ?? DEFAULT_NAME]: result }, show: [shownAnalysis(call, result), ...plots] };
  },
  code: (call) => codeOf({ ...call, options: { ...call.options, as: textOption(call, 'as') ?? DEFAULT_NAME } }, 'moderate', [call.arguments[0]], { ...specOf(call) }),
  completeBody: (call, offset, context) => answerWith(call.body, offset, surveyNames(call, context)),
  inspectBody: (call, offset, context) => inspectName(call, offset, context)
});
