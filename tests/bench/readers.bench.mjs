/**
 * Reading 1,000,000 rows × 40 columns (30 five-point items, 8 decimals, 2 text
 * columns): ours against haven for .sav (bytecode and plain) and against
 * data.table (with the threads it takes by default, and with two), readr and
 * base R for .csv; then files of the sizes that people have. Every reading is in
 * a process of its own, ours and theirs in turn (a second reading finds its
 * memory warm); printed are medians of elapsed time, their ratio, and the same of
 * processor time, which does not depend on what else the machine does. Memory is
 * the growth of the resident set over the size of the data as doubles, once read
 * and once every column has been used.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROWS = 1_000_000;
const COLUMNS = 40;
const RUNS = 5;
const PROMISED_MEMORY = 3;
const folder = mkdtempSync(join(tmpdir(), 'semlab-bench-'));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** One reading in a process of its own: milliseconds, of the processor too, and resident bytes. */
const READ = `
import { loadSurvey } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
const before = process.memoryUsage().rss;
const used = process.cpuUsage();
const start = performance.now();
const survey = await loadSurvey(process.argv[1]);
const elapsed = performance.now() - start;
const { user, system } = process.cpuUsage(used);
const bytes = process.resourceUsage().maxRSS * 1024 - before;
const { rowCount, columns } = survey;
const again = performance.now();
let answers = 0;
for (const { values } of columns) answers += values.length;
if (answers !== rowCount * columns.length) throw new Error('the survey is not whole');
console.log(JSON.stringify({ elapsed, cpu: (user + system) / 1000, bytes, widened: performance.now() - again, allBytes: process.resourceUsage().maxRSS * 1024 - before, size: [rowCount, columns.length] }));`;

function ours(file) {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', READ, file], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return JSON.parse(stdout);
}

const locale = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } };

/** The same of an expression in R; undefined when its package is missing. */
function theirs(call, prepare = 'NULL') {
  const { status, stdout } = spawnSync('Rscript', ['-e', `setwd("${folder}"); loadNamespace("${/^\w+(\.\w+)?(?=::)/.exec(call)?.[0] ?? 'utils'}"); ${prepare}; t <- system.time(${call}); cat(t[["elapsed"]], t[["user.self"]] + t[["sys.self"]])`], locale);
  if (status !== 0) return undefined;
  const [elapsed, cpu] = stdout.trim().split(/\s+/).slice(-2).map((seconds) => 1000 * Number(seconds));
  return { elapsed, cpu };
}

const make = spawnSync('Rscript', ['-e', `
suppressMessages({library(haven); library(data.table)}); set.seed(1); n <- ${ROWS}; setwd("${folder}")
cities <- c("\\u5317\\u4eac", "\\u4e0a\\u6d77", "a longer city name", "x")
d <- as.data.frame(lapply(1:${COLUMNS}, function(i) if (i <= 30) sample(1:5, n, TRUE) else if (i <= 38) round(rnorm(n), 4) else sample(cities, n, TRUE)))
names(d) <- paste0("v", 1:${COLUMNS})
write_sav(d, "byte.sav", compress = "byte"); write_sav(d, "plain.sav", compress = "none"); fwrite(d, "data.csv"); fwrite(d, "quoted.csv", quote = TRUE)
fwrite(d[1:100000, ], "middle.csv"); write.csv(d[1:100000, ], file("gb18030.csv", "w", encoding = "GB18030"), row.names = FALSE, quote = FALSE)
s <- as.data.frame(lapply(1:200, function(i) if (i <= 190) sample(c(1:7, NA), 2000, TRUE) else sample(cities, 2000, TRUE)))
fwrite(s, "survey.csv"); if (requireNamespace("openxlsx", quietly = TRUE)) openxlsx::write.xlsx(d[1:20000, ], "sheet.xlsx")`], locale);

const fread = (file) => `data.table::fread("${file}", showProgress = FALSE)`;
const COMPARISONS = [
  ['byte.sav', [['haven', 'haven::read_sav("byte.sav")']]],
  ['plain.sav', [['haven', 'haven::read_sav("plain.sav")']]],
  ['data.csv', [['data.table', fread('data.csv')], ['data.table, 2 threads', fread('data.csv'), 'data.table::setDTthreads(2)'], ['readr', 'readr::read_csv("data.csv", show_col_types = FALSE, progress = FALSE, lazy = FALSE)'], ['read.csv', 'read.csv("data.csv")']]],
  ['quoted.csv', [['data.table', fread('quoted.csv')]]],
  ['middle.csv', [['data.table', fread('middle.csv')]]],
  ['gb18030.csv', [['data.table (bytes as they are)', fread('gb18030.csv')], ['readr', 'readr::read_csv("gb18030.csv", locale = readr::locale(encoding = "GB18030"), show_col_types = FALSE, progress = FALSE, lazy = FALSE)']]],
  ['survey.csv', [['data.table', fread('survey.csv')], ['read.csv', 'read.csv("survey.csv")']]],
  ['sheet.xlsx', [['readxl', 'readxl::read_excel("sheet.xlsx")']]]
];

if (make.status !== 0) console.log(`R with haven and data.table is not installed: no comparison (${make.stderr.trim().split('\n').pop()})`);
else {
  for (const [file, readers] of COMPARISONS) {
    const own = [];
    const others = readers.map(() => []);
    for (let run = 0; run < RUNS; run++) {
      own.push(ours(join(folder, file)));
      // the slow ones need no second look
      readers.forEach(([name, call, prepare], i) => {
        if (run === 0 || /haven|data\.table|readxl/.test(name)) others[i].push(theirs(call, prepare));
      });
    }
    const mine = Object.fromEntries(['elapsed', 'cpu', 'bytes', 'widened', 'allBytes'].map((key) => [key, median(own.map((run) => run[key]))]));
    const [rows, columns] = own[0].size;
    const share = (bytes) => (bytes / (rows * columns * 8)).toFixed(2);
    console.log(`ours ${file}, ${rows} × ${columns}: ${mine.elapsed.toFixed(0)} ms (processor ${mine.cpu.toFixed(0)}); all columns as doubles ${mine.widened.toFixed(0)} ms more; memory ${share(mine.bytes)}, then ${share(mine.allBytes)} × the data${rows === ROWS ? `, promised under ${PROMISED_MEMORY}` : ''}`);
    if (rows === ROWS && mine.allBytes >= PROMISED_MEMORY * rows * columns * 8) process.exitCode = 1;
    readers.forEach(([name], i) => {
      const runs = others[i].filter((run) => run !== undefined);
      if (runs.length === 0) console.log(`  ${name} is not installed`);
      else {
        const [elapsed, cpu] = [median(runs.map((run) => run.elapsed)), median(runs.map((run) => run.cpu))];
        console.log(`  ${name} ${elapsed.toFixed(0)} ms (processor ${cpu.toFixed(0)}); ratio ${(elapsed / mine.elapsed).toFixed(2)} (processor ${(cpu / mine.cpu).toFixed(2)})`);
      }
    });
  }
}
rmSync(folder, { recursive: true });
