import { bent, boundary, crossings, inside, overlap, sample, type Curve, type Point } from './geometry.js';
import type { GraphEdge } from './graph.js';
import type { Side } from './block.js';
import type { Direction, PlacedNode } from './placeBlocks.js';

export interface RoutedEdge {
  readonly edge: GraphEdge;
  readonly curve: Curve;
  readonly sampled: readonly Point[];
  readonly arrowAtStart: boolean;
  readonly arrowAtEnd: boolean;
  /** Share of the way at which the label reads best. */
  readonly labelAt: number;
}

export interface RoutePlan {
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly roundNames: ReadonlySet<string>;
  readonly ownerOf: ReadonlyMap<string, string>;
  readonly layerCount: number;
  readonly direction: Direction;
  /** Side on which covariances of roots of one layer run, per layer; undefined: wherever there is room. */
  readonly arcSide: (layer: number) => Side | undefined;
  readonly arcStep: (side: Side) => number;
  /** How far residuals reach beyond an indicator. */
  readonly residualReach: (name: string, side: Side) => number;
}

/** Distance kept between an arrow and a node that it does not touch. */
const CLEARANCE = 6;
const FIRST_BULGE = 26;
const FEEDBACK_BEND = 0.13;
/** Bends that are tried, as shares of the distance. */
const BENDS: readonly number[] = [0, 0.07, -0.07, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32, 0.45, -0.45, 0.6, -0.6, 0.8, -0.8];
const HIT = 1000;
const CROSSING = 12;

const horizontal = (side: Side): boolean => side === 'left' || side === 'right';
const signOf = (side: Side): number => (side === 'left' || side === 'top' ? -1 : 1);

/** Middle of a node's edge on the side that faces its owner. */
function facing(node: PlacedNode): Point {
  const sign = signOf(node.side);
  return horizontal(node.side) ? [node.x - (sign * node.width) / 2, node.y] : [node.x, node.y - (sign * node.height) / 2];
}

/** Point on a node's outline on `side`, moved along it by a share of its half breadth. */
export function attachment(node: PlacedNode, round: boolean, side: Side, share: number): Point {
  const a = node.width / 2;
  const b = node.height / 2;
  const sign = signOf(side);
  if (horizontal(side)) return [node.x + sign * (round ? a * Math.sqrt(1 - share * share) : a), node.y + b * share];
  return [node.x + a * share, node.y + sign * (round ? b * Math.sqrt(1 - share * share) : b)];
}

/** An arc on one side of a row or column of nodes, bulging `bulge` px beyond its ends. */
function outerArc(start: Point, end: Point, side: Side, bulge: number): Curve {
  const depth = (signOf(side) * bulge) / 0.75;
  const pull = 0.12;
  if (horizontal(side)) {
    const outer = side === 'left' ? Math.min(start[0], end[0]) : Math.max(start[0], end[0]);
    const dy = end[1] - start[1];
    return { curve: 'cubic', points: [start, [outer + depth, start[1] + dy * pull], [outer + depth, end[1] - dy * pull], end] };
  }
  const outer = side === 'top' ? Math.min(start[1], end[1]) : Math.max(start[1], end[1]);
  const dx = end[0] - start[0];
  return { curve: 'cubic', points: [start, [start[0] + dx * pull, outer + depth], [end[0] - dx * pull, outer + depth], end] };
}

/** Nodes of one row or column, in order; covariances inside one become nested arcs. */
function columnOf(node: PlacedNode, plan: RoutePlan): { readonly key: string; readonly side: Side } | null {
  if (node.isRoot) {
    const side = plan.arcSide(node.layer);
    return side === undefined ? null : { key: `root ${node.layer}`, side };
  }
  if (!node.leaf) return null;
  const line = horizontal(node.side) ? node.x + (signOf(node.side) * node.width) / 2 : node.y + (signOf(node.side) * node.height) / 2;
  return { key: `leaf ${node.layer} ${node.side} ${Math.round(line)}`, side: node.side };
}

function lattice(edge: GraphEdge, a: PlacedNode, b: PlacedNode, plan: RoutePlan): RoutedEdge | null {
  const column = columnOf(a, plan);
  const other = columnOf(b, plan);
  if (!column || !other || column.key !== other.key) return null;
  const { side } = column;
  const along = (node: PlacedNode): number => (horizontal(side) ? node.y : node.x);
  const [first, last] = along(a) <= along(b) ? [a, b] : [b, a];
  const members = [...plan.nodes.values()].filter((node) => columnOf(node, plan)?.key === column.key).sort((p, q) => along(p) - along(q));
  const rank = new Map(members.map(({ name }, i) => [name, i]));
  const distance = (rank.get(last.name) ?? 0) - (rank.get(first.name) ?? 0);
  const share = 0.8 - (0.68 * (distance - 1)) / Math.max(1, members.length - 2);
  const reach = first.isRoot ? 0 : Math.max(0, ...members.map(({ name }) => plan.residualReach(name, side)));
  const step = plan.arcStep(side);
  const bulge = first.isRoot ? FIRST_BULGE + step * (distance - 1) : distance === 1 ? 16 : reach + 10 + step * (distance - 2);
  const start = attachment(first, plan.roundNames.has(first.name), side, share);
  const end = attachment(last, plan.roundNames.has(last.name), side, -share);
  const curve = outerArc(start, end, side, bulge);
  return { edge, curve, sampled: sample(curve), arrowAtStart: true, arrowAtEnd: true, labelAt: 0.5 };
}

