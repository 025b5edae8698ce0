/**
 * Reading 1,000,000 rows × 40 columns (30 five-point items, 8 decimals, 2 text
 * columns): ours against haven for .sav (bytecode and plain) and against
 * data.table, readr and base R for .csv. Elapsed medians in one run, every
 * reading in a process of its own (ours and theirs: a second reading finds its
 * memory warm); memory is the growth of the resident set over the size of the
 * data as doubles.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROWS = 1_000_000;
const COLUMNS = 40;
const RUNS = 3;
const PROMISED_MEMORY = 3;
const folder = mkdtempSync(join(tmpdir(), 'semlab-bench-'));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One reading in a process of its own, so that memory is counted from nothing: milliseconds and resident bytes. */
const READ = `
import { loadSurvey } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
const before = process.memoryUsage().rss;
const start = performance.now();
const survey = await loadSurvey(process.argv[1]);
const milliseconds = performance.now() - start;
if (survey.rowCount !== ${ROWS} || survey.columns.length !== ${COLUMNS}) throw new Error('the survey is not whole');
console.log(JSON.stringify([milliseconds, process.resourceUsage().maxRSS * 1024 - before]));`;

function ours(file) {
  const runs = Array.from({ length: RUNS }, () => JSON.parse(spawnSync(process.execPath, ['--input-type=module', '-e', READ, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).stdout));
  return { milliseconds: median(runs.map(([ms]) => ms)), bytes: median(runs.map(([, bytes]) => bytes)) };
}

const make = spawnSync('Rscript', ['-e', `
suppressMessages({library(haven); library(data.table)}); set.seed(1); n <- ${ROWS}; setwd("${folder}")
d <- as.data.frame(lapply(1:${COLUMNS}, function(i) if (i <= 30) sample(1:5, n, TRUE) else if (i <= 38) round(rnorm(n), 4) else sample(c("\\u5317\\u4eac", "\\u4e0a\\u6d77", "a longer city name", "x"), n, TRUE)))
names(d) <- paste0("v", 1:${COLUMNS})
write_sav(d, "byte.sav", compress = "byte"); write_sav(d, "plain.sav", compress = "none"); fwrite(d, "data.csv")`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } });
if (make.status !== 0) {
  console.log(`R with haven and data.table is not installed: no comparison (${make.stderr.trim().split('\n').pop()})`);
} else {
  const readers = [
    ['byte.sav', 'haven', 'haven::read_sav("byte.sav")'],
    ['plain.sav', 'haven', 'haven::read_sav("plain.sav")'],
    ['data.csv', 'readr', 'readr::read_csv("data.csv", show_col_types = FALSE, progress = FALSE, lazy = FALSE)'],
    ['data.csv', 'read.csv', 'read.csv("data.csv")'],
    ['data.csv', 'data.table', 'data.table::fread("data.csv", showProgress = FALSE)']
  ];
  const timed = new Map();
  for (const [file, reader, call] of readers) {
    if (!timed.has(file)) {
      const { milliseconds, bytes } = ours(join(folder, file));
      timed.set(file, milliseconds);
      const ratio = bytes / (ROWS * COLUMNS * 8);
      console.log(`ours ${file}: ${milliseconds.toFixed(0)} ms; memory ${ratio.toFixed(2)} × the data, promised under ${PROMISED_MEMORY}`);
      if (ratio >= PROMISED_MEMORY) process.exitCode = 1;
    }
    const runs = Array.from({ length: RUNS }, () => spawnSync('Rscript', ['-e', `setwd("${folder}"); loadNamespace("${/^\w+(\.\w+)?(?=::)/.exec(call)?.[0] ?? 'utils'}"); cat(system.time(${call})[["elapsed"]])`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } }));
    if (runs.some(({ status }) => status !== 0)) {
      console.log(`${reader} is not installed`);
      continue;
    }
    const theirs = 1000 * median(runs.map(({ stdout }) => Number(stdout.trim().split(/\s+/).pop())));
    console.log(`  ${reader} ${theirs.toFixed(0)} ms; ratio ${(theirs / timed.get(file)).toFixed(2)}`);
  }
}
rmSync(folder, { recursive: true });
