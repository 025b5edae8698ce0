import { describe, expect, it } from 'vitest';
import { bent, boundary, crossings, frame, lengthOf, overlap, pointAt, sample, segmentsCross } from '../../../src/report/diagram/geometry.js';
import { familyOf, rootOf } from '../../../src/report/diagram/family.js';
import { diagramGraphs } from '../../../src/report/diagram/graph.js';
import { structuralLayers } from '../../../src/report/diagram/layers.js';
import { resolveDiagramOptions } from '../../../src/report/diagram/diagramOptions.js';
import { spreadApart } from '../../../src/report/diagram/placeBlocks.js';
import { placeLabels } from '../../../src/report/diagram/placeLabels.js';
import { textWidth, wrapText } from '../../../src/report/diagram/textWidth.js';
import { readFit } from './fits/readFit.js';

describe('plane geometry', () => {
  const box = { x: 10, y: 20, width: 8, height: 4 };
  it('a ray leaves a box and an ellipse at its outline', () => {
    expect(boundary(box, false, [100, 20])).toEqual([14, 20]);
    expect(boundary(box, false, [10, -50])).toEqual([10, 18]);
    const [x, y] = boundary(box, true, [40, 50]);
    expect(((x - 10) / 4) ** 2 + ((y - 20) / 2) ** 2).toBeCloseTo(1, 12);
    expect((y - 20) / (x - 10)).toBeCloseTo(1, 12);
  });

  it('boxes overlap only when both ways do, and touching is no overlap', () => {
    expect(overlap(box, { x: 18, y: 20, width: 8, height: 4 })).toBe(false);
    expect(overlap(box, { x: 17.9, y: 20, width: 8, height: 4 })).toBe(true);
    expect(overlap(box, { x: 10, y: 24.1, width: 8, height: 4 })).toBe(false);
    expect(overlap(box, { x: 10, y: 24.1, width: 8, height: 4 }, 0.2)).toBe(true);
  });

  it('a bent curve keeps its ends and bulges to the left of the way by the stated height', () => {
    const curve = bent([0, 0], [100, 0], 20);
    const sampled = sample(curve, 100);
    expect(sampled[0]).toEqual([0, 0]);
    expect(sampled[100]).toEqual([100, 0]);
    expect(sampled[50][1]).toBeCloseTo(-20, 10); // y grows downwards: left of rightwards is up
    expect(frame(sampled).height).toBeCloseTo(20, 6);
    expect(bent([0, 0], [3, 4], 0)).toEqual({ curve: 'line', points: [[0, 0], [3, 4]] });
  });

  it('measures lengths, shares of the way and crossings', () => {
    const line = sample({ curve: 'line', points: [[0, 0], [30, 40]] });
    expect(lengthOf(line)).toBeCloseTo(50, 10);
    expect(pointAt(line, 0.5)[0]).toBeCloseTo(15, 10);
    expect(segmentsCross([0, 0], [10, 10], [0, 10], [10, 0])).toBe(true);
    expect(segmentsCross([0, 0], [10, 10], [20, 0], [30, 10])).toBe(false);
    expect(crossings([[0, 0], [10, 10]], [[0, 10], [10, 0], [10, 20]])).toBe(1);
  });
});

describe('text', () => {
  it('has the widths of Arial: digits .556 em, Chinese one em', () => {
    expect(textWidth('0123456789', 10)).toBeCloseTo(55.6, 10);
    expect(textWidth('满意度', 12)).toBe(36);
    expect(textWidth('W', 10, true)).toBeGreaterThan(textWidth('i', 10, true));
  });
  it('wraps words whole and Chinese anywhere, losing nothing', () => {
    expect(wrapText('Information content', 70, 12)).toEqual(['Information', 'content']);
    expect(wrapText('持续使用意愿', 40, 12)).toEqual(['持续使', '用意愿']);
    expect(wrapText('unbreakableword', 10, 12)).toEqual(['unbreakableword']);
    expect(wrapText('p\u00a0<\u00a0.001 and so on', 40, 12)[0]).toBe('p\u00a0<\u00a0.001');
  });
});

describe('places', () => {
  it('nodes in a row keep their distance and move as little as they can', () => {
    expect(spreadApart([0, 0], [10])).toEqual([-5, 5]);
    expect(spreadApart([0, 100], [10])).toEqual([0, 100]);
    expect(spreadApart([0, 0, 60], [10, 10])).toEqual([-5, 5, 60]);
    expect(spreadApart([5, 0, 1], [10, 10])).toEqual([-8, 2, 12]);
  });

  it('a label leaves its preferred place only for what is in the way', () => {
    const sampled = sample({ curve: 'line', points: [[0, 0], [100, 0]] });
    const request = { width: 20, height: 10, sampled, preferred: 0.5, own: 0 };
    expect(placeLabels([request], [], [sampled]).places[0]).toMatchObject({ x: 50, y: 0 });
    const moved = placeLabels([request], [{ x: 50, y: 0, width: 10, height: 40 }], [sampled]);
    expect(moved.unplaced).toBe(0);
    expect(Math.abs(moved.places[0].x - 50)).toBeGreaterThan(15);
    expect(placeLabels([request], [{ x: 50, y: 0, width: 500, height: 500 }], [sampled]).unplaced).toBe(1);
  });
});

describe('who stands where', () => {
  const graphOf = (name: Parameters<typeof readFit>[0]): ReturnType<typeof diagramGraphs>[number] => diagramGraphs(readFit(name), resolveDiagramOptions({}))[0];

  it('shared indicators go to the specific factor, twins stand beside one another', () => {
    expect(familyOf(graphOf('bifactor')).childrenOf.get('visual')).toEqual(['x1', 'x2', 'x3']);
    expect(familyOf(graphOf('bifactor')).childrenOf.has('g')).toBe(false);
    expect(familyOf(graphOf('growth')).partnersOf.get('i')).toEqual(['s']);
    const second = familyOf(graphOf('secondOrder'));
    expect(second.roots).toEqual(['g']);
    expect(rootOf('x5', second)).toBe('g');
  });

  it('exogenous variables stand first, outcomes after their farthest cause, loops side by side', () => {
    const layersOf = (name: Parameters<typeof readFit>[0]): string[][] => structuralLayers(graphOf(name), familyOf(graphOf(name))).map((layer) => [...layer].sort());
    expect(layersOf('continuance')).toEqual([['INFO', 'NORM', 'PLAT', 'SEC'], ['CONF'], ['SAT'], ['CONT']]);
    expect(layersOf('feedback')).toEqual([['z1', 'z2'], ['income', 'prestige']]);
    expect(layersOf('mediators')).toEqual([['ads', 'age'], ['habit', 'trust', 'value'], ['buy']]);
    expect(layersOf('holzinger')).toEqual([['speed', 'textual', 'visual']]);
  });
});
