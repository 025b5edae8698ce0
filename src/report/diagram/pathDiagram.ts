import type { SemFit } from '../../models/sem/results.js';
import type { ParameterTable } from '../../models/sem/parameterTable.js';
import { fail } from '../../shared/diagnostic.js';
import type { DiagramEdge, DiagramNode, DiagramText, PathDiagramPayload } from '../../shared/mime/pathDiagram.js';
import { resolveDiagramOptions, type PathDiagramOptions, type ResolvedDiagramOptions } from './diagramOptions.js';
import { footnotes } from './footnote.js';
import { sample, type Box, type Point } from './geometry.js';
import { diagramGraphs, type DiagramGraph, type GraphEdge } from './graph.js';
import { LABEL_FONT, layoutGraph, type GraphLayout } from './layoutGraph.js';
import { textWidth, wrapText } from './textWidth.js';

const MARGIN = 16;
const CAPTION_FONT = 12;
const NOTE_FONT = 10;
const NOTE_LEADING = 14;
const GAP_BETWEEN_GROUPS = 40;
const NARROWEST = 260;

/** What one group draws, still in its own coordinates. */
interface Panel {
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  readonly bounds: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

function text(words: string, box: Box, size: number, bold = false, italic = false, align?: 'left'): DiagramText {
  return { text: words, ...box, size, bold, italic, ...(align ? { align } : {}) };
}

function pointsOf(points: readonly Point[]): readonly Point[] {
  return points.map(([x, y]) => [x, y] as const);
}

/** Ids start with the group, then name the thing: user names are data, never keys. */
function nodeId(group: number, name: string): string {
  return `${group}:${name}`;
}

function edgeBase(edge: GraphEdge, group: number, index: number): Pick<DiagramEdge, 'id' | 'kind' | 'group' | 'dashed' | 'fixed' | 'significance' | 'values'> {
  const { kind, dashed, fixed, significance, values } = edge;
  return { id: `${group}:${index}:${kind}`, kind, group, dashed, fixed, significance, values };
}

function panelOf(layout: GraphLayout, options: ResolvedDiagramOptions): Panel {
  const { group } = layout.graph;
  const nodes: DiagramNode[] = layout.nodes.map(({ name, x, y, width, height, node, size }) => ({
    id: nodeId(group, name),
    kind: node.kind,
    name,
    labels: options.labels.get(name) ?? { en: name },
    group,
    x,
    y,
    width,
    height,
    rSquared: node.rSquared,
    lines: size.lines.map(({ dy, text: words, width: w, height: h, size: font, bold, italic }) => text(words, { x, y: y + dy, width: w, height: h }, font, bold, italic))
  }));
  const edges: DiagramEdge[] = layout.edges.map(({ routed: { edge, curve, arrowAtStart, arrowAtEnd }, label }, i) => ({
    ...edgeBase(edge, group, i),
    from: nodeId(group, edge.from),
    to: nodeId(group, edge.to),
    curve: curve.curve,
    points: pointsOf(curve.points),
    arrowAtStart,
    arrowAtEnd,
    label: label && edge.label !== null ? text(edge.label, label, LABEL_FONT) : null
  }));
  let circles = 0;
  layout.satellites.forEach(({ edge, shape, curve, body, label }, i) => {
    const own = nodeId(group, edge.to);
    let from = own;
    if (body) {
      from = `${own} ${edge.kind} ${i}`;
      const words = shape === 'circle' ? `e${++circles}` : '1';
      const size = 9;
      const box: Box = { x: body.x, y: shape === 'circle' ? body.y : body.y + 3, width: textWidth(words, size), height: size * 1.2 };
      nodes.push({ id: from, kind: shape === 'circle' ? 'error' : 'mean', name: '', labels: { en: words }, group, x: body.x, y: body.y, width: body.width, height: body.height, rSquared: null, lines: [text(words, box, size)] });
    }
    edges.push({
      ...edgeBase(edge, group, layout.edges.length + i),
      from,
      to: own,
      curve: curve.curve,
      points: pointsOf(curve.points),
      arrowAtStart: shape === 'loop',
      arrowAtEnd: true,
      label: label && edge.label !== null ? text(edge.label, label, LABEL_FONT) : null
    });
  });
  return { nodes, edges, bounds: boundsOf(nodes, edges) };
}

/** The smallest frame around all nodes, labels and curves. */
function boundsOf(nodes: readonly DiagramNode[], edges: readonly DiagramEdge[]): Panel['bounds'] {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const take = (x: number, y: number, halfWidth: number, halfHeight: number): void => {
    left = Math.min(left, x - halfWidth);
    right = Math.max(right, x + halfWidth);
    top = Math.min(top, y - halfHeight);
    bottom = Math.max(bottom, y + halfHeight);
  };
  for (const { x, y, width, height, lines } of nodes) {
    take(x, y, width / 2, height / 2);
    for (const line of lines) take(line.x, line.y, line.width / 2, line.height / 2);
  }
  for (const { curve, points, label } of edges) {
    for (const [x, y] of sample({ curve, points })) take(x, y, 4, 4);
    if (label) take(label.x, label.y, label.width / 2, label.height / 2);
  }
  return nodes.length === 0 ? { left: 0, right: NARROWEST, top: 0, bottom: 40 } : { left, right, top, bottom };
}

function moved(panel: Panel, dx: number, dy: number): Panel {
  const shift = <T extends { readonly x: number; readonly y: number }>(box: T): T => ({ ...box, x: box.x + dx, y: box.y + dy });
  const { left, right, top, bottom } = panel.bounds;
  return {
    nodes: panel.nodes.map((node) => ({ ...shift(node), lines: node.lines.map(shift) })),
    edges: panel.edges.map((edge) => ({ ...edge, points: edge.points.map(([x, y]) => [x + dx, y + dy] as const), label: edge.label ? shift(edge.label) : null })),
    bounds: { left: left + dx, right: right + dx, top: top + dy, bottom: bottom + dy }
  };
}

/** Sets the groups side by side when they are tall, one under the other when they are wide. */
function arrangePanels(panels: readonly Panel[], graphs: readonly DiagramGraph[]): { readonly panels: readonly Panel[]; readonly texts: readonly DiagramText[]; readonly width: number; readonly height: number } {
  const captioned = panels.length > 1;
  const captionHeight = captioned ? CAPTION_FONT * 2.2 : 0;
  const widthOf = ({ bounds }: Panel): number => bounds.right - bounds.left;
  const heightOf = ({ bounds }: Panel): number => bounds.bottom - bounds.top;
  const wide = panels.reduce((sum, panel) => sum + widthOf(panel), 0) > 1.4 * panels.reduce((sum, panel) => sum + heightOf(panel), 0);
  const placed: Panel[] = [];
  const texts: DiagramText[] = [];
  let x = MARGIN;
  let y = MARGIN;
  let width = 0;
  let height = 0;
  panels.forEach((panel, g) => {
    const at = moved(panel, x - panel.bounds.left, y + captionHeight - panel.bounds.top);
    placed.push(at);
    if (captioned) {
      const words = graphs[g].groupLabel === '' ? `group ${graphs[g].group}` : graphs[g].groupLabel;
      const w = textWidth(words, CAPTION_FONT, true);
      texts.push(text(words, { x: Math.max(x + w / 2, x + widthOf(panel) / 2), y: y + CAPTION_FONT * 0.7, width: w, height: CAPTION_FONT * 1.25 }, CAPTION_FONT, true));
      width = Math.max(width, x + w + MARGIN);
    }
    width = Math.max(width, at.bounds.right + MARGIN);
    height = Math.max(height, at.bounds.bottom + MARGIN);
    if (wide) y = at.bounds.bottom + GAP_BETWEEN_GROUPS;
    else x = at.bounds.right + GAP_BETWEEN_GROUPS;
  });
  return { panels: placed, texts, width, height };
}

/** One sentence per kind of arrow, for readers who hear the drawing. */
function describe(graphs: readonly DiagramGraph[]): string {
  const [first] = graphs;
  if (!first) return 'Empty path diagram.';
  const by = (kind: GraphEdge['kind']): readonly GraphEdge[] => first.edges.filter((edge) => edge.kind === kind);
  const owners = [...new Set(by('loading').map(({ from }) => from))];
  const said = owners.map((owner) => `${owner} is measured by ${by('loading').filter(({ from }) => from === owner).map(({ to }) => to).join(', ')}`);
  for (const { from, to, label } of by('regression')) said.push(`${from} predicts ${to}${label === null ? '' : ` (${label})`}`);
  for (const { from, to, label } of by('covariance')) said.push(`${from} covaries with ${to}${label === null ? '' : ` (${label})`}`);
  const whole = `Path diagram${graphs.length > 1 ? ` of ${graphs.length} groups` : ''}: ${said.join('; ')}.`;
  return whole.length > 8000 ? `${whole.slice(0, 8000)}…` : whole;
}

/**
 * The path diagram of a fitted model, or of a parameter table alone, before
 * any data. Ellipses are latent, rectangles observed; loadings fan out on the
 * free side, the structural part runs from exogenous to endogenous, covariances
 * are arcs on the outer side. No two labels and no label and node overlap.
 *
 * @param options see {@link PathDiagramOptions}; an unknown key is an error
 */
export function pathDiagram(source: SemFit | ParameterTable, options: PathDiagramOptions = {}): PathDiagramPayload {
  const resolved = resolveDiagramOptions(options);
  if (source.kind !== 'sem' && source.kind !== 'parameterTable') fail('not-a-model', 'a path diagram is drawn from a fit or a parameter table', { help: 'give the result of `sem` or `specify`' });
  const shown: ResolvedDiagramOptions = source.kind === 'sem' && !source.convergence.converged ? { ...resolved, estimates: 'none' } : resolved;
  const graphs = diagramGraphs(source, shown);
  const layouts = graphs.map((graph) => layoutGraph(graph, shown));
  const { panels, texts, width: drawn, height } = arrangePanels(layouts.map((layout) => panelOf(layout, shown)), graphs);
  const width = Math.max(drawn, NARROWEST);
  const notes = shown.footnote ? footnotes(source, graphs, shown, layouts.reduce((sum, { hiddenResiduals }) => sum + hiddenResiduals, 0)).flatMap((note) => wrapText(note, width - 2 * MARGIN, NOTE_FONT)) : [];
  const noteTexts = notes.map((words, i): DiagramText => {
    const w = textWidth(words, NOTE_FONT);
    return text(words, { x: MARGIN + w / 2, y: height + 6 + i * NOTE_LEADING, width: w, height: NOTE_FONT * 1.25 }, NOTE_FONT, false, false, 'left');
  });
  const widest = Math.max(width, ...noteTexts.map((note) => note.width + 2 * MARGIN));
  const offset = (widest - drawn) / 2;
  const centred = offset > 0 ? panels.map((panel) => moved(panel, offset, 0)) : panels;
  const captions = offset > 0 ? texts.map((one) => ({ ...one, x: one.x + offset })) : texts;
  return rounded({
    kind: 'pathDiagram',
    version: 1,
    title: shown.title,
    description: describe(graphs),
    width: widest,
    height: height + (notes.length === 0 ? 0 : notes.length * NOTE_LEADING + 8),
    theme: shown.theme,
    nodes: centred.flatMap(({ nodes }) => nodes),
    edges: centred.flatMap(({ edges }) => edges),
    texts: [...captions, ...noteTexts]
  });
}

/** Two decimals of a px are enough, and keep stored notebooks small and stable. */
function rounded(payload: PathDiagramPayload): PathDiagramPayload {
  const short = (value: number): number => Math.round(value * 100) / 100;
  const box = <T extends Box>(one: T): T => ({ ...one, x: short(one.x), y: short(one.y), width: short(one.width), height: short(one.height) });
  return {
    ...payload,
    width: Math.ceil(payload.width),
    height: Math.ceil(payload.height),
    nodes: payload.nodes.map((node) => ({ ...box(node), lines: node.lines.map(box) })),
    edges: payload.edges.map((edge) => ({ ...edge, points: edge.points.map(([x, y]) => [short(x), short(y)] as const), label: edge.label ? box(edge.label) : null })),
    texts: payload.texts.map(box)
  };
}
