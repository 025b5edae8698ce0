import type { Diagnostic } from '../../shared/diagnostic.js';
import { formulas } from '../statements.js';
import type { SyntaxCheck } from './check.js';

/** Latent variables must not measure each other in a circle. */
export const checkMeasurementCycle: SyntaxCheck = (syntax) => {
  const indicators = new Map<string, { name: string; start: number; end: number }[]>();
  for (const formula of formulas(syntax)) {
    if (formula.op !== '=~') continue;
    for (const left of formula.left) {
      const list = indicators.get(left.variable.name) ?? [];
      for (const right of formula.right) if (right.variable.name !== left.variable.name) list.push({ name: right.variable.name, ...right.variable.span });
      indicators.set(left.variable.name, list);
    }
  }
  const found: Diagnostic[] = [];
  const done = new Set<string>();
  for (const root of indicators.keys()) {
    // Depth-first without recursion: a chain of latent variables may be long.
    const trail: { name: string; next: number }[] = [{ name: root, next: 0 }];
    const open = new Set([root]);
    while (trail.length > 0) {
      const top = trail[trail.length - 1];
      const children = indicators.get(top.name) ?? [];
      if (done.has(top.name) || top.next >= children.length) {
        done.add(top.name);
        open.delete(top.name);
        trail.pop();
        continue;
      }
      const child = children[top.next++];
      if (open.has(child.name))
        found.push({ severity: 'error', code: 'measurement-cycle', message: `\`${child.name}\` and \`${top.name}\` measure each other`, span: { start: child.start, end: child.end }, help: 'an effect between latent variables is a regression: use `~`' });
      else if (!done.has(child.name) && indicators.has(child.name)) {
        trail.push({ name: child.name, next: 0 });
        open.add(child.name);
      }
    }
  }
  return found;
};
