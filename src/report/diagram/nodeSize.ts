import { inLanguage } from '../../shared/mime/surveyTable.js';
import type { DiagramText } from '../../shared/mime/pathDiagram.js';
import { formatUnit } from '../format/formatNumber.js';
import type { ResolvedDiagramOptions } from './diagramOptions.js';
import type { GraphNode } from './graph.js';
import { textWidth, wrapText } from './textWidth.js';

/** A line of text relative to the node's middle. */
export type NodeLine = Omit<DiagramText, 'x' | 'y'> & { readonly dy: number };

export interface NodeSize {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly NodeLine[];
}

export const LATENT_FONT = 12;
export const ITEM_FONT = 11;
export const R2_FONT = 10;
const LEADING = 1.25;
const WRAP_LATENT = 96;
const WRAP_ITEM = 150;
const SMALLEST_LATENT = { width: 86, height: 46 };
const SMALLEST_STRUCTURAL_RECT = { width: 84, height: 38 };
const SMALLEST_ITEM = { width: 46, height: 24 };

function wordsOf(name: string, options: ResolvedDiagramOptions): readonly string[] {
  const label = options.labels.get(name);
  if (!label) return [name];
  if (options.lang === 'both' && label.zh !== undefined && label.zh !== label.en) return [label.zh, label.en];
  return [inLanguage(label, options.lang)];
}

function stacked(texts: readonly { readonly text: string; readonly size: number; readonly bold: boolean; readonly italic: boolean }[]): { lines: NodeLine[]; width: number; height: number } {
  const total = texts.reduce((sum, { size }) => sum + size * LEADING, 0);
  let top = -total / 2;
  const lines = texts.map(({ text, size, bold, italic }): NodeLine => {
    const height = size * LEADING;
    const line = { text, size, bold, italic, width: textWidth(text, size, bold), height, dy: top + height / 2 };
    top += height;
    return line;
  });
  return { lines, width: Math.max(0, ...lines.map(({ width }) => width)), height: total };
}

/** A variable of the structural part: its wording, its R². Ellipses need more room than the text's box. */
export function structuralSize(node: GraphNode, options: ResolvedDiagramOptions): NodeSize {
  const words = wordsOf(node.name, options).flatMap((text) => wrapText(text, WRAP_LATENT, LATENT_FONT, true));
  const texts = words.map((text) => ({ text, size: LATENT_FONT, bold: true, italic: false }));
  if (options.r2 && node.rSquared !== null) texts.push({ text: `R² = ${formatUnit(node.rSquared, options.digits, false)}`, size: R2_FONT, bold: false, italic: false });
  const { lines, width, height } = stacked(texts);
  if (node.kind === 'observed') return { lines, width: Math.max(SMALLEST_STRUCTURAL_RECT.width, width + 20), height: Math.max(SMALLEST_STRUCTURAL_RECT.height, height + 14) };
  return { lines, width: Math.max(SMALLEST_LATENT.width, width * 1.22 + 16), height: Math.max(SMALLEST_LATENT.height, height * 1.28 + 14) };
}

/** An indicator: its name, with its wording when asked for. */
export function itemSize(node: GraphNode, options: ResolvedDiagramOptions): NodeSize {
  const wording = options.itemLabels && options.labels.has(node.name) ? wordsOf(node.name, options).flatMap((text) => wrapText(text, WRAP_ITEM, ITEM_FONT)) : [];
  const texts = [node.name, ...wording.filter((text) => text !== node.name)].map((text) => ({ text, size: ITEM_FONT, bold: false, italic: false }));
  const { lines, width, height } = stacked(texts);
  return { lines, width: Math.max(SMALLEST_ITEM.width, width + 14), height: Math.max(SMALLEST_ITEM.height, height + 8) };
}
