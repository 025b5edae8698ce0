import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { describe, expect, it } from 'vitest';
import extensions from '../../../extension/src/index.js';
import { fitSummaryKind, pathDiagramKind, renderers, surveyTableKind } from '../../../extension/src/plugins/renderers.js';
import { diagram, refused, summary, surveyTable } from './fixtures.js';

function model(data: Record<string, unknown>, trusted = false): IRenderMime.IMimeModel {
  return { trusted, data: data as IRenderMime.IMimeModel['data'], metadata: {}, setData: () => {} };
}

async function drawn(mimeType: string, payload: unknown, rest: Record<string, unknown> = {}): Promise<HTMLElement> {
  const found = renderers.find(({ rendererFactory }) => rendererFactory.mimeTypes.includes(mimeType));
  if (!found) throw new Error(`no renderer for ${mimeType}`);
  const renderer = found.rendererFactory.createRenderer({ mimeType } as IRenderMime.IRendererOptions);
  await renderer.renderModel(model({ [mimeType]: payload, ...rest }));
  return renderer.node;
}

describe('the renderers', () => {
  it('are offered to JupyterLab as safe, so that an untrusted notebook is drawn', () => {
    const list = extensions as IRenderMime.IExtension[];
    expect(list.map(({ rendererFactory }) => rendererFactory.mimeTypes)).toEqual([[pathDiagramKind.mimeType], [fitSummaryKind.mimeType], [surveyTableKind.mimeType]]);
    expect(list.every(({ rendererFactory, dataType }) => rendererFactory.safe && dataType === 'json')).toBe(true);
    expect(new Set(list.map(({ id }) => id)).size).toBe(3);
  });
  it('draw a diagram with every node, edge and text of the payload', async () => {
    const node = await drawn(pathDiagramKind.mimeType, diagram);
    const svg = node.querySelector('svg');
    expect(svg?.querySelectorAll('.semlab-node')).toHaveLength(diagram.nodes.length);
    expect(svg?.querySelectorAll('g.semlab-edge')).toHaveLength(diagram.edges.length);
    for (const { text } of [...diagram.texts, ...diagram.nodes.flatMap(({ lines }) => lines)]) expect(svg?.textContent).toContain(text);
    expect(svg?.getAttribute('aria-label')).toBe(diagram.description);
  });
  it('draw payloads that a kernel sent as text', async () => {
    const node = await drawn(pathDiagramKind.mimeType, JSON.stringify(diagram));
    expect(node.querySelector('svg')).not.toBeNull();
  });
  it('draw a summary with state, measures, warnings and tables', async () => {
    const node = await drawn(fitSummaryKind.mimeType, summary);
    expect(node.querySelector('[role=alert]')?.textContent).toBe('inadmissible solution: see the warnings');
    expect([...node.querySelectorAll('.semlab-value')].map(({ textContent }) => textContent)).toEqual(summary.headline.map(({ text }) => text));
    expect(node.querySelectorAll('.semlab-warnings > li')).toHaveLength(summary.warnings.length);
    expect(node.querySelectorAll('table.semlab-table')).toHaveLength(summary.tables.length);
    expect(node.querySelector('details')?.open).toBe(true);
  });
  it('leave short tables of a summary open and fold long ones', async () => {
    const [table] = summary.tables;
    const sized = (rows: number): typeof table => ({ ...table, table: { ...table.table, rows: Array.from({ length: rows }, () => table.table.rows[0]), sections: [] }, printed: { ...table.printed, cells: Array.from({ length: rows }, () => table.printed.cells[0]), sections: [] } });
    const node = await drawn(fitSummaryKind.mimeType, { ...summary, syntax: '', tables: [sized(9), sized(33), sized(7), sized(24), sized(1)] });
    expect([...node.querySelectorAll('details')].map(({ open }) => open)).toEqual([true, false, true, true, false]);
  });
  it('say plainly that a model did not converge', async () => {
    const node = await drawn(fitSummaryKind.mimeType, { ...summary, converged: false });
    expect(node.querySelector('[role=alert]')?.textContent).toMatch(/not converged/);
  });
  it('keep markup in names as letters', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const shown = structuredClone(diagram) as unknown as { nodes: { lines: { text: string }[] }[]; title: { en: string }; description: string };
    shown.nodes[0].lines[0].text = hostile;
    shown.title.en = hostile;
    shown.description = hostile;
    const svg = await drawn(pathDiagramKind.mimeType, shown);
    expect(svg.querySelector('img')).toBeNull();
    expect(svg.textContent).toContain(hostile);
    const table = await drawn(surveyTableKind.mimeType, surveyTable);
    expect(table.querySelector('img')).toBeNull();
    expect(table.textContent).toContain(hostile);
  });
  it('refuse what the guards refuse, say why and show the text twin', async () => {
    expect(refused.length).toBeGreaterThan(5);
    const mimeOf: Readonly<Record<string, string>> = { pathDiagram: pathDiagramKind.mimeType, fitSummary: fitSummaryKind.mimeType, surveyTable: surveyTableKind.mimeType };
    for (const { kind, why, value } of refused) {
      const node = await drawn(mimeOf[kind], value, { 'text/plain': 'the twin' });
      expect(node.querySelector('.semlab-refused')?.textContent, why).toMatch(/was not drawn: /);
      expect(node.querySelector('pre')?.textContent, why).toBe('the twin');
      expect(node.querySelector('svg, table'), why).toBeNull();
    }
  });
  it('draw anew when an output is updated', async () => {
    const renderer = renderers[0].rendererFactory.createRenderer({} as IRenderMime.IRendererOptions);
    await renderer.renderModel(model({ [pathDiagramKind.mimeType]: diagram }));
    await renderer.renderModel(model({ [pathDiagramKind.mimeType]: { ...diagram, title: { en: 'second' } } }));
    expect(renderer.node.querySelectorAll('svg')).toHaveLength(1);
    expect(renderer.node.querySelector('title')?.textContent).toBe('second');
    renderer.dispose();
    expect(renderer.isDisposed).toBe(true);
  });
});
