import { formatModel } from '../../../language/format.js';
import { parseModel } from '../../../language/parser.js';
import type { Statement, Term } from '../../../language/syntax.js';

/**
 * The model that would be fitted to data from a population: the same text
 * without its values. Rows whose values are all the analysis would estimate
 * anyway (variances, thresholds, means) are left to the defaults.
 */
export function withoutValues(text: string): string {
  const syntax = parseModel(text);
  const free = (term: Term): Term => ({ ...term, modifiers: term.modifiers.filter(({ type }) => type !== 'fixed' && type !== 'start') });
  const statements = syntax.statements.flatMap((statement): readonly Statement[] => {
    if (statement.type !== 'formula') return [statement];
    if (statement.op === '|' || statement.op === '~*~') return [];
    const variance = (left: Term, right: Term): boolean => statement.op === '~~' && left.variable.name === right.variable.name;
    const right = statement.right.filter((term) => term.variable.name !== '' && !statement.left.some((left) => variance(left, term))).map(free);
    return right.length === 0 ? [] : [{ ...statement, left: statement.left.map(free), right }];
  });
  return formatModel({ ...syntax, statements });
}
