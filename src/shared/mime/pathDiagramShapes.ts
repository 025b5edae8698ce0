import type { DiagramEdge, DiagramNode, DiagramText, DiagramTheme, PathDiagramPayload } from './pathDiagram.js';

/**
 * The drawing as plain SVG elements, before anybody writes them: the SVG file
 * and the notebook's DOM are made from this one list, so they cannot differ.
 */
export interface Shape {
  readonly tag: 'g' | 'ellipse' | 'rect' | 'circle' | 'path' | 'polygon' | 'text' | 'title';
  readonly attributes: Readonly<Record<string, string | number>>;
  /** Character data; a writer escapes it or sets it as a text node. */
  readonly text?: string;
  readonly children?: readonly Shape[];
}

/** Colours of a theme; edges that are not significant are `faint`. */
export interface DiagramPalette {
  readonly ink: string;
  readonly faint: string;
  readonly latentFill: string;
  readonly latentStroke: string;
  readonly observedFill: string;
  readonly observedStroke: string;
  readonly structural: string;
  readonly text: string;
  readonly background: string;
}

const PALETTES: Readonly<Record<DiagramTheme, DiagramPalette>> = {
  print: { ink: '#1a1a1a', faint: '#7d7d7d', latentFill: '#ffffff', latentStroke: '#1a1a1a', observedFill: '#ffffff', observedStroke: '#1a1a1a', structural: '#1a1a1a', text: '#000000', background: '#ffffff' },
  grey: { ink: '#333333', faint: '#8a8a8a', latentFill: '#d9d9d9', latentStroke: '#333333', observedFill: '#f3f3f3', observedStroke: '#333333', structural: '#111111', text: '#000000', background: '#ffffff' },
  colour: { ink: '#475569', faint: '#94a3b8', latentFill: '#dbeafe', latentStroke: '#1d4e89', observedFill: '#fff7e0', observedStroke: '#8a6d1b', structural: '#1d4e89', text: '#0f172a', background: '#ffffff' }
};

export function diagramPalette(theme: DiagramTheme): DiagramPalette {
  return PALETTES[theme];
}

/** Sans serif with Chinese fallbacks; the first family that the machine has is used. */
export const DIAGRAM_FONTS = "'Liberation Sans', Arial, Helvetica, 'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'DejaVu Sans', sans-serif";

const ARROW_LENGTH = 9;
const ARROW_HALF_WIDTH = 3.4;
/** Many covariances meet at each variable: thinner lines and smaller heads keep them apart. */
const MANY_COVARIANCES = 15;
const DENSE_SCALE = 0.65;
/** Middle of the box to the base line, as a share of the font size. */
const BASELINE_SHIFT = 0.35;

type Point = readonly [number, number];

/** At most two decimals: enough for print, and short. */
function short(value: number): number {
  return Math.round(value * 100) / 100;
}

function pointList(points: readonly Point[]): string {
  return points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ');
}

/** Unit vector at an end, pointing out of the curve; ([1, 0] when the points coincide). */
function direction(from: Point, to: Point): Point {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = Math.hypot(dx, dy);
  return length < 1e-9 ? [1, 0] : [dx / length, dy / length];
}

/** A filled triangle whose tip is `tip`; polygons, since markers at a path's start turn the wrong way in several renderers. */
function arrowhead(tip: Point, [dx, dy]: Point, scale: number): readonly Point[] {
  const base: Point = [tip[0] - dx * ARROW_LENGTH * scale, tip[1] - dy * ARROW_LENGTH * scale];
  const half = ARROW_HALF_WIDTH * scale;
  return [tip, [base[0] - dy * half, base[1] + dx * half], [base[0] + dy * half, base[1] - dx * half]];
}

/** The end of the line is drawn back under the arrowhead, so that the tip stays sharp. */
function shortened(tip: Point, [dx, dy]: Point, scale: number): Point {
  const back = ARROW_LENGTH * 0.7 * scale;
  return [tip[0] - dx * back, tip[1] - dy * back];
}

function textShape({ text, x, y, width, size, bold, italic, align }: DiagramText, fill: string): Shape {
  return {
    tag: 'text',
    attributes: { x: short(align === 'left' ? x - width / 2 : x), y: short(y + size * BASELINE_SHIFT), 'font-size': size, 'text-anchor': align === 'left' ? 'start' : 'middle', fill, ...(bold ? { 'font-weight': 'bold' } : {}), ...(italic ? { 'font-style': 'italic' } : {}) },
    text
  };
}

