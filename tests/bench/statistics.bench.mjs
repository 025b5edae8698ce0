// Describe, reliability and correlations of 455 × 60 answers, warm: they must fit in one screen frame.
import { performance } from 'node:perf_hooks';
import { correlate, createRandom, describe, reliability, surveyFromColumns } from '../../dist/index.js';

const FRAME = 16;
const random = createRandom(1);
const common = Array.from({ length: 455 }, () => random.normal());
const answer = (f) => Math.min(7, Math.max(1, Math.round(4 + f + 1.2 * random.normal())));

function measure(share) {
  const columns = Array.from({ length: 60 }, (_, k) => [`q${k + 1}`, common.map((f) => (random.uniform() < share ? NaN : answer(f)))]);
  const survey = surveyFromColumns(columns);
  const names = survey.names();
  const times = [];
  for (let run = 0; run < 60; run++) {
    const start = performance.now();
    describe(survey, names).tables();
    reliability(survey, names.slice(0, share > 0 ? 10 : 60)).tables();
    correlate(survey, names).tables();
    times.push(performance.now() - start);
  }
  const warm = times.slice(20).sort((a, b) => a - b);
  return warm[Math.floor(warm.length / 2)];
}

let failed = false;
for (const [what, share] of [['complete', 0], ['2% of the answers missing', 0.02]]) {
  const median = measure(share);
  console.log(`describe + reliability + correlate, 455 × 60, ${what}: ${median.toFixed(1)} ms (a frame is ${FRAME} ms)`);
  if (median > FRAME) failed = true;
}
process.exitCode = failed ? 1 : 0;
