import { Graph, layout } from '@dagrejs/dagre';
import type { DiagramGraph } from './graph.js';
import { rootOf, type Family } from './family.js';

/** A structural arrow between two roots (or the roots whose fans hold its ends). */
export interface RootEdge {
  readonly from: string;
  readonly to: string;
}

/** Regressions between blocks. */
export function rootEdges(graph: DiagramGraph, family: Family): readonly RootEdge[] {
  return graph.edges
    .filter(({ kind }) => kind === 'regression')
    .map(({ from, to }) => ({ from: rootOf(from, family), to: rootOf(to, family) }))
    .filter(({ from, to }) => from !== to);
}

/** Which root reaches which along the arrows: row i, column j. */
function reachable(roots: readonly string[], edges: readonly RootEdge[]): readonly (readonly boolean[])[] {
  const index = new Map(roots.map((name, i) => [name, i]));
  const reach = roots.map(() => roots.map(() => false));
  for (const { from, to } of edges) reach[index.get(from) ?? 0][index.get(to) ?? 0] = true;
  for (let k = 0; k < roots.length; k++) for (let i = 0; i < roots.length; i++) if (reach[i][k]) for (let j = 0; j < roots.length; j++) if (reach[k][j]) reach[i][j] = true;
  return reach;
}

/**
 * Layer by layer, in drawing order: exogenous variables in the first layer, an
 * endogenous one right after its farthest cause; variables of a feedback loop
 * share a layer. Dagre orders the variables within a layer so that few arrows
 * cross.
 */
export function structuralLayers(graph: DiagramGraph, family: Family): readonly (readonly string[])[] {
  const { roots } = family;
  const edges = rootEdges(graph, family);
  const reach = reachable(roots, edges);
  const index = new Map(roots.map((name, i) => [name, i]));
  const sameLoop = (a: string, b: string): boolean => reach[index.get(a) ?? 0][index.get(b) ?? 0] && reach[index.get(b) ?? 0][index.get(a) ?? 0];
  const forward = edges.filter(({ from, to }) => !sameLoop(from, to));
  const rank = new Map(roots.map((name) => [name, 0]));
  for (let pass = 0; pass < 2 * roots.length; pass++) {
    let moved = false;
    const raise = (name: string, least: number): void => {
      if ((rank.get(name) ?? 0) >= least) return;
      rank.set(name, least);
      moved = true;
    };
    for (const { from, to } of forward) raise(to, (rank.get(from) ?? 0) + 1);
    for (const { from, to } of edges) if (sameLoop(from, to)) raise(to, rank.get(from) ?? 0);
    if (!moved) break;
  }
  const depth = Math.max(0, ...rank.values()) + 1;
  const layers: string[][] = Array.from({ length: depth }, () => []);
  for (const name of roots) layers[rank.get(name) ?? 0].push(name);
  if (depth === 1) return layers;
  const place = dagrePlaces(roots, forward, rank);
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
