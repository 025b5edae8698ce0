import type { Bilingual } from '../shared/table.js';
import type { MissingRule, VariableInfo } from './codebook.js';

/** Nothing is declared missing. */
export const NO_MISSING: MissingRule = Object.freeze({ codes: Object.freeze([]) });

const NO_LABELS: ReadonlyMap<number | string, Bilingual> = new Map();

/** What is known of a column that no codebook describes. */
export function plainVariable(name: string): VariableInfo {
  return Object.freeze({ name, valueLabels: NO_LABELS, missing: NO_MISSING });
}

/** Later knowledge replaces earlier, field by field; value labels are merged entry by entry. */
export function mergeVariable(base: VariableInfo, more: Partial<VariableInfo>): VariableInfo {
  const defined = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)) as Partial<VariableInfo>;
  const valueLabels = more.valueLabels === undefined || more.valueLabels.size === 0 ? base.valueLabels : new Map([...base.valueLabels, ...more.valueLabels]);
  const label = more.label === undefined ? base.label : { ...base.label, ...more.label };
  return Object.freeze({ ...base, ...defined, name: base.name, valueLabels, ...(label === undefined ? {} : { label }) });
}

/** True when the rule declares anything. */
export function declaresMissing(rule: MissingRule): boolean {
  return rule.codes.length > 0 || rule.range !== undefined || (rule.strings?.length ?? 0) > 0;
}

/** The rule with these codes, words or tags declared missing because the question was not put. */
export function withSkipped(rule: MissingRule, skipped: readonly (number | string)[]): MissingRule {
  const codes = [...new Set([...rule.codes, ...skipped.filter((code) => typeof code === 'number')])];
  const strings = [...new Set([...(rule.strings ?? []), ...skipped.filter((code) => typeof code === 'string')])];
  return { ...rule, codes, ...(strings.length > 0 ? { strings } : {}), skipped: [...new Set([...(rule.skipped ?? []), ...skipped])] };
}
