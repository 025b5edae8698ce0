const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

/**
 * A module's exports; undefined where WebAssembly or its SIMD instructions are
 * missing or forbidden.
 *
 * @param base64 the module
 */
export function wasmInstance<Exports extends { readonly memory: WebAssembly.Memory }>(base64: string, imports: WebAssembly.Imports = {}): Exports | undefined {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    return new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  } catch {
    return undefined;
  }
}

/** Makes a memory at least so long; false where that is not to be had. */
export function growTo(memory: WebAssembly.Memory, bytes: number): boolean {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  try {
    if (missing > 0) memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}

/** A stretch of memory from the byte `base` of a buffer on. */
export interface Room {
  readonly buffer: ArrayBuffer;
  readonly base: number;
}

/** Room for `bytes` behind the data of a module compiled from C. @throws RangeError where there is none */
export function roomBehind({ memory, __heap_base }: { readonly memory: WebAssembly.Memory; readonly __heap_base: WebAssembly.Global }, bytes: number): Room {
  const base = Math.ceil((__heap_base.value as number) / ALIGNMENT) * ALIGNMENT;
  if (!growTo(memory, base + bytes)) throw new RangeError('WebAssembly has no memory left');
  return { buffer: memory.buffer, base };
}

/** Room of its own. */
export function plainRoom(bytes: number): Room {
  return { buffer: new ArrayBuffer(bytes), base: 0 };
}
