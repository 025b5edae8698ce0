import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { BoundsKind, ResolvedSemOptions } from '../options.js';
import type { Parameter, ParameterTable, VariableRoles } from '../parameterTable.js';
import { rolesOfBlock } from '../structure/blocks.js';

/** Smallest reliability that the marker of a latent variable is granted. */
const MARKER_RELIABILITY = 0.1;
/** Lower bound of the residual variance of a latent variable that is explained by others. */
const DEPENDENT_LATENT = 0.005;

/** How far the natural range [l, u] of a kind of parameter is stretched: by (factor − 1)(u − l) on each side. */
interface Stretch {
  readonly residual: readonly [low: number, high: number];
  readonly latent: readonly [low: number, high: number];
  readonly loading: number;
  readonly covariance: number;
}

const STRETCH: Readonly<Record<'standard' | 'wide' | 'wide.zerovar', Stretch>> = {
  standard: { residual: [1, 1], latent: [1, 1], loading: 1, covariance: 0.999 },
  wide: { residual: [1.05, 1.2], latent: [1, 1.3], loading: 1.1, covariance: 1 },
  'wide.zerovar': { residual: [1, 1.2], latent: [1, 1.3], loading: 1.1, covariance: 1 }
};

/** Variance of an observed variable in a group (0-based), with the divisor of the estimator. */
export type ObservedVariance = (name: string, group: number) => number;

/**
 * Bounds that follow from the sample variances, so that estimates stay where a
 * solution can lie: residual variances in [0, s²] ([0, .9 s²] for the marker of
 * a latent variable), variances of a latent variable with marker y₁ in
 * [.1 s₁², s₁²], its loadings in ±√(s_j²/.1 s₁²), covariances within ±√(u_a u_b).
 * `wide` stretches these ranges. Bounds that the model states are kept.
 *
 * @see De Jonckere & Rosseel (2022), Structural Equation Modeling 29(3)
 */
export function boundedByData(table: ParameterTable, variance: ObservedVariance, options: ResolvedSemOptions): ParameterTable {
  const kind: BoundsKind = options.bounds;
  if (kind !== 'standard' && kind !== 'wide' && kind !== 'wide.zerovar') return table;
  if (options.effectCoding.length > 0) return { ...table, warnings: [...table.warnings, unavailable()] };
  const stretch = STRETCH[kind];
  const rows = [...table.rows];
  table.groupLabels.forEach((_, g) => boundGroup(rows, rolesOfBlock(table, g), g, (name) => variance(name, g), stretch, options.stdLv));
  return { ...table, rows };
}

function unavailable(): Diagnostic {
  return warning('no-bounds', 'bounds by the data are not defined with `effect.coding`: the parameters are not bounded', {
    help: 'use marker identification or `std.lv`',
    zh: '采用 `effect.coding` 时没有由数据确定的界限：参数不受限制',
    helpZh: '请使用标记变量识别或 `std.lv`'
  });
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function boundGroup(rows: Parameter[], roles: VariableRoles, g: number, variance: (name: string) => number, stretch: Stretch, stdLv: boolean): void {
  const own = rows.map((row, i) => ({ row, i })).filter(({ row }) => row.group === g + 1);
  const latent = new Set(roles.latent);
  const observed = new Set(roles.observed);
  const largest = Math.max(...roles.observed.map(variance));
  const dependent = new Set(own.flatMap(({ row }) => (row.op === '~' ? [row.lhs] : row.op === '=~' && latent.has(row.rhs) ? [row.rhs] : [])));
  const markers = new Map<string, string>();
  for (const name of roles.latent) {
    const ones = own.filter(({ row }) => row.op === '=~' && row.lhs === name && row.free === 0 && row.ustart === 1);
    if (ones.length === 1 && observed.has(ones[0].row.rhs)) markers.set(name, ones[0].row.rhs);
  }
  const markerItems = new Set(markers.values());
  /** Least variance that the whole latent variable is granted, for its loadings. */
  const leastVariance = (name: string): number => {
    const marker = markers.get(name);
    if (marker !== undefined) return MARKER_RELIABILITY * variance(marker);
    return stdLv ? 1 : 0;
  };
  const ranges = new Map<string, Range>();
  for (const { row, i } of own) {
    if (row.op !== '~~' || row.lhs !== row.rhs) continue;
    if (row.free === 0) {
      if (row.ustart !== null) ranges.set(row.lhs, { low: row.ustart, high: row.ustart });
      continue;
    }
    const range = latent.has(row.lhs) ? latentRange(row.lhs) : residualRange(row.lhs);
    ranges.set(row.lhs, range);
    rows[i] = within(row, range);
  }
  for (const { row, i } of own) {
    if (row.free === 0) continue;
    if (row.op === '=~' && observed.has(row.rhs) && row.efa === '') {
      const least = leastVariance(row.lhs);
      if (least > 0) rows[i] = within(row, stretched(symmetric(Math.sqrt(variance(row.rhs) / least)), stretch.loading, stretch.loading));
    } else if (row.op === '~~' && row.lhs !== row.rhs) {
      const [a, b] = [ranges.get(row.lhs), ranges.get(row.rhs)];
      if (a && b && a.high > 0 && b.high > 0) rows[i] = within(row, stretched(symmetric(Math.sqrt(a.high * b.high)), stretch.covariance, stretch.covariance));
    }
  }

  function residualRange(name: string): Range {
    const high = variance(name) * (markerItems.has(name) ? 1 - MARKER_RELIABILITY : 1);
    return stretched({ low: 0, high }, ...stretch.residual);
  }

  function latentRange(name: string): Range {
    const marker = markers.get(name);
    const high = marker === undefined ? largest : variance(marker);
    const low = dependent.has(name) ? DEPENDENT_LATENT : marker === undefined ? 0 : MARKER_RELIABILITY * high;
    return stretched({ low, high }, ...stretch.latent);
  }
}

function symmetric(high: number): Range {
  return { low: -high, high };
}

function stretched({ low, high }: Range, below: number, above: number): Range {
  const width = high - low;
  return { low: low - (below - 1) * width, high: high + (above - 1) * width };
}

/** Bounds of the row narrowed to a range; what the model states goes first. */
function within(row: Parameter, { low, high }: Range): Parameter {
  return { ...row, lower: Number.isFinite(row.lower) ? row.lower : low, upper: Number.isFinite(row.upper) ? row.upper : high };
}
