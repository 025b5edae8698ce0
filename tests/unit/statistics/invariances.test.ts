import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { kendall } from '../../../src/statistics/correlate/kendall.js';
import { pearson } from '../../../src/statistics/correlate/pearson.js';
import { efa, efaOfMatrix } from '../../../src/statistics/factor/efa.js';
import { parallelAnalysis } from '../../../src/statistics/factor/parallelAnalysis.js';
import { factorialAnova } from '../../../src/statistics/factorial/factorialAnova.js';
import { oneWayAnova } from '../../../src/statistics/groups/oneWayAnova.js';
import { independentTTest, sampleMoments } from '../../../src/statistics/groups/tTest.js';
import { kruskalWallis } from '../../../src/statistics/ranks/kruskalWallis.js';
import { mannWhitney } from '../../../src/statistics/ranks/mannWhitney.js';
import { reliability } from '../../../src/statistics/reliability/reliability.js';

function sample(n: number, seed: number, mean = 0): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: n }, () => mean + random.normal());
}

/** Items of two factors that correlate. */
function items(n: number, seed: number): [string, Float64Array][] {
  const random = createRandom(seed);
  const factors = Array.from({ length: n }, () => [random.normal(), random.normal()]);
  return Array.from({ length: 6 }, (_, k) => [`x${k + 1}`, Float64Array.from(factors, ([f, g]) => 0.8 * (k < 3 ? f : 0.3 * f + 0.95 * g) + 0.6 * random.normal())]);
}

