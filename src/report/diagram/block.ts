import type { Family } from './family.js';
import type { NodeSize } from './nodeSize.js';

export type Side = 'left' | 'right' | 'top' | 'bottom';

export interface BlockPlace {
  readonly name: string;
  readonly dx: number;
  readonly dy: number;
  readonly side: Side;
  readonly leaf: boolean;
  /** A root or its partner. */
  readonly head: boolean;
}

/** A root with its fan; places are relative to the root's middle, extents are distances from it. */
export interface Block {
  readonly root: string;
  readonly side: Side;
  readonly places: readonly BlockPlace[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface BlockRoom {
  readonly sizes: ReadonlyMap<string, NodeSize>;
  readonly family: Family;
  /** Widest label on a loading. */
  readonly labelWidth: number;
  readonly labelHeight: number;
  /** Room beyond an indicator for its residual. */
  readonly residual: (name: string, side: Side) => number;
  /** Room between a node and its fan for covariance arcs. */
  readonly arcs: (name: string) => number;
  /** 1, or more when labels found no place. */
  readonly spread: number;
}

const GAP_BETWEEN_ITEMS = 9;
const GAP_BETWEEN_FAMILIES = 16;
const GAP_BETWEEN_PARTNERS = 44;
const SHORTEST_FAN = { horizontal: 84, vertical: 60 };
/** A fan's depth as a share of its breadth, so that its outer lines are not too flat. */
const DEPTH_OF_BREADTH = 0.26;
const DEEPEST_FAN = 190;

const horizontal = (side: Side): boolean => side === 'left' || side === 'right';

/** Composes the fan of `name` on `side`, and the fans of its children beyond it. */
export function composeBlock(name: string, side: Side, room: BlockRoom, head = true): Block {
  const size = room.sizes.get(name);
  const width = size?.width ?? 0;
  const height = size?.height ?? 0;
  const children = (room.family.childrenOf.get(name) ?? []).map((child) => composeBlock(child, side, room, false));
  const own: BlockPlace = { name, dx: 0, dy: 0, side, leaf: children.length === 0, head };
  const extents = { left: width / 2, right: width / 2, top: height / 2, bottom: height / 2 };
  if (children.length === 0) {
    extents[side] += room.residual(name, side);
    return { root: name, side, places: [own], ...extents };
  }
  const across = horizontal(side);
  // Breadth: the children side by side along the fan.
  const start = (block: Block): number => (across ? block.top : block.left);
  const end = (block: Block): number => (across ? block.bottom : block.right);
  const offsets: number[] = [];
  let at = 0;
  children.forEach((child, i) => {
    const families = child.places.length > 1;
    if (i > 0) {
      const gap = (families ? GAP_BETWEEN_FAMILIES : GAP_BETWEEN_ITEMS) * room.spread;
      const plain = end(children[i - 1]) + gap + start(child);
      at += across ? Math.max(plain, (room.labelHeight + 3) / 0.7) : Math.max(plain, (room.labelWidth + 6) / 0.78);
    }
    offsets.push(at);
  });
  const middle = (offsets[0] + at) / 2;
  const breadth = at;
  const shortest = across ? Math.max(SHORTEST_FAN.horizontal, room.labelWidth + 50) : Math.max(SHORTEST_FAN.vertical, room.labelHeight + 34);
  const depth = Math.max(shortest, Math.min(DEEPEST_FAN, breadth * DEPTH_OF_BREADTH)) * room.spread + room.arcs(name);
  // Depth: the children's inner edges are aligned.
  const inner = (child: Block): number => (side === 'left' ? child.right : side === 'right' ? child.left : side === 'top' ? child.bottom : child.top);
  const half = across ? width / 2 : height / 2;
  const sign = side === 'left' || side === 'top' ? -1 : 1;
  const places: BlockPlace[] = [];
  const heads = [name, ...(head ? (room.family.partnersOf.get(name) ?? []) : [])];
  const pitch = (across ? height : width) + GAP_BETWEEN_PARTNERS * room.spread;
  heads.forEach((partner, i) => {
    const along = (i - (heads.length - 1) / 2) * pitch;
    const [dx, dy] = across ? [0, along] : [along, 0];
    places.push({ ...own, name: partner, dx, dy });
    extents.left = Math.max(extents.left, width / 2 - dx);
    extents.right = Math.max(extents.right, width / 2 + dx);
    extents.top = Math.max(extents.top, height / 2 - dy);
    extents.bottom = Math.max(extents.bottom, height / 2 + dy);
  });
  children.forEach((child, i) => {
    const along = offsets[i] - middle;
    const away = sign * (half + depth + inner(child));
    const [dx, dy] = across ? [away, along] : [along, away];
    for (const place of child.places) places.push({ ...place, dx: place.dx + dx, dy: place.dy + dy });
    extents.left = Math.max(extents.left, child.left - dx);
    extents.right = Math.max(extents.right, child.right + dx);
    extents.top = Math.max(extents.top, child.top - dy);
    extents.bottom = Math.max(extents.bottom, child.bottom + dy);
  });
  return { root: name, side, places, ...extents };
}
