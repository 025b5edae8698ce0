import { SurveyError, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { ResolvedSemOptions, TestKind } from '../options.js';

const TESTS_AFTERWARDS: readonly TestKind[] = ['browne.residual.adf', 'browne.residual.nt', 'bollen.stine'];

/**
 * Options of lavaan that are understood but not computed: refused, since an
 * answer under their name would be another one.
 * @throws SurveyError `unavailable-option`
 */
export function refuseUnavailable({ se }: ResolvedSemOptions): void {
  const problems: Diagnostic[] = [];
  const refuse = (message: string, help: string): void => {
    problems.push({ severity: 'error', code: 'unavailable-option', message, help });
  };
  if (se === 'bootstrap') refuse('standard errors by bootstrap are not computed while fitting', 'fit the model, then call `bootstrap(fit)` or `%bootstrap`');
  if (problems.length > 0) throw new SurveyError(problems);
}

/** Tests that stand beside the standard one and are not computed: the standard one is shown, and it is said. */
export function unavailableTest({ test }: ResolvedSemOptions): readonly Diagnostic[] {
  if (!TESTS_AFTERWARDS.includes(test)) return [];
  const cure = test === 'bollen.stine' ? 'call `bootstrap(fit, { type: "bollen.stine" })` for its p-value' : 'use `satorra.bentler`, `yuan.bentler.mplus` or `scaled.shifted` for data that are not normal';
  return [warning('unavailable-test', `test \`${test}\` is not computed while fitting; χ² and p are those of the standard test`, { help: cure })];
}
