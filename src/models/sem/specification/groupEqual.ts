import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { EqualAcrossGroups, ResolvedSemOptions } from '../options.js';
import type { BlockRoles } from './roles.js';
import type { DraftRow } from './draftRow.js';

/** Which kind of equality a row falls under, if any. */
function kindOf(row: DraftRow, roles: BlockRoles): EqualAcrossGroups | undefined {
  const latent = new Set(roles.latent);
  const exogenous = new Set(roles.exogenousObserved);
  switch (row.op) {
    case '=~':
      return 'loadings';
    case '<~':
      return 'composite.loadings';
    case '~':
      return 'regressions';
    case '|':
      return 'thresholds';
    case '~1':
      return latent.has(row.lhs) ? 'means' : exogenous.has(row.lhs) ? undefined : 'intercepts';
    case '~~': {
      if (latent.has(row.lhs)) return row.lhs === row.rhs ? 'lv.variances' : 'lv.covariances';
      if (exogenous.has(row.lhs)) return undefined;
      return row.lhs === row.rhs ? 'residuals' : 'residual.covariances';
    }
    default:
      return undefined;
  }
}

/** Rows as `group.partial` names them: `f=~x3`, `x1~1`, `x1~~x2`. */
function isPartial(row: DraftRow, partial: ReadonlySet<string>): boolean {
  return partial.has(`${row.lhs}${row.op}${row.rhs}`) || (row.op === '~~' && partial.has(`${row.rhs}~~${row.lhs}`));
}

/** `each` of `group.partial` names this row. */
export function excepts(each: string, row: DraftRow): boolean {
  return isPartial(row, new Set([each.replace(/\s+/g, '')]));
}

/** Rows that no earlier group has: those of group 1, and what groups with other variables add. */
function firstAppearances(rows: readonly DraftRow[]): ReadonlySet<DraftRow> {
  const first = new Map<string, DraftRow>();
  for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row);
  return new Set(first.values());
}

function keyOf({ lhs, op, rhs, level }: DraftRow): string {
  return JSON.stringify([lhs, op, rhs, level]);
}

/**
 * The free, unlabelled rows that are equal in all groups that have them, each
 * in the first of these groups. Their label becomes the built-in label of that
 * row in every group.
 */
export function equalRows(rows: readonly DraftRow[], rolesOf: (row: DraftRow) => BlockRoles, options: ResolvedSemOptions): readonly DraftRow[] {
  if (options.groupEqual.length === 0) return [];
  const partial = new Set(options.groupPartial.map((each) => each.replace(/\s+/g, '')));
  const first = firstAppearances(rows);
  const repeated = new Set(rows.filter((row) => !first.has(row)).map(keyOf));
  return rows.filter((row) => {
    if (!first.has(row) || !repeated.has(keyOf(row)) || !row.isFree || row.label !== '' || (row.exo && row.op !== '~')) return false;
    const kind = kindOf(row, rolesOf(row));
    return kind !== undefined && options.groupEqual.includes(kind) && !isPartial(row, partial);
  });
}

/**
 * A value that is fixed in one group holds in all where groups are equal, as in
 * lavaan: the first of several different values is taken, and that is said.
 */
export function shareFixedAcrossGroups(rows: readonly DraftRow[], rolesOf: (row: DraftRow) => BlockRoles, options: ResolvedSemOptions, warnings: Diagnostic[]): void {
  if (options.groupEqual.length === 0) return;
  const partial = new Set(options.groupPartial.map((each) => each.replace(/\s+/g, '')));
  const first = firstAppearances(rows);
  for (const row of rows) {
    const kind = first.has(row) && row.label === '' && !row.exo ? kindOf(row, rolesOf(row)) : undefined;
    if (kind === undefined || !options.groupEqual.includes(kind) || isPartial(row, partial)) continue;
    const twins = rows.filter((other) => other.lhs === row.lhs && other.op === row.op && other.rhs === row.rhs && other.level === row.level && other.label === '');
    const fixed = twins.filter((other) => !other.isFree && other.ustart !== null && other.span !== undefined);
    if (fixed.length === 0) continue;
    const [{ ustart: value }] = fixed;
    if (fixed.some(({ ustart }) => ustart !== value)) warnings.push(warning('fixed-values-differ', `\`${row.lhs} ${row.op} ${row.rhs}\` is fixed to different values in groups that \`group.equal\` makes equal: ${String(value)} is taken for all`, { help: `name it in \`group.partial\` to keep them apart: "${row.lhs}${row.op}${row.rhs}"`, zh: `\`${row.lhs} ${row.op} ${row.rhs}\` 在 \`group.equal\` 要求相等的各组中固定为不同的值：全部取 ${String(value)}`, helpZh: `若要各组不同，请在 \`group.partial\` 中写上 "${row.lhs}${row.op}${row.rhs}"` }));
    for (const other of twins) {
      other.isFree = false;
      other.ustart = value;
    }
  }
}

/**
 * What equality with an earlier group identifies and so frees: latent
 * variances under std.lv with equal loadings; latent means with equal
 * intercepts or thresholds; scales (delta) or residual variances (theta) of
 * ordinal variables with equal thresholds.
 *
 * @param meanLevel level that the means live at: 2 in two-level models.
 */
export function freeLaterGroups(rows: readonly DraftRow[], rolesOf: (row: DraftRow) => BlockRoles, ordinal: ReadonlyMap<string, number>, options: ResolvedSemOptions, meanLevel: number): void {
  const equal = new Set(options.groupEqual);
  const partial = new Set(options.groupPartial.map((each) => each.replace(/\s+/g, '')));
  const free = (row: DraftRow): void => {
    row.isFree = true;
    row.ustart = null;
    row.origin = 'group.equal';
  };
  const first = firstAppearances(rows);
  const measured = new Set(rows.filter((row) => row.op === '=~' && !first.has(row)).map(({ lhs, group, level }) => JSON.stringify([lhs, group, level])));
  /** An earlier group has the parameter, and of a latent variable one of its loadings here too. */
  const isMeasuredBefore = (row: DraftRow): boolean => !first.has(row) && (!rolesOf(row).latent.includes(row.lhs) || measured.has(JSON.stringify([row.lhs, row.group, row.level])));
  for (const row of rows) {
    if (row.group === 1 || row.span !== undefined || !isMeasuredBefore(row)) continue;
    const latent = rolesOf(row).latent.includes(row.lhs);
    const own = row.op === '~~' && row.lhs === row.rhs;
    if (own && latent && row.origin === 'std.lv' && equal.has('loadings') && !equal.has('lv.variances')) free(row);
    if (row.op === '~1' && row.level === meanLevel && latent && (equal.has('intercepts') || equal.has('thresholds')) && !equal.has('means')) free(row);
    if (equal.has('thresholds') && row.op === '~*~' && options.parameterization === 'delta') free(row);
    if (equal.has('thresholds') && own && ordinal.has(row.lhs) && options.parameterization === 'theta' && (!equal.has('residuals') || isPartial(row, partial))) free(row);
  }
}
