import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { growth } from '../../../src/models/sem/sem.js';
import type { PathDiagramOptions } from '../../../src/report/diagram/diagramOptions.js';
import { diagramToSvg } from '../../../src/report/diagram/diagramToSvg.js';
import { inside, overlap, sample, type Box } from '../../../src/report/diagram/geometry.js';
import { pathDiagram } from '../../../src/report/diagram/pathDiagram.js';
import { pathDiagramProblem, type PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';
import type { Bilingual } from '../../../src/shared/table.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { readFit, SHAPES } from './fits/readFit.js';

const CHINESE: ReadonlyMap<string, Bilingual> = new Map([
  ['visual', { en: 'Visual ability', zh: '视觉能力' }],
  ['textual', { en: 'Textual ability', zh: '文本理解能力' }],
  ['CONT', { en: 'Continuance intention', zh: '持续使用意愿' }],
  ['INFO', { en: 'Information content', zh: '信息内容' }],
  ['x1', { en: 'Visual perception', zh: '视觉感知' }],
  ['dem60', { en: 'Democracy in 1960', zh: '1960年民主程度' }]
]);

const OPTIONS: readonly (readonly [string, PathDiagramOptions])[] = [
  ['as it comes', {}],
  ['both estimates, three digits', { estimates: 'both', digits: 3 }],
  ['unstandardized with circles', { estimates: 'unstd', residuals: 'circles' }],
  ['bilingual wordings in colour', { lang: 'both', labels: CHINESE, itemLabels: true, theme: 'colour' }],
  ['downwards', { direction: 'down' }],
  ['structural part alone', { indicators: false, residuals: 'none' }],
  ['with means', { means: true }]
];

/** Everything that must not be overprinted. */
function problems(diagram: PathDiagramPayload): string[] {
  const found: string[] = [];
  const nodes = diagram.nodes.map((node) => ({ name: node.id, box: node as Box }));
  const labels = diagram.edges.flatMap((edge) => (edge.label ? [{ name: `${edge.id} ${edge.label.text}`, box: edge.label as Box }] : []));
  const texts = diagram.texts.map((text) => ({ name: text.text, box: text as Box }));
  const boxes = [...nodes, ...labels, ...texts];
  boxes.forEach((one, i) => {
    for (const other of boxes.slice(i + 1)) if (overlap(one.box, other.box, -0.05)) found.push(`${one.name} overlaps ${other.name}`);
    const { x, y, width, height } = one.box;
    if (x - width / 2 < 0 || y - height / 2 < 0 || x + width / 2 > diagram.width || y + height / 2 > diagram.height) found.push(`${one.name} is cut off`);
  });
  for (const node of diagram.nodes) for (const line of node.lines) if (line.width > node.width + 0.1 || line.height > node.height) found.push(`${line.text} leaves ${node.id}`);
  for (const edge of diagram.edges) for (const [x, y] of sample(edge)) if (x < 0 || y < 0 || x > diagram.width || y > diagram.height) found.push(`${edge.id} is cut off`);
  return [...new Set(found)];
}

/** Arrows that run through a variable which they do not belong to. */
function pierced(diagram: PathDiagramPayload): string[] {
  const variables = diagram.nodes.filter(({ kind }) => kind === 'latent' || kind === 'observed');
  return diagram.edges.flatMap((edge) => variables.filter(({ id, ...box }) => id !== edge.from && id !== edge.to && sample(edge).some((point) => inside(point, box, -2))).map(({ id }) => `${edge.id} through ${id}`));
}

describe('a growth model with covariates of each time', async () => {
  const survey = await readSurvey(new Uint8Array(readFileSync(new URL('../../golden/sem/data/growth.csv', import.meta.url))), { name: 'growth.csv' });
  const fit = growth('i =~ 1*t1 + 1*t2 + 1*t3 + 1*t4\ns =~ 0*t1 + 1*t2 + 2*t3 + 3*t4\ni + s ~ x1 + x2\nt1 ~ c1\nt2 ~ c2\nt3 ~ c3\nt4 ~ c4', survey);

  it.each(OPTIONS)('has its arrows around its variables: %s', (_name, options) => {
    const diagram = pathDiagram(fit, options);
    expect(pierced(diagram)).toEqual([]);
    expect(problems(diagram)).toEqual([]);
  });
});

describe.each(SHAPES)('the path diagram of %s', (shape) => {
  const fit = readFit(shape);
  it.each(OPTIONS)('has no overlapping text and nothing cut off: %s', (_name, options) => {
    const diagram = pathDiagram(fit, options);
    expect(pathDiagramProblem(diagram)).toBeNull();
    expect(problems(diagram)).toEqual([]);
    expect(pierced(diagram)).toEqual([]);
  });

  it('draws every parameter of the model that is no fixed zero', () => {
    const diagram = pathDiagram(fit, { estimates: 'unstd', covariances: 'all' });
    const count = (kind: string): number => diagram.edges.filter((edge) => edge.kind === kind).length;
    const rows = fit.parameters.filter(({ estimate, free }) => !(free === 0 && estimate === 0));
    expect(count('loading')).toBe(rows.filter(({ op }) => op === '=~').length);
    expect(count('regression')).toBe(rows.filter(({ op }) => op === '~').length);
    expect(count('covariance')).toBe(rows.filter(({ op, lhs, rhs }) => op === '~~' && lhs !== rhs).length);
    expect(diagram.nodes.filter(({ kind }) => kind === 'latent').map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(fit.table.roles.latent)]));
  });

  it('is drawn from the parameter table alone, without numbers', () => {
    const diagram = pathDiagram(fit.table);
    expect(pathDiagramProblem(diagram)).toBeNull();
    expect(problems(diagram)).toEqual([]);
    for (const { values } of diagram.edges) expect(values.estimate).toBeNull();
  });

  it('is the same each time', () => {
    expect(JSON.stringify(pathDiagram(fit))).toBe(JSON.stringify(pathDiagram(fit)));
  });
});

