// Describe, reliability and correlations of 455 × 60 answers, warm: they must fit in one screen frame.
import { performance } from 'node:perf_hooks';
import { correlate, createRandom, describe, reliability, surveyFromColumns } from '../../dist/index.js';

const FRAME = 16;
const WARM_UP = 60;
const RUNS = 60;
const random = createRandom(1);
const common = Array.from({ length: 455 }, () => random.normal());
const answer = (f) => Math.min(7, Math.max(1, Math.round(4 + f + 1.2 * random.normal())));

function measure(share) {
  const columns = Array.from({ length: 60 }, (_, k) => [`q${k + 1}`, common.map((f) => (random.uniform() < share ? NaN : answer(f)))]);
  const survey = surveyFromColumns(columns);
  const names = survey.names();
  const times = [];
  for (let run = 0; run < WARM_UP + RUNS; run++) {
    const used = process.cpuUsage();
    const start = performance.now();
    describe(survey, names).tables();
    reliability(survey, names.slice(0, share > 0 ? 10 : 60)).tables();
    correlate(survey, names).tables();
    const elapsed = performance.now() - start;
    const { user, system } = process.cpuUsage(used);
    times.push([elapsed, (user + system) / 1000]);
  }
  const warm = times.slice(WARM_UP);
  return [0, 1].map((k) => warm.map((time) => time[k]).sort((a, b) => a - b)[Math.floor(warm.length / 2)]);
}

let failed = false;
for (const [what, share] of [['complete', 0], ['2% of the answers missing', 0.02]]) {
  const [median, processor] = measure(share);
  console.log(`describe + reliability + correlate, 455 × 60, ${what}: ${median.toFixed(1)} ms, processor ${processor.toFixed(1)} ms (a frame is ${FRAME} ms)`);
  if (median > FRAME) failed = true;
}
process.exitCode = failed ? 1 : 0;
