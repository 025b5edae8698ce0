import { fail } from '../../shared/diagnostic.js';

/** Pictures are drawn at twice their size, for print and for dense screens. */
export const PNG_SCALE = 2;
/** Longest side of a picture in px; larger drawings are scaled down to it. */
const LONGEST_SIDE = 12_000;

/** Bytes of font files (.ttf .otf .ttc). Chinese fonts are large, so that they are asked for only when a drawing needs them. */
export interface FontSet {
  readonly latin: readonly Uint8Array[];
  readonly chinese: () => readonly Uint8Array[];
  /** Family of `latin` that stands in for any other. */
  readonly family: string;
}

export interface PngRenderer {
  /** PNG bytes of an SVG document at {@link PNG_SCALE}. */
  readonly toPng: (svg: string) => Promise<Uint8Array>;
}

const CHINESE = /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3fffd}]/u;

type Resvg = typeof import('@resvg/resvg-wasm');

/** WebAssembly is set up once per process; a second start is harmless. */
async function startResvg(wasm: Uint8Array | WebAssembly.Module): Promise<Resvg> {
  const resvg = await import('@resvg/resvg-wasm');
  try {
    await resvg.initWasm(wasm as unknown as ArrayBuffer);
  } catch (error) {
    if (!/already/i.test(String(error))) throw error;
  }
  return resvg;
}

/** Width and height in px that the document's root declares. */
function declaredSize(svg: string): { width: number; height: number } {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  const side = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1] ?? Number.NaN);
  return { width: side('width'), height: side('height') };
}

/**
 * A renderer of SVG to PNG. `wasm` are the bytes of `index_bg.wasm` of
 * `@resvg/resvg-wasm`. A picture with Chinese text is refused when no Chinese
 * font is at hand: empty boxes would say nothing.
 */
export async function createPngRenderer(wasm: Uint8Array | WebAssembly.Module, fonts: FontSet): Promise<PngRenderer> {
  const { Resvg } = await startResvg(wasm);
  return {
    async toPng(svg) {
      const { width, height } = declaredSize(svg);
      if (!(width > 0 && height > 0)) fail('invalid-svg', 'the SVG document declares no width and height in px');
      const zoom = Math.min(PNG_SCALE, LONGEST_SIDE / Math.max(width, height));
      const isChinese = CHINESE.test(svg.replace(/<svg\b[^>]*>|<title>[^<]*<\/title>|<desc>[^<]*<\/desc>/g, ''));
      const chinese = isChinese ? fonts.chinese() : [];
      if (fonts.latin.length === 0) fail('no-font', 'no Latin font is at hand', { help: 'install fonts-liberation or DejaVu' });
      if (isChinese && chinese.length === 0) fail('no-chinese-font', 'the picture holds Chinese text and no Chinese font is at hand', { help: 'install fonts-noto-cjk (Debian, Ubuntu) or Noto Sans SC' });
      const fontBuffers = [...fonts.latin, ...chinese];
      const renderer = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, background: '#ffffff', font: { fontBuffers, defaultFontFamily: fonts.family, sansSerifFamily: fonts.family } });
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
export async function svgToPng(svg: string, fonts: FontSet, wasm: Uint8Array | WebAssembly.Module): Promise<Uint8Array> {
  return (await createPngRenderer(wasm, fonts)).toPng(svg);
}
