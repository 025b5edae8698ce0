import type { KernelCore } from '../core/kernelCore.js';

/** What notebooks written for tslab import as `tslab`: its `display` functions, over ours. */
export function tslabModule(core: KernelCore, typescriptVersion: string): Readonly<Record<string, unknown>> {
  const display = (show: (data: Record<string, unknown>) => void): Record<string, (value: unknown, second?: unknown) => void> => ({
    html: (text) => show({ 'text/html': text }),
    markdown: (text) => show({ 'text/markdown': text }),
    latex: (text) => show({ 'text/latex': text }),
    svg: (text) => show({ 'image/svg+xml': text }),
    javascript: (text) => show({ 'text/javascript': text }),
    text: (text) => show({ 'text/plain': text }),
    jpeg: (bytes) => show({ 'image/jpeg': bytes }),
    png: (bytes) => show({ 'image/png': bytes }),
    gif: (bytes) => show({ 'image/gif': bytes }),
    pdf: (bytes) => show({ 'application/pdf': bytes }),
    raw: (type, value) => show({ [String(type)]: value })
  });
  return {
    display: display((data) => void core.display({ data })),
    newDisplay: () => {
      let handle: { update(value: unknown): void } | undefined;
      return display((data) => {
        if (handle) handle.update({ data });
        else handle = core.display({ data });
      });
    },
    versions: { tslab: '1.0.22', typescript: typescriptVersion, node: process.version }
  };
}