describe('what must hold without an oracle', () => {
  it('two groups: F = t², and H of Kruskal-Wallis = z² of Mann-Whitney', () => {
    const [a, b] = [sample(23, 1), sample(31, 2, 0.4)];
    const { student } = independentTTest(sampleMoments(a), sampleMoments(b));
    expect(oneWayAnova([a, b]).f).toBeCloseTo((student.t ?? 0) ** 2, 10);
    expect(kruskalWallis([a, b]).h).toBeCloseTo((mannWhitney(a, b).z ?? 0) ** 2, 10);
  });

  it('a factorial analysis with one factor is the one-way analysis', () => {
    const samples = [sample(12, 3), sample(15, 4, 0.5), sample(9, 5, 1)];
    const data = surveyFromColumns({ y: samples.flatMap((values) => [...values]), g: samples.flatMap((values, k) => [...values].map(() => k)) });
    const [term] = factorialAnova(data, 'y', ['g']).terms;
    expect(term.f).toBeCloseTo(oneWayAnova(samples).f ?? NaN, 9);
  });

  it('Kendall’s exchanges count what pairs count one by one', () => {
    const random = createRandom(8);
    const x = Float64Array.from({ length: 60 }, () => random.integer(6));
    const y = Float64Array.from(x, (value) => value + random.integer(5));
    let s = 0;
    let tiedX = 0;
    let tiedY = 0;
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < i; j++) {
        s += Math.sign(x[i] - x[j]) * Math.sign(y[i] - y[j]);
        if (x[i] === x[j]) tiedX++;
        if (y[i] === y[j]) tiedY++;
      }
    }
    expect(kendall(x, y).tau).toBeCloseTo(s / Math.sqrt((1770 - tiedX) * (1770 - tiedY)), 12);
  });

  it('correlations ignore units, and turn with the sign', () => {
    const [x, y] = [sample(50, 6), sample(50, 7)];
    const r = pearson(x, y);
    expect(pearson(x.map((value) => 1e6 + 3 * value), y)).toBeCloseTo(r, 9);
    expect(pearson(x.map((value) => -value), y)).toBeCloseTo(-r, 14);
  });

  it('reordering rows changes no reliability; turning an item back and forth neither', () => {
    const columns = items(80, 11);
    const straight = reliability(surveyFromColumns(columns), ['x1', 'x2', 'x3']);
    const shuffled = reliability(surveyFromColumns(columns.map(([name, values]): [string, number[]] => [name, [...values].reverse()])), ['x1', 'x2', 'x3']);
    expect(shuffled.alpha).toBeCloseTo(straight.alpha ?? NaN, 12);
    const turned = surveyFromColumns(columns.map(([name, values]): [string, number[]] => [name, name === 'x2' ? [...values].map((value) => -value) : [...values]]));
    expect(reliability(turned, ['x1', 'x2', 'x3'], { reverse: ['x2'] }).alpha).toBeCloseTo(straight.alpha ?? NaN, 12);
    expect(reliability(turned, ['x1', 'x2', 'x3']).warnings.map((w) => w.code)).toContain('negative-item-total');
  });

  it('the bootstrap interval of omega is a function of its seed and holds omega', () => {
    const data = surveyFromColumns(items(120, 14));
    const found = reliability(data, ['x1', 'x2', 'x3'], { draws: 200, seed: 3 });
    expect(found.omegaLow).toBeLessThan(found.omega ?? 0);
    expect(found.omegaHigh).toBeGreaterThan(found.omega ?? 1);
    expect((found.omegaHigh ?? 0) - (found.omegaLow ?? 0)).toBeLessThan(0.3);
    expect(reliability(data, ['x1', 'x2', 'x3'], { draws: 200, seed: 3 }).omegaLow).toBe(found.omegaLow);
    expect(reliability(data, ['x1', 'x2', 'x3'], { draws: 200, seed: 4 }).omegaLow).not.toBe(found.omegaLow);
  });

  it('rotation leaves communalities; components of all items explain everything', () => {
    const data = surveyFromColumns(items(120, 12));
    const names = data.names();
    for (const rotation of ['varimax', 'promax', 'oblimin'] as const) {
      const turned = efa(data, names, { factors: 2, rotation });
      const plain = efa(data, names, { factors: 2, rotation: 'none' });
      for (let i = 0; i < 6; i++) {
        let h = 0;
        for (let k = 0; k < 2; k++) for (let l = 0; l < 2; l++) h += turned.loadings[i * 2 + k] * (turned.factorCorrelations?.[k * 2 + l] ?? (k === l ? 1 : 0)) * turned.loadings[i * 2 + l];
        expect(h).toBeCloseTo(plain.communalities[i], 9);
      }
    }
    expect(efa(data, names, { factors: 6, rotation: 'none' }).communalities.every((h) => Math.abs(h - 1) < 1e-10)).toBe(true);
  });

  it('parallel analysis is a function of its seed and finds the two factors', () => {
    const data = surveyFromColumns(items(200, 13));
    const found = efa(data, data.names(), { factors: 'parallel', seed: 4 });
    expect(found.factors).toBe(2);
    expect(parallelAnalysis(found.eigenvalues, 200, { seed: 4 }).reference).toEqual(found.parallel?.reference);
    expect(parallelAnalysis(found.eigenvalues, 200, { seed: 5 }).reference).not.toEqual(found.parallel?.reference);
  });

  it('a Heywood case is said, not hidden', () => {
    const correlation = [
      [1, 0.9, 0.9, 0.1],
      [0.9, 1, 0.7, 0.1],
      [0.9, 0.7, 1, 0.1],
      [0.1, 0.1, 0.1, 1]
    ];
    for (const extraction of ['ml', 'paf', 'minres'] as const) {
      const found = efaOfMatrix({ names: ['a', 'b', 'c', 'd'], correlation, n: 200 }, { extraction, factors: 1, rotation: 'none' });
      expect(found.warnings.map((w) => w.code), extraction).toContain('heywood-case');
    }
  });

  it('pairwise and listwise deletion are told apart in the notes', () => {
    const data = surveyFromColumns({ a: [1, 2, 3, 4, 5, NaN], b: [2, 1, 4, 3, NaN, 6], c: [1, 3, 2, 5, 4, 6] });
    expect(correlate(data).tables()[0].notes.map((note) => note.en).join(' ')).toContain('n per pair: 4 to 5');
    expect(correlate(data, undefined, { missing: 'listwise' }).tables()[0].notes[0].en).toContain('n = 4 of 6; 2 rows');
  });
});
