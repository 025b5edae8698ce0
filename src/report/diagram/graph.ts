import type { ParameterEstimate, SemFit } from '../../models/sem/results.js';
import type { Parameter, ParameterTable } from '../../models/sem/parameterTable.js';
import type { DiagramEdgeKind, DiagramEdgeValues, DiagramNodeKind, Significance } from '../../shared/mime/pathDiagram.js';
import { levelName } from '../../models/sem/tables/levelName.js';
import { formatEstimate, formatFixed, formatUnit, stars } from '../format/formatNumber.js';
import type { ResolvedDiagramOptions } from './diagramOptions.js';

export interface GraphNode {
  readonly name: string;
  readonly kind: Extract<DiagramNodeKind, 'latent' | 'observed' | 'composite'>;
  readonly rSquared: number | null;
  /** Receives a regression arrow. */
  readonly endogenous: boolean;
}

export interface GraphEdge {
  readonly kind: DiagramEdgeKind;
  /** Names; a variance runs from a variable to itself, a mean from '' to its variable. */
  readonly from: string;
  readonly to: string;
  readonly label: string | null;
  readonly fixed: boolean;
  readonly dashed: boolean;
  readonly significance: Significance;
  readonly values: DiagramEdgeValues;
}

/** The model of one group (and level) as nodes and edges, before any place is known. */
export interface DiagramGraph {
  /** Number of the panel: groups, and within each its levels, counted from 1. */
  readonly group: number;
  /** Caption of the panel. */
  readonly groupLabel: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Paths that `significantOnly` left out. */
  readonly hiddenPaths: number;
  /** Covariances that were left out because they are too many to read. */
  readonly hiddenCovariances: number;
}

type Row = Parameter | ParameterEstimate;
const LEVEL = 0.05;
/** More covariances than this hide one another; only those that the user wrote are drawn then. */
const MOST_COVARIANCES = 120;

const NO_VALUES: DiagramEdgeValues = { estimate: null, stdError: null, statistic: null, pValue: null, confLow: null, confHigh: null, stdAll: null };

function isEstimate(row: Row): row is ParameterEstimate {
  return 'stdAll' in row;
}

function valuesOf(row: Row): DiagramEdgeValues {
  if (!isEstimate(row)) return NO_VALUES;
  const { estimate, stdError, statistic, pValue, confLow, confHigh, stdAll } = row;
  return { estimate, stdError, statistic, pValue, confLow, confHigh, stdAll };
}

/** What stands on the edge: estimates of a fit; labels and fixed values of a model before data. */
function labelOf(row: Row, options: ResolvedDiagramOptions): string | null {
  const { digits } = options;
  if (!isEstimate(row)) return row.label !== '' ? row.label : row.free === 0 && row.ustart !== null && !row.exo ? formatEstimate(row.ustart, Number.isInteger(row.ustart) ? 0 : digits) : null;
  if (options.estimates === 'none') return null;
  const fixed = row.free === 0;
  const mark = options.stars && !fixed ? stars(row.pValue) : '';
  const unstandardized = row.estimate === null ? '' : fixed && Number.isInteger(row.estimate) ? formatFixed(row.estimate, 0) : formatEstimate(row.estimate, digits);
  const standardized = row.stdAll === null ? '' : formatUnit(row.stdAll, digits, false);
  const shown = options.estimates === 'unstd' ? unstandardized : options.estimates === 'std' ? standardized : [unstandardized, standardized].filter((part) => part !== '').join(' / ');
  return shown === '' ? null : shown + mark;
}

function significanceOf(row: Row): Significance {
  if (row.free === 0) return 'fixed';
  if (!isEstimate(row) || row.pValue === null) return 'none';
  return row.pValue < LEVEL ? 'significant' : 'notSignificant';
}

function kindOf({ op, lhs, rhs }: Row): DiagramEdgeKind | null {
  switch (op) {
    case '=~':
      return 'loading';
    case '<~':
      return 'formative';
    case '~':
      return 'regression';
    case '~~':
      return lhs === rhs ? 'variance' : 'covariance';
    case '~1':
      return 'mean';
    default:
      return null;
  }
}

/** A zero that the model fixes (an orthogonal pair, a residual of a lone indicator) is no arrow. */
function isFixedZero(row: Row): boolean {
  return row.free === 0 && (isEstimate(row) ? row.estimate : row.ustart) === 0;
}

function edgeOf(row: Row, kind: DiagramEdgeKind, options: ResolvedDiagramOptions): GraphEdge {
  const significance = significanceOf(row);
  const [from, to] = kind === 'regression' || kind === 'formative' ? [row.rhs, row.lhs] : kind === 'mean' ? ['', row.lhs] : [row.lhs, row.rhs];
  return { kind, from, to, label: labelOf(row, options), fixed: row.free === 0, dashed: significance === 'notSignificant' && (kind === 'regression' || kind === 'covariance'), significance, values: valuesOf(row) };
}

