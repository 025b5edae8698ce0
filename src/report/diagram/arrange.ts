import type { BlockRoom, Side } from './block.js';
import { rootOf, type Family } from './family.js';
import type { Box } from './geometry.js';
import type { DiagramGraph } from './graph.js';
import { rootEdges, structuralLayers, type RootEdge } from './layers.js';
import { moveOuterHeads } from './outerHeads.js';
import { placeBlocks, type Direction, type PlacedNode } from './placeBlocks.js';
import { drawingCost } from './drawingCost.js';
import type { RoutedEdge, RoutePlan } from './routedEdge.js';
import { routeEdges } from './routeEdges.js';

export interface Arrangement {
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly routed: readonly RoutedEdge[];
  readonly covered: ReadonlySet<string>;
}

export interface ArrangeOptions {
  readonly direction: Direction;
  readonly spread: number;
  /** Room between two layers. */
  readonly gap: number;
  readonly covarianceLabel: { readonly width: number; readonly height: number };
  readonly room: Omit<BlockRoom, 'arcs' | 'spread' | 'family'>;
  /** Boxes of the residual of an indicator, for arrows to go around. */
  readonly residualBox: (node: PlacedNode) => Box | null;
}

/** Fans of so many middle roots are tried on both sides; further ones go where the first rule puts them. */
const MOST_TRIED_SIDES = 5;
const ARC_BASE = 26;
/** A drawing in layers is preferred unless columns are clearly cleaner. */
const COLUMN_PENALTY = 30;

interface Variant {
  readonly layers: readonly (readonly string[])[];
  readonly sides: ReadonlyMap<string, Side>;
  readonly penalty: number;
}

function outerSides(direction: Direction): readonly [first: Side, last: Side, low: Side, high: Side] {
  return direction === 'right' ? ['left', 'right', 'top', 'bottom'] : ['top', 'bottom', 'left', 'right'];
}

/** Fans open to the free side; those of middle variables to either side, every way of which is one variant. */
function layeredVariants(layers: readonly (readonly string[])[], family: Family, direction: Direction): readonly Variant[] {
  const [first, last, low, high] = outerSides(direction);
  const sides = new Map<string, Side>();
  const open: string[] = [];
  layers.forEach((layer, l) =>
    layer.forEach((name, i) => {
      if (l === layers.length - 1) sides.set(name, last);
      else if (l === 0) sides.set(name, first);
      else {
        sides.set(name, i < layer.length / 2 ? low : high);
        if (family.childrenOf.has(name)) open.push(name);
      }
    })
  );
  const tried = open.slice(0, MOST_TRIED_SIDES);
  return Array.from({ length: 2 ** tried.length }, (_, choice) => {
    const variant = new Map(sides);
    tried.forEach((name, bit) => {
      if ((choice >> bit) & 1) variant.set(name, sides.get(name) === low ? high : low);
    });
    return { layers, sides: variant, penalty: 0 };
  });
}

/**
 * Where residuals of different latents covary (repeated measures), all
 * endogenous latents in one column, so that the arcs run along their indicators.
 */
function columnVariant(layers: readonly (readonly string[])[], graph: DiagramGraph, family: Family, direction: Direction): readonly Variant[] {
  const firstLayer = new Set(layers[0]);
  const acrossFans = graph.edges.some(({ kind, from, to }) => kind === 'covariance' && family.ownerOf.has(from) && family.ownerOf.has(to) && rootOf(from, family) !== rootOf(to, family) && !firstLayer.has(rootOf(from, family)) && !firstLayer.has(rootOf(to, family)));
  if (layers.length < 3 || !acrossFans) return [];
  const [first, last] = outerSides(direction);
  const columns = [layers[0], layers.slice(1).flat()];
  return [{ layers: columns, sides: new Map(columns.flatMap((column, c) => column.map((name) => [name, c === 0 ? first : last] as const))), penalty: COLUMN_PENALTY }];
}

