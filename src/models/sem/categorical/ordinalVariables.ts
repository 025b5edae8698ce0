import type { ModelSyntax } from '../../../language/syntax.js';
import { SurveyError } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { isMoments, type SemData } from '../estimation/sample.js';
import type { SemOptions } from '../options.js';
import { blockRoles } from '../specification/roles.js';
import { userBlocks } from '../specification/userTerms.js';

/** Ordinal variable → its categories in ascending order. */
export type Categories = ReadonlyMap<string, readonly number[]>;

/** A variable with more categories is refused: it is treated better as continuous. */
const MOST_CATEGORIES = 30;

/**
 * The ordinal variables of a model with their categories: those named in
 * `ordered`, or with `ordered: true` every modelled observed variable.
 * Exogenous variables stay as they are.
 */
export function ordinalVariables(syntax: ModelSyntax, data: SemData, { ordered }: Pick<SemOptions, 'ordered'>): Categories {
  const out = new Map<string, readonly number[]>();
  if (ordered === undefined || ordered === false) return out;
  if (isMoments(data)) throw new SurveyError({ severity: 'error', code: 'rows-needed', message: 'ordinal variables need the rows of the data, and only moments were given', help: 'leave `ordered` out, or pass the data themselves' });
  const modelled = new Set(userBlocks(syntax, []).flatMap((block) => blockRoles(block.terms).modelledObserved));
  const wanted = ordered === true ? [...modelled] : typeof ordered === 'string' ? [ordered] : ordered;
  const unknown = wanted.filter((name) => !data.has(name));
  if (ordered !== true && unknown.length > 0)
    throw new SurveyError(unknown.map((name) => ({ severity: 'error' as const, code: 'unknown-variable', message: `\`${name}\` of \`ordered\` is not a column of \`${data.name}\``, help: didYouMean(name, data.names()) })));
  for (const name of wanted) {
    if (!modelled.has(name) || !data.has(name)) continue;
    const categories = [...new Set(data.numeric(name))].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    if (categories.length === 0) throw new SurveyError({ severity: 'error', code: 'no-answers', message: `\`${name}\` has no answers`, help: 'leave the variable out, or look at how its values were read' });
    if (categories.length < 2) throw new SurveyError({ severity: 'error', code: 'empty-category', message: `\`${name}\` has the same answer in every row, and is to be ordinal`, help: 'leave the variable out, or look at how its values were read' });
    if (categories.length > MOST_CATEGORIES) throw new SurveyError({ severity: 'error', code: 'too-many-categories', message: `\`${name}\` has ${categories.length} different values, and is to be ordinal`, help: 'leave it out of `ordered`, or join categories' });
    out.set(name, categories);
  }
  return out;
}
