import { DIAGRAM_FONTS, pathDiagramShapes, type Shape } from '../../shared/mime/pathDiagramShapes.js';
import type { PathDiagramPayload } from '../../shared/mime/pathDiagram.js';

/** Characters that XML forbids even when escaped. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as XML character data or attribute value. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&apos;');
}

function element({ tag, attributes, text, children }: Shape): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`).join('');
  const inner = (text === undefined ? '' : escapeXml(text)) + (children ?? []).map(element).join('');
  return inner === '' ? `<${tag}${written}/>` : `<${tag}${written}>${inner}</${tag}>`;
}

/**
 * The diagram as an SVG 1.1 document: self-contained, scalable, with title
 * and description for screen readers. What is drawn is settled in the payload.
 */
export function diagramToSvg(payload: PathDiagramPayload): string {
  const { width, height } = payload;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" style="max-width:100%;height:auto" font-family="${escapeXml(DIAGRAM_FONTS)}">`,
    `<title>${escapeXml(payload.title.en)}</title>`,
    `<desc>${escapeXml(payload.description)}</desc>`,
    ...pathDiagramShapes(payload).map(element),
    '</svg>'
  ].join('\n');
}
