import { afterEach, describe, expect, it, vi } from 'vitest';
import { DARK_PALETTE } from '../../../extension/src/widgets/darkPalette.js';
import { edgeSentence } from '../../../extension/src/widgets/edgeSentence.js';
import { PathDiagramView } from '../../../extension/src/widgets/pathDiagramView.js';
import { svgText } from '../../../extension/src/widgets/svgElement.js';
import { fileName } from '../../../extension/src/widgets/takeAway.js';
import { diagram } from './fixtures.js';

const views: PathDiagramView[] = [];
function view(): PathDiagramView {
  const made = new PathDiagramView(diagram);
  views.push(made);
  document.body.append(made.node);
  return made;
}
afterEach(() => {
  for (const made of views.splice(0)) {
    made.dispose();
    made.node.remove();
  }
  delete document.body.dataset.jpThemeLight;
});

const frameOf = (made: PathDiagramView): HTMLElement => made.node.querySelector<HTMLElement>('.semlab-frame') as HTMLElement;
const press = (made: PathDiagramView, key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  frameOf(made).dispatchEvent(event);
  return event;
};
const click = (made: PathDiagramView, title: RegExp): void => [...made.node.querySelectorAll('button')].find((button) => title.test(button.title))?.click();
const message = (made: PathDiagramView): string => made.node.querySelector('[role=status]')?.textContent ?? '';
const scale = (made: PathDiagramView): number => Number.parseFloat(made.node.querySelector('svg')?.style.width ?? '') / diagram.width;

describe('a path diagram in a notebook', () => {
  it('zooms by button and key and goes back to the whole', () => {
    const made = view();
    expect(frameOf(made).classList.contains('semlab-zoomed')).toBe(false);
    click(made, /^Zoom in/);
    expect(scale(made)).toBeCloseTo(1.25, 6);
    press(made, '+');
    expect(scale(made)).toBeCloseTo(1.5625, 6);
    press(made, '-');
    click(made, /^Zoom out/);
    expect(scale(made)).toBeCloseTo(1, 6);
    press(made, '0');
    expect(frameOf(made).classList.contains('semlab-zoomed')).toBe(false);
    expect(made.node.querySelector('svg')?.style.width).toBe('');
  });
  it('keeps its keys from the notebook and leaves it all others', () => {
    const made = view();
    const heard = vi.fn();
    document.body.addEventListener('keydown', heard);
    expect(press(made, '0').defaultPrevented).toBe(true);
    expect(heard).not.toHaveBeenCalled();
    expect(press(made, 'j').defaultPrevented).toBe(false);
    expect(press(made, 'ArrowDown').defaultPrevented).toBe(false);
    expect(press(made, '0', { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(heard).toHaveBeenCalledTimes(3);
    document.body.removeEventListener('keydown', heard);
  });
  it('moves by arrow keys once it is zoomed', () => {
    const made = view();
    press(made, '+');
    const before = made.node.querySelector('svg')?.style.transform;
    press(made, 'ArrowRight');
    expect(made.node.querySelector('svg')?.style.transform).not.toBe(before);
  });
  it('reads the paths one after the other', () => {
    const made = view();
    press(made, 'n');
    expect(message(made)).toBe(edgeSentence(diagram.edges[0], diagram));
    press(made, 'n');
    expect(message(made)).toBe(edgeSentence(diagram.edges[1], diagram));
    press(made, 'p');
    press(made, 'p');
    expect(message(made)).toBe(edgeSentence(diagram.edges[diagram.edges.length - 1], diagram));
  });
  it('lifts what the pointer is on out of the rest', () => {
    const made = view();
    const edge = diagram.edges.find(({ kind }) => kind === 'regression');
    made.node.querySelector(`g.semlab-edge[data-id="${edge?.id}"] path`)?.dispatchEvent(new Event('pointerover', { bubbles: true }));
    const dimmed = [...made.node.querySelectorAll('.semlab-dim')].map((part) => part.getAttribute('data-id'));
    expect(dimmed).not.toContain(edge?.id);
    expect(dimmed).not.toContain(edge?.from);
    expect(dimmed.length).toBeGreaterThan(0);
    frameOf(made).dispatchEvent(new Event('pointerleave'));
    expect(made.node.querySelectorAll('.semlab-dim')).toHaveLength(0);
    expect(message(made)).toBe('');
  });
  it('follows the page into the dark, while files stay as printed', async () => {
    const made = view();
    const fill = (): string | null | undefined => made.node.querySelector('.semlab-latent ellipse')?.getAttribute('fill');
    const light = fill();
    const file = svgText(diagram);
    document.body.dataset.jpThemeLight = 'false';
    await vi.waitFor(() => expect(fill()).toBe(DARK_PALETTE.latentFill));
    expect(svgText(diagram)).toBe(file);
    document.body.dataset.jpThemeLight = 'true';
    await vi.waitFor(() => expect(fill()).toBe(light));
  });
  it('has a named, described, parseable SVG file', () => {
    const parsed = new DOMParser().parseFromString(svgText(diagram), 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.documentElement.getAttribute('width')).toBe(String(diagram.width));
    expect(parsed.querySelector('title')?.textContent).toBe(diagram.title.en);
    expect(parsed.querySelector('desc')?.textContent).toBe(diagram.description);
  });
  it('copies its SVG and says so, or says why not', async () => {
    const made = view();
    const writeText = vi.fn(() => Promise.resolve());
    Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
    click(made, /SVG text/);
    await vi.waitFor(() => expect(message(made)).toBe('SVG copied'));
    expect(writeText).toHaveBeenCalledWith(svgText(diagram));
    Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
    click(made, /SVG text/);
    await vi.waitFor(() => expect(message(made)).toMatch(/did not work: the clipboard needs/));
  });
});

describe('the sentence of a path', () => {
  const edge = diagram.edges.find(({ kind }) => kind === 'regression') as (typeof diagram.edges)[number];
  it('says direction and every number that exists', () => {
    const values = { estimate: 0.53214567, stdError: 0.04, statistic: 13.3, pValue: 1e-12, confLow: 0.45, confHigh: 0.61, stdAll: 0.56 };
    expect(edgeSentence({ ...edge, values }, diagram)).toBe('SAT → CONT: estimate 0.532146, SE 0.04, z 13.3, p < 0.0005, interval [0.45, 0.61], standardized 0.56');
  });
  it('leaves out what does not exist', () => {
    const values = { estimate: 1, stdError: null, statistic: null, pValue: null, confLow: null, confHigh: null, stdAll: null };
    expect(edgeSentence({ ...edge, fixed: true, values }, diagram)).toBe('SAT → CONT: estimate 1 (fixed)');
    expect(edgeSentence({ ...edge, values: { ...values, estimate: null } }, diagram)).toBe('SAT → CONT');
  });
});

describe('a file name', () => {
  it('keeps words of any script and drops the rest', () => {
    expect(fileName('满意度 / SAT: "model" ../x', 'svg')).toBe('满意度-SAT-model-x.svg');
    expect(fileName('../..', 'png')).toBe('semlab.png');
  });
});
