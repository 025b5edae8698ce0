/**
 * Cost of a fit by the number of variables, rows and groups: the whole job
 * (estimates, standard errors, test, fit measures, standardized values) of
 * correlated factors with five items each, and a bootstrap draw of it. Medians
 * after warm-up; no reference, see sem.bench.mjs for lavaan.
 */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const { cfa, bootstrap, createRandom, surveyFromColumns } = await import(pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href);

const ITEMS = 5;

/** Answers on a scale of seven: factors that correlate 0.4, loadings near 0.8. */
function answers(p, n, groups) {
  const random = createRandom(p + n + groups);
  const columns = Object.fromEntries(Array.from({ length: p }, (_, j) => [`x${j + 1}`, new Array(n)]));
  const group = new Array(n);
  for (let i = 0; i < n; i++) {
    const common = random.normal();
    group[i] = `g${i % groups}`;
    for (let f = 0; f < p / ITEMS; f++) {
      const factor = Math.sqrt(0.4) * common + Math.sqrt(0.6) * random.normal();
      for (let j = 0; j < ITEMS; j++) columns[`x${f * ITEMS + j + 1}`][i] = Math.min(7, Math.max(1, Math.round(4 + 1.2 * (0.8 * factor + 0.6 * random.normal()))));
    }
  }
  return surveyFromColumns({ ...columns, group });
}

const model = (p) => Array.from({ length: p / ITEMS }, (_, f) => `f${f + 1} =~ ${Array.from({ length: ITEMS }, (__, j) => `x${f * ITEMS + j + 1}`).join(' + ')}`).join('\n');

async function cost(p, n, groups) {
  const data = answers(p, n * groups, groups);
  const options = groups > 1 ? { group: 'group', groupEqual: ['loadings'] } : {};
  const text = model(p);
  const run = () => {
    const fit = cfa(text, data, options);
    return [fit.parameters, fit.measures, fit];
  };
  const times = Math.max(3, Math.min(60, Math.round(12000 / (p * p * groups))));
  for (let i = 0; i < times; i++) run();
  const all = Array.from({ length: times }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const fit = run().at(-1);
  const draws = 200;
  await bootstrap(fit, { draws, seed: 2 });
  const started = performance.now();
  await bootstrap(fit, { draws, seed: 1 });
  return { free: fit.measures.npar, fit: all[times >> 1], draw: (performance.now() - started) / draws };
}

console.log(`${['variables', 'rows', 'groups', 'free', 'fit', 'bootstrap draw'].map((name) => name.padStart(14)).join('')}`);
for (const [p, n, groups] of [[10, 500, 1], [20, 500, 1], [40, 500, 1], [80, 500, 1], [40, 200, 1], [40, 2000, 1], [40, 10000, 1], [20, 500, 2], [20, 500, 4], [20, 500, 8]]) {
  const { free, fit, draw } = await cost(p, n, groups);
  console.log([p, n * groups, groups, free, `${fit.toFixed(2)} ms`, `${draw.toFixed(2)} ms`].map((cell) => String(cell).padStart(14)).join(''));
}
