import { boundary, type Curve, type Point } from './geometry.js';
import type { PlacedNode } from './placeBlocks.js';
import { facing, horizontal, type RoutePlan } from './routedEdge.js';

/** How far from a node's edge a detour passes it, in px. */
const PASSING: readonly number[] = [14, 26];
/** Length of a tangent as a share of the way that it serves. */
const TANGENT = 0.35;

const between = (from: Point, to: Point, share: number): Point => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
const moved = (from: Point, axis: 0 | 1, by: number): Point => (axis === 0 ? [from[0] + by, from[1]] : [from[0], from[1] + by]);

/**
 * Curves of two pieces from `a` to `b` that pass on one side of a node which no
 * single bend gets around: at the turning point they run along that side, and
 * they come straight upon an indicator.
 */
export function detours(a: PlacedNode, b: PlacedNode, around: readonly PlacedNode[], plan: RoutePlan): readonly Curve[] {
  const curves: Curve[] = [];
  for (const node of around)
    for (const along of [0, 1] as const)
      for (const distance of PASSING)
        for (const side of [-1, 1]) curves.push(past(a, b, node, along, side * distance, plan));
  return curves;
}

/** `along`: the axis on which the curve runs where it passes the node; `distance`: signed, from the node's edge. */
function past(a: PlacedNode, b: PlacedNode, node: PlacedNode, along: 0 | 1, distance: number, plan: RoutePlan): Curve {
  const half = along === 0 ? node.height / 2 : node.width / 2;
  const turn = moved([node.x, node.y], along === 0 ? 1 : 0, distance + Math.sign(distance) * half);
  const start = boundary(a, plan.roundNames.has(a.name), turn);
  const measured = plan.ownerOf.has(b.name);
  const end = measured ? facing(b) : boundary(b, plan.roundNames.has(b.name), turn);
  const way = (from: Point, to: Point, axis: 0 | 1): number => to[axis] - from[axis];
  const entry = horizontal(b.side) ? 0 : 1;
  const arrival = measured ? moved(end, entry, -2 * TANGENT * way(turn, end, entry)) : between(end, turn, TANGENT);
  return { curve: 'cubic', points: [start, between(start, turn, TANGENT), moved(turn, along, -way(start, turn, along) / 2), turn, moved(turn, along, way(turn, end, along) / 2), arrival, end] };
}