/** The order that crosses least, and the model's own order of the first layer. */
function orders(layers: readonly (readonly string[])[], { roots }: Family): readonly (readonly (readonly string[])[])[] {
  if (layers.length === 1 || layers[0].length < 3) return [layers];
  const first = new Set(layers[0]);
  return [layers, [roots.filter((name) => first.has(name)), ...layers.slice(1)]];
}

/** Places and routes in every sensible arrangement, and keeps the clearest one. */
export function arrange(graph: DiagramGraph, family: Family, options: ArrangeOptions): Arrangement {
  const layers = structuralLayers(graph, family);
  const variants = orders(layers, family).flatMap((one) => [...layeredVariants(one, family, options.direction), ...columnVariant(one, graph, family, options.direction)]);
  let best: Arrangement | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const variant of variants) {
    const made = arrangeVariant(graph, family, variant, options);
    const cost = variants.length === 1 ? 0 : drawingCost(made.routed, made.nodes) + variant.penalty;
    if (cost < bestCost) {
      best = made;
      bestCost = cost;
    }
  }
  return best as Arrangement;
}

function arrangeVariant(graph: DiagramGraph, family: Family, { layers, sides }: Variant, options: ArrangeOptions): Arrangement {
  const { direction, spread, gap, covarianceLabel } = options;
  const [firstSide] = outerSides(direction);
  const across = direction === 'right';
  const layerOf = new Map(layers.flatMap((layer, l) => layer.map((name) => [name, l] as const)));
  const arcStep = (side: Side): number => (side === 'left' || side === 'right' ? Math.max(18, covarianceLabel.width / 2 + 4) : covarianceLabel.height + 2) * spread;

  // Room that the arcs of the first layer take between its variables and their fans.
  const order = new Map(layers[0]?.map((name, i) => [name, i]));
  const farthest = Math.max(0, ...graph.edges.filter(({ kind, from, to }) => kind === 'covariance' && order.has(from) && order.has(to)).map(({ from, to }) => Math.abs((order.get(from) ?? 0) - (order.get(to) ?? 0))));
  const arcRoom = layers.length === 1 || farthest === 0 ? 0 : ARC_BASE + arcStep(firstSide) * (farthest - 1) + (across ? covarianceLabel.width / 2 : covarianceLabel.height);
  const room: BlockRoom = { ...options.room, family, arcs: (name) => (layerOf.get(name) === 0 ? arcRoom : 0), spread };

  const links: readonly RootEdge[] = graph.edges
    .filter(({ kind }) => kind === 'regression' || kind === 'covariance')
    .map(({ from, to }) => ({ from: rootOf(from, family), to: rootOf(to, family) }))
    .filter(({ from, to }) => from !== to && layerOf.get(from) === layerOf.get(to) && layerOf.get(from) !== 0);
  const placed = placeBlocks(layers, sides, rootEdges(graph, family), links, room, direction, gap);
  const { nodes: list, covered } = layers.length === 1 ? moveOuterHeads(placed, graph, family, spread) : { nodes: placed, covered: new Set<string>() };
  const nodes = new Map(list.map((node) => [node.name, node]));
  const plan: RoutePlan = {
    nodes,
    roundNames: new Set(graph.nodes.filter(({ kind }) => kind === 'latent').map(({ name }) => name)),
    ownerOf: family.ownerOf,
    direction,
    arcSide: (layer) => (layer === 0 ? firstSide : undefined),
    arcStep,
    obstacles: list.flatMap((node) => {
      const box = node.leaf && !node.isRoot && !covered.has(node.name) ? options.residualBox(node) : null;
      return box ? [{ box, owner: node.name }] : [];
    }),
    residualReach: (name, side) => (covered.has(name) ? 0 : options.room.residual(name, side))
  };
  return { nodes, routed: routeEdges(graph.edges.filter(({ kind }) => kind !== 'variance' && kind !== 'mean'), plan), covered };
}
