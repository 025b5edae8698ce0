import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { responseQuality } from '../../../src/statistics/screening/responseQuality.js';

const folder = new URL('screening/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, (number | null)[]>;
const items = Array.from({ length: 12 }, (_, i) => `q${i + 1}`);

/** Largest relative difference; a value that exists on one side only counts as infinite. */
function worst(ours: Float64Array, theirs: readonly (number | null)[]): number {
  return Math.max(...theirs.map((value, i) => (value === null ? (Number.isNaN(ours[i]) ? 0 : Infinity) : Math.abs(ours[i] - value) / Math.max(1e-12, Math.abs(value)))));
}

describe('careless answering, against R', async () => {
  const survey = await readSurvey(readFileSync(new URL('data.csv', folder)), { name: 'data.csv' });
  const quality = responseQuality(survey, items);
  it.each([
    ['longString', quality.longString],
    ['deviation', quality.deviation],
    ['missingShare', quality.missingShare],
    ['squaredDistance', quality.squaredDistance ?? new Float64Array()],
    ['pValue', quality.distancePValue ?? new Float64Array()]
  ] as const)('%s agrees to 1e-9', (key, ours) => {
    expect(worst(ours, expected[key])).toBeLessThan(1e-9);
    const perturbed = expected[key].map((value, i) => (i === 1 && value !== null ? value * 1.001 + 1e-6 : value));
    expect(worst(ours, perturbed)).toBeGreaterThan(1e-9);
  });
});
