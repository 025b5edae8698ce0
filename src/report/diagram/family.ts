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
  /** Latents that share all indicators with a root (a growth curve's intercept and slope), drawn beside it. */
  readonly partnersOf: ReadonlyMap<string, readonly string[]>;
  /** Partner → the root beside which it is drawn. */
  readonly headOf: ReadonlyMap<string, string>;
}

interface Measure {
  readonly owner: string;
  readonly child: string;
}

function measuresOf(graph: DiagramGraph): readonly Measure[] {
  return graph.edges.filter(({ kind }) => kind === 'loading' || kind === 'formative').map(({ kind, from, to }) => (kind === 'loading' ? { owner: from, child: to } : { owner: to, child: from }));
}

/** Latents with the very same indicators: the later ones are partners of the first. */
function partners(measures: readonly Measure[]): ReadonlyMap<string, string> {
  const sets = new Map<string, string[]>();
  for (const { owner, child } of measures) sets.set(owner, [...(sets.get(owner) ?? []), child]);
  const heads: { readonly owner: string; readonly children: ReadonlySet<string> }[] = [];
  const headOf = new Map<string, string>();
  for (const [owner, children] of sets) {
    const unique = new Set(children);
    // A zero loading is not drawn (the slope's first occasion), so that a subset of all but one counts too.
    const twin = heads.find((head) => unique.size >= 2 && [...unique].every((child) => head.children.has(child)) && unique.size >= head.children.size - 1);
    if (twin) headOf.set(owner, twin.owner);
    else heads.push({ owner, children: unique });
  }
  return headOf;
}

/**
 * A shared indicator goes to the latent with the fewest indicators (a specific
 * factor before a general one), then to the first. A circle of factors that
 * measure one another is cut at its first member.
 */
export function familyOf(graph: DiagramGraph): Family {
  const measures = measuresOf(graph);
  const headOf = partners(measures);
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
    if (owner === child || headOf.has(owner) || reaches(owner, child)) continue;
    const current = ownerOf.get(child);
    if (current === undefined || (size.get(owner) ?? 0) < (size.get(current) ?? 0)) ownerOf.set(child, owner);
  }
  const childrenOf = new Map<string, readonly string[]>();
  for (const { owner, child } of measures) {
    if (ownerOf.get(child) !== owner) continue;
    const own = childrenOf.get(owner) ?? [];
    if (!own.includes(child)) childrenOf.set(owner, [...own, child]);
  }
  const beside = new Map([...headOf].filter(([partner, head]) => !ownerOf.has(partner) && !ownerOf.has(head)));
  const partnersOf = new Map<string, readonly string[]>();
  for (const [partner, head] of beside) partnersOf.set(head, [...(partnersOf.get(head) ?? []), partner]);
  return { roots: graph.nodes.map(({ name }) => name).filter((name) => !ownerOf.has(name) && !beside.has(name)), childrenOf, ownerOf, partnersOf, headOf: beside };
}

/** The root in whose block a variable is drawn. */
export function rootOf(name: string, { ownerOf, headOf }: Family): string {
  let at = name;
  for (let owner = ownerOf.get(at); owner !== undefined; owner = ownerOf.get(at)) at = owner;
  return headOf.get(at) ?? at;
}
