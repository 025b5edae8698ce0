import type { ResolvedDiagramOptions } from './diagramOptions.js';
import { arrange, type Arrangement } from './arrange.js';
import type { Side } from './block.js';
import { familyOf } from './family.js';
import type { Box } from './geometry.js';
import type { DiagramGraph, GraphEdge, GraphNode } from './graph.js';
import { itemSize, structuralSize, type NodeSize } from './nodeSize.js';
import type { PlacedNode } from './placeBlocks.js';
import { placeLabels, type LabelRequest } from './placeLabels.js';
import type { RoutedEdge } from './routedEdge.js';
import { CIRCLE_SIZE, freestSatellite, outwardSatellite, STUB_LENGTH, type Satellite } from './satellites.js';
import { textWidth } from './textWidth.js';

export const LABEL_FONT = 10.5;
const LABEL_PADDING = { x: 4, y: 2 };

export interface LabelledEdge {
  readonly routed: RoutedEdge;
  readonly label: Box | null;
}

export interface GraphLayout {
  readonly graph: DiagramGraph;
  readonly nodes: readonly (PlacedNode & { readonly node: GraphNode; readonly size: NodeSize })[];
  readonly edges: readonly LabelledEdge[];
  readonly satellites: readonly Satellite[];
  /** Residuals for which there is no room, because other loadings come in on their side. */
  readonly hiddenResiduals: number;
  /** Labels for which no free place was found; 0 in a finished drawing. */
  readonly unplaced: number;
}

const MOST_TRIES = 9;
const WIDER = 1.14;

export function labelSize(text: string | null): { width: number; height: number } {
  return text === null ? { width: 0, height: 0 } : { width: textWidth(text, LABEL_FONT) + LABEL_PADDING.x, height: LABEL_FONT * 1.1 + LABEL_PADDING.y };
}

interface Measures {
  readonly labelWidth: number;
  readonly labelHeight: number;
  readonly pathLabelWidth: number;
  readonly covarianceLabelWidth: number;
}

function measure(edges: readonly GraphEdge[]): Measures {
  const widest = (kinds: readonly string[]): number => Math.max(0, ...edges.filter(({ kind }) => kinds.includes(kind)).map(({ label }) => labelSize(label).width));
  return { labelWidth: widest(['loading', 'formative']), labelHeight: labelSize('0').height, pathLabelWidth: widest(['regression']), covarianceLabelWidth: widest(['covariance']) };
}

/** Is the variance drawn? Of exogenous latents only where its size is more than the 1 of a standardized solution. */
function showsVariance(node: GraphNode, isMeasured: boolean, options: ResolvedDiagramOptions): boolean {
  if (options.residuals === 'none') return false;
  const residual = isMeasured || node.endogenous;
  return residual || options.estimates === 'unstd' || options.estimates === 'both';
}

function satelliteShape(edge: GraphEdge, node: GraphNode, isMeasured: boolean, options: ResolvedDiagramOptions): Satellite['shape'] {
  if (edge.kind === 'mean') return 'triangle';
  if (!isMeasured && !node.endogenous) return 'loop';
  return options.residuals === 'circles' ? 'circle' : 'stub';
}

function satelliteLabel(edge: GraphEdge, shape: Satellite['shape'], options: ResolvedDiagramOptions): { width: number; height: number } {
  return shape === 'circle' && options.estimates === 'std' ? { width: 0, height: 0 } : labelSize(edge.label);
}

/** Lays out the graph of one group; widens the drawing until every label has a place of its own. */
export function layoutGraph(graph: DiagramGraph, options: ResolvedDiagramOptions): GraphLayout {
  let best: GraphLayout | null = null;
  let spread = 1;
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const layout = layoutAt(graph, options, spread);
    if (!best || layout.unplaced < best.unplaced) best = layout;
    if (layout.unplaced === 0) break;
    spread *= WIDER;
  }
  return best as GraphLayout;
}

function layoutAt(graph: DiagramGraph, options: ResolvedDiagramOptions, spread: number): GraphLayout {
  const { direction } = options;
  const family = familyOf(graph);
  const nodeOf = new Map(graph.nodes.map((node) => [node.name, node]));
  const isLeaf = (name: string): boolean => family.ownerOf.has(name) && !family.childrenOf.has(name);
  const sizes = evenSizes(graph, isLeaf, options);
  const measures = measure(graph.edges);
  const hanging = graph.edges.filter((edge) => (edge.kind === 'variance' || edge.kind === 'mean') && nodeOf.has(edge.to));
  const shown = hanging.filter((edge) => edge.kind === 'mean' || showsVariance(nodeOf.get(edge.to) as GraphNode, family.ownerOf.has(edge.to), options));
  const residualOf = new Map(shown.filter(({ kind }) => kind === 'variance').map((edge) => [edge.to, edge]));

  const residualReach = (name: string, side: Side): number => {
    const edge = residualOf.get(name);
    if (!edge || !isLeaf(name)) return 0;
    const shape = satelliteShape(edge, nodeOf.get(name) as GraphNode, true, options);
    const { width, height } = satelliteLabel(edge, shape, options);
    return STUB_LENGTH + (shape === 'circle' ? CIRCLE_SIZE : 0) + (side === 'left' || side === 'right' ? width : height) + 6;
  };

  const wantedOf = (edge: GraphEdge): Parameters<typeof outwardSatellite>[2] => {
    const shape = satelliteShape(edge, nodeOf.get(edge.to) as GraphNode, family.ownerOf.has(edge.to), options);
    const { width, height } = satelliteLabel(edge, shape, options);
    return { edge, shape, labelWidth: width, labelHeight: height };
  };
  const residualBox = (node: PlacedNode): Box | null => {
    const edge = residualOf.get(node.name);
    return edge ? frameOf(outwardSatellite(node, nodeOf.get(node.name)?.kind === 'latent', wantedOf(edge))) : null;
  };
  const arrangement = arrange(graph, family, {
    direction,
    spread,
    gap: (direction === 'right' ? Math.max(84, measures.pathLabelWidth + 56) : 84) * spread,
    covarianceLabel: { width: measures.covarianceLabelWidth, height: measures.labelHeight },
    room: { sizes, labelWidth: measures.labelWidth, labelHeight: measures.labelHeight + (options.means ? 16 : 0), residual: residualReach },
    residualBox
  });
  const hung = shown.filter(({ kind, to }) => !(kind === 'variance' && arrangement.covered.has(to)));
  return { ...finish(graph, arrangement, hung, sizes, nodeOf, isLeaf, wantedOf), hiddenResiduals: shown.length - hung.length };
}

