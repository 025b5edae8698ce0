import { formatModel } from '../format.js';
import type { ModelSyntax } from '../syntax.js';

/**
 * The model for lavaan in R. Names with spaces, which lavaan cannot read, are
 * joined by underscores.
 */
export function toLavaan(syntax: ModelSyntax): string {
  return formatModel(syntax).replace(/`([^`]*)`/g, (_, name: string) => name.replace(/[^\p{L}\p{M}\p{N}._]+/gu, '_'));
}
