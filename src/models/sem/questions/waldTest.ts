import { cholesky, choleskySolve } from '../../../numerics/dense/cholesky.js';
import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { readModel } from '../../../language/parser.js';
import { fail, SurveyError } from '../../../shared/diagnostic.js';
import { stateOf } from '../fit/fittedModel.js';
import type { SemFit } from '../results.js';

export interface WaldTest {
  readonly statistic: number;
  readonly df: number;
  readonly pValue: number;
}

/**
 * Wald test of constraints among labelled parameters, `waldTest(fit, 'a == b; c == 0')`:
 * W = hᵀ(H V Hᵀ)⁻¹h with h the constraints' values and H their gradients.
 * @see Wald (1943)
 */
export function waldTest(fit: SemFit, constraints: string): WaldTest {
  const { estimation, vcov } = stateOf(fit);
  if (!vcov) return fail('no-covariance', 'a Wald test needs the covariance matrix of the parameters, and the model has none');
  const { structure, names, values } = estimation;
  const { syntax, diagnostics } = readModel(constraints);
  // labels are looked up in the fitted model, not in this text
  const errors = diagnostics.filter(({ severity, code }) => severity === 'error' && code !== 'unknown-label');
  if (errors.length > 0) throw new SurveyError(errors, { name: 'constraints', text: constraints });
  const statements = syntax.statements.flatMap((each) => (each.type === 'constraint' && each.op === '==' ? [each] : []));
  if (statements.length === 0) return fail('wald-test', 'no constraint was found', { help: 'write for example `a == b; c == 0`' });
  const n = structure.size;
  const gradients = statements.map(({ left, right }) => {
    const overRows = new Float64Array(values.length);
    names.addGradient(left, values, 1, overRows);
    names.addGradient(right, values, -1, overRows);
    const gradient = new Float64Array(n);
    overRows.forEach((value, i) => {
      if (structure.position[i] >= 0) gradient[structure.position[i]] += value;
    });
    return gradient;
  });
  const h = Float64Array.from(statements, ({ left, right }) => names.value(left, values) - names.value(right, values));
  if (h.some((value) => !Number.isFinite(value))) return fail('unknown-label', 'a constraint names a label that the model does not have');
  const k = h.length;
  const middle = new Float64Array(k * k);
  gradients.forEach((a, r) => gradients.forEach((b, c) => {
    for (let i = 0; i < n; i++) if (a[i] !== 0) for (let j = 0; j < n; j++) middle[r * k + c] += a[i] * vcov[i * n + j] * b[j];
  }));
  if (cholesky(middle, k) >= 0) return fail('wald-test', 'the constraints are redundant, or hold by construction');
  const solved = h.slice();
  choleskySolve(middle, k, solved);
  const statistic = solved.reduce((sum, value, i) => sum + value * h[i], 0);
  return { statistic, df: k, pValue: chiSquareUpper(statistic, k) };
}
