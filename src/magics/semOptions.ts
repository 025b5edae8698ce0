import type { SemOptions } from '../models/sem/options.js';
import { SEM_OPTION_SPECS } from '../models/sem/specification/optionSpecs.js';
import { optionsFromDotted } from '../models/sem/specification/optionsFromDotted.js';
import type { MagicCall, OptionSpec, OptionSpecs } from './magic.js';

const SHOWN = Object.values(SEM_OPTION_SPECS).filter(({ kinds }) => kinds.some((kind) => kind !== 'record'));

/** lavaan's arguments under lavaan's names: `--estimator MLR --group.equal loadings,intercepts`. */
export const SEM_MAGIC_OPTIONS: OptionSpecs = Object.fromEntries(
  SHOWN.map(({ dotted, kinds, choices, summary }): [string, OptionSpec] => {
    const takesWords = kinds.includes('text') || kinds.includes('texts');
    const type = takesWords ? 'string' : kinds.includes('number') ? 'number' : 'boolean';
    // A list may hold several of the choices, and a word may stand beside true and false: those are checked later.
    const closed = choices && kinds.length === 1 && kinds[0] === 'text';
    return [dotted, { type, summary, ...(closed ? { choices } : {}) }];
  })
);

/** The words of a header as the engine's options. @throws SurveyError `invalid-option` */
export function semOptionsOf(call: MagicCall): SemOptions {
  const given: Record<string, unknown> = {};
  for (const { dotted, kinds } of SHOWN) {
    const value = call.options[dotted];
    if (value === undefined) continue;
    if (typeof value !== 'string') given[dotted] = value;
    else if (kinds.includes('boolean') && (value === 'true' || value === 'false')) given[dotted] = value === 'true';
    else if (kinds.includes('texts') && value.includes(',')) given[dotted] = value.split(',').map((word) => word.trim()).filter((word) => word !== '');
    else given[dotted] = value;
  }
  return optionsFromDotted(given);
}
