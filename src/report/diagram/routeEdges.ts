import { bent, boundary, crossings, inside, lengthOf, overlap, pointAt, sample, type Box, type Curve, type Point } from './geometry.js';
import type { GraphEdge } from './graph.js';
import type { Side } from './block.js';
import type { Direction, PlacedNode } from './placeBlocks.js';

export interface RoutedEdge {
  readonly edge: GraphEdge;
  readonly curve: Curve;
  readonly sampled: readonly Point[];
  /** Its corners only, for a straight line: enough to find crossings. */
  readonly corners: readonly Point[];
  readonly arrowAtStart: boolean;
  readonly arrowAtEnd: boolean;
  /** Share of the way at which the label reads best. */
  readonly labelAt: number;
}

export interface RoutePlan {
  readonly nodes: ReadonlyMap<string, PlacedNode>;
  readonly roundNames: ReadonlySet<string>;
  readonly ownerOf: ReadonlyMap<string, string>;
  readonly direction: Direction;
  /** Side on which covariances of roots of one layer run, per layer; undefined: wherever there is room. */
  readonly arcSide: (layer: number) => Side | undefined;
  readonly arcStep: (side: Side) => number;
  /** Residuals of indicators, which other arrows go around. */
  readonly obstacles: readonly { readonly box: Box; readonly owner: string }[];
  /** How far residuals reach beyond an indicator. */
  readonly residualReach: (name: string, side: Side) => number;
}

/** Distance kept between an arrow and a node that it does not touch. */
const CLEARANCE = 6;
const FIRST_BULGE = 26;
const FEEDBACK_BEND = 0.13;
/** Bends that are tried, as shares of the distance. */
const BENDS: readonly number[] = [0, 0.04, -0.04, 0.08, -0.08, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32, 0.45, -0.45, 0.6, -0.6, 0.8, -0.8];
const HIT = 1000;
const CROSSING = 12;
const RESIDUAL = 60;
const SIDE_PENALTY = 3;
/** Of a regression that is not straight. */
const BENT = 8;
const DETOUR = 60;
/** Heads of loadings that meet at one indicator are set apart by this share of its breadth. */
const SHARED_HEADS = 0.2;

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

/** Few points, enough to count crossings. */
function cornersOf(curve: Curve): readonly Point[] {
  return curve.curve === 'line' ? curve.points : sample(curve, 14);
}

function routedEdge(edge: GraphEdge, curve: Curve, twoHeaded: boolean, labelAt: number, sampled: readonly Point[] = sample(curve)): RoutedEdge {
  return { edge, curve, sampled, corners: cornersOf(curve), arrowAtStart: twoHeaded, arrowAtEnd: true, labelAt };
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
  const share = first.isRoot ? 0.85 - (0.75 * (distance - 1)) / Math.max(1, members.length - 2) : distance === 1 ? -0.5 : 0.55;
  const reach = first.isRoot ? 0 : Math.max(0, ...members.map(({ name }) => plan.residualReach(name, side)));
  const step = plan.arcStep(side);
  const bulge = first.isRoot ? FIRST_BULGE + step * (distance - 1) : reach + 12 + step * (distance - 1);
  const start = attachment(first, plan.roundNames.has(first.name), side, share);
  const end = attachment(last, plan.roundNames.has(last.name), side, -share);
  const curve = outerArc(start, end, side, bulge);
  return routedEdge(edge, curve, true, 0.5);
}

/** Where an arrow between two placed nodes may start and end. */
type Ends = (bulge: number) => { readonly start: Point; readonly end: Point };

