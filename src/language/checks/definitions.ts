import type { Diagnostic } from '../../shared/diagnostic.js';
import { namesIn } from '../expression/names.js';
import { definitions, labels } from '../statements.js';
import type { SyntaxCheck } from './check.js';

/** A defined parameter has a name of its own, and none is defined through itself. */
export const checkDefinitions: SyntaxCheck = (syntax) => {
  const found: Diagnostic[] = [];
  const given = labels(syntax);
  const byName = new Map<string, readonly string[]>();
  for (const definition of definitions(syntax)) {
    const { name, span } = definition.name;
    if (byName.has(name)) found.push({ severity: 'error', code: 'duplicate-definition', message: `\`${name}\` is defined twice`, span });
    if (given.has(name)) found.push({ severity: 'error', code: 'definition-is-label', message: `\`${name}\` is defined with \`:=\`, and is also a parameter's label`, span, help: 'give one of the two another name' });
    byName.set(name, namesIn(definition.expression));
  }
  for (const definition of definitions(syntax)) {
    const { name, span } = definition.name;
    const reached = new Set<string>();
    const open = [...(byName.get(name) ?? [])];
    while (open.length > 0) {
      const next = open.pop() as string;
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(...(byName.get(next) ?? []));
    }
    if (reached.has(name)) found.push({ severity: 'error', code: 'circular-definition', message: `\`${name}\` is defined through itself`, span });
  }
  return found;
};
