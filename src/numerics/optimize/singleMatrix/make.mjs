// Assembles multiply.wat into multiplyWasm.ts. Needs the npm package `wabt`
// (1.0.39 was used): node make.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const here = (name) => new URL(name, import.meta.url);
const { parseWat } = await wabt();
const module = parseWat('multiply.wat', readFileSync(here('multiply.wat'), 'utf8'), { simd: true });
const { buffer } = module.toBinary({});
const lines = Buffer.from(buffer).toString('base64').match(/.{1,120}/g);
writeFileSync(here('multiplyWasm.ts'), `/** multiply.wat, assembled by make.mjs; base64. */\nexport const MULTIPLY_WASM: string = [\n${lines.map((line) => `  '${line}'`).join(',\n')}\n].join('');\n`);
