import type { DiagramGraph } from './graph.js';
import type { Family } from './family.js';
import { spreadApart, type PlacedNode } from './placeBlocks.js';

export interface OuterHeads {
  readonly nodes: readonly PlacedNode[];
  /** Indicators whose free side is taken, so that no residual fits there. */
  readonly covered: ReadonlySet<string>;
}

const DEPTH = 96;
const GAP = 30;

/**
 * A latent whose indicators all stand in other latents' fans (the general
 * factor of a bifactor model, a method factor) moves to the far side of the
 * indicators. Only in drawings of one layer, where that side is free.
 */
export function moveOuterHeads(nodes: readonly PlacedNode[], graph: DiagramGraph, family: Family, spread: number): OuterHeads {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const heads = family.roots.filter((name) => !family.childrenOf.has(name) && graph.edges.some(({ kind, from }) => kind === 'loading' && from === name));
  if (heads.length === 0 || heads.length === family.roots.length) return { nodes, covered: new Set() };
  const covered = new Set<string>();
  const wanted: { readonly node: PlacedNode; readonly across: number; readonly along: number }[] = [];
  let horizontal = true;
  for (const name of heads) {
    const node = byName.get(name);
    const items = graph.edges.filter(({ kind, from }) => kind === 'loading' && from === name).flatMap(({ to }) => byName.get(to) ?? []);
    if (!node || items.length === 0) continue;
    const { side } = items[0];
    horizontal = side === 'left' || side === 'right';
    const sign = side === 'left' || side === 'top' ? -1 : 1;
    const outer = horizontal ? Math.max(...items.map((item) => sign * item.x + item.width / 2)) : Math.max(...items.map((item) => sign * item.y + item.height / 2));
    const depth = outer + DEPTH * spread + (horizontal ? node.width : node.height) / 2;
    for (const item of items) covered.add(item.name);
    wanted.push({ node, along: sign * depth, across: items.reduce((sum, item) => sum + (horizontal ? item.y : item.x), 0) / items.length });
  }
  wanted.sort((a, b) => a.across - b.across);
  const size = ({ node }: { readonly node: PlacedNode }): number => (horizontal ? node.height : node.width);
  const places = spreadApart(wanted.map(({ across }) => across), wanted.slice(1).map((one, i) => (size(wanted[i]) + size(one)) / 2 + GAP * spread));
  const moved = new Map(wanted.map(({ node, along }, i) => [node.name, horizontal ? { ...node, x: along, y: places[i], layer: 1 } : { ...node, x: places[i], y: along, layer: 1 }]));
  return { nodes: nodes.map((node) => moved.get(node.name) ?? node), covered };
}
