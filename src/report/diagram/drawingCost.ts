import { crossings, lengthOf, overlap } from './geometry.js';
import type { PlacedNode } from './placeBlocks.js';
import { CROSSING, HIT, overlapsCurve, type RoutedEdge } from './routedEdge.js';

/** Of a regression that is not straight. */
const BENT = 8;
const DETOUR = 60;

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
