import type { Span } from '../../../shared/diagnostic.js';
import type { Operator, Origin } from '../parameterTable.js';

/** A row of the parameter table while it is being made. */
export interface DraftRow {
  lhs: string;
  op: Operator;
  rhs: string;
  group: number;
  level: number;
  isFree: boolean;
  label: string;
  ustart: number | null;
  lower: number;
  upper: number;
  exo: boolean;
  efa: string;
  origin: Origin;
  /** Present exactly for rows that the user wrote. */
  span: Span | undefined;
  /** The user's `equal("…")`: id of the parameter to be equal to, such as `f=~x2`. */
  equalTo: string;
}

const NOTHING = Object.freeze({});

export function draftRow(lhs: string, op: Operator, rhs: string, origin: Origin, rest: Partial<Pick<DraftRow, 'group' | 'level' | 'isFree' | 'ustart' | 'exo' | 'efa' | 'span'>> = NOTHING): DraftRow {
  const { group = 1, level = 1, isFree = true, ustart = null, exo = false, efa = '', span } = rest;
  return { lhs, op, rhs, group, level, isFree, label: '', ustart, lower: -Infinity, upper: Infinity, exo, efa, origin, span, equalTo: '' };
}
