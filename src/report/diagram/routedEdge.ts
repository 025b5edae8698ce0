import { inside, sample, type Box, type Curve, type Point } from './geometry.js';
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

/** Costs by which routes and whole drawings are compared: an arrow through a node is out of the question. */
export const HIT = 1000;
export const CROSSING = 12;
/** Distance kept between an arrow and a node that it does not touch. */
const CLEARANCE = 6;

export const horizontal: (side: Side) => boolean = (side) => side === 'left' || side === 'right';
export const signOf: (side: Side) => number = (side) => (side === 'left' || side === 'top' ? -1 : 1);

/** Middle of a node's edge on the side that faces its owner. */
export function facing(node: PlacedNode): Point {
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

/** Few points, enough to count crossings. */
export function cornersOf(curve: Curve): readonly Point[] {
  return curve.curve === 'line' ? curve.points : sample(curve, 14);
}

export function routedEdge(edge: GraphEdge, curve: Curve, twoHeaded: boolean, labelAt: number, sampled: readonly Point[] = sample(curve)): RoutedEdge {
  return { edge, curve, sampled, corners: cornersOf(curve), arrowAtStart: twoHeaded, arrowAtEnd: true, labelAt };
}

/** Does the curve pass through (or too near) a node? */
export function overlapsCurve(sampled: readonly Point[], node: PlacedNode): boolean {
  return sampled.some((point) => inside(point, node, CLEARANCE));
}
