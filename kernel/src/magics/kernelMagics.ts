import type { Magic } from '../../../src/magics/magic.js';
import type { KernelCore } from '../core/kernelCore.js';
import { bashMagic } from './bashMagic.js';
import { loadMagic } from './loadMagic.js';
import { htmlMagic, latexMagic, markdownMagic } from './markupMagics.js';
import { npmMagic } from './npmMagic.js';
import { resetMagic, whoMagic } from './scopeMagics.js';
import { timeMagic } from './timeMagic.js';
import { typecheckMagic } from './typecheckMagic.js';

/** Magics that need the kernel itself, after those of the library. */
export function kernelMagics(core: KernelCore): readonly Magic[] {
  return [timeMagic(core), whoMagic(core), resetMagic(core), loadMagic(core), typecheckMagic(core), htmlMagic, markdownMagic, latexMagic, bashMagic(core), npmMagic];
}
