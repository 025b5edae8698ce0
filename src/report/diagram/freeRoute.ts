import { detours } from './detours.js';
import { bent, boundary, crossings, inside, pointAt, sample, type Curve, type Point } from './geometry.js';
import type { GraphEdge } from './graph.js';
import type { Side } from './block.js';
import type { PlacedNode } from './placeBlocks.js';
import { attachment, cornersOf, CROSSING, facing, HIT, horizontal, overlapsCurve, routedEdge, signOf, type RoutedEdge, type RoutePlan } from './routedEdge.js';

const RESIDUAL = 60;
/** Heads of loadings that meet at one indicator are set apart by this share of its breadth. */
const SHARED_HEADS = 0.2;

/** Where an arrow between two placed nodes may start and end. */
export type Ends = (bulge: number) => { readonly start: Point; readonly end: Point };

/** Ends on the outlines, on the way from middle to middle (or to where the bend begins). */
export function centralEnds(a: PlacedNode, b: PlacedNode, plan: RoutePlan): Ends {
  const [roundA, roundB] = [plan.roundNames.has(a.name), plan.roundNames.has(b.name)];
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [(b.y - a.y) / distance, -(b.x - a.x) / distance];
  return (bulge) => {
    const aim = (share: number): Point => [a.x + (b.x - a.x) * share + nx * bulge * 1.25, a.y + (b.y - a.y) * share + ny * bulge * 1.25];
    return { start: boundary(a, roundA, bulge === 0 ? [b.x, b.y] : aim(0.28)), end: boundary(b, roundB, bulge === 0 ? [a.x, a.y] : aim(0.72)) };
  };
}

/** A loading that comes from another latent's side ends at the middle of the box's edge that faces it. */
export function loadingEnds(owner: PlacedNode, child: PlacedNode, plan: RoutePlan, reversed: boolean): Ends {
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
export function sideEnds(a: PlacedNode, b: PlacedNode, plan: RoutePlan): Ends | null {
  if (a.layer >= b.layer) return null;
  const [out, back]: readonly [Side, Side] = plan.direction === 'right' ? ['right', 'left'] : ['bottom', 'top'];
  return () => ({ start: attachment(a, plan.roundNames.has(a.name), out, 0), end: attachment(b, plan.roundNames.has(b.name), back, 0) });
}

export interface RouteOptions {
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
/** Cost of a curve of two pieces. */
const DETOUR = 80;

/** The cheapest of the bends and ends that are allowed: around nodes and residuals, across few arrows, as straight as can be. */
export function freeRoute(edge: GraphEdge, a: PlacedNode, b: PlacedNode, plan: RoutePlan, placed: readonly RoutedEdge[], options: RouteOptions): RoutedEdge {
  const obstacles = [...plan.nodes.values()].filter((node) => node !== a && node !== b);
  const residuals = plan.obstacles.filter(({ owner }) => owner !== edge.from && owner !== edge.to);
  const distance = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const best: { cost: number; route: RoutedEdge | null } = { cost: Number.POSITIVE_INFINITY, route: null };
  const consider = (curve: Curve, ownCost: number): void => {
    let cost = ownCost;
    const sampled = sample(curve);
    const corners = cornersOf(curve);
    const end = sampled[sampled.length - 1];
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
    if (cost >= best.cost) return;
    best.cost = cost;
    best.route = routedEdge(edge, curve, options.twoHeaded, options.labelAt, sampled);
  };
  for (const { make, penalty, mostBend } of options.ends)
    for (const bend of options.bends) {
      if (Math.abs(bend) > mostBend) continue;
      const ownCost = Math.abs(bend) * options.bendCost + penalty;
      if (ownCost >= best.cost) continue;
      const { start, end } = make(bend * distance);
      consider(bent(start, end, bend * distance), ownCost);
    }
  // Only where every bend runs through a node.
  if (best.cost >= HIT && !options.twoHeaded) {
    const straight = sample(bent([a.x, a.y], [b.x, b.y], 0));
    for (const curve of detours(a, b, obstacles.filter((node) => overlapsCurve(straight, node)), plan)) consider(curve, DETOUR);
  }
  return best.route as RoutedEdge;
}
