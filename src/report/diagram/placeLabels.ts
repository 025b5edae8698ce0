import { inside, lengthOf, overlap, pointAt, type Box, type Point } from './geometry.js';

/** A label that looks for its place along a curve. */
export interface LabelRequest {
  readonly width: number;
  readonly height: number;
  readonly sampled: readonly Point[];
  readonly preferred: number;
  /** Index of its own curve in the list of all curves, which it may cover. */
  readonly own: number;
}

export interface LabelPlaces {
  readonly places: readonly Box[];
  /** Labels that could not be kept clear of a box or of one another. */
  readonly unplaced: number;
}

const STEPS = 25;
/** Room kept between a label and anything that it must not touch. */
const MARGIN = 2;
const COVERED_LINE = 3;
const FAR = 12;
const BESIDE = 4;
const OVERLAP = 1e6;

/** Shares of the way, nearest to the preferred one first; the arrow's head and tail stay free. */
function shares(preferred: number, length: number): readonly number[] {
  const margin = Math.min(0.3, 14 / Math.max(1, length));
  const all = Array.from({ length: STEPS }, (_, i) => margin + ((1 - 2 * margin) * i) / (STEPS - 1));
  return [preferred, ...all].sort((a, b) => Math.abs(a - preferred) - Math.abs(b - preferred));
}

/** Direction across the curve at a share of it. */
function normalAt(sampled: readonly Point[], share: number): Point {
  const a = pointAt(sampled, Math.max(0, share - 0.02));
  const b = pointAt(sampled, Math.min(1, share + 0.02));
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  return [(b[1] - a[1]) / length, -(b[0] - a[0]) / length];
}

/**
 * Places labels one after the other, those with least freedom first: on the
 * line, else beside it, where they touch no node and no other label and cover
 * as few other arrows as possible.
 */
export function placeLabels(requests: readonly LabelRequest[], blocked: readonly Box[], curves: readonly (readonly Point[])[]): LabelPlaces {
  const lengths = requests.map(({ sampled }) => lengthOf(sampled));
  const order = requests.map((_, i) => i).sort((a, b) => lengths[a] - requests[a].width - (lengths[b] - requests[b].width));
  const places: Box[] = requests.map(() => ({ x: 0, y: 0, width: 0, height: 0 }));
  const taken: Box[] = [...blocked];
  let unplaced = 0;
  for (const i of order) {
    const { width, height, sampled, preferred, own } = requests[i];
    let best: Box | null = null;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const share of shares(preferred, lengths[i])) {
      const distance = FAR * Math.abs(share - preferred);
      if (distance >= bestCost) break;
      const [px, py] = pointAt(sampled, share);
      const [nx, ny] = normalAt(sampled, share);
      const reach = Math.abs(nx) * (width / 2 + 3) + Math.abs(ny) * (height / 2 + 3);
      for (const offset of [0, 1, -1]) {
        const box: Box = { x: px + nx * reach * offset, y: py + ny * reach * offset, width, height };
        let cost = distance + (offset === 0 ? 0 : BESIDE);
        if (cost >= bestCost) continue;
        for (const other of taken) if (overlap(box, other, MARGIN)) cost += OVERLAP;
        if (cost >= bestCost) continue;
        for (let c = 0; c < curves.length; c++) if (c !== own && curves[c].some((point) => inside(point, box, 1))) cost += COVERED_LINE;
        if (cost < bestCost) {
          bestCost = cost;
          best = box;
        }
      }
    }
    const box = best ?? { x: sampled[0][0], y: sampled[0][1], width, height };
    if (bestCost >= OVERLAP) unplaced++;
    places[i] = box;
    taken.push(box);
  }
  return { places, unplaced };
}
