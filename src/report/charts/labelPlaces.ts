/** A point of a chart with the size of its label, in px from the upper left corner of the plot. */
export interface LabelledPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Place {
  /** Middle of the label. */
  readonly x: number;
  readonly y: number;
  /** The label stands so far off that a line must tie it to its point. */
  readonly away: boolean;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Directions in which a label is tried: above first, as readers expect it. */
const DIRECTIONS: readonly (readonly [dx: number, dy: number])[] = [[0, -1], [0, 1], [1, 0], [-1, 0], [0.8, -0.8], [-0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]];
/** Gaps between point and label, px; from the second on a line is drawn. */
const GAPS: readonly number[] = [7, 18, 30, 44, 60];
/** Half the side of what a point takes up. */
const POINT = 6;
const PASSES = 4;
/** What is worst: a label outside the plot, over a label or a point, over a word of the plot; then distance and order of the directions. */
const COST = { outside: 40, label: 10, point: 10, obstacle: 6, gap: 8, direction: 1 };

/**
 * Where the labels of points stand without covering each other, the points or
 * the words already in the plot: each label in turn takes the cheapest of
 * some places around its point, in a few passes.
 * @param obstacles words that stand in the plot
 */
export function labelPlaces(points: readonly LabelledPoint[], frame: { readonly width: number; readonly height: number }, obstacles: readonly Box[] = []): readonly Place[] {
  const candidates = points.map((point) => GAPS.flatMap((gap, g) => DIRECTIONS.map(([dx, dy], d): Place & { readonly cost: number } => ({ x: point.x + dx * (gap + point.width / 2), y: point.y + dy * (gap + point.height / 2), away: g > 0, cost: g * COST.gap + d * COST.direction }))));
  const marks = points.map(({ x, y }): Box => ({ left: x - POINT, right: x + POINT, top: y - POINT, bottom: y + POINT }));
  const chosen = candidates.map((list) => list[0]);
  for (let pass = 0; pass < PASSES; pass++) {
    points.forEach((point, i) => {
      const cost = (place: Place & { readonly cost: number }): number => {
        const box = boxOf(place, point);
        const over = (other: Box, weight: number): number => weight * overlap(box, other);
        const labels = chosen.reduce((sum, other, j) => (j === i ? sum : sum + over(boxOf(other, points[j]), COST.label)), 0);
        const dots = marks.reduce((sum, mark) => sum + over(mark, COST.point), 0);
        const words = obstacles.reduce((sum, word) => sum + over(word, COST.obstacle), 0);
        return place.cost + COST.outside * beyond(box, frame) + labels + dots + words;
      };
      chosen[i] = candidates[i].reduce((best, place) => (cost(place) < cost(best) ? place : best), candidates[i][0]);
    });
  }
  return chosen.map(({ x, y, away }) => ({ x, y, away }));
}

function boxOf({ x, y }: Place, { width, height }: LabelledPoint): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

/** Length of the sides of the overlap, 0 when they are apart. */
function overlap(a: Box, b: Box): number {
  const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return across > 0 && down > 0 ? across + down : 0;
}

function beyond({ left, top, right, bottom }: Box, { width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(0, -left) + Math.max(0, -top) + Math.max(0, right - width) + Math.max(0, bottom - height);
}
