import { mapPacked } from '../../shared/packedArray.js';
import type { Room } from './wasmInstance.js';

/** Rows of vector registers begin at multiples of this. */
const ALIGNMENT = 16;

/** What a kernel works on: sizes, then arrays by their lengths, index arrays by what they hold. */
export interface ArrayPlan {
  readonly sizes: readonly number[];
  readonly singles?: readonly number[];
  readonly doubles: readonly number[];
  readonly indices?: readonly ArrayLike<number>[];
}

export interface PlannedArrays {
  /** Where the plan begins: its sizes, then the address of each array, 32 bits each, as a struct in C reads them. */
  readonly address: number;
  readonly singles: readonly Float32Array[];
  readonly doubles: readonly Float64Array[];
  readonly indices: readonly Int32Array[];
}

/** Lays arrays out one after the other behind the words that say where they are; all are 0 but the index arrays. */
export function plannedArrays({ sizes, singles = [], doubles, indices = [] }: ArrayPlan, allocate: (bytes: number) => Room): PlannedArrays {
  const words = sizes.length + singles.length + doubles.length + indices.length;
  const offsets: number[] = [];
  let total = 0;
  for (const bytes of [4 * words, ...mapPacked(singles, (length) => 4 * length), ...mapPacked(doubles, (length) => 8 * length), ...mapPacked(indices, ({ length }) => 4 * length)]) {
    offsets.push(total);
    total += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  }
  const { buffer, base } = allocate(total);
  const addresses = mapPacked(offsets.slice(1), (offset) => base + offset);
  new Int32Array(buffer, base, words).set([...sizes, ...addresses]);
  let at = 0;
  return {
    address: base,
    singles: mapPacked(singles, (length) => new Float32Array(buffer, addresses[at++], length)),
    doubles: mapPacked(doubles, (length) => new Float64Array(buffer, addresses[at++], length)),
    indices: mapPacked(indices, (values) => {
      const array = new Int32Array(buffer, addresses[at++], values.length);
      array.set(values);
      return array;
    })
  };
}
