import { fail } from '../../../shared/diagnostic.js';
import { finite } from '../../../shared/table.js';
import type { FitState, TestResult } from '../fit/fitState.js';
import { assembleDraws } from './assembleDraws.js';
import { bootstrapJob } from './bootstrapJob.js';
import type { BootstrapResult } from './bootstrapResult.js';
import type { BootstrapChunk, BootstrapType } from './job.js';
import { drawRunner } from './runDraws.js';

/** How a fit that draws is watched and stopped. Draws run on this thread, so a signal is heard between pieces of them. */
export interface FitRun {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly draws: number }) => void;
}

/** Draws between two looks at the signal. */
const AT_ONCE = 50;
const MOST_DRAWS = 1_000_000;

/**
 * What `se: 'bootstrap'` and `test: 'bollen.stine'` ask for while fitting:
 * `bootstrap` draws from `seed`, one after another, so that the same options
 * give the same bits. Standard errors are those of the draws, intervals their
 * percentiles.
 *
 * @throws SurveyError `aborted`, `bootstrap-unsupported`, `bootstrap-needs-rows`, `no-draws`
 */
export function drawsOfFit(state: FitState, run: FitRun): FitState {
  const { options, estimation } = state;
  if (!estimation.minimum.converged) return state;
  let out = state;
  if (options.se === 'bootstrap' && state.vcov) {
    const drawn = draw(state, 'nonparametric', run);
    out = { ...out, drawn, vcov: covarianceOfDraws(state, drawn), warnings: [...out.warnings, ...drawn.warnings] };
  }
  if (options.tests.includes('bollen.stine') && state.test) {
    const { statistic, df } = state.test;
    const { testPValue, warnings } = draw(state, 'bollen.stine', run);
    const result: TestResult = { test: 'bollen.stine', statistic: finite(statistic), df, pValue: testPValue, reference: 'bootstrap', scalingFactor: null, shift: null };
    const own = options.tests.filter((kind) => kind === 'bollen.stine' || out.tests.some(({ test }) => test === kind));
    out = { ...out, tests: own.map((kind) => out.tests.find(({ test }) => test === kind) ?? result), warnings: [...out.warnings, ...warnings.filter(({ code }) => code === 'draws-lost')] };
  }
  return out;
}

function draw(state: FitState, type: BootstrapType, { signal, onProgress }: FitRun): BootstrapResult {
  const { bootstrap: draws, seed, level } = state.options;
  if (!Number.isInteger(draws) || draws < 2 || draws > MOST_DRAWS) fail('invalid-option', `\`bootstrap\` is ${draws}, expected a whole number from 2 to ${MOST_DRAWS}`);
  if (!Number.isInteger(seed)) fail('invalid-option', `\`seed\` is ${seed}, expected a whole number`);
  const run = drawRunner(bootstrapJob(state, type, seed));
  const chunks: BootstrapChunk[] = [];
  for (let first = 0; first < draws; first += AT_ONCE) {
    if (signal?.aborted) fail('aborted', `the bootstrap was stopped after ${first} of ${draws} draws`);
    const count = Math.min(AT_ONCE, draws - first);
    chunks.push(run(first, count));
    onProgress?.({ done: first + count, draws });
  }
  return assembleDraws(state, chunks, { draws, seed, type, level });
}

/** Covariances (divisor R − 1) of the distinct free parameters over the draws. */
function covarianceOfDraws({ estimation, table }: FitState, { drawnEstimates, used }: BootstrapResult): Float64Array {
  const { size, firstRow } = estimation.structure;
  const width = table.rows.length;
  const mean = new Float64Array(size);
  for (let d = 0; d < used; d++) for (let k = 0; k < size; k++) mean[k] += drawnEstimates[d * width + firstRow[k]] / used;
  const out = new Float64Array(size * size);
  for (let d = 0; d < used; d++) {
    for (let k = 0; k < size; k++) {
      const own = (drawnEstimates[d * width + firstRow[k]] - mean[k]) / (used - 1);
      for (let l = 0; l <= k; l++) out[k * size + l] += own * (drawnEstimates[d * width + firstRow[l]] - mean[l]);
    }
  }
  for (let k = 0; k < size; k++) for (let l = 0; l < k; l++) out[l * size + k] = out[k * size + l];
  return out;
}
