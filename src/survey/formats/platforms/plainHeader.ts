import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { HeaderPlan } from '../headerPlan.js';
import { recogniseQualtrics } from './qualtrics.js';
import { recogniseWenjuanxing, type WenjuanxingTokens } from './wenjuanxing.js';

/** Records that the recognisers look at. */
export const HEAD_RECORDS = 3;

const NUMBER = /^\s*[-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-+]?\d+)?\s*$/;

/** The plan of a table whose first records are `head`: a known platform's, else one header row, else (all numbers) none. */
export function planHeader(head: readonly (readonly string[])[], wanted: { header?: boolean; wenjuanxing?: WenjuanxingTokens } = {}): HeaderPlan {
  const first = head[0] ?? [];
  const plain = { platform: 'csv', labels: [] };
  const unnamed = (warnings: readonly Diagnostic[]): HeaderPlan => ({ ...plain, skip: 0, names: first.map((_, i) => `V${i + 1}`), notes: [], warnings });
  if (wanted.header === false) return unnamed([]);
  const known = recogniseQualtrics(head) ?? recogniseWenjuanxing(head, wanted.wenjuanxing);
  if (known) return known;
  const filled = first.filter((field) => field.trim() !== '');
  if (wanted.header === undefined && filled.length > 0 && filled.length === first.length && filled.every((field) => NUMBER.test(field))) {
    return unnamed([warning('no-header', 'the first record holds numbers only, so it was read as data and columns are named V1, V2, …', { zh: '首行只含数字，已作为数据读入，各列命名为 V1、V2、…', help: 'if it is a header, say `header: true`', helpZh: '若其为表头，请写 `header: true`' })]);
  }
  return { ...plain, skip: 1, names: first, notes: [] };
}
