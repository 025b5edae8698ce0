import type { Diagnostic } from '../../shared/diagnostic.js';
import { formulas } from '../statements.js';
import type { ModifierType } from '../syntax.js';
import type { SyntaxCheck } from './check.js';

/** One term carries at most one modifier of a kind; `efa()` stands on the left of `=~` only. */
export const checkModifiers: SyntaxCheck = (syntax) => {
  const found: Diagnostic[] = [];
  for (const formula of formulas(syntax)) {
    for (const term of formula.right) {
      const seen = new Set<ModifierType>();
      for (const modifier of term.modifiers) {
        if (seen.has(modifier.type))
          found.push({ severity: 'error', code: 'conflicting-modifiers', message: `\`${term.variable.name || '1'}\` has two modifiers that give its ${modifier.type === 'fixed' ? 'value' : modifier.type}`, span: modifier.span, help: 'keep one of them' });
        if (modifier.type === 'efa') found.push({ severity: 'error', code: 'misplaced-modifier', message: '`efa()` stands before the latent variable, left of `=~`', span: modifier.span });
        seen.add(modifier.type);
      }
    }
    for (const term of formula.left)
      for (const modifier of term.modifiers)
        if (modifier.type !== 'efa' || formula.op !== '=~')
          found.push({ severity: 'error', code: 'misplaced-modifier', message: `a modifier stands before a variable on the right of \`${formula.op}\`, not on the left`, span: modifier.span, help: formula.op === '=~' ? 'only `efa("block")*` stands on the left' : undefined });
  }
  return found;
};
