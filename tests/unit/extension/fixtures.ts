import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FitSummaryPayload } from '../../../src/shared/mime/fitSummary.js';
import type { PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';
import type { SurveyTablePayload } from '../../../src/shared/mime/surveyTable.js';

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(resolve('tests/fixtures/mime', `${name}.json`), 'utf8'));
}

export const diagram: PathDiagramPayload = fixture('path-diagram') as PathDiagramPayload;
export const summary: FitSummaryPayload = fixture('fit-summary') as FitSummaryPayload;
export const surveyTable: SurveyTablePayload = fixture('survey-table') as SurveyTablePayload;

/** Payloads that the guards refuse, each with what is wrong about it. */
export const refused: readonly { readonly kind: string; readonly why: string; readonly value: unknown }[] = fixture('refused') as never;
