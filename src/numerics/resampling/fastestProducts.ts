import { PairProducts } from './pairProducts.js';
import { productKernel } from './productKernel.js';
import { TileProducts } from './tileProducts.js';
import type { WeightedProducts } from './weightedProducts.js';

/** Largest absolute value that is kept as a 16-bit integer. */
const LARGEST_INTEGER = 256;

/** The products of the columns of an n × columns matrix, in the fastest way at hand; the bits are those of any other. */
export function fastestProducts(values: Float64Array, n: number, columns: number): WeightedProducts {
  return (values.every(isSmallInteger) ? PairProducts.of(values, n, columns) : undefined) ?? new TileProducts(values, n, columns, productKernel);
}

function isSmallInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER;
}
