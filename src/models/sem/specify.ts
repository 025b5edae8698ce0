import { formatExpression } from '../../language/expression/formatExpression.js';
import type { Expression, ModelSyntax } from '../../language/syntax.js';
import { type Diagnostic, SurveyError, type SourceText } from '../../shared/diagnostic.js';
import { filterPacked, mapPacked } from '../../shared/packedArray.js';
import type { ResolvedSemOptions } from './options.js';
import type { Origin, Parameter, ParameterTable, VariableRoles } from './parameterTable.js';
import { applyModifiers } from './specification/applyModifiers.js';
import { type BlockContext, defaultRows } from './specification/defaultRows.js';
import { type DraftRow, draftRow } from './specification/draftRow.js';
import { effectCodingConstraints } from './specification/effectCoding.js';
import { identifyEfaBlocks } from './specification/efaBlocks.js';
import { equalRows, freeLaterGroups, shareFixedAcrossGroups } from './specification/groupEqual.js';
import { identifyLatent } from './specification/identification.js';
import { fixWithinIntercepts, inLevelOrder } from './specification/levelBlocks.js';
import type { ModelVariables } from './specification/modelVariables.js';
import { blockRoles, type BlockRoles } from './specification/roles.js';
import { orderCovariances } from './specification/orderCovariances.js';
import { checkVariables } from './specification/checkVariables.js';
import { impossibleValues, unusedOptions } from './specification/unusedOptions.js';
import { type UserBlock, userBlocks, type UserTerm } from './specification/userTerms.js';

export type { ModelVariables } from './specification/modelVariables.js';

/**
 * Completes a model: the parameter table that lavaan's `parTable()` shows, row
 * by row in its order, with the reason of every row that was added.
 *
 * @throws SurveyError `unknown-variable`, `modifier-per-group`, `group-blocks` with spans into the text
 * @example specify(parseModel('f =~ x1 + x2 + x3'), {}, resolveOptions({}, 'cfa', context)).rows.length // 7
 */
