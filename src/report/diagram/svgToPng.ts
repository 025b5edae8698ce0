import { fail } from '../../shared/diagnostic.js';

/** Pictures are drawn at twice their size, for print and for dense screens. */
export const PNG_SCALE = 2;
/** Longest side of a picture in px; larger drawings are scaled down to it. */
const LONGEST_SIDE = 12_000;

export interface PngRenderer {
  /** PNG bytes of an SVG document at {@link PNG_SCALE}. */
  readonly toPng: (svg: string) => Promise<Uint8Array>;
}

/** WebAssembly can be set up once per process; the promise is shared by all renderers. */
type Resvg = typeof import('@resvg/resvg-wasm');

async function startResvg(wasm: Uint8Array | WebAssembly.Module): Promise<Resvg> {
  const resvg = await import('@resvg/resvg-wasm');
  try {
    await resvg.initWasm(wasm as unknown as ArrayBuffer);
  } catch (error) {
    if (!/already/i.test(String(error))) throw error;
  }
  return resvg;
}

/** Width in px that the document's root declares. */
function declaredSize(svg: string): { width: number; height: number } {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  const side = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1] ?? Number.NaN);
  return { width: side('width'), height: side('height') };
}

/**
 * A renderer of SVG to PNG. `wasm` are the bytes of `index_bg.wasm` of
 * `@resvg/resvg-wasm`, `fonts` the bytes of font files (.ttf .otf .ttc); text
 * in a script that no given font covers is drawn as empty boxes, so hand in a
 * Chinese font where Chinese is written.
 */
export async function createPngRenderer(wasm: Uint8Array | WebAssembly.Module, fonts: readonly Uint8Array[], defaultFamily = 'Liberation Sans'): Promise<PngRenderer> {
  const { Resvg } = await startResvg(wasm);
  return {
    async toPng(svg) {
      const { width, height } = declaredSize(svg);
      if (!(width > 0 && height > 0)) fail('invalid-svg', 'the SVG document declares no width and height in px');
      const zoom = Math.min(PNG_SCALE, LONGEST_SIDE / Math.max(width, height));
      const renderer = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, background: '#ffffff', font: { fontBuffers: [...fonts], loadSystemFonts: false, defaultFontFamily: defaultFamily, sansSerifFamily: defaultFamily } });
      try {
        const picture = renderer.render();
        try {
          return picture.asPng();
        } finally {
          picture.free();
        }
      } finally {
        renderer.free();
      }
    }
  };
}

/** One picture: as {@link createPngRenderer}, for a single use. */
export async function svgToPng(svg: string, fonts: readonly Uint8Array[], wasm: Uint8Array | WebAssembly.Module): Promise<Uint8Array> {
  return (await createPngRenderer(wasm, fonts)).toPng(svg);
}
