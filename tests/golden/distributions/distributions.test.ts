import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as distributions from '../../../src/numerics/distributions/index.js';

type Row = readonly [name: string, args: readonly (number | string)[], value: number | string];
const { rows } = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as { rows: readonly Row[] };
const functions = distributions as unknown as Readonly<Record<string, (...args: number[]) => number>>;
const find = (name: string): ((...args: number[]) => number) => functions[name === 'qtukey' ? 'studentizedRangeQuantile' : name];

/** Where the oracle itself is not exact to 1e-12, see make.R. */
const RELATIVE: Readonly<Record<string, number>> = { qtukey: 1e-6 };
/** Oracles whose error is absolute, not relative. */
const ABSOLUTE: Readonly<Record<string, number>> = { studentizedRangeUpper: 1e-12, bivariateNormalCdf: 2e-15 };

function worst(name: string): { error: number; text: string } {
  let error = 0;
  let text = '';
  for (const [rowName, args, value] of rows) {
    if (rowName !== name) continue;
    const expected = Number(value);
    const found = find(name)(...args.map(Number));
    const difference = expected === found ? 0 : Math.abs(found - expected);
    const measured = difference <= (ABSOLUTE[name] ?? 0) || (Math.abs(expected) < 1e-300 && difference < 1e-300) ? 0 : difference / Math.abs(expected);
    if (!(measured <= error)) {
      error = measured;
      text = `${name}(${args.join(', ')}) = ${found}, R gives ${expected}`;
    }
  }
  return { error, text };
}

describe('distribution functions agree with R', () => {
  const names = [...new Set(rows.map(([name]) => name))];
  it.each(names)('%s', (name) => {
    const { error, text } = worst(name);
    expect(error, text).toBeLessThan(RELATIVE[name] ?? 1e-12);
  });

  it('a perturbed expectation is noticed', () => {
    const [name, args, value] = rows[3];
    const apart = find(name)(...args.map(Number)) / (Number(value) * (1 + 1e-10)) - 1;
    expect(Math.abs(apart)).toBeGreaterThan(1e-11);
  });
});
