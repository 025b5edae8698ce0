import type { Bilingual } from '../table.js';
import { allOf, isBilingual, isBoolean, listOf, nullOr, numberIn, objectOf, oneOf, textUpTo, type Check } from './check.js';

/**
 * A path diagram, laid out and lettered: a renderer draws it as it stands.
 * Lengths are in px of 1/96 inch, y grows downwards, node positions are centres.
 */
export const PATH_DIAGRAM_MIME = 'application/vnd.semlab.path-diagram.v1+json';

export type DiagramTheme = 'print' | 'grey' | 'colour';
/** Ellipse, rectangle, hexagon, small circle, triangle. */
export type DiagramNodeKind = 'latent' | 'observed' | 'composite' | 'error' | 'mean';
export type DiagramEdgeKind = 'loading' | 'formative' | 'regression' | 'covariance' | 'variance' | 'mean';
/** `none`: nothing is known yet (a model before data). */
export type Significance = 'significant' | 'notSignificant' | 'fixed' | 'none';

/** A text with the box that it takes; `x`, `y` is the middle of the box. */
export interface DiagramText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Font size. */
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  /** `left`: the text starts at the box's left edge; else it is centred. */
  readonly align?: 'left';
}

export interface DiagramNode {
  readonly id: string;
  readonly kind: DiagramNodeKind;
  /** Name in the model, '' for an error term. */
  readonly name: string;
  readonly labels: Bilingual;
  /** 1-based group in a multi-group drawing, else 1. */
  readonly group: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Share of variance explained, when the variable is dependent and the fit says it. */
  readonly rSquared: number | null;
  /** What is written in the node, line by line. */
  readonly lines: readonly DiagramText[];
}

/** The numbers behind an edge, for a tooltip; `null` before data or when undefined. */
export interface DiagramEdgeValues {
  readonly estimate: number | null;
  readonly stdError: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  readonly stdAll: number | null;
}

export interface DiagramEdge {
  readonly id: string;
  readonly kind: DiagramEdgeKind;
  /** Node ids; a variance runs from a node to itself. */
  readonly from: string;
  readonly to: string;
  readonly group: number;
  /** `line`: a polyline through the points. `cubic`: start, then (control, control, point) per Bézier piece. */
  readonly curve: 'line' | 'cubic';
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly arrowAtStart: boolean;
  readonly arrowAtEnd: boolean;
  /** Drawn with dashes: a path that is not significant. */
  readonly dashed: boolean;
  /** Fixed by the model (a marker, a constant). */
  readonly fixed: boolean;
  readonly significance: Significance;
  /** The estimate as printed, with its stars; `null` when none is shown. */
  readonly label: DiagramText | null;
  readonly values: DiagramEdgeValues;
}

export interface PathDiagramPayload {
  readonly kind: 'pathDiagram';
  readonly version: 1;
  readonly title: Bilingual;
  /** One sentence that tells the drawing to a screen reader. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly theme: DiagramTheme;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
  /** Captions of groups, legend, footnote (estimates, n, fit, stars, warnings). */
  readonly texts: readonly DiagramText[];
}

const MOST_NODES = 2_000;
const MOST_EDGES = 10_000;
const LARGEST = 200_000;
const isPlace: Check = numberIn(-LARGEST, LARGEST);
const isLength: Check = numberIn(0, LARGEST);
const isValue: Check = nullOr(numberIn(-Number.MAX_VALUE, Number.MAX_VALUE));
const isName: Check = textUpTo(400);

const isDiagramText: Check = objectOf({ text: textUpTo(1000), x: isPlace, y: isPlace, width: isLength, height: isLength, size: numberIn(1, 200), bold: isBoolean, italic: isBoolean }, { align: oneOf('left') });

const isNode: Check = objectOf({
  id: isName,
  kind: oneOf('latent', 'observed', 'composite', 'error', 'mean'),
  name: isName,
  labels: isBilingual,
  group: numberIn(1, 10_000),
  x: isPlace,
  y: isPlace,
  width: isLength,
  height: isLength,
  rSquared: isValue,
  lines: listOf(isDiagramText, 20)
});