export function specify(syntax: ModelSyntax, variables: ModelVariables, options: ResolvedSemOptions, source: Omit<SourceText, 'text'> = { name: 'model' }): ParameterTable {
  const problems: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const groupLabels = variables.groupLabels && variables.groupLabels.length > 0 ? variables.groupLabels : [''];
  const ordinal = variables.ordinal ?? new Map<string, number>();
  const blocks = userBlocks(syntax, warnings);
  const groups = mapPacked(groupLabels, (label, index) => inLevelOrder(blocksOfGroup(blocks, label, index + 1, groupLabels.length, problems), index === 0 ? problems : []));
  const levels = groups[0].length === 2 && groups[0][0].level !== null ? groups[0].map((block) => block.level ?? '') : null;

  const drafts: DraftRow[] = [];
  const rolesOf: BlockRoles[] = [];
  groups.forEach((groupBlocks, index) => {
    const parts = mapPacked(groupBlocks, (block, level) => buildBlock(block, index + 1, level + 1, groupLabels.length, ordinal, options, problems));
    if (levels && parts.length === 2) fixWithinIntercepts(parts[0].rows, parts[1].roles);
    for (const built of parts) {
      rolesOf.push(built.roles);
      drafts.push(...built.rows);
      if (index === 0) warnAboutRandom(built.roles, options, warnings);
    }
  });
  const latentNames = [...new Set(rolesOf.flatMap((each) => each.latent))];
  if (rolesOf.every((each) => each.observed.length === 0)) problems.push({ severity: 'error', code: 'empty-model', message: 'the model names no observed variable', help: 'write at least one formula, for example `f =~ x1 + x2 + x3` or `y ~ x`' });
  problems.push(...checkVariables(blocks, { latent: latentNames }, variables));
  if (problems.length > 0) throw new SurveyError(problems, { ...source, text: syntax.text });

  const rolesAt = (row: DraftRow): BlockRoles => rolesOf[levels ? 2 * (row.group - 1) + row.level - 1 : row.group - 1];
  freeLaterGroups(drafts, rolesAt, ordinal, options, levels ? 2 : 1);
  shareFixedAcrossGroups(drafts, rolesAt, options, warnings);
  labelEqualTo(drafts);
  shareFixedValues(drafts);
  const rows = mapPacked(drafts, numbered());
  const equal = equalRows(drafts, rolesAt, options);
  for (const draft of equal) {
    const label = rows[drafts.indexOf(draft)].plabel;
    drafts.forEach((other, i) => {
      const same = other.lhs === draft.lhs && other.op === draft.op && other.rhs === draft.rhs && other.level === draft.level;
      if (same && (other === draft || (other.isFree && other.label === ''))) rows[i] = { ...rows[i], label };
    });
  }
  const extra = constraintRows(syntax, rows.length);
  const all = [...rows, ...extra];
  const push = (lhs: string, rhs: string, origin: Origin, left: Expression, right: Expression): void => {
    all.push(constraintRow(all.length + 1, lhs, '==', rhs, origin, { type: 'binary', operator: '-', left, right }));
  };
  for (const [first, other, origin] of [...sharedLabels(rows, new Set(equal.map((draft) => rows[drafts.indexOf(draft)].plabel)))])
    push(first, other, origin, { type: 'name', name: first }, { type: 'name', name: other });
  if (options.effectCoding.length > 0)
    groups.forEach((_, index) => {
      const depth = levels ? 2 : 1;
      for (const [l, { latent }] of rolesOf.slice(depth * index, depth * (index + 1)).entries()) for (const constraint of effectCodingConstraints(rows, latent, options.effectCoding, index + 1, l + 1)) push(constraint.lhs, constraint.rhs, 'effect.coding', constraint.left, constraint.right);
    });
  const exogenousNames = [...new Set(rolesOf.flatMap((each) => each.exogenousObserved))];
  warnAboutSharedLabels(syntax, groupLabels.length, warnings);
  warnings.push(...unusedOptions(drafts, exogenousNames, groupLabels.length, ordinal, options), ...impossibleValues(drafts));

  const namesOf = ({ observed, latent, exogenousObserved }: BlockRoles): VariableRoles => Object.freeze({ observed, latent, exogenousObserved, ordered: observed.filter((name) => ordinal.has(name)) });
  const blockRolesOf = rolesOf.map(namesOf);
  const observed = [...new Set(rolesOf.flatMap((each) => each.observed))];
  return Object.freeze({
    kind: 'parameterTable' as const,
    rows: Object.freeze(all),
    roles: Object.freeze({
      observed,
      latent: latentNames,
      exogenousObserved: exogenousNames,
      ordered: filterPacked(observed, (name) => ordinal.has(name))
    }),
    groupLabels,
    blockRoles: Object.freeze(blockRolesOf),
    ...(levels ? { levelLabels: Object.freeze(levels) } : {}),
    meanStructure: rows.some((row) => row.op === '~1'),
    freeCount: rows.reduce((count, row) => count + (row.free > 0 ? 1 : 0), 0),
    warnings: Object.freeze(warnings)
  });
}

/** The blocks that hold in one group: its own, or all when no `group:` header is used. */
function blocksOfGroup(blocks: readonly UserBlock[], label: string, group: number, groupCount: number, problems: Diagnostic[]): readonly UserBlock[] {
  const named = [...new Set(filterPacked(mapPacked(blocks, (block) => block.group), (name): name is string => name !== null))];
  if (named.length === 0) return blocks;
  if (named.length !== groupCount && group === 1)
    problems.push({ severity: 'error', code: 'group-blocks', message: `the model has ${named.length} \`group:\` blocks, and the data have ${groupCount} group${groupCount === 1 ? '' : 's'}`, help: groupCount === 1 ? 'name the grouping variable in the option `group`' : 'write one block per group, in the order of the groups' });
  const own = named.includes(label) ? label : named[group - 1];
  return filterPacked(blocks, (block) => block.group === own);
}

