import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitSummaryProblem, fitSummaryText, isFitSummary, type FitSummaryPayload } from '../../src/shared/mime/fitSummary.js';
import { isPathDiagram, pathDiagramProblem, pathDiagramText, type PathDiagramPayload } from '../../src/shared/mime/pathDiagram.js';
import { pathDiagramShapes, type Shape } from '../../src/shared/mime/pathDiagramShapes.js';
import { isSurveyTable, surveyTableProblem, surveyTableText, type SurveyTablePayload } from '../../src/shared/mime/surveyTable.js';

const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(`../fixtures/mime/${name}.json`, import.meta.url), 'utf8'));
const diagram = fixture('path-diagram') as PathDiagramPayload;
const summary = fixture('fit-summary') as FitSummaryPayload;
const surveyTable = fixture('survey-table') as SurveyTablePayload;
const refused = fixture('refused') as readonly { kind: string; why: string; value: unknown }[];

describe('the MIME payloads that both sides share', () => {
  it('are accepted by their guards', () => {
    expect(pathDiagramProblem(diagram)).toBeNull();
    expect(fitSummaryProblem(summary)).toBeNull();
    expect(surveyTableProblem(surveyTable)).toBeNull();
  });

  it.each(refused.map(({ kind, why, value }) => [kind, why, value] as const))('%s is refused for %s', (kind, _why, value) => {
    const guard = { pathDiagram: isPathDiagram, surveyTable: isSurveyTable, fitSummary: isFitSummary }[kind];
    expect(guard?.(value)).toBe(false);
  });

  it('are refused by the other guards and for values that are no object', () => {
    for (const value of [null, undefined, 0, '', [], {}, surveyTable, summary]) expect(isPathDiagram(value)).toBe(false);
    for (const value of [null, diagram, surveyTable]) expect(isFitSummary(value)).toBe(false);
    for (const value of [null, diagram, summary]) expect(isSurveyTable(value)).toBe(false);
  });

  it('say where the first problem lies', () => {
    expect(pathDiagramProblem({ ...diagram, nodes: [{ ...diagram.nodes[0], x: Number.NaN }] })).toMatch(/^diagram\.nodes\[0\]\.x is not a number/);
  });

  it('stay small under hostile sizes', () => {
    const edges = Array.from({ length: 10_001 }, () => diagram.edges[0]);
    expect(pathDiagramProblem({ ...diagram, edges })).toMatch(/more than 10000/);
  });

  it('refuse a row that carries a prototype key', () => {
    const rows = [JSON.parse('{"__proto__": 1, "construct": "a"}') as never, surveyTable.table.rows[1]];
    expect(surveyTableProblem({ ...surveyTable, table: { ...surveyTable.table, rows } })).toMatch(/no column key/);
  });
});

describe('the text twins', () => {
  it('of a diagram hold every edge between variables with its estimate', () => {
    expect(pathDiagramText(diagram)).toBe(
      ['Satisfaction and continuance', '  SAT =~ SAT1  .82', '  SAT =~ SAT2  .79***', '  CONT ~ SAT  .56***', '  SAT1 ~~ SAT2  −.08', '  CONT: R² = .31', 'Standardized estimates, ML, n = 455. *** p < .001.'].join('\n')
    );
  });

  it('of a table align Chinese and Latin columns', () => {
    const lines = surveyTableText(surveyTable).split('\n');
    expect(lines[3]).toBe('─'.repeat(lines[1].length));
    expect(lines.find((line) => line.startsWith('满意度'))).toMatch(/3 {2}.*\.88 {2}< \.001$/);
  });

  it('of a summary say an inadmissible solution before any number', () => {
    expect(fitSummaryText(summary).split('\n')[1]).toMatch(/INADMISSIBLE/);
    expect(fitSummaryText({ ...summary, converged: false }).split('\n')[1]).toMatch(/NOT CONVERGED/);
  });
});

describe('the shapes of a diagram', () => {
  const all = (shapes: readonly Shape[]): Shape[] => shapes.flatMap((shape) => [shape, ...all(shape.children ?? [])]);
  it('draw each node, edge and text once, as numbers and text nodes only', () => {
    const shapes = all(pathDiagramShapes(diagram));
    expect(shapes.filter(({ tag }) => tag === 'ellipse')).toHaveLength(2);
    expect(shapes.filter(({ tag }) => tag === 'path')).toHaveLength(diagram.edges.length);
    expect(shapes.filter(({ tag }) => tag === 'polygon')).toHaveLength(5);
    expect(shapes.filter(({ tag }) => tag === 'text')).toHaveLength(5 + 4 + 1);
    for (const { attributes } of shapes) for (const value of Object.values(attributes)) expect(String(value)).not.toMatch(/NaN|undefined/);
  });
});