/** The smallest box around a satellite. */
function frameOf({ sampled, body, label }: Satellite): Box {
  const boxes: readonly Box[] = [...sampled.map(([x, y]) => ({ x, y, width: 0, height: 0 })), ...[body, label].filter((box) => box !== null)];
  const [left, right] = [Math.min(...boxes.map(({ x, width }) => x - width / 2)), Math.max(...boxes.map(({ x, width }) => x + width / 2))];
  const [top, bottom] = [Math.min(...boxes.map(({ y, height }) => y - height / 2)), Math.max(...boxes.map(({ y, height }) => y + height / 2))];
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** Indicators of one drawing share their width and height; structural variables of one kind share their height. */
function evenSizes(graph: DiagramGraph, isLeaf: (name: string) => boolean, options: ResolvedDiagramOptions): ReadonlyMap<string, NodeSize> {
  const sizes = new Map(graph.nodes.map((node) => [node.name, isLeaf(node.name) && node.kind === 'observed' ? itemSize(node, options) : structuralSize(node, options)]));
  const items = graph.nodes.filter(({ name, kind }) => isLeaf(name) && kind === 'observed').map(({ name }) => name);
  const others = graph.nodes.filter(({ name, kind }) => !(isLeaf(name) && kind === 'observed')).map(({ name }) => name);
  const even = (names: readonly string[], width: boolean): void => {
    const widest = Math.max(0, ...names.map((name) => sizes.get(name)?.width ?? 0));
    const highest = Math.max(0, ...names.map((name) => sizes.get(name)?.height ?? 0));
    for (const name of names) {
      const size = sizes.get(name);
      if (size) sizes.set(name, { ...size, width: width ? widest : size.width, height: highest });
    }
  };
  even(items, true);
  even(others, false);
  return sizes;
}

/** Hangs variances and means on their variables and gives every label its place. */
function finish(
  graph: DiagramGraph,
  { nodes, routed }: Arrangement,
  hanging: readonly GraphEdge[],
  sizes: ReadonlyMap<string, NodeSize>,
  nodeOf: ReadonlyMap<string, GraphNode>,
  isLeaf: (name: string) => boolean,
  wantedOf: (edge: GraphEdge) => Parameters<typeof outwardSatellite>[2]
): Omit<GraphLayout, 'hiddenResiduals'> {
  const all = [...nodes.values()];
  const taken: Box[] = [];
  const satellites: Satellite[] = [];
  const free: GraphEdge[] = [];
  const round = (name: string): boolean => nodeOf.get(name)?.kind === 'latent';
  const keep = (satellite: Satellite): void => {
    satellites.push(satellite);
    for (const box of [satellite.body, satellite.label]) if (box) taken.push(box);
  };
  for (const edge of hanging) {
    const node = nodes.get(edge.to);
    if (!node) continue;
    if (edge.kind === 'variance' && isLeaf(edge.to)) keep(outwardSatellite(node, round(edge.to), wantedOf(edge)));
    else free.push(edge);
  }
  const curves = [...routed.map(({ sampled }) => sampled), ...satellites.map(({ sampled }) => sampled)];
  const requests: LabelRequest[] = [];
  const labelled: number[] = [];
  routed.forEach(({ edge, sampled, labelAt }, own) => {
    if (edge.label === null) return;
    labelled.push(own);
    requests.push({ ...labelSize(edge.label), sampled, preferred: labelAt, own });
  });
  const { places, unplaced } = placeLabels(requests, [...all, ...taken], curves);
  taken.push(...places);
  let crowded = unplaced;
  for (const edge of free) {
    const node = nodes.get(edge.to);
    if (!node) continue;
    const satellite = freestSatellite(node, round(edge.to), wantedOf(edge), all, taken, curves);
    if (!satellite.clear) crowded++;
    keep(satellite);
    curves.push(satellite.sampled);
  }
  const labelOf = new Map(labelled.map((own, i) => [own, places[i]]));
  return {
    graph,
    nodes: all.map((place) => ({ ...place, node: nodeOf.get(place.name) as GraphNode, size: sizes.get(place.name) as NodeSize })),
    edges: routed.map((one, i) => ({ routed: one, label: labelOf.get(i) ?? null })),
    satellites,
    unplaced: crowded
  };
}

