import type { DiagramEdge, DiagramEdgeKind, PathDiagramPayload } from '../../../src/shared/mime/pathDiagram.js';

const READS: Readonly<Record<DiagramEdgeKind, string>> = { loading: '→', formative: '→', regression: '→', covariance: '↔', variance: 'variance', mean: 'mean' };

/** Six significant digits: more than the label shows, few enough to read. */
function digits(value: number): string {
  const magnitude = Math.abs(value);
  return magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e7) ? value.toExponential(3) : String(Number(value.toPrecision(6)));
}

function facts({ values, fixed }: DiagramEdge): string[] {
  const list: string[] = [];
  if (values.estimate !== null) list.push(`estimate ${digits(values.estimate)}${fixed ? ' (fixed)' : ''}`);
  if (values.stdError !== null) list.push(`SE ${digits(values.stdError)}`);
  if (values.statistic !== null) list.push(`z ${digits(values.statistic)}`);
  if (values.pValue !== null) list.push(values.pValue < 0.0005 ? 'p < 0.0005' : `p ${digits(values.pValue)}`);
  if (values.confLow !== null && values.confHigh !== null) list.push(`interval [${digits(values.confLow)}, ${digits(values.confHigh)}]`);
  if (values.stdAll !== null) list.push(`standardized ${digits(values.stdAll)}`);
  return list;
}

/** What stands behind an arrow, as one line under the diagram: `SAT → CONT: estimate 0.53, SE 0.04 …`. */
export function edgeSentence(edge: DiagramEdge, payload: PathDiagramPayload): string {
  const name = (id: string): string => payload.nodes.find((node) => node.id === id)?.name || 'error';
  const ends = edge.from === edge.to ? `${READS[edge.kind]} of ${name(edge.from)}` : `${name(edge.from)} ${READS[edge.kind] === 'mean' ? '→' : READS[edge.kind]} ${name(edge.to)}`;
  const values = facts(edge);
  return values.length === 0 ? ends : `${ends}: ${values.join(', ')}`;
}

/** The same for a variable: its label and the share of variance that the model explains. */
export function nodeSentence(node: PathDiagramPayload['nodes'][number]): string {
  const label = node.labels.zh !== undefined && node.labels.zh !== node.labels.en ? `${node.labels.en} ${node.labels.zh}` : node.labels.en;
  const named = label === node.name || label === '' ? node.name : `${node.name}: ${label}`;
  return node.rSquared === null ? named : `${named}, R² ${digits(node.rSquared)}`;
}
