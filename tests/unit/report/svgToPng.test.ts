import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFonts } from '../../../kernel/src/fonts.js';
import { toBundleAsync } from '../../../src/report/bundle.js';
import { pathDiagram } from '../../../src/report/diagram/pathDiagram.js';
import { createPngRenderer } from '../../../src/report/diagram/svgToPng.js';
import { readFit } from './fits/readFit.js';

const wasm = new Uint8Array(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')));
const svg = (text: string): string => `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40" font-family="Arial"><text x="5" y="25" font-size="20">${text}</text></svg>`;

describe('SVG to PNG', () => {
  it('draws at twice the size, with letters in both scripts', async () => {
    const fonts = findFonts();
    const { toPng } = await createPngRenderer(wasm, fonts);
    const empty = await toPng(svg(''));
    const view = new DataView(empty.buffer, empty.byteOffset);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([240, 80]);
    if (fonts.latin.length > 0) expect((await toPng(svg('Abc'))).length).toBeGreaterThan(empty.length + 100);
    if (fonts.chinese().length > 0) expect((await toPng(svg('满意度'))).length).toBeGreaterThan(empty.length + 100);
  });

  it('starts twice without harm and refuses a document without size', async () => {
    const { toPng } = await createPngRenderer(wasm, findFonts());
    await expect(toPng('<svg xmlns="http://www.w3.org/2000/svg"></svg>')).rejects.toThrow(/declares no width/);
  });

  it('a diagram becomes a bundle with a picture', async () => {
    const { toPng } = await createPngRenderer(wasm, findFonts());
    const { data, metadata } = await toBundleAsync(pathDiagram(readFit('holzinger')), { rasterize: toPng });
    expect(Object.keys(data)).toEqual(['application/vnd.semlab.path-diagram.v1+json', 'image/svg+xml', 'text/plain', 'image/png']);
    expect(String(data['image/png'])).toMatch(/^iVBORw0KGgo/);
    const payload = data['application/vnd.semlab.path-diagram.v1+json'] as { width: number; height: number };
    expect(metadata).toEqual({ 'image/png': { width: payload.width, height: payload.height } });
  });

  it('tells which fonts are missing', () => {
    expect(findFonts([], []).warnings.map(({ code }) => code)).toEqual(['no-font', 'no-chinese-font']);
  });

  it('the bundled fonts alone draw every Latin letter and sign that labels use', async () => {
    const arimo = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/arimo/package.json'));
    const fonts = findFonts([arimo], []);
    expect(fonts.family).toBe('Arimo');
    expect(fonts.warnings.map(({ code }) => code)).toEqual(['no-chinese-font']);
    const { toPng } = await createPngRenderer(wasm, fonts);
    const empty = (await toPng(svg(''))).length;
    const drawn = await Promise.all([...'Aχ²α−≥≤→βληΔé·'].map(async (letter) => (await toPng(svg(letter))).length - empty));
    expect(Math.min(...drawn)).toBeGreaterThan(0);
    // Two letters without a glyph would come out as the same box.
    const pictures = await Promise.all(['χ', '²', '→', '≥'].map(async (letter) => Buffer.from(await toPng(svg(letter))).toString('base64')));
    expect(new Set(pictures).size).toBe(pictures.length);
  });

  it('refuses Chinese text without a Chinese font instead of drawing boxes', async () => {
    const { toPng } = await createPngRenderer(wasm, { ...findFonts(), chinese: () => [] });
    await expect(toPng(svg('满意度'))).rejects.toThrow(/no Chinese font is at hand/);
    await expect(toPng(svg('Abc'))).resolves.toBeInstanceOf(Uint8Array);
  });
});
