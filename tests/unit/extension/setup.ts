/** What JupyterLab's packages expect of a browser and jsdom does not have. */
class Observer {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
  takeRecords(): [] {
    return [];
  }
}

const missing: Readonly<Record<string, unknown>> = {
  ResizeObserver: Observer,
  IntersectionObserver: Observer,
  DragEvent: class extends MouseEvent {},
  matchMedia: (media: string) => ({ media, matches: false, addEventListener: () => {}, removeEventListener: () => {}, addListener: () => {}, removeListener: () => {} }),
  requestIdleCallback: (work: () => void) => setTimeout(work, 0),
  cancelIdleCallback: (id: number) => clearTimeout(id)
};
for (const target of new Set<object>([globalThis, window])) {
  for (const [name, value] of Object.entries(missing)) if ((target as Record<string, unknown>)[name] === undefined) Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
