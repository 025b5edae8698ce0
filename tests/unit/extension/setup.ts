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
for (const [name, value] of Object.entries(missing)) if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
