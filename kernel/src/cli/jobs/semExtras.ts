import { bootstrap } from '../../../../src/models/sem/bootstrap/bootstrap.js';
import { standardizedSolution } from '../../../../src/models/sem/fit/standardizedSolution.js';
import { factorScores } from '../../../../src/models/sem/questions/factorScores.js';
import { impliedMoments } from '../../../../src/models/sem/questions/impliedMoments.js';
import { parameterCovarianceMatrix, parameterInformation, sampleStatistics, startingValues } from '../../../../src/models/sem/questions/inspectFit.js';
import { modificationIndices } from '../../../../src/models/sem/questions/modificationIndices.js';
import { residuals, type GroupResiduals, type ResidualType } from '../../../../src/models/sem/questions/residuals.js';
import type { SemFit } from '../../../../src/models/sem/results.js';
import type { Standardization } from '../../../../src/models/sem/standardize.js';

/** Runs one part of an answer; what cannot be had is null, and the job's warnings say why. */
export type Attempt = <T>(what: string, make: () => T) => T | null;

/** Answers that cost extra time and are given when a job wants them. */
export const SEM_EXTRAS: Readonly<Record<string, (fit: SemFit, attempt: Attempt) => unknown>> = {
  modindices: (fit) =>
    modificationIndices(fit)
      .map((each) => ({ lhs: each.lhs, op: each.op, rhs: each.rhs, group: each.group, ...(fit.levels ? { level: each.level } : {}), mi: each.mi, 'mi.scaled': each.miScaled, epc: each.epc, 'sepc.lv': each.sepcLatent, 'sepc.all': each.sepcAll, 'sepc.nox': each.sepcNox }))
      .sort((a, b) => b.mi - a.mi),
  standardized: (fit) => standardizedRows(fit, 'std.all'),
  'standardized.lv': (fit) => standardizedRows(fit, 'std.lv'),
  'standardized.nox': (fit) => standardizedRows(fit, 'std.nox'),
  residuals: (fit, attempt) => {
    const types: readonly ResidualType[] = fit.options['categorical'] === true ? ['raw', 'cor.bollen'] : fit.levels ? ['raw', 'cor.bollen', 'cor.bentler'] : ['raw', 'cor.bollen', 'cor.bentler', 'normalized', 'standardized'];
    return Object.fromEntries(types.map((type) => [type, attempt(`${type} residuals`, () => residuals(fit, type).map(residualMatrix))]));
  },
  vcov: (fit) => squareOf(parameterCovarianceMatrix(fit)),
  information: (fit) => squareOf(parameterInformation(fit)),
  start: (fit) => fit.table.rows.flatMap(({ lhs, op, rhs, group }, i) => (op === ':=' || op === '==' || op === '<' || op === '>' ? [] : [{ lhs, op, rhs, group, start: present(startingValues(fit)[i]) }])),
  sampstat: (fit) => sampleStatistics(fit).map(({ group, n, names, covariance, mean }) => ({ group, nobs: n, names, cov: squareOf({ names, values: covariance }).values, ...(mean ? { mean: Array.from(mean, present) } : {}) })),
  implied: (fit) => {
    const { names: all, groups } = impliedMoments(fit);
    return groups.map(({ label, names = all, covariance, mean }) => ({ group: label, names, cov: squareOf({ names, values: covariance }).values, ...(mean ? { mean: Array.from(mean, present) } : {}) }));
  },
  'factor.scores': (fit) => {
    if (fit.levels) return { levels: fit.levels.labels.map((level, i) => ({ level, ...levelScoresOf(fit, i === 0 ? 1 : 2) })) };
    const { latent, method, groups } = factorScores(fit);
    return { method, latent, groups: groups.map(({ group, latent: own, index, scores, stdError }) => ({ group, latent: own, row: Array.from(index), scores: Array.from(index, (_, i) => Array.from(scores.subarray(i * own.length, (i + 1) * own.length), present)), se: Array.from(stdError, present) })) };
  },
  bootstrap: async (fit) => {
    const { bootstrap: draws, seed, tests } = fit.options as { readonly bootstrap: number; readonly seed: number; readonly tests: readonly string[] };
    const result = await bootstrap(fit, { draws, seed, ...(tests.includes('bollen.stine') ? { type: 'bollen.stine' } : {}) });
    return {
      type: result.type,
      draws: result.draws,
      used: result.used,
      notConverged: result.notConverged,
      failed: result.failed,
      inadmissible: result.inadmissible,
      pvalue: result.testPValue,
      estimates: result.estimates.map(({ lhs, op, rhs, group, label, estimate, bias, stdError, statistic, pValue, intervals, stdAll, stdAllError }) => ({ lhs, op, rhs, group, label, est: estimate, bias, se: stdError, z: statistic, p: pValue, intervals, 'std.all': stdAll, 'std.all.se': stdAllError })),
      warnings: result.warnings.map(({ code, message }) => ({ code, message }))
    };
  }
};

/** Scores of one level of a two-level model; nothing where it has no latent variables. */
function levelScoresOf(fit: SemFit, level: 1 | 2): object {
  const block = (fit.table.blockRoles ?? []).some((roles, b) => b % 2 === level - 1 && roles.latent.length > 0);
  if (!block) return { latent: [] };
  const { latent, method, groups } = factorScores(fit, 'regression', level);
  return { method, latent, groups: groups.map(({ group, index, cluster, scores }) => ({ group, row: Array.from(index), cluster, scores: Array.from(index, (_, i) => Array.from(scores.subarray(i * latent.length, (i + 1) * latent.length), present)) })) };
}

function standardizedRows(fit: SemFit, kind: Standardization): unknown {
  return standardizedSolution(fit, kind).map((each) => ({ lhs: each.lhs, op: each.op, rhs: each.rhs, group: each.group, level: each.level, label: each.label, 'est.std': each.estimate, se: each.stdError, z: each.statistic, p: each.pValue, 'ci.lower': each.confLow, 'ci.upper': each.confHigh }));
}

/** A square matrix by rows. */
function squareOf({ names, values }: { readonly names: readonly string[]; readonly values: Float64Array }): { readonly names: readonly string[]; readonly values: readonly (readonly (number | null)[])[] } {
  const k = names.length;
  return { names, values: names.map((_, i) => Array.from(values.subarray(i * k, (i + 1) * k), present)) };
}

function residualMatrix({ group, level, names, covariance, mean }: GroupResiduals): unknown {
  const p = names.length;
  return { group, ...(level === undefined ? {} : { level }), names, cov: names.map((_, i) => Array.from(covariance.subarray(i * p, (i + 1) * p), present)), ...(mean ? { mean: Array.from(mean, present) } : {}) };
}

/** A number, or null where there is none. */
function present(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
