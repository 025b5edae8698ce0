import type { Rasterize } from '../bundle.js';
import { diagramToSvg } from '../diagram/diagramToSvg.js';
import { renderChartSvg } from '../charts/renderChartSvg.js';
import { inLanguage, type Language } from '../../shared/mime/surveyTable.js';
import type { ReportBlock } from './reportDocument.js';

/** A figure in both forms; `png` is absent without a rasterizer. */
export interface Picture {
  readonly title: string;
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly png: Uint8Array | null;
}

function sizeOf(svg: string): { readonly width: number; readonly height: number } {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? '';
  const side = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)`).exec(root)?.[1] ?? 400);
  return { width: side('width'), height: side('height') };
}

/** Draws a block's figure; `null` for blocks that hold none. */
export async function pictureOf(block: ReportBlock, lang: Language, rasterize: Rasterize | undefined): Promise<Picture | null> {
  if (block.type !== 'diagram' && block.type !== 'chart') return null;
  const svg = block.type === 'diagram' ? diagramToSvg(block.diagram) : await renderChartSvg(block.chart);
  const title = block.type === 'diagram' ? inLanguage(block.diagram.title, lang) : typeof block.chart.title === 'string' ? block.chart.title : 'chart';
  return { title, svg, ...sizeOf(svg), png: rasterize ? await rasterize(svg) : null };
}
