import type { Magic } from './magic.js';
import { magicsMagic } from './magics.js';

/** Every magic of the library, in the order of `%magics`. */
export const magics: readonly Magic[] = [magicsMagic];
