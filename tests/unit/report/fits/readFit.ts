import { readFileSync } from 'node:fs';
import { table } from '../../../../src/shared/table.js';
import type { Operator, Origin, Parameter, ParameterTable } from '../../../../src/models/sem/parameterTable.js';
import type { ParameterEstimate, SemFit } from '../../../../src/models/sem/results.js';

interface StoredRow {
  lhs: string;
  op: Operator;
  rhs: string;
  group: number;
  free: number;
  label: string;
  exo: number;
  user: number;
  est: number | null;
  se: number | null;
  z: number | null;
  p: number | null;
  low: number | null;
  high: number | null;
  lv: number | null;
  all: number | null;
}

interface Stored {
  syntax: string;
  groups: string | string[];
  observed: string[];
  latent: string | string[];
  exogenous: string | string[];
  n: number;
  measures: Record<string, number | null>;
  rsquare: Record<string, number>[] | Record<string, Record<string, number>>;
  rows: StoredRow[];
}

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

export const SHAPES = ['holzinger', 'politicalDemocracy', 'secondOrder', 'twoGroups', 'mimic', 'crossLoading', 'feedback', 'mediators', 'growth', 'bifactor', 'continuance', 'elevenFactors'] as const;

/** A fit of lavaan (make.R) in the shape of the library's own. */
export function readFit(name: (typeof SHAPES)[number]): SemFit {
  const stored = JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Stored;
  const groupLabels = list(stored.groups).length > 0 ? list(stored.groups) : [''];
  const origin = ({ user, exo }: StoredRow): Origin => (exo === 1 ? 'fixed.x' : user === 1 ? 'user' : 'auto.var');
  const rows = stored.rows.map(
    (row, i): Parameter => ({ id: i + 1, lhs: row.lhs, op: row.op, rhs: row.rhs, group: row.group, level: 1, free: row.free, label: row.label.startsWith('.p') ? '' : row.label, plabel: `.p${i + 1}.`, ustart: row.free === 0 ? row.est : null, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY, exo: row.exo === 1, efa: '', origin: origin(row) })
  );
  const parameters = stored.rows.map(
    (row, i): ParameterEstimate => ({ term: row.lhs + row.op + row.rhs, lhs: row.lhs, op: row.op, rhs: row.rhs, group: row.group, level: 1, label: rows[i].label, free: row.free, origin: origin(row), estimate: row.est, stdError: row.free === 0 && row.op !== ':=' ? null : row.se, statistic: row.z, pValue: row.p, confLow: row.low, confHigh: row.high, stdLatent: row.lv, stdAll: row.all })
  );
  const roles = { observed: stored.observed, latent: list(stored.latent), exogenousObserved: list(stored.exogenous), ordered: [] };
  const parameterTable: ParameterTable = { kind: 'parameterTable', rows, roles, blockRoles: groupLabels.map(() => roles), groupLabels, warnings: [], meanStructure: rows.some(({ op }) => op === '~1'), freeCount: Math.max(...rows.map(({ free }) => free)) };
  const empty = (): ReturnType<typeof table> => table({ en: '' }, [], []);
  return {
    kind: 'sem',
    tests: [],
    bootstrap: null,
    table: parameterTable,
    parameters,
    paths: parameters.filter(({ op }) => op === '~'),
    loadings: parameters.filter(({ op }) => op === '=~'),
    defined: parameters.filter(({ op }) => op === ':='),
    measures: stored.measures,
    rSquared: Object.values(stored.rsquare).map((map) => new Map(Object.entries(map))),
    admissible: true,
    syntax: stored.syntax,
    convergence: { converged: true, iterations: 30, gradient: 1e-9, message: 'gradient below tolerance' },
    options: { estimator: 'ML' },
    warnings: [],
    sample: { used: stored.n, total: stored.n, dropped: [] },
    tidy: empty,
    glance: empty,
    augment: empty
  };
}
