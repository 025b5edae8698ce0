import type { DiagramPalette } from '../../../src/shared/mime/pathDiagramShapes.js';

/** For dark pages: light lines on the page's own ground, fills a little lighter than it. */
export const DARK_PALETTE: DiagramPalette = {
  ink: '#c3ccd6',
  faint: '#7d8894',
  latentFill: '#22364d',
  latentStroke: '#8ab8ea',
  observedFill: '#2e2c25',
  observedStroke: '#d9c386',
  structural: '#9cc7f5',
  text: '#f0f3f6',
  background: '#111111'
};
