import { describe, expect, it } from 'vitest';
import { labelPlaces, type LabelledPoint, type Place } from '../../../src/report/charts/labelPlaces.js';

const FRAME = { width: 420, height: 320 };

function overlaps(points: readonly LabelledPoint[], places: readonly Place[]): number {
  let found = 0;
  places.forEach((a, i) => places.slice(0, i).forEach((b, j) => (found += Math.abs(a.x - b.x) < (points[i].width + points[j].width) / 2 - 0.01 && Math.abs(a.y - b.y) < (points[i].height + points[j].height) / 2 - 0.01 ? 1 : 0)));
  return found;
}

const label = (x: number, y: number, width = 80): LabelledPoint => ({ x, y, width, height: 15 });

describe('places of labels', () => {
  it('a lone label stands above its point, without a line', () => {
    expect(labelPlaces([label(200, 150)], FRAME)).toEqual([{ x: 200, y: 150 - 7 - 7.5, away: false }]);
  });

  it('labels of neighbours do not cover each other, and one whose place is taken moves', () => {
    const points = [label(200, 150), label(215, 155), label(190, 146)];
    const places = labelPlaces(points, FRAME);
    expect(overlaps(points, places)).toBe(0);
  });

  it('seven points on one spot all find a place, some tied by a line, none outside the plot', () => {
    const points = Array.from({ length: 7 }, (_, i) => label(210 + i, 160 - i, 90));
    const places = labelPlaces(points, FRAME);
    expect(overlaps(points, places)).toBe(0);
    expect(places.some(({ away }) => away)).toBe(true);
    for (const { x, y } of places) expect(x >= 45 && x <= 375 && y >= 7.5 && y <= 312.5).toBe(true);
  });

  it('words of the plot are kept free', () => {
    const [{ x, y }] = labelPlaces([label(60, 30)], FRAME, [{ left: 0, top: 0, right: 130, bottom: 18 }]);
    expect(y - 7.5 >= 18 || x - 40 >= 130).toBe(true);
  });

  it('a point at the edge has its label inside', () => {
    for (const [x, y] of [[2, 2], [418, 318], [2, 318], [418, 2]]) {
      const [place] = labelPlaces([label(x, y)], FRAME);
      expect(place.x - 40 >= -0.01 && place.x + 40 <= 420.01 && place.y - 7.5 >= -0.01 && place.y + 7.5 <= 320.01).toBe(true);
    }
  });
});
