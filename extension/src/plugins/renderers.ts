import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { FIT_SUMMARY_MIME, fitSummaryProblem, type FitSummaryPayload } from '../../../src/shared/mime/fitSummary.js';
import { PATH_DIAGRAM_MIME, pathDiagramProblem, type PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';
import { SURVEY_TABLE_MIME, surveyTableProblem, type SurveyTablePayload } from '../../../src/shared/mime/surveyTable.js';
import { FitSummaryView } from '../widgets/fitSummaryView.js';
import { PathDiagramView } from '../widgets/pathDiagramView.js';
import { PayloadRenderer, type PayloadKind } from '../widgets/payloadRenderer.js';
import { TableView } from '../widgets/tableView.js';

export const pathDiagramKind: PayloadKind<PathDiagramPayload> = { mimeType: PATH_DIAGRAM_MIME, name: 'path diagram', problem: pathDiagramProblem, view: (payload) => new PathDiagramView(payload) };
export const fitSummaryKind: PayloadKind<FitSummaryPayload> = { mimeType: FIT_SUMMARY_MIME, name: 'fit summary', problem: fitSummaryProblem, view: (payload) => new FitSummaryView(payload) };
export const surveyTableKind: PayloadKind<SurveyTablePayload> = { mimeType: SURVEY_TABLE_MIME, name: 'table', problem: surveyTableProblem, view: (payload) => new TableView(payload) };

/** Before HTML, SVG and PNG of the same bundle. */
const RANK = 0;

/** `safe`: nodes are built from checked values, so an untrusted notebook is drawn too. */
function extension<Payload>(kind: PayloadKind<Payload>): IRenderMime.IExtension {
  return {
    id: `semlab-extension:${kind.name.replace(' ', '-')}`,
    rendererFactory: { safe: true, mimeTypes: [kind.mimeType], createRenderer: () => new PayloadRenderer(kind) },
    rank: RANK,
    dataType: 'json'
  };
}

export const renderers: IRenderMime.IExtension[] = [extension(pathDiagramKind), extension(fitSummaryKind), extension(surveyTableKind)];
