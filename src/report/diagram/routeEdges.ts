import { boundary, type Curve } from './geometry.js';
import { centralEnds, freeRoute, loadingEnds, sideEnds } from './freeRoute.js';
import type { GraphEdge } from './graph.js';
import { nestedArc } from './nestedArcs.js';
import { facing, routedEdge, type RoutedEdge, type RoutePlan } from './routedEdge.js';

/** Bends that are tried, as shares of the distance. */
const BENDS: readonly number[] = [0, 0.04, -0.04, 0.08, -0.08, 0.14, -0.14, 0.22, -0.22, 0.32, -0.32, 0.45, -0.45, 0.6, -0.6, 0.8, -0.8];
const FEEDBACK_BEND = 0.13;
const SIDE_PENALTY = 3;

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
    const nested = edge.kind === 'covariance' ? nestedArc(edge, a, b, plan) : null;
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
