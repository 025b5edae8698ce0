import { Graph, layout } from '@dagrejs/dagre';
import type { DiagramGraph } from './graph.js';
import type { Family } from './family.js';

/** A structural arrow between two roots (or the roots whose fans hold its ends). */
export interface RootEdge {
  readonly from: string;
  readonly to: string;
}

/** The root in whose block a variable is drawn. */
export function rootOf(name: string, { ownerOf }: Family): string {
  let at = name;
  for (let owner = ownerOf.get(at); owner !== undefined; owner = ownerOf.get(at)) at = owner;
  return at;
}

/** Regressions between blocks. */
export function rootEdges(graph: DiagramGraph, family: Family): readonly RootEdge[] {
  return graph.edges
    .filter(({ kind }) => kind === 'regression')
    .map(({ from, to }) => ({ from: rootOf(from, family), to: rootOf(to, family) }))
    .filter(({ from, to }) => from !== to);
}

/** Edges that close a circle (feedback), found by depth-first search in model order. */
function withoutFeedback(roots: readonly string[], edges: readonly RootEdge[]): readonly RootEdge[] {
  const state = new Map<string, 'open' | 'done'>();
  const kept: RootEdge[] = [];
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const edge of edges) {
      if (edge.from !== name) continue;
      if (state.get(edge.to) === 'open') continue;
      kept.push(edge);
      if (!state.has(edge.to)) visit(edge.to);
    }
    state.set(name, 'done');
  };
  const hasCause = new Set(edges.map(({ to }) => to));
  for (const name of [...roots.filter((root) => !hasCause.has(root)), ...roots]) if (!state.has(name)) visit(name);
  return kept;
}

/**
 * Layer by layer, in drawing order: exogenous variables in the first layer, an
 * endogenous one right after its farthest cause. Dagre orders the variables
 * within a layer so that few arrows cross.
 */
export function structuralLayers(graph: DiagramGraph, family: Family): readonly (readonly string[])[] {
  const { roots } = family;
  const edges = withoutFeedback(roots, rootEdges(graph, family));
  const rank = new Map(roots.map((name) => [name, 0]));
  for (let pass = 0; pass < roots.length; pass++) {
    let moved = false;
    for (const { from, to } of edges) {
      const wanted = (rank.get(from) ?? 0) + 1;
      if ((rank.get(to) ?? 0) < wanted) {
        rank.set(to, wanted);
        moved = true;
      }
    }
    if (!moved) break;
  }
  const depth = Math.max(0, ...rank.values()) + 1;
  const layers: string[][] = Array.from({ length: depth }, () => []);
  for (const name of roots) layers[rank.get(name) ?? 0].push(name);
  if (depth === 1) return layers;
  const place = dagrePlaces(roots, edges, rank);
  return layers.map((layer) => [...layer].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0)));
}

/** Dagre's position across the layers; node ids are indices, so that no user name becomes a key. */
function dagrePlaces(roots: readonly string[], edges: readonly RootEdge[], rank: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const dag = new Graph();
  dag.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 60 });
  dag.setDefaultEdgeLabel(() => ({}));
  const index = new Map(roots.map((name, i) => [name, String(i)]));
  for (const id of index.values()) dag.setNode(id, { width: 80, height: 40 });
  for (const { from, to } of edges) dag.setEdge(index.get(from) ?? '', index.get(to) ?? '', { minlen: (rank.get(to) ?? 0) - (rank.get(from) ?? 0), weight: 1 });
  layout(dag);
  return new Map(roots.map((name, i) => [name, Number((dag.node(String(i)) as { y?: number } | undefined)?.y ?? i)]));
}
