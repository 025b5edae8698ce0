import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of random numbers. The stream is state: keep one per task, fork one per draw. */
export interface Random {
  /** Uniform on [0, 1) with 53 random bits. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in 0 … n − 1, without bias. */
  integer(n: number): number;
  /** Draws `draws` integers in 0 … counts.length − 1, as `integer` does one by one, and adds 1 to the count of each. */
  tally(draws: number, counts: Int32Array): void;
  /**
   * An independent generator that depends only on the seed and the chain of
   * stream numbers, not on what was drawn before: draw 17 is the same on any
   * number of workers.
   */
  fork(stream: number): Random;
}

/** Finalizer of MurmurHash3: each input bit flips each output bit with probability near ½. */
function mix(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

/** Folds a safe integer (or any double) into a 128-bit state. */
function absorb(state: readonly number[], value: number): readonly number[] {
  const low = value >>> 0;
  const high = Math.floor(value / 4294967296) >>> 0;
  const next = [...state];
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 4; i++) {
      const word = round === 0 ? low : high;
      next[i] = mix(next[i] + Math.imul(next[(i + 3) & 3], 0x9e3779b1) + mix(word + Math.imul(i + 1, 0x7f4a7c15)));
    }
  }
  return next;
}

const ORIGIN = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]; // digits of π
const TWO_TO_MINUS_53 = 2 ** -53;

function fromState(state: readonly number[]): Random {
  const words = state.every((word) => word === 0) ? ORIGIN : state;
  const generator = xoroshiro128plusFromState(words);
  let spare = NaN;
  const uniform = (): number => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 67108864 + low) * TWO_TO_MINUS_53;
  };
  return {
    uniform,
    /** Marsaglia's polar method: two at a time, the second kept. */
    normal() {
      if (spare === spare) {
        const kept = spare;
        spare = NaN;
        return kept;
      }
      let u: number;
      let v: number;
      let s: number;
      do {
        // 31 bits are plenty for the accept step's geometry; the pair still has 2⁶² states
        u = (generator.next() + 0.5) * 4.656612873077393e-10;
        v = (generator.next() + 0.5) * 4.656612873077393e-10;
        s = u * u + v * v;
      } while (s >= 1);
      const factor = Math.sqrt((-2 * Math.log(s)) / s);
      spare = v * factor;
      return u * factor;
    },
    integer(n) {
      if (n <= 4294967296) {
        const limit = 4294967296 - (4294967296 % n);
        let word: number;
        do word = generator.next() >>> 0;
        while (word >= limit);
        return word % n;
      }
      return Math.floor(uniform() * n);
    },
    tally(draws, counts) {
      const n = counts.length;
      const limit = 4294967296 - (4294967296 % n);
      for (let d = 0; d < draws; d++) {
        let word: number;
        do word = generator.next() >>> 0;
        while (word >= limit);
        // the remainder: quotients of 32-bit numbers lie further from whole ones than they are rounded
        counts[word - Math.floor(word / n) * n]++;
      }
    },
    fork: (stream) => fromState(absorb(words, stream))
  };
}

/** A deterministic generator: the same seed gives the same numbers everywhere. */
export function createRandom(seed: number): Random {
  return fromState(absorb(ORIGIN, seed));
}
