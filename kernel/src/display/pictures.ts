import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rasterize } from '../../../src/report/bundle.js';

/** Makes PNG bytes of an SVG with the WebAssembly renderer beside the kernel, started when first needed. */
export function createPictures(home: string): Rasterize | undefined {
  const wasm = join(home, 'resvg.wasm');
  if (!existsSync(wasm)) return undefined;
  let renderer: Promise<{ toPng: Rasterize }> | undefined;
  const start = async (): Promise<{ toPng: Rasterize }> => {
    const [{ createPngRenderer }, { findFonts }, bytes] = await Promise.all([import('../../../src/report/diagram/svgToPng.js'), import('../fonts.js'), readFile(wasm)]);
    return createPngRenderer(bytes, findFonts([join(home, 'fonts')]));
  };
  return async (svg) => (await (renderer ??= start())).toPng(svg);
}