/** Ends on the outlines, on the way from middle to middle (or to where the bend begins). */
function centralEnds(a: PlacedNode, b: PlacedNode, plan: RoutePlan): Ends {
  const [roundA, roundB] = [plan.roundNames.has(a.name), plan.roundNames.has(b.name)];
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [(b.y - a.y) / distance, -(b.x - a.x) / distance];
  return (bulge) => {
    const aim = (share: number): Point => [a.x + (b.x - a.x) * share + nx * bulge * 1.25, a.y + (b.y - a.y) * share + ny * bulge * 1.25];
    return { start: boundary(a, roundA, bulge === 0 ? [b.x, b.y] : aim(0.28)), end: boundary(b, roundB, bulge === 0 ? [a.x, a.y] : aim(0.72)) };
  };
}

/** A loading that comes from another latent's side ends at the middle of the box's edge that faces it. */
function loadingEnds(owner: PlacedNode, child: PlacedNode, plan: RoutePlan, reversed: boolean): Ends {
  const across = horizontal(child.side);
  const beyond = across ? (owner.x - child.x) * signOf(child.side) > 0 : (owner.y - child.y) * signOf(child.side) > 0;
  const [x, y] = facing(child);
  const shift = beyond ? 0 : SHARED_HEADS * (across ? child.height * Math.sign(owner.y - child.y) : child.width * Math.sign(owner.x - child.x));
  const inner: Point = across ? [beyond ? 2 * child.x - x : x, y + shift] : [x + shift, beyond ? 2 * child.y - y : y];
  return (bulge) => {
    const distance = Math.hypot(inner[0] - owner.x, inner[1] - owner.y) || 1;
    const sign = reversed ? -1 : 1;
    const [nx, ny] = [(sign * (inner[1] - owner.y)) / distance, (-sign * (inner[0] - owner.x)) / distance];
    const outer = boundary(owner, plan.roundNames.has(owner.name), [owner.x + (inner[0] - owner.x) * 0.28 + nx * bulge * 1.25, owner.y + (inner[1] - owner.y) * 0.28 + ny * bulge * 1.25]);
    return reversed ? { start: inner, end: outer } : { start: outer, end: inner };
  };
}

/** Ends at the middle of the sides that face one another along the layers; only between different layers. */
function sideEnds(a: PlacedNode, b: PlacedNode, plan: RoutePlan): Ends | null {
  if (a.layer >= b.layer) return null;
  const [out, back]: readonly [Side, Side] = plan.direction === 'right' ? ['right', 'left'] : ['bottom', 'top'];
  return () => ({ start: attachment(a, plan.roundNames.has(a.name), out, 0), end: attachment(b, plan.roundNames.has(b.name), back, 0) });
}

interface RouteOptions {
  readonly ends: readonly { readonly make: Ends; readonly penalty: number; readonly mostBend: number }[];
  readonly bends: readonly number[];
  readonly twoHeaded: boolean;
  readonly labelAt: number;
  /** Cost of a bend as high as the arrow is long. */
  readonly bendCost: number;
}

/** Heads that meet at one variable stand this far apart where they can. */
const HEAD_DISTANCE = 11;
const CROWDED_HEADS = 5;
/** Two arrows between the same variables keep this distance in their middles. */
const TWIN_DISTANCE = 26;
const TWIN = 150;

