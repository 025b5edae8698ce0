import { compareMagic } from './compare.js';
import { correlateMagic } from './correlate.js';
import { describeMagic } from './describe.js';
import type { Magic } from './magic.js';
import { magicsMagic } from './magics.js';
import { reliabilityMagic } from './reliability.js';
import { surveyMagic } from './survey.js';

/** Every magic of the library, in the order of `%magics`. */
export const magics: readonly Magic[] = [surveyMagic, describeMagic, reliabilityMagic, correlateMagic, compareMagic, magicsMagic];
