import { fail } from '../shared/diagnostic.js';
import { nearest } from '../shared/suggest.js';
import type { Fit } from '../models/fit.js';
import type { SemFit } from '../models/sem/results.js';
import type { Published } from '../report/published/readPublished.js';
import type { Moments } from '../statistics/moments.js';
import type { Survey } from '../survey/survey.js';
import type { MagicCall, MagicContext } from './magic.js';

export function isSurvey(value: unknown): value is Survey {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'survey';
}

export function isFit(value: unknown): value is Fit {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Fit>).tidy === 'function' && typeof (value as Partial<Fit>).convergence === 'object';
}

export function isSemFit(value: unknown): value is SemFit {
  return isFit(value) && value.kind === 'sem';
}

export function isPublished(value: unknown): value is Published {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'published';
}

/** The data of a structural model: a survey, or the moments that a paper prints. */
export function semDataArgument(call: MagicCall, context: MagicContext): Survey | Moments {
  const value = context.lookup(call.arguments[0] ?? '');
  if (isMoments(value)) return value;
  if (isPublished(value)) return value.moments ?? fail('no-moments', `\`${call.arguments[0]}\` prints no covariance matrix to fit a model to`, { help: 'give `n:`, `names:` and a lower triangle below `covariances:` in its `%%published` cell' });
  return surveyArgument(call, context);
}

function isMoments(value: unknown): value is Moments {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'moments';
}

/** Names of the notebook's variables that hold such a value, for errors and completion. */
export function namesOf(context: MagicContext, accepts: (value: unknown) => boolean): readonly string[] {
  return context.names().filter((name) => accepts(context.lookup(name)));
}

function resolve<Value>(call: MagicCall, context: MagicContext, position: number, what: string, cure: string, accepts: (value: unknown) => value is Value): Value {
  const name = call.arguments[position];
  const sign = call.form === 'cell' ? '%%' : '%';
  const known = namesOf(context, accepts);
  if (name === undefined) {
    return fail('missing-argument', `\`${sign}${call.magic}\` needs the name of ${what}`, { help: known.length > 0 ? `for example \`${sign}${call.magic} ${known[known.length - 1]}\`` : cure });
  }
  const value = context.lookup(name);
  if (accepts(value)) return value;
  const suggestion = nearest(name, known);
  const found = value === undefined ? 'is not a variable of this notebook' : `is not ${what}`;
  return fail('unknown-name', `\`${name}\` ${found}`, { help: suggestion ? `did you mean \`${suggestion}\`?` : known.length > 0 ? `there ${known.length === 1 ? 'is' : 'are'} ${known.map((item) => `\`${item}\``).join(', ')}` : cure });
}

/** The survey that the argument at `position` names. @throws SurveyError `missing-argument`, `unknown-name` */
export function surveyArgument(call: MagicCall, context: MagicContext, position: number = 0): Survey {
  return resolve(call, context, position, 'a survey', 'load one first: `%%survey NAME FILE`', isSurvey);
}

/** The fitted structural model that the argument at `position` names. */
export function semFitArgument(call: MagicCall, context: MagicContext, position: number = 0): SemFit {
  return resolve(call, context, position, 'a fitted structural equation model', 'fit one first: `%%sem SURVEY --as fit`', isSemFit);
}

/** Any fit that the argument at `position` names. */
export function fitArgument(call: MagicCall, context: MagicContext, position: number = 0): Fit {
  return resolve(call, context, position, 'a fit', 'fit a model first: `%%sem SURVEY --as fit` or `%%regress SURVEY --as fit`', isFit);
}

/** The option's text, or undefined; options were checked against their types when the header was parsed. */
export function textOption(call: MagicCall, name: string): string | undefined {
  const value = call.options[name];
  return value === undefined ? undefined : String(value);
}

export function numberOption(call: MagicCall, name: string): number | undefined {
  const value = call.options[name];
  return typeof value === 'number' ? value : undefined;
}

export function booleanOption(call: MagicCall, name: string): boolean {
  return call.options[name] === true;
}

/** A list written with commas: `loadings,intercepts`. */
export function listOption(call: MagicCall, name: string): readonly string[] | undefined {
  const value = textOption(call, name);
  return value === undefined ? undefined : value.split(',').map((word) => word.trim()).filter((word) => word !== '');
}
