import { manualPage } from '../../../src/magics/manual.js';
import { magics } from '../../../src/magics/index.js';
import { toBundle, toBundleAsync, type Rasterize } from '../../../src/report/bundle.js';
import type { Library } from '../core/kernelCore.js';

/** The library as the core uses it; `rasterize` makes the PNG twins of pictures. */
export function createLibrary(rasterize?: Rasterize): Library {
  return {
    magics,
    toBundle: (value) => toBundle(value),
    toBundleAsync: (value, warn) => toBundleAsync(value, { warn, ...(rasterize ? { rasterize } : {}) }),
    manualPage
  };
}