const isPoint: Check = (value, where) =>
  Array.isArray(value) && value.length === 2 ? (isPlace(value[0], `${where}[0]`) ?? isPlace(value[1], `${where}[1]`)) : `${where} is no point`;

const fitsCurve: Check = (value, where) => {
  const { curve, points } = value as DiagramEdge;
  return points.length >= 2 && (curve === 'line' || points.length % 3 === 1) ? null : `${where}.points does not make a ${curve}`;
};

const isEdge: Check = allOf(
  objectOf({
    id: isName,
    kind: oneOf('loading', 'formative', 'regression', 'covariance', 'variance', 'mean'),
    from: isName,
    to: isName,
    group: numberIn(1, 10_000),
    curve: oneOf('line', 'cubic'),
    points: listOf(isPoint, 200),
    arrowAtStart: isBoolean,
    arrowAtEnd: isBoolean,
    dashed: isBoolean,
    fixed: isBoolean,
    significance: oneOf('significant', 'notSignificant', 'fixed', 'none'),
    label: nullOr(isDiagramText),
    values: objectOf({ estimate: isValue, stdError: isValue, statistic: isValue, pValue: isValue, confLow: isValue, confHigh: isValue, stdAll: isValue })
  }),
  fitsCurve
);

const edgesMeetNodes: Check = (value, where) => {
  const { nodes, edges } = value as PathDiagramPayload;
  const ids = new Set(nodes.map(({ id }) => id));
  if (ids.size !== nodes.length) return `${where}.nodes holds an id twice`;
  const loose = edges.findIndex(({ from, to }) => !ids.has(from) || !ids.has(to));
  return loose < 0 ? null : `${where}.edges[${loose}] meets no node`;
};

export const isPathDiagramValue: Check = allOf(
  objectOf({
    kind: oneOf('pathDiagram'),
    version: oneOf(1),
    title: isBilingual,
    description: textUpTo(20_000),
    width: numberIn(1, LARGEST),
    height: numberIn(1, LARGEST),
    theme: oneOf('print', 'grey', 'colour'),
    nodes: listOf(isNode, MOST_NODES),
    edges: listOf(isEdge, MOST_EDGES),
    texts: listOf(isDiagramText, 200)
  }),
  edgesMeetNodes
);

/** Why `value` is no payload of this MIME type, or `null` when it is one. */
export function pathDiagramProblem(value: unknown): string | null {
  return isPathDiagramValue(value, 'diagram');
}

export function isPathDiagram(value: unknown): value is PathDiagramPayload {
  return pathDiagramProblem(value) === null;
}

const ARROW: Readonly<Record<DiagramEdgeKind, string>> = { loading: '=~', formative: '<~', regression: '~', covariance: '~~', variance: '~~', mean: '~1' };

/** The text twin: title, one line per edge in the model's own notation with its printed estimate, then the footnotes. */
export function pathDiagramText(payload: PathDiagramPayload): string {
  const names = new Map(payload.nodes.map(({ id, name }) => [id, name]));
  const groups = new Set(payload.nodes.map(({ group }) => group)).size;
  const lines: string[] = [payload.title.en];
  for (const { kind, from, to, group, label } of payload.edges) {
    const source = names.get(from) ?? '';
    const target = names.get(to) ?? '';
    if (source === '' && target === '') continue;
    const [lhs, rhs] = kind === 'regression' || kind === 'formative' ? [target, source] : kind === 'mean' ? [target, ''] : source === '' ? [target, target] : [source, target];
    const where = groups > 1 ? ` [group ${group}]` : '';
    lines.push(`  ${`${lhs} ${ARROW[kind]} ${rhs}`.trim()}${where}${label ? `  ${label.text}` : ''}`);
  }
  const explained = payload.nodes.flatMap(({ name, lines: written }) => written.filter(({ text }) => text.startsWith('R²')).map(({ text }) => `${name}: ${text}`));
  if (explained.length > 0) lines.push(`  ${explained.join(', ')}`);
  return [...lines, ...payload.texts.map(({ text }) => text)].join('\n');
}
