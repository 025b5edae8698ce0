import { fail } from '../../../shared/diagnostic.js';
import type { ParameterTable } from '../parameterTable.js';

/**
 * Groups are estimated on the same variables: names those that a group's
 * blocks lack, and how to have them there without a claim about them.
 * @throws SurveyError `group-variables`
 */
export function requireSharedVariables({ rows, roles, groupLabels }: ParameterTable): void {
  // a group alone names all that there is
  if (groupLabels.length < 2) return;
  groupLabels.forEach((label, g) => {
    const named = new Set(rows.filter((row) => row.group === g + 1).flatMap(({ lhs, rhs }) => [lhs, rhs]));
    const lacking = roles.observed.filter((name) => !named.has(name));
    if (lacking.length === 0) return;
    const own = roles.observed.filter((name) => named.has(name));
    fail('group-variables', `the block of group \`${label}\` lacks ${lacking.map((name) => `\`${name}\``).join(', ')}, which another group has`, {
      help: `let it covary freely with all variables of that block, which changes neither fit nor estimates: \`${lacking[0]} ~~ ${[lacking[0], ...own].join(' + ')}\``
    });
  });
}
