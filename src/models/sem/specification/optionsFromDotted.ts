import { SurveyError, type Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean, nearest } from '../../../shared/suggest.js';
import type { SemOptions } from '../options.js';
import { SEM_OPTION_SPECS, type SemOptionSpec } from './optionSpecs.js';
import { optionWord } from './optionWords.js';

const SPECS: readonly (readonly [keyof SemOptions, SemOptionSpec])[] = Object.entries(SEM_OPTION_SPECS) as [keyof SemOptions, SemOptionSpec][];

/**
 * Options by lavaan's dotted names (`std.lv`, `group.equal`), as jobs give
 * them; camelCase names are taken too. Every unknown name and unfit value is
 * reported at once.
 */
export function optionsFromDotted(given: Readonly<Record<string, unknown>>): SemOptions {
  const options: Partial<Record<keyof SemOptions, unknown>> = {};
  const problems: Diagnostic[] = [];
  for (const [name, value] of Object.entries(given)) {
    const found = SPECS.find(([key, spec]) => spec.dotted === name || key === name || (name === 'iseed' && key === 'seed'));
    if (!found) {
      problems.push({ severity: 'error', code: 'unknown-option', message: `\`${name}\` is not an option`, help: didYouMean(name, SPECS.map(([, spec]) => spec.dotted)) ?? `options are ${SPECS.map(([, spec]) => spec.dotted).join(', ')}` });
      continue;
    }
    if (value === undefined || value === null) continue;
    const word = inOurWords(found[1], value);
    const problem = checkValue(name, word, found[1]);
    if (problem) problems.push(problem);
    else options[found[0]] = word;
  }
  if (problems.length > 0) throw new SurveyError(problems);
  return options as SemOptions;
}

/** Arguments of lavaan about its own machinery, which change no result here. */
const MACHINERY: readonly string[] = [
  'verbose', 'warn', 'debug', 'check.start', 'check.post', 'check.gradient', 'check.vcov', 'check.lv.names', 'optim.method', 'optim.attempts', 'optim.gradient', 'optim.parscale', 'optim.dx.tol', 'optim.force.converged',
  'em.h1.iter.max', 'em.h1.tol', 'em.h1.warn', 'h1', 'implied', 'loglik', 'store.vcov', 'representation', 'ceq.simple', 'parallel', 'ncpus', 'estimator.args', 'slotOptions', 'parser', 'check.delta.cat.mediator', 'rstarts'
];

/** Settings of lavaan's minimizer, by its names. */
const CONTROL: ReadonlyMap<string, 'maxIterations' | 'gradientTolerance' | null> = new Map([
  ['iter.max', 'maxIterations'], ['maxIterations', 'maxIterations'], ['gradientTolerance', 'gradientTolerance'],
  ['eval.max', null], ['rel.tol', null], ['abs.tol', null], ['x.tol', null], ['xf.tol', null], ['step.min', null], ['step.max', null], ['trace', null]
]);

/**
 * Options of a job: lavaan's arguments about its own machinery are left out
 * with a warning, those about the minimizer are translated.
 */
export function optionsFromJob(given: Readonly<Record<string, unknown>>): { readonly options: SemOptions; readonly warnings: readonly Diagnostic[] } {
  const kept: Record<string, unknown> = {};
  const warnings: Diagnostic[] = [];
  const ignore = (name: string): void => {
    warnings.push({ severity: 'warning', code: 'option-without-effect', message: `\`${name}\` concerns lavaan's own machinery and changes nothing here` });
  };
  for (const [name, value] of Object.entries(given)) {
    if (MACHINERY.includes(name)) ignore(name);
    else if (name === 'iseed') kept['seed'] = value;
    else if (name === 'se' && (value === 'observed' || value === 'expected')) Object.assign(kept, { se: 'standard', information: value });
    else if (name === 'control' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const control: Record<string, unknown> = {};
      for (const [key, setting] of Object.entries(value)) {
        const own = CONTROL.get(key);
        if (own === undefined) throw new SurveyError({ severity: 'error', code: 'unknown-option', message: `\`${key}\` is not a setting of \`control\``, help: didYouMean(key, CONTROL.keys()) ?? `settings are ${[...CONTROL.keys()].join(', ')}` });
        if (own === null) ignore(`control: ${key}`);
        else control[own] = setting;
      }
      if (Object.keys(control).length > 0) kept['control'] = control;
    } else kept[name] = value;
  }
  return { options: optionsFromDotted(kept), warnings };
}

/** Checks options in camelCase, as TypeScript callers give them. */
export function checkedOptions(options: SemOptions): SemOptions {
  return optionsFromDotted(options as Readonly<Record<string, unknown>>);
}

function inOurWords({ dotted, choices }: SemOptionSpec, value: unknown): unknown {
  const word = (each: unknown): unknown => (typeof each === 'string' && choices ? optionWord(dotted, each, choices) : each);
  return Array.isArray(value) ? (value as readonly unknown[]).map(word) : word(value);
}

function checkValue(name: string, value: unknown, spec: SemOptionSpec): Diagnostic | undefined {
  const wrong = (message: string, help?: string): Diagnostic => ({ severity: 'error', code: 'invalid-option', message, ...(help ? { help } : {}) });
  if (typeof value === 'boolean') return spec.kinds.includes('boolean') ? undefined : wrong(`\`${name}\` is ${kindsInWords(spec)}, found \`${value}\``);
  if (typeof value === 'number') return spec.kinds.includes('number') && Number.isFinite(value) ? undefined : wrong(`\`${name}\` is ${kindsInWords(spec)}, found \`${value}\``);
  if (typeof value === 'string') {
    if (!spec.kinds.includes('text')) return wrong(`\`${name}\` is ${kindsInWords(spec)}, found \`${value}\``, spec.kinds[0] === 'boolean' ? 'write `true` or `false`, without quotation marks' : `give ${kindsInWords(spec)}`);
    return checkChoice(name, value, spec);
  }
  if (Array.isArray(value)) {
    if (!spec.kinds.includes('texts')) return wrong(`\`${name}\` is ${kindsInWords(spec)}, found a list`);
    for (const each of value as readonly unknown[]) {
      if (typeof each === 'string') {
        const problem = checkChoice(name, each, spec);
        if (problem) return problem;
      } else if (typeof each !== 'number') return wrong(`\`${name}\` is a list of words`);
    }
    return undefined;
  }
  return spec.kinds.includes('record') && typeof value === 'object' ? undefined : wrong(`\`${name}\` is ${kindsInWords(spec)}`);
}

function checkChoice(name: string, value: string, { choices }: SemOptionSpec): Diagnostic | undefined {
  if (!choices) return undefined;
  if (choices.includes(value)) return undefined;
  const near = nearest(value, choices);
  return { severity: 'error', code: 'invalid-option', message: `\`${value}\` is not a value of \`${name}\``, help: near ? `did you mean \`${near}\`?` : `one of ${choices.join(', ')}` };
}

function kindsInWords({ kinds }: SemOptionSpec): string {
  const words = { boolean: 'true or false', text: 'a word', number: 'a number', texts: 'a list', record: 'an object' } as const;
  return kinds.map((kind) => words[kind]).join(' or ');
}
