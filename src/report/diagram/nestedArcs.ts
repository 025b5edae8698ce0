import type { Curve, Point } from './geometry.js';
import type { GraphEdge } from './graph.js';
import type { Side } from './block.js';
import type { PlacedNode } from './placeBlocks.js';
import { attachment, horizontal, routedEdge, signOf, type RoutedEdge, type RoutePlan } from './routedEdge.js';

/** How far the arc between neighbours bulges. */
const FIRST_BULGE = 26;

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

/** A covariance inside one row or column as one of nested arcs, so that no two labels meet; `null` when its ends lie in different ones. */
export function nestedArc(edge: GraphEdge, a: PlacedNode, b: PlacedNode, plan: RoutePlan): RoutedEdge | null {
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
