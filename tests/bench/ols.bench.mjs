/**
 * Least squares of 1,000,000 rows by 20 predictors: ours against R's lm, medians of five runs.
 * The promise is five times R's speed. NIST's accuracy is kept by falling back to
 * double-double sums when the conditioning asks for it (see leastSquares.ts).
 */
import { spawnSync } from 'node:child_process';
import { regress, surveyFromColumns } from '../../dist/index.js';

const ROWS = 1_000_000;
const PREDICTORS = 20;
const RUNS = 5;
const PROMISED_RATIO = 5;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const r = spawnSync('Rscript', ['-e', `
set.seed(1); d <- as.data.frame(matrix(rnorm(${ROWS} * ${PREDICTORS}), ${ROWS})); d$y <- rowSums(d) + rnorm(${ROWS})
for (i in 1:${RUNS}) { gc(); cat(system.time(lm(y ~ ., d))[["elapsed"]], "\\n") }`], { encoding: 'utf8' });
const theirs = r.status === 0 ? median(r.stdout.trim().split(/\s+/).map(Number)) * 1000 : undefined;

// R's generator is not needed here: speed does not depend on the numbers
let state = 12345;
const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
const columns = Array.from({ length: PREDICTORS }, (_, j) => [`V${j + 1}`, Float64Array.from({ length: ROWS }, uniform)]);
const y = new Float64Array(ROWS);
for (let i = 0; i < ROWS; i++) for (const [, values] of columns) y[i] += values[i] + 0.1 * uniform();
const survey = surveyFromColumns([...columns, ['y', y]]);
const ours = [];
for (let i = 0; i < RUNS + 1; i++) {
  globalThis.gc?.();
  const start = performance.now();
  const fit = regress('y ~ .', survey);
  ours.push(performance.now() - start);
  if (!(fit.measures.rSquared > 0.9)) throw new Error('the fit is wrong');
}
ours.shift(); // the first run compiles
console.log(`ours ${median(ours).toFixed(0)} ms`);
if (theirs === undefined) console.log('R is not installed: no comparison');
else {
  const ratio = theirs / median(ours);
  console.log(`R lm ${theirs.toFixed(0)} ms; ratio ${ratio.toFixed(1)}, promised ${PROMISED_RATIO}`);
  if (ratio < PROMISED_RATIO) process.exitCode = 1;
}
