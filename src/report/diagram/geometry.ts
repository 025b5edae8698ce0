/** Plane geometry of the drawing: boxes, outlines, Bézier curves. y grows downwards. */
export type Point = readonly [x: number, y: number];

/** A box by its middle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function overlap(a: Box, b: Box, margin = 0): boolean {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width + 2 * margin && Math.abs(a.y - b.y) * 2 < a.height + b.height + 2 * margin;
}

export function inside([x, y]: Point, box: Box, margin = 0): boolean {
  return Math.abs(x - box.x) < box.width / 2 + margin && Math.abs(y - box.y) < box.height / 2 + margin;
}

/** Where the ray from the middle of an outline towards `target` leaves it. */
export function boundary(box: Box, round: boolean, target: Point): Point {
  const dx = target[0] - box.x;
  const dy = target[1] - box.y;
  if (dx === 0 && dy === 0) return [box.x + box.width / 2, box.y];
  const a = box.width / 2;
  const b = box.height / 2;
  const scale = round ? 1 / Math.hypot(dx / a, dy / b) : 1 / Math.max(Math.abs(dx) / a, Math.abs(dy) / b);
  return [box.x + dx * scale, box.y + dy * scale];
}

/** A polyline, or Bézier pieces that share their ends. */
export interface Curve {
  readonly curve: 'line' | 'cubic';
  readonly points: readonly Point[];
}

function bezier(p: readonly Point[], t: number): Point {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return [a * p[0][0] + b * p[1][0] + c * p[2][0] + d * p[3][0], a * p[0][1] + b * p[1][1] + c * p[2][1] + d * p[3][1]];
}

/** Distance of sampled points that no node slips between, in px. */
const SAMPLE_DISTANCE = 7;
const FEWEST_STEPS = 8;
const MOST_STEPS = 240;

function stepsFor(points: readonly Point[]): number {
  const pieces = points.length > 2 ? (points.length - 1) / 3 : 1;
  return Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, Math.ceil(lengthOf(points) / Math.max(1, pieces) / SAMPLE_DISTANCE)));
}

/** Points along a curve, `steps` per piece, both ends included. */
export function sample({ curve, points }: Curve, steps: number = stepsFor(points)): readonly Point[] {
  const sampled: Point[] = [points[0]];
  if (curve === 'line') {
    for (let i = 1; i < points.length; i++)
      for (let k = 1; k <= steps; k++) {
        const t = k / steps;
        sampled.push([points[i - 1][0] + (points[i][0] - points[i - 1][0]) * t, points[i - 1][1] + (points[i][1] - points[i - 1][1]) * t]);
      }
  } else {
    for (let i = 1; i + 2 < points.length; i += 3) for (let k = 1; k <= steps; k++) sampled.push(bezier(points.slice(i - 1, i + 3), k / steps));
  }
  return sampled;
}

/** Length of a sampled curve, and the point at a share of it. */
export function pointAt(sampled: readonly Point[], share: number): Point {
  const lengths: number[] = [0];
  for (let i = 1; i < sampled.length; i++) lengths.push(lengths[i - 1] + Math.hypot(sampled[i][0] - sampled[i - 1][0], sampled[i][1] - sampled[i - 1][1]));
  const wanted = share * lengths[lengths.length - 1];
  for (let i = 1; i < sampled.length; i++) {
    if (lengths[i] < wanted) continue;
    const piece = lengths[i] - lengths[i - 1];
    const t = piece === 0 ? 0 : (wanted - lengths[i - 1]) / piece;
    return [sampled[i - 1][0] + (sampled[i][0] - sampled[i - 1][0]) * t, sampled[i - 1][1] + (sampled[i][1] - sampled[i - 1][1]) * t];
  }
  return sampled[sampled.length - 1];
}

export function lengthOf(sampled: readonly Point[]): number {
  let length = 0;
  for (let i = 1; i < sampled.length; i++) length += Math.hypot(sampled[i][0] - sampled[i - 1][0], sampled[i][1] - sampled[i - 1][1]);
  return length;
}

/** Do the open segments ab and cd cross? */
export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const side = (p: Point, q: Point, r: Point): number => (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** The box around a sampled curve. */
export function frame(sampled: readonly Point[]): Box {
  let [left, right, top, bottom] = [sampled[0][0], sampled[0][0], sampled[0][1], sampled[0][1]];
  for (const [x, y] of sampled) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** How often two sampled curves cross. */
export function crossings(first: readonly Point[], second: readonly Point[]): number {
  if (!overlap(frame(first), frame(second), 1)) return 0;
  let count = 0;
  for (let i = 1; i < first.length; i++) for (let j = 1; j < second.length; j++) if (segmentsCross(first[i - 1], first[i], second[j - 1], second[j])) count++;
  return count;
}

/** An arc from `start` to `end` whose middle is moved by `bulge` px to the left of the direction of travel. */
export function bent(start: Point, end: Point, bulge: number): Curve {
  if (bulge === 0) return { curve: 'line', points: [start, end] };
  const dx = end[0] - start[0];
  const dy = end[1] - start[1];
  const length = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [dy / length, -dx / length];
  const depth = (bulge * 4) / 3;
  return {
    curve: 'cubic',
    points: [start, [start[0] + dx * 0.25 + nx * depth, start[1] + dy * 0.25 + ny * depth], [start[0] + dx * 0.75 + nx * depth, start[1] + dy * 0.75 + ny * depth], end]
  };
}