describe('what a path diagram says', () => {
  const labelOf = (diagram: PathDiagramPayload, to: string, kind: string): string | undefined => diagram.edges.find((edge) => edge.to === `1:${to}` && edge.kind === kind)?.label?.text;

  it('prints lavaan’s standardized and unstandardized loadings with stars, the marker without', () => {
    // lavaan, HolzingerSwineford1939: visual =~ x2 0.554 (std.all 0.424), p < .001
    expect(labelOf(pathDiagram(readFit('holzinger')), 'x2', 'loading')).toBe('.42***');
    expect(labelOf(pathDiagram(readFit('holzinger')), 'x1', 'loading')).toBe('.77');
    expect(labelOf(pathDiagram(readFit('holzinger'), { estimates: 'both', digits: 3 }), 'x2', 'loading')).toBe('0.554 / .424***');
    expect(labelOf(pathDiagram(readFit('holzinger'), { estimates: 'unstd' }), 'x1', 'loading')).toBe('1');
    expect(labelOf(pathDiagram(readFit('holzinger'), { stars: false }), 'x2', 'loading')).toBe('.42');
  });

  it('shows no estimate of a model that did not converge, and says so', () => {
    const fit = readFit('holzinger');
    const diagram = pathDiagram({ ...fit, convergence: { ...fit.convergence, converged: false } });
    expect(diagram.edges.every(({ label }) => label === null)).toBe(true);
    expect(diagram.nodes.every(({ rSquared }) => rSquared === null)).toBe(true);
    expect(diagram.texts.map(({ text }) => text).join(' ')).toContain('did not converge');
  });

  it('counts the paths that it leaves out', () => {
    const diagram = pathDiagram(readFit('mediators'), { significantOnly: true });
    const hidden = readFit('mediators').paths.filter(({ pValue }) => pValue !== null && pValue >= 0.05).length;
    expect(hidden).toBeGreaterThan(0);
    expect(diagram.edges.filter(({ kind }) => kind === 'regression')).toHaveLength(readFit('mediators').paths.length - hidden);
    expect(diagram.texts.some(({ text }) => text.includes(`${hidden} path(s) with p ≥ .05 are not drawn`))).toBe(true);
  });

  it('draws non-significant paths dashed and explains it', () => {
    const diagram = pathDiagram(readFit('mediators'));
    expect(diagram.edges.some(({ dashed, kind }) => dashed && kind === 'regression')).toBe(true);
    expect(diagram.texts.some(({ text }) => text.includes('dashed: p ≥ .05'))).toBe(true);
  });

  it('refuses unknown options with the nearest name', () => {
    expect(() => pathDiagram(readFit('holzinger'), { estimate: 'std' } as never)).toThrow(/did you mean `estimates`/);
    expect(() => pathDiagram(readFit('holzinger'), { theme: 'dark' as never })).toThrow(/expected one of print, grey, colour/);
  });

  it('writes hostile names as text', () => {
    const fit = readFit('holzinger');
    const evil = '<script>alert("x")</script>';
    const rename = (name: string): string => (name === 'visual' ? evil : name === 'x1' ? '__proto__' : name);
    const renamed = {
      ...fit,
      parameters: fit.parameters.map((row) => ({ ...row, lhs: rename(row.lhs), rhs: rename(row.rhs) })),
      table: { ...fit.table, roles: { ...fit.table.roles, latent: fit.table.roles.latent.map(rename), observed: fit.table.roles.observed.map(rename) } }
    };
    const svg = diagramToSvg(pathDiagram(renamed));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('__proto__');
  });

  it('draws a circle of factors that measure one another, and an empty model', () => {
    const fit = readFit('secondOrder');
    const circular = { ...fit, parameters: fit.parameters.map((row) => (row.op === '=~' && row.rhs === 'x1' ? { ...row, rhs: 'g' } : row)) };
    expect(problems(pathDiagram(circular))).toEqual([]);
    expect(pathDiagramProblem(pathDiagram({ ...fit.table, rows: [], roles: { ...fit.table.roles, latent: [] } }))).toBeNull();
  });
});
