import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { residuals } from '../../../src/models/sem/questions/residuals.js';
import { sem } from '../../../src/models/sem/sem.js';
import { optionsFromJob } from '../../../src/models/sem/specification/optionsFromDotted.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import expected from './expected.json';

const read = (name: string): Promise<Awaited<ReturnType<typeof readSurvey>>> => readSurvey(new Uint8Array(readFileSync(new URL(`../sem/data/${name}.csv`, import.meta.url))), { name: `${name}.csv` });

/** Relative; the size of a residual that counts as 1 is that of one standard error. */
const TOLERANCE = 1e-6;

describe('residuals over their standard errors agree with lavaan', () => {
  for (const { id, syntax, data, options, ...wanted } of expected.cases) {
    it(id, async () => {
      const fit = sem(syntax, await read(data), optionsFromJob(options as Readonly<Record<string, unknown>>).options);
      for (const type of ['normalized', 'standardized'] as const) {
        const groups = residuals(fit, type);
        expect(groups.length).toBe(wanted[type].length);
        wanted[type].forEach(({ names, cov, mean }, g) => {
          const own = groups[g];
          const at = names.map((name) => own.names.indexOf(name));
          const p = names.length;
          let compared = 0;
          const check = (what: string, value: number, lavaan: number | null): void => {
            if (lavaan === null) return;
            compared += 1;
            expect(Math.abs(value - lavaan), `${type} ${what}: ${value}, lavaan ${lavaan}`).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(lavaan)));
          };
          cov.forEach((row, i) => row.forEach((value, j) => check(`${names[i]} ${names[j]}`, own.covariance[at[i] * p + at[j]], value)));
          (mean ?? []).forEach((value, i) => check(names[i], own.mean?.[at[i]] ?? NaN, value));
          expect(compared).toBeGreaterThan(1);
        });
      }
    });
  }
});
