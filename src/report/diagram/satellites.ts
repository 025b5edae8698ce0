import { boundary, crossings, inside, overlap, sample, type Box, type Curve, type Point } from './geometry.js';
import type { GraphEdge } from './graph.js';
import type { PlacedNode } from './placeBlocks.js';
import type { Side } from './block.js';

/** A variance or mean that hangs on one variable: a short arrow, a circle, a loop or a triangle, and its label. */
export interface Satellite {
  readonly edge: GraphEdge;
  readonly shape: 'stub' | 'circle' | 'loop' | 'triangle';
  readonly curve: Curve;
  readonly sampled: readonly Point[];
  /** Circle or triangle. */
  readonly body: Box | null;
  readonly label: Box | null;
  readonly clear: boolean;
}

export const STUB_LENGTH = 20;
export const CIRCLE_SIZE = 19;
export const TRIANGLE_SIZE = 16;
const LOOP_DEPTH = 26;
const LABEL_GAP = 3;
const DIRECTIONS = 24;
const OVERLAP = 1000;
const LENGTHS: readonly number[] = [STUB_LENGTH, 34, 52, 76];

interface Wanted {
  readonly edge: GraphEdge;
  readonly shape: Satellite['shape'];
  readonly labelWidth: number;
  readonly labelHeight: number;
}

/** The satellite in one direction (radians, 0 to the right, clockwise on screen). */
function build(node: PlacedNode, round: boolean, angle: number, { edge, shape, labelWidth, labelHeight }: Wanted, length: number = STUB_LENGTH): Satellite {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const target: Point = [node.x + ux * 1000, node.y + uy * 1000];
  const foot = boundary(node, round, target);
  const beyond = (distance: number): Point => [foot[0] + ux * distance, foot[1] + uy * distance];
  // Middle distance at which the label's box is clear of a square of side `size` in this direction.
  const labelBox = (distance: number, size: number): Box | null => {
    if (labelWidth === 0) return null;
    const reach = Math.min((labelWidth + size) / 2 / Math.max(1e-9, Math.abs(ux)), (labelHeight + size) / 2 / Math.max(1e-9, Math.abs(uy)));
    const [x, y] = beyond(distance + LABEL_GAP + reach);
    return { x, y, width: labelWidth, height: labelHeight };
  };
  if (shape === 'loop') {
    const spread = 0.3;
    const a = boundary(node, round, [node.x + Math.cos(angle - spread) * 1000, node.y + Math.sin(angle - spread) * 1000]);
    const b = boundary(node, round, [node.x + Math.cos(angle + spread) * 1000, node.y + Math.sin(angle + spread) * 1000]);
    const [wx, wy] = [-uy * 9, ux * 9];
    const height = LOOP_DEPTH + length - STUB_LENGTH;
    const depth = height / 0.75;
    const curve: Curve = { curve: 'cubic', points: [a, [a[0] + ux * depth - wx, a[1] + uy * depth - wy], [b[0] + ux * depth + wx, b[1] + uy * depth + wy], b] };
    return { edge, shape, curve, sampled: sample(curve), body: null, label: labelBox(height, 0), clear: true };
  }
  const size = shape === 'circle' ? CIRCLE_SIZE : shape === 'triangle' ? TRIANGLE_SIZE : 0;
  const tail = beyond(length);
  const curve: Curve = { curve: 'line', points: [tail, foot] };
  const middle = beyond(length + size / 2);
  const body: Box | null = size === 0 ? null : { x: middle[0], y: middle[1], width: size, height: size };
  return { edge, shape, curve, sampled: sample(curve), body, label: labelBox(length + size / 2, size), clear: true };
}

const ANGLE: Readonly<Record<Side, number>> = { right: 0, bottom: Math.PI / 2, left: Math.PI, top: -Math.PI / 2 };

/** An indicator's residual: straight out on the free side. */
export function outwardSatellite(node: PlacedNode, round: boolean, wanted: Wanted, tilt = 0): Satellite {
  return build(node, round, ANGLE[node.side] + tilt, wanted);
}

/** A satellite in the direction that is freest; ties go to the top, then to the bottom. */
export function freestSatellite(node: PlacedNode, round: boolean, wanted: Wanted, nodes: readonly PlacedNode[], taken: readonly Box[], curves: readonly (readonly Point[])[]): Satellite {
  let best: Satellite | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (let i = 0; i < DIRECTIONS * LENGTHS.length; i++) {
    const angle = (2 * Math.PI * i) / DIRECTIONS;
    const length = LENGTHS[Math.floor(i / DIRECTIONS)];
    // Longer arrows are for crowded places only.
    if (length > STUB_LENGTH && bestCost < OVERLAP) break;
    const one = build(node, round, angle, wanted, length);
    const boxes = [one.body, one.label].filter((box) => box !== null);
    let overlaps = 0;
    for (const box of boxes) {
      for (const other of nodes) if (other !== node && overlap(box, other, 3)) overlaps++;
      for (const other of taken) if (overlap(box, other, 2)) overlaps++;
      if (overlap(box, node, 1)) overlaps++;
    }
    for (const other of nodes) if (other !== node && one.sampled.some((point) => inside(point, other, 2))) overlaps++;
    for (const other of taken) if (one.sampled.some((point) => inside(point, other, 1))) overlaps++;
    let cost = overlaps * OVERLAP;
    for (const curve of curves) {
      cost += crossings(one.sampled, curve) * 30;
      for (const box of boxes) if (curve.some((point) => inside(point, box, 3))) cost += 20;
      // Near neighbours: the foot of another arrow within a few px of this one.
      const foot = one.curve.points[one.curve.points.length - 1];
      if (Math.min(Math.hypot(curve[0][0] - foot[0], curve[0][1] - foot[1]), Math.hypot(curve[curve.length - 1][0] - foot[0], curve[curve.length - 1][1] - foot[1])) < 12) cost += 6;
    }
    cost += 1.5 * Math.abs(Math.cos(angle)) + (Math.sin(angle) > 0 ? 0.5 : 0);
    if (cost < bestCost) {
      bestCost = cost;
      best = { ...one, clear: overlaps === 0 };
    }
  }
  return best as Satellite;
}
