import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';

/** Parameters named with their gradient. */
const NAMED = 3;

/**
 * Says that no solution was found, where the search stands and what to try:
 * the parameters whose gradient, divided by the root of their information, is
 * the largest are those that still wanted to move.
 */
export function convergenceWarning(estimation: Estimation): Diagnostic {
  const { minimum } = estimation;
  const steep = steepest(estimation);
  const where = steep.length > 0 ? `; steepest at ${steep.join(', ')}` : '';
  return warning('not-converged', `estimation did not converge: ${minimum.message} (${minimum.iterations} iterations, scaled gradient ${minimum.gradient.toPrecision(3)}${where})`, {
    help: `${advice(estimation)}; no standard errors or tests are reported`
  });
}

function advice({ minimum, table }: Estimation): string {
  if (minimum.iterations === 0) return 'give starting values with start(), or `start: "simple"`; look at the warnings on the data first';
  if (/iterations/.test(minimum.message)) return 'raise `control.maxIterations`, give starting values with start(), or look whether these parameters can be told apart at all';
  const scale = table.rows.some((row) => row.origin === 'marker') ? ', set the scale by `std.lv` instead of a marker' : '';
  return `give starting values with start()${scale}, bound variances with \`bounds: "pos.var"\`, or simplify the model at these parameters`;
}

function steepest({ minimum, objective, structure, table }: Estimation): readonly string[] {
  const n = structure.size;
  if (n === 0 || objective.evaluate(minimum.x) === null) return [];
  const gradient = new Float64Array(n);
  const information = new Float64Array(n * n);
  objective.gradient(gradient);
  objective.information(information);
  const scaled = Float64Array.from(gradient, (value, k) => Math.abs(value) / Math.sqrt(Math.max(information[k * n + k], Number.MIN_VALUE)));
  return Array.from({ length: n }, (_, k) => k)
    .filter((k) => Number.isFinite(scaled[k]) && scaled[k] > 0)
    .sort((a, b) => scaled[b] - scaled[a])
    .slice(0, NAMED)
    .map((k) => {
      const row = table.rows[structure.firstRow[k]];
      return `\`${`${row.lhs} ${row.op} ${row.rhs}`.trim()}\` (${scaled[k].toPrecision(2)})`;
    });
}
