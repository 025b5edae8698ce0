import type { DiagramGraph } from './graph.js';

/**
 * Who is drawn around whom. Every measured variable (an indicator, or a
 * first-order factor) belongs to one owner's fan; variables that belong to
 * nobody are the roots, which make the structural part.
 */
export interface Family {
  readonly roots: readonly string[];
  readonly childrenOf: ReadonlyMap<string, readonly string[]>;
  readonly ownerOf: ReadonlyMap<string, string>;
}

/**
 * A shared indicator goes to the latent with the fewest indicators (a specific
 * factor before a general one), then to the first. A circle of factors that
 * measure one another is cut at its first member.
 */
export function familyOf(graph: DiagramGraph): Family {
  const measures = graph.edges.filter(({ kind }) => kind === 'loading' || kind === 'formative').map(({ kind, from, to }) => (kind === 'loading' ? { owner: from, child: to } : { owner: to, child: from }));
  const size = new Map<string, number>();
  for (const { owner } of measures) size.set(owner, (size.get(owner) ?? 0) + 1);
  const ownerOf = new Map<string, string>();
  const reaches = (from: string, to: string): boolean => {
    let at: string | undefined = from;
    for (let steps = 0; at !== undefined && steps <= graph.nodes.length; steps++) {
      if (at === to) return true;
      at = ownerOf.get(at);
    }
    return false;
  };
  for (const { owner, child } of measures) {
    if (owner === child || reaches(owner, child)) continue;
    const current = ownerOf.get(child);
    if (current === undefined || (size.get(owner) ?? 0) < (size.get(current) ?? 0)) ownerOf.set(child, owner);
  }
  const childrenOf = new Map<string, string[]>();
  for (const { name } of graph.nodes) {
    const owner = ownerOf.get(name);
    if (owner !== undefined) childrenOf.set(owner, [...(childrenOf.get(owner) ?? []), name]);
  }
  return { roots: graph.nodes.map(({ name }) => name).filter((name) => !ownerOf.has(name)), childrenOf: inLoadingOrder(childrenOf, measures), ownerOf };
}

/** Children stand in the order in which the model names them. */
function inLoadingOrder(childrenOf: ReadonlyMap<string, readonly string[]>, measures: readonly { readonly owner: string; readonly child: string }[]): ReadonlyMap<string, readonly string[]> {
  return new Map([...childrenOf].map(([owner, children]) => [owner, [...new Set(measures.filter((one) => one.owner === owner && children.includes(one.child)).map(({ child }) => child))]]));
}
