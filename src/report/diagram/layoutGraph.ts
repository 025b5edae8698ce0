import type { ResolvedDiagramOptions } from './diagramOptions.js';
import type { BlockRoom, Side } from './block.js';
import { familyOf } from './family.js';
import type { Box } from './geometry.js';
import type { DiagramGraph, GraphEdge, GraphNode } from './graph.js';
import { rootEdges, structuralLayers } from './layers.js';
import { itemSize, structuralSize, type NodeSize } from './nodeSize.js';
import { placeBlocks, type PlacedNode } from './placeBlocks.js';
import { placeLabels, type LabelRequest } from './placeLabels.js';
import { drawingCost, routeEdges, type RoutedEdge, type RoutePlan } from './routeEdges.js';
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
  /** Labels for which no free place was found; 0 in a finished drawing. */
  readonly unplaced: number;
}

const MOST_TRIES = 9;
const WIDER = 1.14;
/** Fans of so many middle roots are tried on both sides; further ones go where the first rule puts them. */
const MOST_TRIED_SIDES = 6;

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

  const layers = structuralLayers(graph, family);
  const layerOf = new Map(layers.flatMap((layer, l) => layer.map((name) => [name, l] as const)));
  const edges = rootEdges(graph, family);
  const [firstSide, lastSide]: readonly [Side, Side] = direction === 'right' ? ['left', 'right'] : ['top', 'bottom'];
  const oneLayer = layers.length === 1;
  const arcSide = (layer: number): Side | undefined => (layer === 0 ? firstSide : undefined);
  const arcStep = (side: Side): number => (side === 'left' || side === 'right' ? Math.max(18, measures.covarianceLabelWidth / 2 + 4) : 15) * spread;

  // Room that the arcs of the first layer take between its variables and their fans.
  const firstCovariances = graph.edges.filter(({ kind, from, to }) => kind === 'covariance' && layerOf.get(from) === 0 && layerOf.get(to) === 0);
  const order = new Map(layers[0]?.map((name, i) => [name, i]));
  const farthest = Math.max(0, ...firstCovariances.map(({ from, to }) => Math.abs((order.get(from) ?? 0) - (order.get(to) ?? 0))));
  const arcRoom = oneLayer || farthest === 0 ? 0 : 26 + arcStep(firstSide) * (farthest - 1) + (firstSide === 'left' ? measures.covarianceLabelWidth / 2 : measures.labelHeight);
  const room: BlockRoom = {
    sizes,
    family,
    labelWidth: measures.labelWidth,
    labelHeight: measures.labelHeight + (options.means ? 16 : 0),
    residual: residualReach,
    arcs: (name) => (layerOf.get(name) === 0 ? arcRoom : 0),
    spread
  };
  const gap = (direction === 'right' ? Math.max(84, measures.pathLabelWidth + 56) : 84) * spread;

  const arrange = (sides: ReadonlyMap<string, Side>): { nodes: ReadonlyMap<string, PlacedNode>; routed: readonly RoutedEdge[] } => {
    const nodes = new Map(placeBlocks(layers, sides, edges, room, direction, gap).map((node) => [node.name, node]));
    const roundNames = new Set(graph.nodes.filter(({ kind }) => kind === 'latent').map(({ name }) => name));
    const plan: RoutePlan = { nodes, roundNames, ownerOf: family.ownerOf, layerCount: layers.length, direction, arcSide, arcStep, residualReach };
    return { nodes, routed: routeEdges(graph.edges.filter(({ kind }) => kind !== 'variance' && kind !== 'mean'), plan) };
  };

  const { nodes, routed } = bestArrangement(layers, family.childrenOf, firstSide, lastSide, arrange);
  return finish(graph, options, nodes, routed, shown, sizes, nodeOf, isLeaf, family.ownerOf);
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

/** Tries the fans of middle variables on either side and keeps the clearest drawing. */
function bestArrangement(
  layers: readonly (readonly string[])[],
  childrenOf: ReadonlyMap<string, readonly string[]>,
  firstSide: Side,
  lastSide: Side,
  arrange: (sides: ReadonlyMap<string, Side>) => { nodes: ReadonlyMap<string, PlacedNode>; routed: readonly RoutedEdge[] }
): { nodes: ReadonlyMap<string, PlacedNode>; routed: readonly RoutedEdge[] } {
  const [low, high]: readonly [Side, Side] = firstSide === 'left' ? ['top', 'bottom'] : ['left', 'right'];
  const sides = new Map<string, Side>();
  const open: string[] = [];
  layers.forEach((layer, l) =>
    layer.forEach((name, i) => {
      if (layers.length === 1) sides.set(name, lastSide);
      else if (l === 0) sides.set(name, firstSide);
      else if (l === layers.length - 1) sides.set(name, lastSide);
      else {
        sides.set(name, i < layer.length / 2 ? low : high);
        if (childrenOf.has(name)) open.push(name);
      }
    })
  );
  const tried = open.slice(0, MOST_TRIED_SIDES);
  let best = arrange(sides);
  let bestCost = tried.length === 0 ? 0 : drawingCost(best.routed, best.nodes);
  for (let choice = 1; choice < 2 ** tried.length; choice++) {
    const variant = new Map(sides);
    tried.forEach((name, bit) => {
      if ((choice >> bit) & 1) variant.set(name, sides.get(name) === low ? high : low);
    });
    const made = arrange(variant);
    const cost = drawingCost(made.routed, made.nodes);
    if (cost < bestCost) {
      best = made;
      bestCost = cost;
    }
  }
  return best;
}

/** Hangs variances and means on their variables and gives every label its place. */
function finish(
  graph: DiagramGraph,
  options: ResolvedDiagramOptions,
  nodes: ReadonlyMap<string, PlacedNode>,
  routed: readonly RoutedEdge[],
  hanging: readonly GraphEdge[],
  sizes: ReadonlyMap<string, NodeSize>,
  nodeOf: ReadonlyMap<string, GraphNode>,
  isLeaf: (name: string) => boolean,
  ownerOf: ReadonlyMap<string, string>
): GraphLayout {
  const all = [...nodes.values()];
  const taken: Box[] = [];
  const satellites: Satellite[] = [];
  const free: GraphEdge[] = [];
  const wantedOf = (edge: GraphEdge): Parameters<typeof outwardSatellite>[2] => {
    const shape = satelliteShape(edge, nodeOf.get(edge.to) as GraphNode, ownerOf.has(edge.to), options);
    const { width, height } = satelliteLabel(edge, shape, options);
    return { edge, shape, labelWidth: width, labelHeight: height };
  };
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

