import { sameValue } from '../../../shared/sameValue.js';
import type { BootstrapChunk, BootstrapJob } from './job.js';
import { drawRunner, type DrawRunner } from './runDraws.js';

/**
 * Runs pieces of bootstrap jobs, as `runDraws` does, and keeps what the last one
 * was prepared with: pieces of one run differ in nothing but which draws they are.
 */
export function keptRunner(): (job: BootstrapJob) => BootstrapChunk {
  let kept: { readonly of: unknown; readonly run: DrawRunner } | undefined;
  return ({ first, count, ...rest }) => {
    if (!kept || !sameValue(kept.of, rest)) kept = { of: rest, run: drawRunner(rest) };
    return kept.run(first, count);
  };
}
