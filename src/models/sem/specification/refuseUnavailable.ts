import { SurveyError, type Diagnostic } from '../../../shared/diagnostic.js';
import type { ResolvedSemOptions } from '../options.js';

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
