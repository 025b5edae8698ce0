import { composeBlock, type Block, type BlockRoom, type Side } from './block.js';
import type { RootEdge } from './layers.js';

export interface PlacedNode {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Side of its owner on which it stands; for a root the side of its fan. */
  readonly side: Side;
  readonly isRoot: boolean;
  readonly leaf: boolean;
  /** Layer of its root. */
  readonly layer: number;
}

export type Direction = 'right' | 'down';

const GAP_BETWEEN_BLOCKS = 28;
/** Neighbours with an arrow between them need room for its label. */
const GAP_BETWEEN_LINKED = 66;
const SWEEPS = 12;

/**
 * Least-squares places in a fixed order with given distances: substitute
 * z = y − cumulative distance, then pool adjacent violators.
 */
export function spreadApart(wanted: readonly number[], distances: readonly number[]): readonly number[] {
  const cumulative: number[] = [0];
  for (const distance of distances) cumulative.push(cumulative[cumulative.length - 1] + distance);
  const pools: { sum: number; count: number }[] = [];
  for (let i = 0; i < wanted.length; i++) {
    pools.push({ sum: wanted[i] - cumulative[i], count: 1 });
    while (pools.length > 1) {
      const last = pools[pools.length - 1];
      const before = pools[pools.length - 2];
      if (before.sum / before.count <= last.sum / last.count) break;
      pools.pop();
      before.sum += last.sum;
      before.count += last.count;
    }
  }
  const flat = pools.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  return flat.map((z, i) => z + cumulative[i]);
}

/** Extents along the layers' direction and across it. */
function extents(block: Block, direction: Direction): { before: number; after: number; first: number; last: number } {
  return direction === 'right' ? { before: block.left, after: block.right, first: block.top, last: block.bottom } : { before: block.top, after: block.bottom, first: block.left, last: block.right };
}

/** Places across the layers: every block near the mean of its neighbours, none over another. */
function acrossPlaces(layers: readonly (readonly Block[])[], edges: readonly RootEdge[], linked: readonly RootEdge[], direction: Direction, spread: number): ReadonlyMap<string, number> {
  const place = new Map<string, number>();
  const isLinked = (a: string, b: string): boolean => linked.some(({ from, to }) => (from === a && to === b) || (from === b && to === a));
  const gap = (a: Block, b: Block): number => (isLinked(a.root, b.root) ? GAP_BETWEEN_LINKED : GAP_BETWEEN_BLOCKS) * spread;
  const distances = layers.map((layer) => layer.slice(1).map((block, i) => extents(layer[i], direction).last + gap(layer[i], block) + extents(block, direction).first));
  layers.forEach((layer, l) => {
    const start = spreadApart(layer.map(() => 0), distances[l]);
    layer.forEach(({ root }, i) => place.set(root, start[i]));
  });
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of edges) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const settle = (l: number): void => {
    const wanted = layers[l].map(({ root }) => {
      const others = neighbours.get(root) ?? [];
      return others.length === 0 ? (place.get(root) ?? 0) : others.reduce((sum, name) => sum + (place.get(name) ?? 0), 0) / others.length;
    });
    spreadApart(wanted, distances[l]).forEach((at, i) => place.set(layers[l][i].root, at));
  };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let l = 1; l < layers.length; l++) settle(l);
    for (let l = layers.length - 2; l >= 0; l--) settle(l);
  }
  for (let l = 1; l < layers.length; l++) settle(l);
  return place;
}

/** Puts the blocks of all layers into the plane. `sides` says where each root's fan opens, `gap` the room between two layers. */
export function placeBlocks(layers: readonly (readonly string[])[], sides: ReadonlyMap<string, Side>, edges: readonly RootEdge[], linked: readonly RootEdge[], room: BlockRoom, direction: Direction, gap: number): readonly PlacedNode[] {
  const blocks = layers.map((layer) => layer.map((name) => composeBlock(name, sides.get(name) ?? 'right', room)));
  const across = acrossPlaces(blocks, edges, linked, direction, room.spread);
  const nodes: PlacedNode[] = [];
  let along = 0;
  blocks.forEach((layer, l) => {
    const before = Math.max(0, ...layer.map((block) => extents(block, direction).before));
    const after = Math.max(0, ...layer.map((block) => extents(block, direction).after));
    along += l === 0 ? 0 : before + gap;
    for (const block of layer) {
      const at = across.get(block.root) ?? 0;
      const [x, y] = direction === 'right' ? [along, at] : [at, along];
      for (const { name, dx, dy, side, leaf, head } of block.places) {
        const size = room.sizes.get(name);
        nodes.push({ name, x: x + dx, y: y + dy, width: size?.width ?? 0, height: size?.height ?? 0, side, isRoot: head, leaf, layer: l });
      }
    }
    along += after;
  });
  return nodes;
}
