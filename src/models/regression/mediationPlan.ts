import { fail } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import type { IntervalType } from './bootstrapInterval.js';
import { writeName } from './formula/ast.js';
import type { MediationModel, MediationSpec } from './mediationResults.js';
import { checkChoice, checkKeys, checkLevel } from './options.js';

const KEYS = ['outcome', 'predictor', 'mediators', 'moderator', 'model', 'covariates', 'centre', 'probe', 'draws', 'seed', 'interval', 'confLevel'] as const;
const DEFAULT_DRAWS = 5000;
/** A checked specification: names, formulas, defaults filled in. */
export interface MediationPlan {
  readonly model: MediationModel;
  readonly mediators: readonly string[];
  readonly names: readonly string[];
  readonly x: string;
  readonly w: string | undefined;
  /** The mediator as it stands in the outcome's equation. */
  readonly m: (mediator: string) => string;
  readonly mediatorSide: string;
  readonly outcomeSide: string;
  readonly totalSide: string;
  readonly covariates: readonly string[];
  readonly outcome: string;
  readonly centred: boolean;
  readonly confLevel: number;
  readonly draws: number;
  readonly seed: number;
  readonly interval: IntervalType;
}

/** @throws SurveyError `unknown-option`, `missing-option`, `bad-option`, `unknown-variable`, `not-numeric` */
export function planMediation(survey: Survey, spec: MediationSpec): MediationPlan {
  checkKeys(spec, KEYS, '`mediate`');
  const mediators = typeof spec.mediators === 'string' ? [spec.mediators] : spec.mediators ?? [];
  if (mediators.length === 0) fail('missing-option', '`mediate` needs the name of at least one mediator');
  const { moderator, covariates = [] } = spec;
  const model = spec.model ?? (moderator === undefined ? 4 : fail('missing-option', 'with a moderator the model must be said', { help: '7 when it moderates the path to the mediator, 14 when it moderates the path from it' }));
  if (model !== 4 && model !== 7 && model !== 14) fail('bad-option', `model ${String(model)} is not one of 4, 7, 14`, { help: model === 1 ? 'model 1 is `moderate`' : 'see `sem` for other models' });
  if ((model === 4) !== (moderator === undefined)) fail('bad-option', model === 4 ? 'model 4 has no moderator' : `model ${model} needs a moderator`);
  const roles = [spec.outcome, spec.predictor, ...mediators, ...(moderator === undefined ? [] : [moderator])];
  const twice = roles.find((name, i) => roles.indexOf(name) !== i);
  if (twice !== undefined) fail('bad-option', `\`${twice}\` has two roles in the model`);
  for (const name of roles) survey.numeric(name);
  for (const name of covariates) survey.column(name);
  const centred = spec.centre === undefined || checkChoice('centre', spec.centre, ['mean', 'none']) === 'mean';
  const draws = spec.draws ?? DEFAULT_DRAWS;
  if (!Number.isInteger(draws) || draws < 100) fail('bad-option', `\`draws\` is ${String(draws)}, a whole number of at least 100 was expected`);
  const part = (name: string): string => (centred ? `center(${writeName(name)})` : `numeric(${writeName(name)})`);
  const plain = (name: string): string => (survey.info(name).level === 'nominal' ? `numeric(${writeName(name)})` : writeName(name));
  const x = model === 7 ? part(spec.predictor) : plain(spec.predictor);
  const w = moderator === undefined ? undefined : part(moderator);
  const m = (name: string): string => (model === 14 ? part(name) : plain(name));
  const extra = covariates.map(writeName);
  return {
    model, mediators, names: [...roles, ...covariates], x, w, m, covariates, outcome: spec.outcome, centred,
    mediatorSide: [x, ...(model === 7 ? [w, `${x}:${w}`] : []), ...extra].join(' + '),
    outcomeSide: [x, ...mediators.map(m), ...(model === 14 ? [w, ...mediators.map((name) => `${m(name)}:${w}`)] : []), ...extra].join(' + '),
    totalSide: [x, ...extra].join(' + '),
    confLevel: spec.confLevel === undefined ? 0.95 : checkLevel(spec.confLevel),
    draws,
    seed: spec.seed ?? 1,
    interval: spec.interval === undefined ? 'percentile' : checkChoice('interval', spec.interval, ['percentile', 'biasCorrected'])
  };
}
