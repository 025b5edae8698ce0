/** Mplus reads names of up to eight letters, digits and underscores, and does not tell capitals from small letters. */
const LENGTH = 8;

/** Names as Mplus can read them, one of its own for each of ours. */
export class MplusNames {
  private readonly known = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** @param names those that stay as they are when they can come first */
  constructor(names: Iterable<string>) {
    for (const name of names) if (fits(name) && !this.taken.has(name.toUpperCase())) this.keep(name, name);
  }

  of(name: string): string {
    const found = this.known.get(name);
    if (found !== undefined) return found;
    const plain = name.normalize('NFD').replace(/[^A-Za-z0-9_]+/g, '_').replace(/^[^A-Za-z]+/, '').slice(0, LENGTH);
    let candidate = plain;
    for (let i = 1; candidate === '' || candidate === '_' || this.taken.has(candidate.toUpperCase()); i++) {
      const end = String(i);
      candidate = (plain === '' ? 'v' : plain).slice(0, LENGTH - end.length) + end;
    }
    return this.keep(name, candidate);
  }

  /** Comment lines that say which name stands for which. */
  comments(): readonly string[] {
    return [...this.known].filter(([name, own]) => name !== own).map(([name, own]) => `! ${own}: ${name}`);
  }

  private keep(name: string, own: string): string {
    this.known.set(name, own);
    this.taken.add(own.toUpperCase());
    return own;
  }
}

function fits(name: string): boolean {
  return name.length <= LENGTH && /^[A-Za-z][A-Za-z0-9_]*$/.test(name);
}
