import type { Diagnostic } from '../../shared/diagnostic.js';
import type { SyntaxCheck } from './check.js';

/**
 * A plain parameter written twice is a warning: the second adds nothing. (With
 * a modifier, repeating the term is how a second modifier is given.)
 */
export const checkDuplicates: SyntaxCheck = (syntax) => {
  const found: Diagnostic[] = [];
  let seen = new Set<string>();
  for (const statement of syntax.statements) {
    if (statement.type === 'block') seen = new Set();
    if (statement.type !== 'formula') continue;
    for (const left of statement.left)
      for (const right of statement.right) {
        const names = [left.variable.name, right.variable.name];
        const key = JSON.stringify([statement.op, ...(statement.op === '~~' ? [...names].sort() : names)]);
        if (seen.has(key) && right.modifiers.length === 0)
          found.push({ severity: 'warning', code: 'duplicate-parameter', message: `\`${names[0]} ${statement.op} ${names[1] || '1'}\` is already in the model`, span: right.span, help: 'delete one of the two' });
        seen.add(key);
      }
  }
  return found;
};
