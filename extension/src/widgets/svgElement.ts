import { DIAGRAM_FONTS, pathDiagramShapes, type DiagramPalette, type Shape } from '../../../src/shared/mime/pathDiagramShapes.js';
import type { PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

function shapeNode({ tag, attributes, text, children }: Shape): SVGElement {
  const node = document.createElementNS(SVG_NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  if (text !== undefined) node.append(text);
  for (const child of children ?? []) node.append(shapeNode(child));
  return node;
}

/** The diagram as one SVG element of its natural size, named and described for screen readers. */
export function svgElement(payload: PathDiagramPayload, palette?: DiagramPalette): SVGSVGElement {
  const svg = document.createElementNS(SVG_NAMESPACE, 'svg');
  const { width, height } = payload;
  for (const [name, value] of [['viewBox', `0 0 ${width} ${height}`], ['width', width], ['height', height], ['role', 'img'], ['font-family', DIAGRAM_FONTS]] as const) svg.setAttribute(name, String(value));
  const title = document.createElementNS(SVG_NAMESPACE, 'title');
  title.append(payload.title.en);
  const description = document.createElementNS(SVG_NAMESPACE, 'desc');
  description.append(payload.description);
  svg.setAttribute('aria-label', payload.description === '' ? payload.title.en : payload.description);
  svg.append(title, description, ...pathDiagramShapes(payload, palette).map(shapeNode));
  return svg;
}

/** The printed form as a file: always the payload's own colours, whatever the page's theme. */
export function svgText(payload: PathDiagramPayload): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgElement(payload))}\n`;
}