interface PanelOfModel {
  readonly number: number;
  readonly caption: string;
  readonly group: number;
  readonly level: number;
  /** Some variables stand in other panels only. */
}

function rowsOf(source: SemFit | ParameterTable): readonly Row[] {
  return source.kind === 'sem' ? source.parameters : source.rows;
}

/** One panel per group; two per group of a two-level model. */
function panelsOf(source: SemFit | ParameterTable): readonly PanelOfModel[] {
  const table = source.kind === 'sem' ? source.table : source;
  const groups = table.groupLabels.length > 0 ? table.groupLabels : [''];
  const levels = [...new Set(rowsOf(source).filter(({ group }) => group > 0).map(({ level }) => level))].sort((a, b) => a - b);
  if (levels.length === 0) levels.push(1);
  const captionOf = (level: number): string => (levels.length === 1 ? '' : levelName(table.levelLabels ?? ['1', '2'], level).en);
  return groups.flatMap((label, g) => levels.map((level, l) => ({ number: g * levels.length + l + 1, caption: [label, captionOf(level)].filter((part) => part !== '').join(', '), group: g + 1, level })));
}

function groupGraph(source: SemFit | ParameterTable, { number, caption, group, level }: PanelOfModel, options: ResolvedDiagramOptions): DiagramGraph {
  const table = source.kind === 'sem' ? source.table : source;
  const rows = rowsOf(source).filter((row) => row.group === group && row.level === level);
  const latent = new Set(table.blockRoles[number - 1]?.latent ?? []);
  const composites = new Set(rows.filter(({ op }) => op === '<~').map(({ lhs }) => lhs));
  const names: string[] = [];
  const seen = new Set<string>();
  const add = (name: string): void => {
    if (!seen.has(name)) {
      seen.add(name);
      names.push(name);
    }
  };
  for (const name of latent) add(name);
  for (const row of rows) {
    if (kindOf(row) === null) continue;
    add(row.lhs);
    if (row.op !== '~1') add(row.rhs);
  }
  const covariances = rows.filter((row) => kindOf(row) === 'covariance' && !isFixedZero(row));
  const onlyUser = options.covariances === 'user' || (options.covariances === 'all' && covariances.length > MOST_COVARIANCES);
  let hiddenPaths = 0;
  let hiddenCovariances = 0;
  const edges: GraphEdge[] = [];
  for (const row of rows) {
    const kind = kindOf(row);
    if (kind === null || isFixedZero(row) || (kind === 'mean' && !options.means)) continue;
    if (kind === 'variance' && 'exo' in row && row.exo) continue;
    const edge = edgeOf(row, kind, options);
    if (kind === 'covariance' && (options.covariances === 'none' || (onlyUser && row.origin !== 'user'))) {
      hiddenCovariances++;
      continue;
    }
    if (kind === 'regression' && options.significantOnly && edge.significance === 'notSignificant') {
      hiddenPaths++;
      continue;
    }
    edges.push(edge);
  }
  const rSquared = source.kind === 'sem' && source.convergence.converged ? source.rSquared[number - 1] : undefined;
  const endogenous = new Set(rows.filter(({ op }) => op === '~').map(({ lhs }) => lhs));
  const nodes = names.map((name): GraphNode => ({ name, kind: composites.has(name) ? 'composite' : latent.has(name) ? 'latent' : 'observed', rSquared: rSquared?.get(name) ?? null, endogenous: endogenous.has(name) }));
  return { group: number, groupLabel: caption, nodes, edges, hiddenPaths, hiddenCovariances };
}

/** Drops measured variables that stand in no structural relation, and what only they carry. */
function structuralPart(graph: DiagramGraph): DiagramGraph {
  const loadings = graph.edges.filter(({ kind }) => kind === 'loading' || kind === 'formative');
  const measuring = new Set(loadings.map(({ kind, from, to }) => (kind === 'loading' ? to : from)));
  const structural = new Set(graph.edges.filter(({ kind }) => kind === 'regression').flatMap(({ from, to }) => [from, to]));
  const kept = new Set(graph.nodes.filter(({ name }) => !measuring.has(name) || structural.has(name)).map(({ name }) => name));
  return {
    ...graph,
    nodes: graph.nodes.filter(({ name }) => kept.has(name)),
    edges: graph.edges.filter(({ kind, from, to }) => kind !== 'loading' && kind !== 'formative' && (from === '' || kept.has(from)) && kept.has(to))
  };
}

/** The graph of every group. */
export function diagramGraphs(source: SemFit | ParameterTable, options: ResolvedDiagramOptions): readonly DiagramGraph[] {
  return panelsOf(source).map((panel) => {
    const graph = groupGraph(source, panel, options);
    return options.indicators ? graph : structuralPart(graph);
  });
}
