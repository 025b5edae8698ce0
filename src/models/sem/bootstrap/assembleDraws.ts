import { normalTwoSided } from '../../../numerics/distributions/index.js';
import { ColumnsOfDraws } from '../../../numerics/resampling/columnsOfDraws.js';
import { OrderedDraws } from '../../../numerics/resampling/orderedDraws.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { finite } from '../../../shared/table.js';
import type { FitState } from '../fit/fitState.js';
import { parameterEstimates } from '../fit/parameterEstimates.js';
import { accelerations } from './acceleration.js';
import type { BootstrapEstimate, BootstrapResult, Limits } from './bootstrapResult.js';
import { bootstrapTables, bootstrapTidy } from './bootstrapTables.js';
import { interval, summarizeDraws, type IntervalKind } from './intervals.js';
import { DRAW_FAILED, DRAW_INADMISSIBLE, DRAW_NOT_CONVERGED, type BootstrapChunk, type BootstrapType } from './job.js';

export interface DrawsAsked {
  readonly draws: number;
  readonly seed: number;
  readonly type: BootstrapType;
  readonly level: number;
}

/** Joins the pieces of a run: what became of every draw, and what the used ones say of each parameter. @throws SurveyError `no-draws` */
export function assembleDraws(state: FitState, chunks: readonly BootstrapChunk[], asked: DrawsAsked): BootstrapResult {
  const rows = state.table.rows.length;
  const counts = [0, 0, 0, 0];
  for (const chunk of chunks) for (const status of chunk.status) counts[status]++;
  const used = counts[0] + counts[DRAW_INADMISSIBLE];
  if (used < 2) fail('no-draws', `only ${used} of ${asked.draws} draws converged, so nothing can be said of their spread`);
  const drawnEstimates = new Float64Array(used * rows);
  const drawnStandardized = new Float64Array(used * rows);
  const statistics = new Float64Array(used);
  let at = 0;
  for (const chunk of chunks) {
    for (let d = 0; d < chunk.status.length; d++) {
      if (chunk.status[d] >= DRAW_NOT_CONVERGED) continue;
      drawnEstimates.set(chunk.estimates.subarray(d * rows, (d + 1) * rows), at * rows);
      drawnStandardized.set(chunk.standardized.subarray(d * rows, (d + 1) * rows), at * rows);
      statistics[at++] = chunk.statistics[d];
    }
  }
  const facts = {
    kind: 'bootstrap' as const, ...asked, used,
    notConverged: counts[DRAW_NOT_CONVERGED], failed: counts[DRAW_FAILED], inadmissible: counts[DRAW_INADMISSIBLE],
    estimates: bootstrapEstimates(state, drawnEstimates, drawnStandardized, used, asked.level),
    testPValue: asked.type === 'bollen.stine' && state.test ? statistics.reduce((sum, value) => sum + (value > (state.test?.statistic ?? Infinity) ? 1 : 0), 0) / used : null,
    warnings: drawWarnings(counts, asked.draws),
    drawnEstimates, drawnStandardized
  };
  return Object.freeze({ ...facts, tidy: () => bootstrapTidy(facts), tables: () => bootstrapTables(facts) });
}

function drawWarnings(counts: readonly number[], draws: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lost = counts[DRAW_NOT_CONVERGED] + counts[DRAW_FAILED];
  if (lost > 0) found.push(warning('draws-lost', `${lost} of ${draws} draws gave no solution (${counts[DRAW_NOT_CONVERGED]} did not converge, ${counts[DRAW_FAILED]} could not be fitted) and are left out`, { zh: `${draws} 次抽样中有 ${lost} 次没有结果（${counts[DRAW_NOT_CONVERGED]} 次未收敛，${counts[DRAW_FAILED]} 次无法拟合），已剔除` }));
  if (counts[DRAW_INADMISSIBLE] > 0) found.push(warning('draws-inadmissible', `${counts[DRAW_INADMISSIBLE]} of ${draws} draws have an improper solution (a negative variance or the like); they are kept`, { zh: `${draws} 次抽样中有 ${counts[DRAW_INADMISSIBLE]} 次为不恰当解（如负方差），予以保留` }));
  return found;
}

function bootstrapEstimates(state: FitState, drawn: Float64Array, standardized: Float64Array, used: number, level: number): readonly BootstrapEstimate[] {
  const { table } = state;
  const width = table.rows.length;
  const acceleration = accelerations(state);
  const columns = new ColumnsOfDraws(drawn, used, width);
  const order = new OrderedDraws(used);
  const standardizedOrder = new OrderedDraws(used);
  const standardizedColumns = new ColumnsOfDraws(standardized, used, width);
  const points = parameterEstimates(state);
  const kept = table.rows.flatMap((row, i) => (row.op === '==' || row.op === '<' || row.op === '>' ? [] : [i]));
  return Object.freeze(
    kept.map((i, at): BootstrapEstimate => {
      const point = points[at];
      const own = summarizeDraws(columns.column(i), order);
      const std = summarizeDraws(standardizedColumns.column(i), standardizedOrder);
      const estimate = point.estimate;
      const varies = estimate !== null && own.sd > 1e-12 * Math.max(1, Math.abs(estimate));
      const limits = (kind: IntervalKind): Limits => (varies && estimate !== null ? interval(kind, estimate, own, level, acceleration?.[i] ?? 0) : null);
      const stdVaries = point.stdAll !== null && std.sd > 1e-12;
      const stdLimits = (kind: IntervalKind): Limits => (stdVaries && point.stdAll !== null ? interval(kind, point.stdAll, std, level) : null);
      const z = varies && estimate !== null ? estimate / own.sd : null;
      return Object.freeze({
        term: point.term, lhs: point.lhs, op: point.op, rhs: point.rhs, group: point.group, label: point.label, estimate,
        bias: varies && estimate !== null ? own.mean - estimate : null,
        stdError: varies ? finite(own.sd) : null,
        statistic: z,
        pValue: z === null ? null : normalTwoSided(z),
        intervals: { percentile: limits('percentile'), basic: limits('basic'), normal: limits('normal'), bc: limits('bc'), bca: acceleration ? limits('bca') : null },
        stdAll: point.stdAll,
        stdAllError: stdVaries ? finite(std.sd) : null,
        stdAllPercentile: stdLimits('percentile'),
        stdAllBc: stdLimits('bc')
      });
    })
  );
}
