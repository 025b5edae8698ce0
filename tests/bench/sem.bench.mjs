/**
 * Structural equation models against lavaan on the same machine in one run:
 * the whole job (fit, standard errors, test, baseline, all fit measures,
 * standardized estimates), medians after warm-up. Models and data: semModels.R.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { twoThreads } from './threads.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const library = pathToFileURL(join(here, '../../dist/index.js')).href;
/** Peak resident memory of a process that loads, fits and draws 5,000 times on two threads. */
const peakMemory = (folder) => `
  import { readFileSync } from 'node:fs';
  const { sem, readSurvey, bootstrap } = await import(${JSON.stringify(library)});
  const { twoThreads } = await import(${JSON.stringify(new URL('threads.mjs', import.meta.url).href)});
  const data = await readSurvey(new Uint8Array(readFileSync(${JSON.stringify(join(folder, 'continuance.csv'))})), { name: 'c.csv' });
  const threads = twoThreads();
  await bootstrap(sem(readFileSync(${JSON.stringify(join(folder, 'continuance.lav'))}, 'utf8'), data), { draws: 5000, seed: 1, workers: threads });
  console.log(Math.round(process.resourceUsage().maxRSS / 1024) + ' MB at most');
  await threads.end();`;
const folder = mkdtempSync(join(tmpdir(), 'semlab-bench-'));
try {
  const r = spawnSync('Rscript', [join(here, 'sem.R'), folder, here], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', OPENBLAS_NUM_THREADS: '1' } });
  if (r.status !== 0) {
    console.log(`R with lavaan is not installed, or failed: nothing to compare with\n${r.stderr ?? ''}`);
  } else {
    const { version, ...lavaan } = JSON.parse(r.stdout.slice(r.stdout.indexOf('{')));
    const { sem, cfa, readSurvey, standardizedSolution, modificationIndices, bootstrap } = await import(library);
    const survey = (name) => readSurvey(new Uint8Array(readFileSync(join(folder, `${name}.csv`))), { name: `${name}.csv` });
    const model = (name) => readFileSync(join(folder, `${name}.lav`), 'utf8');
    const names = ['holzinger', 'political', 'continuance', 'continuanceMissing', 'continuanceOrdinal', 'sixty'];
    const [holzinger, political, continuance, continuanceMissing, continuanceOrdinal, sixty] = await Promise.all(names.map(async (name) => ({ data: await survey(name), model: model(name) })));
    const everything = ({ model, data }, options) => {
      const fit = sem(model, data, options);
      return [fit.parameters, fit.measures, fit.rSquared, fit];
    };
    const median = (times, run) => {
      for (let i = 0; i < Math.max(3, times); i++) run();
      const all = Array.from({ length: times }, () => {
        const start = performance.now();
        run();
        return performance.now() - start;
      }).sort((a, b) => a - b);
      return all[times >> 1];
    };
    const fit = sem(continuance.model, continuance.data);
    const perDraw = async (draws, workers) => {
      await bootstrap(fit, { draws: 500, seed: 1, workers });
      const started = performance.now();
      await bootstrap(fit, { draws, seed: 1, workers });
      return (performance.now() - started) / draws;
    };
    const threads = twoThreads();
    const [alone, shared] = [await perDraw(2000), await perDraw(5000, threads)];
    await threads.end();
    const ours = {
      'Holzinger CFA': median(1500, () => everything(holzinger)),
      'Political democracy': median(1500, () => everything(political)),
      'continuance, ML': median(150, () => everything(continuance)),
      'continuance, MLR': median(20, () => everything(continuance, { estimator: 'MLR' })),
      '60 items, 12 factors': median(60, () => everything(sixty)),
      'continuance, missing answers (ml)': median(3, () => sem(continuanceMissing.model, continuanceMissing.data, { missing: 'ml' })),
      'continuance, five categories, WLSMV': median(10, () => everything(continuanceOrdinal, { ordered: true })),
      'modification indices': median(20, () => modificationIndices(fit)),
      'standardized solution': median(20, () => standardizedSolution(fit)),
      'bootstrap, per draw': alone,
      'bootstrap, per draw, two workers': shared
    };
    console.log(`${'task'.padEnd(36)}${`lavaan ${version}`.padStart(14)}${'semlab'.padStart(12)}${'ratio'.padStart(9)}`);
    for (const [task, ms] of Object.entries(ours)) console.log(`${task.padEnd(36)}${`${lavaan[task].toFixed(1)} ms`.padStart(14)}${`${ms.toFixed(2)} ms`.padStart(12)}${`${Math.round(lavaan[task] / ms)}×`.padStart(9)}`);
    const cold = `const t = performance.now(); const { cfa, readSurvey } = await import(${JSON.stringify(library)}); const { readFileSync } = await import('node:fs'); const data = await readSurvey(new Uint8Array(readFileSync(${JSON.stringify(join(folder, 'holzinger.csv'))})), { name: 'h.csv' }); const a = performance.now(); const fit = cfa(${JSON.stringify(holzinger.model)}, data); fit.parameters; fit.measures; console.log(JSON.stringify({ load: a - t, fit: performance.now() - a }));`;
    const first = spawnSync(process.execPath, ['--input-type=module', '-e', cold], { encoding: 'utf8' });
    if (first.status === 0) {
      const { load, fit: firstFit } = JSON.parse(first.stdout);
      console.log(`first fit in a cold process: ${firstFit.toFixed(0)} ms (loading library and data ${load.toFixed(0)} ms)`);
    }
    const memory = spawnSync(process.execPath, ['--input-type=module', '-e', peakMemory(folder)], { encoding: 'utf8' });
    if (memory.status === 0) console.log(`5,000 bootstrap draws of the continuance model on two workers, in a process of their own: ${memory.stdout.trim()}`);
    console.log(`models: ${cfa(holzinger.model, holzinger.data).measures.npar}, ${sem(political.model, political.data).measures.npar}, ${fit.measures.npar}, ${sem(sixty.model, sixty.data).measures.npar} free parameters`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
