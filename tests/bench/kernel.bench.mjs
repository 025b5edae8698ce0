/** The kernel against tslab and ipykernel, whichever is installed: start, cells, completion, memory. */
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KernelClient, median } from './kernelClient.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);
const STARTS = Number(process.env.BENCH_STARTS ?? 10);
const CELLS = Number(process.env.BENCH_CELLS ?? 500);
const VARIABLES = 2500;
const PATIENCE_MS = Number(process.env.BENCH_PATIENCE_MS ?? 180_000);

const python = join(root, '.venv', 'bin', 'python');
const tslab = (() => {
  try {
    return join(dirname(require.resolve('tslab/package.json')), 'bin', 'tslab');
  } catch {
    return undefined;
  }
})();

const kernels = [
  { name: 'semlab', argv: [process.execPath, join(root, 'kernel/dist/kernelspec/kernel.js'), '{connection_file}'], typescript: true },
  ...(tslab && existsSync(tslab) ? [{ name: 'tslab', argv: [process.execPath, tslab, 'kernel', '--config-path={connection_file}'], typescript: true }] : []),
  ...(existsSync(python) ? [{ name: 'ipykernel', argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'], typescript: false }] : [])
];

/** Milliseconds from spawning to the first kernel_info_reply. */
async function startTime({ argv }) {
  const client = await KernelClient.start(argv);
  await client.request('kernel_info_request', {});
  const taken = performance.now() - client.started;
  client.stop();
  return taken;
}

/** Milliseconds from spawning to reply and idle of the first cell. */
async function firstCell({ argv }, code) {
  const client = await KernelClient.start(argv);
  writeFileSync(join(client.folder, 'answers.csv'), `x1,x2\n${Array.from({ length: 200 }, (_, i) => `${i % 7},${(3 * i) % 5}`).join('\n')}\n`);
  await client.request('kernel_info_request', {});
  await client.settle();
  await client.execute(code);
  const taken = performance.now() - client.started;
  client.stop();
  return taken;
}

/** Fills `found` as it goes, so that a kernel that loses a reply keeps what was measured before. */
async function measure(kernel, found) {
  const starts = [];
  for (let i = 0; i < STARTS; i++) starts.push(await startTime(kernel));
  found['start to kernel_info_reply, ms'] = median(starts);
  const declare = (name, value) => (kernel.typescript ? `const ${name} = ${value};` : `${name} = ${value}`);
  const firstCells = [];
  const firstMagics = [];
  for (let i = 0; i < STARTS; i++) firstCells.push(await firstCell(kernel, '1 + 1'));
  found['start to first cell done, ms'] = median(firstCells);
  if (kernel.name === 'semlab') for (let i = 0; i < STARTS; i++) firstMagics.push(await firstCell(kernel, '%%survey first answers.csv'));
  found['start to first magic cell done, ms'] = firstMagics.length > 0 ? median(firstMagics) : Number.NaN;
  const client = await KernelClient.start(kernel.argv);
  await client.request('kernel_info_request', {});
  await client.settle();
  await client.execute('1 + 1');
  const cells = [];
  for (let i = 0; i < CELLS; i++) {
    cells.push(await client.time(`${declare(`v${i}`, i)}\nv${i} + 1`));
    if (i === 55) {
      found['small cell, 5th, ms'] = median(cells.slice(3, 8));
      found['small cell, first 50, ms'] = median(cells.slice(5, 55));
    }
  }
  found[`small cell, last 50 of ${CELLS}, ms`] = median(cells.slice(-50));
  found[`memory after ${CELLS} cells, MB`] = client.memory();
  for (let i = 0; i < 50; i++) await client.execute(Array.from({ length: VARIABLES / 50 }, (_, k) => declare(`w${i}_${k}`, `[${i}, ${k}]`)).join('\n'));
  const crowded = [];
  for (let i = 0; i < 30; i++) crowded.push(await client.time(`${declare(`x${i}`, i)}\nx${i} + w1_2[0]`));
  found[`small cell with ${VARIABLES} variables, ms`] = median(crowded);
  const completions = [];
  for (let i = 0; i < 20; i++) {
    const started = performance.now();
    await client.request('complete_request', { code: 'w1_2.', cursor_pos: 5 });
    completions.push(performance.now() - started);
  }
  found['completion, ms'] = median(completions);
  found[`memory with ${VARIABLES} variables, MB`] = client.memory();
  const lines = await client.printed(kernel.typescript ? 'for (let i = 0; i < 5000; i++) console.log(`line ${i}`)' : 'for i in range(5000): print(f"line {i}")');
  found['lines of 5,000 that come'] = lines.split('\n').length - 1;
  const flood = await client.printed(kernel.typescript ? 'console.log("x".repeat(10_000_000))' : 'print("x" * 10_000_000)');
  found['characters of 10,000,001 that come'] = flood.length;
  client.stop();
}

const results = [];
for (const kernel of kernels) {
  const found = {};
  results.push([kernel.name, found]);
  try {
    const patience = new Promise((_, reject) => setTimeout(() => reject(new Error(`gave up after ${PATIENCE_MS / 1000} s`)), PATIENCE_MS).unref());
    await Promise.race([measure(kernel, found), patience]);
  } catch (error) {
    console.log(`${kernel.name}: ${error.message}`);
  }
}
const rows = Object.keys(results[0][1]);
console.log(['', ...results.map(([name]) => name.padStart(10))].join('').padStart(44 + 10 * results.length));
for (const row of rows) console.log(row.padEnd(44) + results.map(([, values]) => (values[row] === undefined || Number.isNaN(values[row]) ? '-' : values[row].toFixed(/, ms$/.test(row) ? 1 : 0)).padStart(10)).join(''));
for (const name of ['tslab', 'ipykernel']) if (!results.some(([present]) => present === name)) console.log(`${name} is not installed here and was left out`);
process.exit(0);