function freeRoute(edge: GraphEdge, a: PlacedNode, b: PlacedNode, plan: RoutePlan, placed: readonly RoutedEdge[], options: { readonly bends: readonly number[]; readonly twoHeaded: boolean; readonly labelAt: number }): RoutedEdge {
  const [roundA, roundB] = [plan.roundNames.has(a.name), plan.roundNames.has(b.name)];
  const obstacles = [...plan.nodes.values()].filter((node) => node !== a && node !== b);
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [(b.y - a.y) / distance, -(b.x - a.x) / distance];
  let best: RoutedEdge | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const bend of options.bends) {
    const bulge = bend * distance;
    const aim = (share: number): Point => [a.x + (b.x - a.x) * share + nx * bulge * 1.25, a.y + (b.y - a.y) * share + ny * bulge * 1.25];
    const start = boundary(a, roundA, bend === 0 ? [b.x, b.y] : aim(0.28));
    const end = boundary(b, roundB, bend === 0 ? [a.x, a.y] : aim(0.72));
    const curve = bent(start, end, bulge);
    const sampled = sample(curve);
    let cost = Math.abs(bend) * 60;
    for (const node of obstacles) if (overlapsCurve(sampled, node)) cost += HIT;
    for (const other of placed) {
      const shares = other.edge.from === edge.from || other.edge.to === edge.to || other.edge.from === edge.to || other.edge.to === edge.from;
      cost += crossings(sampled, other.sampled) * (shares ? CROSSING / 2 : CROSSING);
    }
    if (cost < bestCost) {
      bestCost = cost;
      best = { edge, curve, sampled, arrowAtStart: options.twoHeaded, arrowAtEnd: true, labelAt: options.labelAt };
    }
  }
  return best as RoutedEdge;
}

/** Does the curve pass through (or too near) a node? */
export function overlapsCurve(sampled: readonly Point[], node: PlacedNode): boolean {
  return sampled.some((point) => inside(point, node, CLEARANCE));
}

/** All arrows between variables: loadings straight, covariances as nested arcs where they can be, the rest around what is in the way. */
export function routeEdges(edges: readonly GraphEdge[], plan: RoutePlan): readonly RoutedEdge[] {
  const routed: RoutedEdge[] = [];
  const later: GraphEdge[] = [];
  for (const edge of edges) {
    const a = plan.nodes.get(edge.from);
    const b = plan.nodes.get(edge.to);
    if (!a || !b || a === b) continue;
    const [owner, child] = edge.kind === 'formative' ? [b, a] : [a, b];
    if ((edge.kind === 'loading' || edge.kind === 'formative') && plan.ownerOf.get(child.name) === owner.name) {
      const inner = facing(child);
      const outer = boundary(owner, plan.roundNames.has(owner.name), inner);
      const points = edge.kind === 'loading' ? [outer, inner] : [inner, outer];
      const curve: Curve = { curve: 'line', points };
      routed.push({ edge, curve, sampled: sample(curve), arrowAtStart: false, arrowAtEnd: true, labelAt: edge.kind === 'loading' ? 0.62 : 0.38 });
      continue;
    }
    const nested = edge.kind === 'covariance' ? lattice(edge, a, b, plan) : null;
    if (nested) routed.push(nested);
    else later.push(edge);
  }
  const length = ({ from, to }: GraphEdge): number => {
    const a = plan.nodes.get(from);
    const b = plan.nodes.get(to);
    return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };
  const order = (kind: string): number => (kind === 'regression' ? 0 : kind === 'loading' ? 1 : 2);
  for (const edge of [...later].sort((p, q) => order(p.kind) - order(q.kind) || length(p) - length(q))) {
    const a = plan.nodes.get(edge.from);
    const b = plan.nodes.get(edge.to);
    if (!a || !b) continue;
    const returned = edges.some((other) => other.kind === 'regression' && other.from === edge.to && other.to === edge.from);
    const crowded = edges.some((other) => other !== edge && other.kind !== 'variance' && ((other.from === edge.from && other.to === edge.to) || (other.from === edge.to && other.to === edge.from)));
    const covariance = edge.kind === 'covariance';
    const bends = covariance ? BENDS.filter((bend) => Math.abs(bend) >= 0.14) : returned || crowded ? [FEEDBACK_BEND, 0.2, 0.3, 0.45] : BENDS;
    routed.push(freeRoute(edge, a, b, plan, routed, { bends, twoHeaded: covariance, labelAt: 0.5 }));
  }
  return routed;
}

/** Cost of a whole drawing, to choose between arrangements: arrows through nodes, then crossings, then length and area. */
export function drawingCost(routed: readonly RoutedEdge[], nodes: ReadonlyMap<string, PlacedNode>): number {
  const all = [...nodes.values()];
  let cost = 0;
  routed.forEach(({ edge, sampled }, i) => {
    for (const node of all) if (node.name !== edge.from && node.name !== edge.to && overlapsCurve(sampled, node)) cost += HIT;
    for (let j = i + 1; j < routed.length; j++) cost += crossings(sampled, routed[j].sampled) * CROSSING;
    if (edge.kind === 'regression' || edge.kind === 'covariance') cost += 0.02 * Math.hypot(sampled[0][0] - sampled[sampled.length - 1][0], sampled[0][1] - sampled[sampled.length - 1][1]);
  });
  all.forEach((node, i) => {
    for (let j = i + 1; j < all.length; j++) if (overlap(node, all[j], 2)) cost += 10 * HIT;
  });
  const [left, right] = [Math.min(...all.map(({ x, width }) => x - width / 2)), Math.max(...all.map(({ x, width }) => x + width / 2))];
  const [top, bottom] = [Math.min(...all.map(({ y, height }) => y - height / 2)), Math.max(...all.map(({ y, height }) => y + height / 2))];
  return cost + 0.0001 * (right - left) * (bottom - top);
}
