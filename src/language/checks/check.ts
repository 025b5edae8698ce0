import type { Diagnostic } from '../../shared/diagnostic.js';
import type { ModelSyntax } from '../syntax.js';

/** One rule over a whole model, without data. */
export type SyntaxCheck = (syntax: ModelSyntax) => readonly Diagnostic[];