function edgeShape(edge: DiagramEdge, palette: DiagramPalette, dense: boolean): Shape {
  const points = [...edge.points];
  const children: Shape[] = [];
  const structural = edge.kind === 'regression';
  const stroke = edge.significance === 'notSignificant' ? palette.faint : structural ? palette.structural : palette.ink;
  const end = direction(points[points.length - 2], points[points.length - 1]);
  const start = direction(points[1], points[0]);
  const scale = dense && edge.kind === 'covariance' ? DENSE_SCALE : 1;
  const heads: (readonly Point[])[] = [];
  if (edge.arrowAtEnd) {
    heads.push(arrowhead(points[points.length - 1], end, scale));
    points[points.length - 1] = shortened(points[points.length - 1], end, scale);
  }
  if (edge.arrowAtStart) {
    heads.push(arrowhead(points[0], start, scale));
    points[0] = shortened(points[0], start, scale);
  }
  const at = ([x, y]: Point): string => `${short(x)} ${short(y)}`;
  let d = `M${at(points[0])}`;
  if (edge.curve === 'line') for (const point of points.slice(1)) d += `L${at(point)}`;
  else for (let i = 1; i + 2 < points.length; i += 3) d += `C${at(points[i])} ${at(points[i + 1])} ${at(points[i + 2])}`;
  children.push({ tag: 'path', attributes: { d, fill: 'none', stroke, 'stroke-width': structural ? 1.6 : scale, ...(edge.dashed ? { 'stroke-dasharray': '5 3.5' } : {}) } });
  for (const head of heads) children.push({ tag: 'polygon', attributes: { points: pointList(head), fill: stroke } });
  return { tag: 'g', attributes: { class: `semlab-edge semlab-${edge.kind}`, 'data-id': edge.id, 'data-from': edge.from, 'data-to': edge.to }, children };
}

function edgeLabelShape(edge: DiagramEdge, palette: DiagramPalette): Shape | null {
  if (!edge.label) return null;
  const { x, y, width, height } = edge.label;
  const ground: Shape = { tag: 'rect', attributes: { x: short(x - width / 2), y: short(y - height / 2), width: short(width), height: short(height), fill: palette.background } };
  return {
    tag: 'g',
    attributes: { class: 'semlab-edge-label', 'data-id': edge.id },
    children: [ground, textShape(edge.label, edge.significance === 'notSignificant' ? palette.faint : palette.text)]
  };
}

function outline({ kind, x, y, width, height }: DiagramNode, palette: DiagramPalette): Shape {
  const w = width / 2;
  const h = height / 2;
  const latent = { fill: palette.latentFill, stroke: palette.latentStroke, 'stroke-width': 1.4 };
  switch (kind) {
    case 'latent':
      return { tag: 'ellipse', attributes: { cx: short(x), cy: short(y), rx: short(w), ry: short(h), ...latent } };
    case 'observed':
      return { tag: 'rect', attributes: { x: short(x - w), y: short(y - h), width: short(width), height: short(height), fill: palette.observedFill, stroke: palette.observedStroke, 'stroke-width': 1.1 } };
    case 'composite':
      return { tag: 'polygon', attributes: { points: pointList([[x - w, y], [x - w * 0.7, y - h], [x + w * 0.7, y - h], [x + w, y], [x + w * 0.7, y + h], [x - w * 0.7, y + h]]), ...latent } };
    case 'error':
      return { tag: 'circle', attributes: { cx: short(x), cy: short(y), r: short(w), fill: palette.background, stroke: palette.ink, 'stroke-width': 0.9 } };
    case 'mean':
      return { tag: 'polygon', attributes: { points: pointList([[x, y - h], [x + w, y + h], [x - w, y + h]]), fill: palette.background, stroke: palette.ink, 'stroke-width': 0.9 } };
  }
}

function nodeShape(node: DiagramNode, palette: DiagramPalette): Shape {
  return {
    tag: 'g',
    attributes: { class: `semlab-node semlab-${node.kind}`, 'data-id': node.id },
    children: [outline(node, palette), ...node.lines.map((line) => textShape(line, palette.text))]
  };
}

/** All shapes in drawing order: ground, edges, nodes, edge labels, captions. A screen may ask for colours of its own (dark pages). */
export function pathDiagramShapes(payload: PathDiagramPayload, palette: DiagramPalette = diagramPalette(payload.theme)): readonly Shape[] {
  const dense = payload.edges.filter(({ kind }) => kind === 'covariance').length > MANY_COVARIANCES;
  return [
    { tag: 'rect', attributes: { class: 'semlab-ground', x: 0, y: 0, width: payload.width, height: payload.height, fill: palette.background } },
    ...payload.edges.map((edge) => edgeShape(edge, palette, dense)),
    ...payload.nodes.map((node) => nodeShape(node, palette)),
    ...payload.edges.map((edge) => edgeLabelShape(edge, palette)).filter((shape) => shape !== null),
    ...payload.texts.map((text) => textShape(text, palette.text))
  ];
}
