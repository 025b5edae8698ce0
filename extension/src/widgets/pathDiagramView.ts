import type { PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';
import { DARK_PALETTE } from './darkPalette.js';
import { edgeSentence, nodeSentence } from './edgeSentence.js';
import { button, element } from './element.js';
import { isDarkPage, onThemeChange } from './pageTheme.js';
import { svgElement, svgText } from './svgElement.js';
import { copyPng, copyText, fileName, pngBlob, saveFile } from './takeAway.js';
import { panned, zoomed, type Viewport } from './viewport.js';

const ZOOM_STEP = 1.25;
/** CSS px that an arrow key moves the drawing. */
const PAN_STEP = 40;
/** An arrow is caught by a pointer this near to it. */
const CATCH_WIDTH = 12;

/**
 * A path diagram that can be zoomed, moved, asked and taken away. It fills the
 * width that it gets; zooming keeps that frame.
 */
export class PathDiagramView {
  readonly node: HTMLElement;
  private readonly frame: HTMLDivElement;
  private readonly message: HTMLElement;
  private readonly endThemeWatch: () => void;
  private svg: SVGSVGElement;
  /** null: the whole drawing at the frame's width. */
  private view: Viewport | null = null;
  private told = -1;

  constructor(private readonly payload: PathDiagramPayload) {
    this.message = element('p', { class: 'semlab-message', role: 'status', 'aria-live': 'polite' });
    this.frame = element('div', { class: 'semlab-frame', tabindex: 0, role: 'group', 'aria-roledescription': 'path diagram', 'aria-label': `${payload.title.en}: plus and minus zoom, 0 shows all, arrows move, n and p read the paths` });
    this.svg = this.draw();
    this.frame.append(this.svg);
    this.node = element('figure', { class: 'semlab-diagram' }, this.toolbar(), this.frame, this.message);
    this.listen();
    this.endThemeWatch = onThemeChange(() => {
      const next = this.draw();
      this.svg.replaceWith(next);
      this.svg = next;
      this.place();
    });
  }

  dispose(): void {
    this.endThemeWatch();
  }

  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const frame = this.frame.getBoundingClientRect();
    this.view = zoomed(this.view ?? this.measured(), factor, at ?? { x: frame.width / 2, y: frame.height / 2 });
    this.place();
  }

  fit(): void {
    this.view = null;
    this.place();
  }

  private draw(): SVGSVGElement {
    const svg = svgElement(this.payload, isDarkPage() ? DARK_PALETTE : undefined);
    for (const path of svg.querySelectorAll<SVGPathElement>('.semlab-edge > path')) {
      const wide = path.cloneNode() as SVGPathElement;
      wide.setAttribute('stroke-width', String(CATCH_WIDTH));
      wide.setAttribute('stroke', 'transparent');
      wide.removeAttribute('stroke-dasharray');
      path.after(wide);
    }
    return svg;
  }

  /** Where the drawing stands now, when it is laid out by the page. */
  private measured(): Viewport {
    const frame = this.frame.getBoundingClientRect();
    const drawing = this.svg.getBoundingClientRect();
    return { scale: drawing.width > 0 ? drawing.width / this.payload.width : 1, x: drawing.left - frame.left, y: drawing.top - frame.top };
  }

  private place(): void {
    const { view, svg, frame, payload } = this;
    if (view === null) {
      frame.classList.remove('semlab-zoomed');
      frame.style.height = '';
      svg.style.cssText = '';
      return;
    }
    // Measured before the drawing leaves the frame's flow.
    if (frame.style.height === '') frame.style.height = `${frame.getBoundingClientRect().height}px`;
    frame.classList.add('semlab-zoomed');
    svg.style.cssText = `width:${payload.width * view.scale}px;transform:translate(${view.x}px,${view.y}px)`;
  }

  private toolbar(): HTMLElement {
    const { payload } = this;
    const { width, height } = payload;
    const png = (): Promise<Blob> => pngBlob(svgText(payload), width, height);
    return element(
      'div',
      { class: 'semlab-toolbar', role: 'toolbar', 'aria-label': 'Path diagram' },
      button('+', 'Zoom in', () => this.zoom(ZOOM_STEP)),
      button('−', 'Zoom out', () => this.zoom(1 / ZOOM_STEP)),
      button('Fit', 'Show the whole diagram', () => this.fit()),
      button('Copy SVG', 'Copy the diagram as SVG text', () => this.report(copyText(svgText(payload)), 'SVG copied')),
      button('Copy PNG', 'Copy the diagram as a picture', () => this.report(copyPng(png()), 'picture copied')),
      button('SVG', 'Save the diagram as an SVG file', () => saveFile(fileName(payload.title.en, 'svg'), new Blob([svgText(payload)], { type: 'image/svg+xml' }))),
      button('PNG', 'Save the diagram as a PNG file, 288 dpi', () => this.report(png().then((blob) => saveFile(fileName(payload.title.en, 'png'), blob)), 'picture saved'))
    );
  }

  private report(done: Promise<void>, success: string): void {
    done.then(
      () => this.say(success),
      (problem: unknown) => this.say(`that did not work: ${problem instanceof Error ? problem.message : String(problem)}`)
    );
  }

  private say(text: string): void {
    this.message.textContent = text;
  }

  private listen(): void {
    const { frame } = this;
    frame.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !this.press(event.key)) return;
      event.preventDefault();
      // The notebook has other plans for these keys: 0 0 restarts the kernel.
      event.stopPropagation();
    });
    frame.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const { left, top } = frame.getBoundingClientRect();
        this.zoom(event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, { x: event.clientX - left, y: event.clientY - top });
      },
      { passive: false }
    );
    frame.addEventListener('pointerdown', (event) => {
      if (this.view === null || event.button !== 0) return;
      frame.setPointerCapture(event.pointerId);
      const from = { x: event.clientX, y: event.clientY, view: this.view };
      const move = (next: PointerEvent): void => {
        this.view = panned(from.view, next.clientX - from.x, next.clientY - from.y);
        this.place();
      };
      const end = (): void => {
        frame.removeEventListener('pointermove', move);
        frame.removeEventListener('pointerup', end);
        frame.removeEventListener('pointercancel', end);
      };
      frame.addEventListener('pointermove', move);
      frame.addEventListener('pointerup', end);
      frame.addEventListener('pointercancel', end);
    });
    frame.addEventListener('pointerover', (event) => this.tell((event.target as Element).closest?.('[data-id]')?.getAttribute('data-id') ?? null));
    frame.addEventListener('pointerleave', () => this.tell(null));
  }

  /** @returns false when the key means nothing here */
  private press(key: string): boolean {
    const move = ({ ArrowLeft: [PAN_STEP, 0], ArrowRight: [-PAN_STEP, 0], ArrowUp: [0, PAN_STEP], ArrowDown: [0, -PAN_STEP] } as Record<string, readonly [number, number] | undefined>)[key];
    if (move) {
      if (this.view === null) return false;
      this.view = panned(this.view, ...move);
      this.place();
    } else if (key === '+' || key === '=') this.zoom(ZOOM_STEP);
    else if (key === '-') this.zoom(1 / ZOOM_STEP);
    else if (key === '0') this.fit();
    else if (key === 'n' || key === 'p') this.step(key === 'n' ? 1 : -1);
    else return false;
    return true;
  }

  /** Reads the next or previous path. */
  private step(by: 1 | -1): void {
    const { edges } = this.payload;
    if (edges.length === 0) return;
    this.told = this.told < 0 ? (by > 0 ? 0 : edges.length - 1) : (this.told + by + edges.length) % edges.length;
    this.tell(edges[this.told].id);
  }

  /** Lifts one path, or a variable with its paths, out of the others and says what it is. */
  private tell(id: string | null): void {
    const { payload, svg } = this;
    const edge = payload.edges.find((candidate) => candidate.id === id);
    const node = payload.nodes.find((candidate) => candidate.id === id);
    const touches = (candidate: Element): boolean => {
      const own = candidate.getAttribute('data-id');
      const other = payload.edges.find((path) => path.id === own);
      if (edge) return own === edge.id || own === edge.from || own === edge.to;
      return own === id || other?.from === id || other?.to === id || payload.edges.some((path) => (path.from === id && path.to === own) || (path.to === id && path.from === own));
    };
    for (const part of svg.querySelectorAll('[data-id]')) part.classList.toggle('semlab-dim', (edge ?? node) !== undefined && !touches(part));
    if (edge) this.say(edgeSentence(edge, payload));
    else if (node) this.say(nodeSentence(node));
    else if (id === null) this.say('');
  }
}
