/**
 * One allocation for many small arrays: memory for a typed array comes from
 * outside the heap each time, which costs a small fit more than its arithmetic.
 */
export class Slab {
  private readonly memory: Float64Array;
  private used = 0;

  /** @param size numbers that will be taken in all. */
  constructor(size: number) {
    this.memory = new Float64Array(size);
  }

  /** The next `size` numbers, all 0. */
  take(size: number): Float64Array {
    const from = this.used;
    this.used += size;
    if (this.used > this.memory.length) throw new RangeError('the slab is too small');
    return this.memory.subarray(from, this.used);
  }
}
