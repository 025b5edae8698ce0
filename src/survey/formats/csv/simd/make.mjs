// Compiles records.c into records.ts. Needs clang with its WebAssembly linker (Debian: clang-14 lld-14): node make.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const output = join(mkdtempSync(join(tmpdir(), 'semlab-')), 'records.wasm');
const exported = ['prepare', 'records', 'lineEnds', 'plan', 'tokens', 'keys', 'lengths', 'taken', 'reason', '__heap_base'];
const flags = ['--target=wasm32', '-mcpu=generic', '-msimd128', '-O3', '-ffreestanding', '-nostdlib', '-Wall', '-Wno-int-to-pointer-cast', '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=4096'];
execFileSync(process.env.CLANG ?? 'clang-14', [...flags, ...exported.map((name) => `-Wl,--export=${name}`), '-o', output, here('records.c')], { stdio: 'inherit' });
const lines = readFileSync(output).toString('base64').match(/.{1,120}/g);
writeFileSync(here('records.ts'), `/** records.c, compiled by make.mjs; base64. */\nexport const RECORDS_WASM: string = [\n${lines.map((line) => `  '${line}'`).join(',\n')}\n].join('');\n`);
