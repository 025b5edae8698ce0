import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { DraftRow } from './draftRow.js';
import type { UserTerm } from './userTerms.js';

/**
 * The value for group `group` (1-based): a single value holds for all groups.
 * A list of labels without its `NA`s is spread the same way.
 */
function forGroup<T>(values: readonly T[], group: number): T | undefined {
  return values.length === 1 ? values[0] : values[group - 1];
}

/**
 * Gives a user's row its modifiers for one group. Returns true when a modifier
 * decided whether the parameter is free, so that identification leaves it alone.
 */
export function applyModifiers(row: DraftRow, term: UserTerm, groupCount: number, problems: Diagnostic[]): boolean {
  let decided = false;
  for (const modifier of term.modifiers) {
    const texts = modifier.type === 'label' || modifier.type === 'equal' || modifier.type === 'rv' ? modifier.values.filter((value) => modifier.type !== 'label' || value !== '') : undefined;
    const count = texts?.length ?? modifier.values.length;
    if (count > 1 && count !== groupCount && modifier.type !== 'efa') {
      problems.push({
        severity: 'error',
        code: 'modifier-per-group',
        message: `this modifier lists ${count} values, and the model has ${groupCount} group${groupCount === 1 ? '' : 's'}`,
        span: modifier.span,
        help: groupCount === 1 ? 'name the grouping variable in the option `group`' : `give one value, or ${groupCount}`
      });
      continue;
    }
    switch (modifier.type) {
      case 'fixed': {
        const value = forGroup(modifier.values, row.group);
        decided = true;
        row.isFree = value === null || value === undefined;
        row.ustart = value ?? null;
        break;
      }
      case 'start': {
        const value = forGroup(modifier.values, row.group);
        if (value !== null && value !== undefined && row.isFree) row.ustart = value;
        break;
      }
      case 'lower':
        row.lower = forGroup(modifier.values, row.group) ?? -Infinity;
        break;
      case 'upper':
        row.upper = forGroup(modifier.values, row.group) ?? Infinity;
        break;
      case 'label':
      case 'rv':
        row.label = forGroup(texts ?? [], row.group) ?? '';
        break;
      case 'equal':
        row.equalTo = forGroup(texts ?? [], row.group) ?? '';
        break;
      case 'efa':
        break;
    }
  }
  return decided;
}