function buildBlock(block: UserBlock, group: number, level: number, groupCount: number, ordinal: ReadonlyMap<string, number>, options: ResolvedSemOptions, problems: Diagnostic[]): { readonly rows: DraftRow[]; readonly roles: BlockRoles } {
  const terms = orderCovariances(block.terms, blockRoles(block.terms));
  const roles = blockRoles(terms);
  const efa = new Map(mapPacked(filterPacked(terms, (term) => term.efa !== ''), (term) => [term.lhs, term.efa] as const));
  const context: BlockContext = { roles, thresholds: ordinal, efa };
  const decided = new Set<DraftRow>();
  const seen = new Set<string>();
  const rows: DraftRow[] = [];
  for (const term of terms) {
    const row = userRow(term, group, level, options, roles);
    if (applyModifiers(row, term, groupCount, group === 1 ? problems : [])) decided.add(row);
    rows.push(row);
    seen.add(keyOf(row.lhs, row.op, row.rhs));
  }
  for (const row of defaultRows(context, options)) {
    if (seen.has(keyOf(row.lhs, row.op, row.rhs)) || (row.op === '~~' && seen.has(keyOf(row.rhs, row.op, row.lhs)))) continue;
    row.group = group;
    row.level = level;
    rows.push(row);
  }
  identifyLatent(rows, context, options, decided);
  if (options.autoEfa && efa.size > 0) identifyEfaBlocks(rows, efa);
  boundVariances(rows, roles, options.bounds);
  if (options.effectCoding.includes('intercepts')) for (const row of rows) if (row.op === '~1' && row.origin === 'latent.mean' && row.span === undefined) row.isFree = true;
  return { rows, roles };
}

/** Bounds that need no data; `standard` and `wide` are set from the sample moments before estimation. */
function boundVariances(rows: readonly DraftRow[], roles: BlockRoles, bounds: ResolvedSemOptions['bounds']): void {
  if (bounds !== 'pos.var' && bounds !== 'pos.ov.var' && bounds !== 'pos.lv.var') return;
  const latent = new Set(roles.latent);
  for (const row of rows) {
    if (row.op !== '~~' || row.lhs !== row.rhs || !row.isFree) continue;
    if (bounds === 'pos.var' || latent.has(row.lhs) === (bounds === 'pos.lv.var')) row.lower = Math.max(row.lower, 0);
  }
}

function keyOf(lhs: string, op: string, rhs: string): string {
  return `${lhs}\u0000${op}\u0000${rhs}`;
}

function userRow(term: UserTerm, group: number, level: number, options: ResolvedSemOptions, roles: BlockRoles): DraftRow {
  const onExogenous = options.conditionalX && (term.op === '~' || term.op === '<~') && roles.exogenousObserved.includes(term.rhs);
  return draftRow(term.lhs, term.op, term.rhs, 'user', { group, level, efa: term.efa, span: term.span, exo: onExogenous });
}

/** A label on a fixed parameter fixes every parameter with that label. */
function shareFixedValues(rows: readonly DraftRow[]): void {
  const values = new Map<string, number>();
  for (const row of rows) if (row.label !== '' && !row.isFree && row.ustart !== null && !values.has(row.label)) values.set(row.label, row.ustart);
  for (const row of rows) {
    const value = row.label === '' ? undefined : values.get(row.label);
    if (value === undefined) continue;
    row.isFree = false;
    row.ustart = value;
  }
}

function numbered(): (draft: DraftRow, index: number) => Parameter {
  let free = 0;
  return ({ lhs, op, rhs, group, level, label, ustart, lower, upper, exo, efa, origin, isFree, span }, index) => {
    // every row has the same keys in the same order, so that code reading rows meets one kind of object
    return { id: index + 1, lhs, op, rhs, group, level, free: isFree ? ++free : 0, label, plabel: `.p${index + 1}.`, ustart, lower, upper, exo, efa, origin, span, expression: undefined };
  };
}

function constraintRow(id: number, lhs: string, op: ':=' | '==' | '<' | '>', rhs: string, origin: Origin, expression: Expression, span?: Parameter['span']): Parameter {
  return { id, lhs, op, rhs, group: 0, level: 0, free: 0, label: op === ':=' ? lhs : '', plabel: '', ustart: null, lower: -Infinity, upper: Infinity, exo: false, efa: '', origin, span, expression };
}

