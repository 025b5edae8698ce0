import { correlateMagic } from './correlate.js';
import { describeMagic } from './describe.js';
import type { Magic } from './magic.js';
import { magicsMagic } from './magics.js';
import { reliabilityMagic } from './reliability.js';

/** Every magic of the library, in the order of `%magics`. */
export const magics: readonly Magic[] = [describeMagic, reliabilityMagic, correlateMagic, magicsMagic];
