import type { RowSource } from '../../../statistics/rows.js';

/** A data set with the products `x:z` that a model names, made from its columns. */
export function withProducts(source: RowSource, names: readonly string[]): RowSource {
  const products = new Map<string, Float64Array>();
  for (const name of names) {
    if (source.has(name) || !name.includes(':')) continue;
    const factors = name.split(':').map((part) => source.numeric(part));
    products.set(name, factors[0].map((_, i) => factors.reduce((product, column) => product * column[i], 1)));
  }
  if (products.size === 0) return source;
  return {
    name: source.name, validCount: source.validCount,
    names: () => [...source.names(), ...products.keys()],
    has: (name) => products.has(name) || source.has(name),
    numeric: (name) => products.get(name) ?? source.numeric(name),
    labels: (name) => source.labels(name)
  };
}
