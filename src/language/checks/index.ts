import type { Diagnostic } from '../../shared/diagnostic.js';
import type { ModelSyntax } from '../syntax.js';
import type { SyntaxCheck } from './check.js';
import { checkConstraintNames } from './constraintNames.js';
import { checkDefinitions } from './definitions.js';
import { checkDuplicates } from './duplicates.js';
import { checkMeasurementCycle } from './measurementCycle.js';
import { checkModifiers } from './modifiers.js';
import { checkSelfReference } from './selfReference.js';
import { checkThresholds } from './thresholds.js';

/** The rules, in the order in which they are applied. */
export const SYNTAX_CHECKS: readonly SyntaxCheck[] = [checkSelfReference, checkModifiers, checkDuplicates, checkMeasurementCycle, checkThresholds, checkDefinitions, checkConstraintNames];

export function checkSyntax(syntax: ModelSyntax): readonly Diagnostic[] {
  return SYNTAX_CHECKS.flatMap((check) => check(syntax));
}
