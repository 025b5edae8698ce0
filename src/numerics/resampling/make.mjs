// Assembles products.wat into productsWasm.ts. Needs the npm package `wabt`
// (1.0.39 was used): node make.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import wabt from 'wabt';

const here = (name) => new URL(name, import.meta.url);
const { parseWat } = await wabt();
const module = parseWat('products.wat', readFileSync(here('products.wat'), 'utf8'), { simd: true });
const { buffer } = module.toBinary({});
const lines = Buffer.from(buffer).toString('base64').match(/.{1,120}/g);
writeFileSync(here('productsWasm.ts'), `/** products.wat, assembled by make.mjs; base64. */\nexport const PRODUCTS_WASM: string = [\n${lines.map((line) => `  '${line}'`).join(',\n')}\n].join('');\n`);
