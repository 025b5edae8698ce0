import { bootstrapMagic } from './bootstrap.js';
import { compareMagic } from './compare.js';
import { continuanceMagic } from './continuance.js';
import { correlateMagic } from './correlate.js';
import { describeMagic } from './describe.js';
import { exportMagic } from './export.js';
import { hypothesesMagic } from './hypotheses.js';
import { invarianceMagic } from './invariance.js';
import type { Magic } from './magic.js';
import { magicsMagic } from './magics.js';
import { pathMagic } from './path.js';
import { publishedMagic } from './published.js';
import { regressMagic } from './regress.js';
import { reliabilityMagic } from './reliability.js';
import { semMagic } from './sem.js';
import { simulateMagic } from './simulate.js';
import { surveyMagic } from './survey.js';
import { validityMagic } from './validity.js';
import { verifyMagic } from './verify.js';
import { womMagic } from './wom.js';

/** Every magic of the library, in the order of `%magics`. */
export const magics: readonly Magic[] = [
  surveyMagic,
  describeMagic,
  reliabilityMagic,
  validityMagic,
  correlateMagic,
  compareMagic,
  regressMagic,
  womMagic,
  semMagic,
  continuanceMagic,
  pathMagic,
  invarianceMagic,
  bootstrapMagic,
  hypothesesMagic,
  simulateMagic,
  publishedMagic,
  verifyMagic,
  exportMagic,
  magicsMagic
];