/** `:=`, `==`, `<`, `>` of the user, in that order of kinds as written. Constraints read `left - right`. */
function constraintRows(syntax: ModelSyntax, before: number): readonly Parameter[] {
  const rows: Parameter[] = [];
  for (const statement of syntax.statements) {
    const id = before + rows.length + 1;
    if (statement.type === 'definition') rows.push(constraintRow(id, statement.name.name, ':=', compact(statement.expression), 'user', statement.expression, statement.span));
    if (statement.type === 'constraint')
      rows.push(constraintRow(id, compact(statement.left), statement.op, compact(statement.right), 'user', { type: 'binary', operator: '-', left: statement.left, right: statement.right }, statement.span));
  }
  return rows;
}

function compact(expression: Expression): string {
  return formatExpression(expression).replace(/ /g, '');
}

/** For every label on several free rows, in order of second appearance: the first row's built-in label with each other's. */
function sharedLabels(rows: readonly Parameter[], groupEqual: ReadonlySet<string>): readonly (readonly [string, string, Origin])[] {
  const first = new Map<string, string>();
  const shared = new Map<string, string[]>();
  for (const { label, free, plabel } of rows) {
    if (label === '' || free === 0) continue;
    const before = first.get(label);
    if (before === undefined) first.set(label, plabel);
    else shared.set(label, [...(shared.get(label) ?? [before]), plabel]);
  }
  return [...shared].flatMap(([label, plabels]) => plabels.slice(1).map((other) => [plabels[0], other, groupEqual.has(label) ? 'group.equal' : 'shared.label'] as const));
}

/** `equal("f=~x2")*x5`: shares that parameter's label, or, when it has none, its built-in label. */
function labelEqualTo(drafts: readonly DraftRow[]): void {
  for (const draft of drafts) {
    if (draft.equalTo === '') continue;
    const wanted = draft.equalTo.replace(/\s+/g, '');
    const index = drafts.findIndex((row) => `${row.lhs}${row.op}${row.rhs}` === wanted && row !== draft);
    if (index < 0) {
      draft.label = draft.equalTo;
      continue;
    }
    const target = drafts[index];
    if (target.label === '') target.label = `.p${index + 1}.`;
    draft.label = target.label;
  }
}

function warnAboutRandom(roles: BlockRoles, options: ResolvedSemOptions, warnings: Diagnostic[]): void {
  if (!options.fixedX || roles.madeRandom.length === 0) return;
  warnings.push({
    severity: 'warning',
    code: 'exogenous-made-random',
    message: `the model names moments of the exogenous ${roles.madeRandom.map((name) => `\`${name}\``).join(', ')}, which are now estimated instead of fixed to the sample`,
    help: 'delete these formulas, or say `fixed.x: false`'
  });
}

function warnAboutSharedLabels(syntax: ModelSyntax, groupCount: number, warnings: Diagnostic[]): void {
  if (groupCount < 2 || syntax.statements.some((statement) => statement.type === 'block')) return;
  for (const statement of syntax.statements)
    if (statement.type === 'formula')
      for (const term of statement.right)
        for (const modifier of term.modifiers)
          if (modifier.type === 'label' && modifier.values.filter((value) => value !== '').length === 1)
            return void warnings.push({
              severity: 'warning',
              code: 'label-over-groups',
              message: `one label \`${modifier.values[0]}\` in a model with ${groupCount} groups makes the parameter equal in all of them`,
              span: modifier.span,
              help: `one label per group: \`c(${Array.from({ length: groupCount }, (_, g) => `${modifier.values[0]}${g + 1}`).join(', ')})*${term.variable.name || '1'}\``
            });
}

/** True when the model speaks of means or thresholds, which turns the mean structure on. */
export function hasInterceptFormula(syntax: ModelSyntax): boolean {
  return syntax.statements.some((statement) => statement.type === 'formula' && ((statement.op === '~' && statement.right.some((term) => term.variable.name === '')) || statement.op === '|'));
}
