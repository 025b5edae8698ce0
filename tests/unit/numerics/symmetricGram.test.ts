import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { gramOfColumns, gramOfRows } from '../../../src/numerics/simd/symmetricGram.js';

const random = createRandom(77);

describe('inner products of many vectors', () => {
  afterEach(() => vi.unstubAllGlobals());

  it.each([[1, 1, true], [4, 256, true], [5, 300, true], [21, 1000, true], [700, 3, true], [5, 300, false], [21, 1000, false]])('%i vectors of length %i agree with the definition (vector instructions: %s)', (m, n, simd) => {
    if (!simd) vi.stubGlobal('WebAssembly', undefined);
    const rows = Float64Array.from({ length: m * n }, () => random.normal());
    const columns = new Float64Array(n * m);
    for (let i = 0; i < m; i++) for (let k = 0; k < n; k++) columns[k * m + i] = rows[i * n + k];
    const found = gramOfRows(rows, m, n);
    const turned = gramOfColumns(columns, n, m);
    let worst = 0;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += rows[i * n + k] * rows[j * n + k];
        worst = Math.max(worst, Math.abs(found[i * m + j] - sum));
      }
    }
    expect(worst).toBeLessThan(1e-13 * n);
    expect(found.every((value, i) => value === turned[i])).toBe(true);
  });
});
