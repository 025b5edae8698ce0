import { anovaMagic } from './anova.js';
import { bootstrapMagic } from './bootstrap.js';
import { chartMagic } from './chart.js';
import { compareMagic } from './compare.js';
import { continuanceMagic } from './continuance.js';
import { correlateMagic } from './correlate.js';
import { crosstabMagic } from './crosstab.js';
import { describeMagic } from './describe.js';
import { exportMagic } from './export.js';
import { hypothesesMagic } from './hypotheses.js';
import { invarianceMagic } from './invariance.js';
import { logisticMagic, ordinalMagic } from './logistic.js';
import type { Magic } from './magic.js';
import { magicsMagic } from './magics.js';
import { mediateMagic } from './mediate.js';
import { missingMagic } from './missing.js';
import { moderateMagic } from './moderate.js';
import { pairsMagic } from './pairs.js';
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
  missingMagic,
  describeMagic,
  reliabilityMagic,
  validityMagic,
  correlateMagic,
  compareMagic,
  pairsMagic,
  crosstabMagic,
  anovaMagic,
  regressMagic,
  moderateMagic,
  mediateMagic,
  logisticMagic,
  ordinalMagic,
  chartMagic,
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
