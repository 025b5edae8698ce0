import { defineConfig } from 'vitest/config';

/** One project per kind of test, so that `vitest --project unit` is the quick loop. */
const project = (name: string, extra: object = {}) => ({
  test: { name, include: [`tests/${name}/**/*.test.ts`], environment: 'node', testTimeout: 30_000, ...extra }
});

export default defineConfig({
  test: {
    projects: [
      project('unit', { exclude: ['tests/unit/extension/**'] }),
      { test: { name: 'extension', include: ['tests/unit/extension/**/*.test.ts'], setupFiles: ['tests/unit/extension/setup.ts'], environment: 'jsdom', testTimeout: 60_000 } },
      project('golden', { testTimeout: 120_000 }),
      project('contract'),
      project('types', { testTimeout: 120_000 }),
      project('protocol', { testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false }),
      project('e2e', { testTimeout: 300_000, hookTimeout: 300_000, fileParallelism: false, expect: { poll: { timeout: 40_000, interval: 100 } } })
    ]
  }
});
