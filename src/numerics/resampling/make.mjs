// Compiles resampling.c into resamplingWasm.ts. Needs clang with its WebAssembly linker (Debian: clang-14 lld-14): node make.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const output = join(mkdtempSync(join(tmpdir(), 'semlab-')), 'resampling.wasm');
const exported = ['addIntegers', 'weighDoubles', 'doubles', '__heap_base'];
// no contraction and no reassociation: the bits are those of plainKernel
const flags = ['--target=wasm32', '-mcpu=generic', '-msimd128', '-Os', '-ffp-contract=off', '-ffreestanding', '-nostdlib', '-fno-builtin-memset', '-Wall', '-Wl,--no-entry', '-Wl,--strip-all', '-Wl,-z,stack-size=1024'];
execFileSync(process.env.CLANG ?? 'clang-14', [...flags, ...exported.map((name) => `-Wl,--export=${name}`), '-o', output, here('resampling.c')], { stdio: 'inherit' });
const lines = readFileSync(output).toString('base64').match(/.{1,120}/g);
writeFileSync(here('resamplingWasm.ts'), `/** resampling.c, compiled by make.mjs; base64. */\nexport const RESAMPLING_WASM: string = [\n${lines.map((line) => `  '${line}'`).join(',\n')}\n].join('');\n`);
