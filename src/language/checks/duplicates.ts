import type { Diagnostic } from '../../shared/diagnostic.js';
import type { SyntaxCheck } from './check.js';

/**
 * A parameter in two formulas is an error for `=~` and `~`; for the others the
 * second is ignored, with a warning. (Inside one formula, repeating a term is
 * how a second modifier is given.)
 */
export const checkDuplicates: SyntaxCheck = (syntax) => {
  const found: Diagnostic[] = [];
  let seen = new Set<string>();
  for (const statement of syntax.statements) {
    if (statement.type === 'block') seen = new Set();
    if (statement.type !== 'formula') continue;
    const own = new Set<string>();
    for (const left of statement.left)
      for (const right of statement.right) {
        const names = [left.variable.name, right.variable.name];
        const turned = statement.op === '~~' && names[0] > names[1];
        // no operator or name holds a NUL
        const key = `${statement.op}\u0000${names[turned ? 1 : 0]}\u0000${names[turned ? 0 : 1]}`;
        own.add(key);
        if (!seen.has(key)) continue;
        const severe = statement.op === '=~' || statement.op === '~' || statement.op === '<~';
        found.push({
          severity: severe ? 'error' : 'warning',
          code: 'duplicate-parameter',
          message: `\`${names[0]} ${statement.op} ${names[1] || '1'}\` is already in the model${severe ? '' : '; the second is ignored'}`,
          span: right.span,
          help: 'delete one of the two; several modifiers stand in one formula: `f =~ a*x + start(0.5)*x`'
        });
      }
    for (const key of own) seen.add(key);
  }
  return found;
};