function freeRoute(edge: GraphEdge, a: PlacedNode, b: PlacedNode, plan: RoutePlan, placed: readonly RoutedEdge[], options: RouteOptions): RoutedEdge {
  const obstacles = [...plan.nodes.values()].filter((node) => node !== a && node !== b);
  const residuals = plan.obstacles.filter(({ owner }) => owner !== edge.from && owner !== edge.to);
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  let best: RoutedEdge | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const { make, penalty, mostBend } of options.ends)
    for (const bend of options.bends) {
      if (Math.abs(bend) > mostBend) continue;
      let cost = Math.abs(bend) * options.bendCost + penalty;
      if (cost >= bestCost) continue;
      const { start, end } = make(bend * distance);
      const curve = bent(start, end, bend * distance);
      const sampled = sample(curve);
      const corners = cornersOf(curve);
      for (const node of obstacles) if (overlapsCurve(sampled, node)) cost += HIT;
      // The ends must not run back through their own nodes.
      if (sampled.slice(2, -2).some((point) => inside(point, a, -2) || inside(point, b, -2))) cost += HIT / 4;
      for (const { box } of residuals) if (sampled.some((point) => inside(point, box, 2))) cost += RESIDUAL;
      const middle = pointAt(sampled, 0.5);
      for (const other of placed) {
        const { from, to } = other.edge;
        if ((from === edge.from && to === edge.to) || (from === edge.to && to === edge.from)) {
          const [x, y] = pointAt(other.sampled, 0.5);
          if (Math.hypot(x - middle[0], y - middle[1]) < TWIN_DISTANCE) cost += TWIN;
        }
        if (to === edge.to && Math.hypot(other.corners[other.corners.length - 1][0] - end[0], other.corners[other.corners.length - 1][1] - end[1]) < HEAD_DISTANCE) cost += CROWDED_HEADS;
        const shares = from === edge.from || to === edge.to || from === edge.to || to === edge.from;
        cost += crossings(corners, other.corners) * (shares ? CROSSING / 2 : CROSSING);
      }
      if (cost < bestCost) {
        bestCost = cost;
        best = routedEdge(edge, curve, options.twoHeaded, options.labelAt, sampled);
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
      routed.push(routedEdge(edge, curve, false, edge.kind === 'loading' ? 0.6 : 0.4));
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
    const bends = covariance ? BENDS.filter((bend) => Math.abs(bend) >= 0.14) : returned || crowded ? [FEEDBACK_BEND, 0.2, 0.3, 0.45, -FEEDBACK_BEND, -0.3] : BENDS;
    const loading = edge.kind === 'loading' || edge.kind === 'formative';
    const side = edge.kind === 'regression' ? sideEnds(a, b, plan) : null;
    const central = loading ? loadingEnds(edge.kind === 'loading' ? a : b, edge.kind === 'loading' ? b : a, plan, edge.kind === 'formative') : centralEnds(a, b, plan);
    const ends = [{ make: central, penalty: 0, mostBend: 1 }, ...(side ? [{ make: side, penalty: SIDE_PENALTY, mostBend: 0.1 }] : [])];
    routed.push(freeRoute(edge, a, b, plan, routed, { ends, bends, twoHeaded: covariance, labelAt: loading ? 0.4 : 0.5, bendCost: loading ? 240 : 60 }));
  }
  return routed;
}

/** Cost of a whole drawing, to choose between arrangements: arrows through nodes, then crossings, then length and area. */
export function drawingCost(routed: readonly RoutedEdge[], nodes: ReadonlyMap<string, PlacedNode>): number {
  const all = [...nodes.values()];
  let cost = 0;
  routed.forEach(({ edge, sampled, corners }, i) => {
    for (const node of all) if (node.name !== edge.from && node.name !== edge.to && overlapsCurve(sampled, node)) cost += HIT;
    for (let j = i + 1; j < routed.length; j++) cost += crossings(corners, routed[j].corners) * CROSSING;
    if (edge.kind !== 'regression' && edge.kind !== 'covariance') return;
    const chord = Math.hypot(sampled[0][0] - sampled[sampled.length - 1][0], sampled[0][1] - sampled[sampled.length - 1][1]);
    cost += 0.02 * chord;
    if (edge.kind === 'regression' && corners.length > 2) cost += DETOUR * (lengthOf(sampled) / Math.max(1, chord) - 1) + BENT;
  });
  all.forEach((node, i) => {
    for (let j = i + 1; j < all.length; j++) if (overlap(node, all[j], 2)) cost += 10 * HIT;
  });
  const [left, right] = [Math.min(...all.map(({ x, width }) => x - width / 2)), Math.max(...all.map(({ x, width }) => x + width / 2))];
  const [top, bottom] = [Math.min(...all.map(({ y, height }) => y - height / 2)), Math.max(...all.map(({ y, height }) => y + height / 2))];
  return cost + 0.0001 * (right - left) * (bottom - top);
}
