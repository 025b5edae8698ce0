import { describe, expect, it } from 'vitest';
import { isOwnFrame } from '../../../kernel/src/runtime/traceback.js';

describe('frames of the kernel', () => {
  const home = '/home/ann/.venv/share/jupyter/kernels/semlab';
  it('are cut wherever it is installed, those of other code are kept', () => {
    expect(isOwnFrame(`file://${home}/chunks/chunk-A.js`, home)).toBe(true);
    expect(isOwnFrame(`${home}/typescript/typescript.cjs`, home)).toBe(true);
    expect(isOwnFrame('node:internal/process', home)).toBe(true);
    expect(isOwnFrame('/home/ann/work/mine.js', home)).toBe(false);
    expect(isOwnFrame('file:///home/ann/.venv/share/jupyter/kernels/semlab2/x.js', home)).toBe(false);
  });
});
