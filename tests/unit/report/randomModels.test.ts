import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numerics/random.js';
import { overlap, type Box } from '../../../src/report/diagram/geometry.js';
import { pathDiagram } from '../../../src/report/diagram/pathDiagram.js';
import type { ParameterEstimate, SemFit } from '../../../src/models/sem/results.js';
import type { Operator } from '../../../src/models/sem/parameterTable.js';
import { pathDiagramProblem } from '../../../src/shared/mime/pathDiagram.js';
import { readFit } from './fits/readFit.js';

const MODELS = 12;

/** Any model at all: factors, cross-loadings, a second order, loops, covariances within and across. */
function randomFit(seed: number): SemFit {
  const random = createRandom(seed);
  const upTo = (most: number): number => random.integer(most + 1);
  const rows: ParameterEstimate[] = [];
  const add = (lhs: string, op: Operator, rhs: string): void => {
    if (rows.some((row) => row.op === op && ((row.lhs === lhs && row.rhs === rhs) || (op === '~~' && row.lhs === rhs && row.rhs === lhs)))) return;
    const estimate = 2.4 * random.uniform() - 1.2;
    rows.push({ term: lhs + op + rhs, lhs, op, rhs, group: 1, level: 1, label: '', free: rows.length + 1, origin: 'user', estimate, stdError: 0.1, statistic: estimate / 0.1, pValue: random.uniform() < 0.3 ? 0.3 : 0.001, confLow: estimate - 0.2, confHigh: estimate + 0.2, stdLatent: estimate, stdAll: Math.max(-1, Math.min(1, estimate)) });
  };
  const latent = Array.from({ length: upTo(6) }, (_, i) => (random.uniform() < 0.3 ? `LongFactorName${i}` : `F${i}`));
  const observed = Array.from({ length: (latent.length === 0 ? 2 : 0) + upTo(3) }, (_, i) => `ob${i}`);
  const items: string[] = [];
  for (const factor of latent) for (let j = upTo(5); j >= 0; j--) add(factor, '=~', items[items.push(`i${items.length}`) - 1]);
  if (latent.length > 1) add(latent[0], '=~', items[items.length - 1]);
  if (latent.length > 4) {
    add('G', '=~', latent[0]);
    add('G', '=~', latent[1]);
    latent.push('G');
  }
  const structural = [...latent, ...observed];
  const pick = (list: readonly string[]): string => list[random.integer(list.length)];
  for (let c = upTo(10); c > 0; c--) {
    const [cause, effect] = [pick(structural), pick(structural)];
    if (cause !== effect && (random.uniform() < 0.1 || structural.indexOf(cause) < structural.indexOf(effect))) add(effect, '~', cause);
  }
  structural.forEach((name, i) => structural.slice(0, i).forEach((other) => random.uniform() < 0.3 && add(name, '~~', other)));
  for (let c = items.length > 1 ? upTo(4) : 0; c > 0; c--) {
    const [one, other] = [pick(items), pick(items)];
    if (one !== other) add(one, '~~', other);
  }
  for (const name of [...structural, ...items]) add(name, '~~', name);
  const model = readFit('holzinger');
  return { ...model, parameters: rows, rSquared: [new Map(structural.map((name) => [name, 0.3]))], table: { ...model.table, rows: [], roles: { ...model.table.roles, latent, observed: [...items, ...observed] } } };
}

describe('path diagrams of random models', () => {
  it.each(Array.from({ length: MODELS }, (_, seed) => seed + 1))('model %i: no label on a label or a node', (seed) => {
    const diagram = pathDiagram(randomFit(seed), [{}, { estimates: 'both' as const }, { direction: 'down' as const }][seed % 3]);
    expect(pathDiagramProblem(diagram)).toBeNull();
    const boxes: readonly (readonly [string, Box])[] = [...diagram.nodes.map((node) => [node.id, node] as const), ...diagram.edges.flatMap((edge) => (edge.label ? [[edge.id, edge.label] as const] : []))];
    const found = boxes.flatMap(([name, box], i) => boxes.slice(i + 1).flatMap(([other, otherBox]) => (overlap(box, otherBox, -0.05) ? [`${name} on ${other}`] : [])));
    expect(found).toEqual([]);
  });
});
