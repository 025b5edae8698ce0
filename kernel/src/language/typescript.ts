import { createRequire } from 'node:module';
import { join } from 'node:path';
import { kernelHome } from '../home.js';

export type TypeScript = typeof import('typescript');

/** The stock TypeScript compiler that lies beside the kernel. */
export function loadTypeScript(home: string = kernelHome()): TypeScript {
  return createRequire(join(home, 'kernel.js'))('./typescript/typescript.cjs') as TypeScript;
}
