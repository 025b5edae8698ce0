import type { FitSummaryPayload, HeadlineMeasure } from '../shared/mime/fitSummary.js';
import { inLanguage } from '../shared/mime/surveyTable.js';
import { escapeHtml, printedTableHtml } from './tables/tableToHtml.js';

/** Colours with enough contrast on white and on dark grounds. */
const COLOURS: Readonly<Record<HeadlineMeasure['verdict'], string>> = { good: '#2e8540', acceptable: '#b7791f', poor: '#d64545', none: '' };

function headlineHtml(payload: FitSummaryPayload): string {
  const parts = payload.headline.map(({ label, text, verdict, threshold }) => {
    const mark = COLOURS[verdict] === '' ? '' : ` <span style="color:${COLOURS[verdict]}" title="${escapeHtml(threshold)}">●</span>`;
    return `<span style="white-space:nowrap">${escapeHtml(inLanguage(label, payload.lang))} <b>${escapeHtml(text)}</b>${mark}</span>`;
  });
  return parts.length === 0 ? '' : `<div style="margin:4px 0">${parts.join(' &nbsp; ')}</div>`;
}

function stateHtml({ converged, admissible }: FitSummaryPayload): string {
  if (!converged) return '<div style="color:#d64545"><b>Not converged: the numbers below are no estimates.</b></div>';
  return admissible ? '' : '<div style="color:#d64545"><b>Inadmissible solution: see the warnings.</b></div>';
}

/** The HTML twin, for notebooks without the extension and for exports; no script, inline styles only. */
export function fitSummaryHtml(payload: FitSummaryPayload): string {
  const title = inLanguage(payload.title, payload.lang);
  const warnings = payload.warnings.map(
    ({ severity, code, message, help }) =>
      `<div style="border-left:3px solid ${severity === 'note' ? '#6b7280' : severity === 'error' ? '#d64545' : '#b7791f'};padding:2px 8px;margin:4px 0">${escapeHtml(severity)} <code>${escapeHtml(code)}</code>: ${escapeHtml(message)}${help === '' ? '' : `<br>${escapeHtml(help)}`}</div>`
  );
  return [
    '<div>',
    title === '' ? '' : `<div style="font-weight:bold;font-size:110%">${escapeHtml(title)}</div>`,
    stateHtml(payload),
    payload.subtitle === '' ? '' : `<div>${escapeHtml(payload.subtitle)}</div>`,
    headlineHtml(payload),
    ...warnings,
    ...payload.tables.map(({ printed }) => printedTableHtml(printed)),
    ...(payload.sentences ?? []).map((sentence) => `<p style="margin:4px 0;max-width:60em">${escapeHtml(sentence)}</p>`),
    '</div>'
  ].join('');
}
