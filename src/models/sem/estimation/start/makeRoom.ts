import type { ParameterTable } from '../../parameterTable.js';

/** Correlation that a fixed covariance starts at, at most. */
const ROOM = 0.8;

/** Free variances start large enough for the covariances that are fixed between them. */
export function makeRoom(table: ParameterTable, values: Float64Array): void {
  table.rows.forEach((row, i) => {
    if (row.op !== '~~' || row.lhs === row.rhs || row.free > 0 || row.exo || !(Math.abs(values[i]) > 0)) return;
    const own = (name: string): number => table.rows.findIndex((other) => other.op === '~~' && other.lhs === name && other.rhs === name && other.group === row.group && other.level === row.level);
    const places = [own(row.lhs), own(row.rhs)];
    if (places.some((place) => place < 0 || !(values[place] > 0))) return;
    const product = values[places[0]] * values[places[1]];
    const wanted = (values[i] / ROOM) ** 2;
    const open = places.filter((place) => table.rows[place].free > 0 && table.rows[place].ustart === null);
    if (product < wanted) for (const place of open) values[place] *= (wanted / product) ** (1 / open.length);
  });
}
