import { warningNote } from '../../../shared/diagnostic.js';
import { finite, table, type Bilingual, type Table, type TableRow } from '../../../shared/table.js';
import type { Coefficient, RegressionFit } from '../results.js';
import type { Mediation } from '../mediationResults.js';
import { sampleNotes } from './sampleNotes.js';
import { column, confidenceGroup, CONSTANT, HEADING } from './wording.js';

/** Coefficients of every equation, direct and total effect, indirect effects with bootstrap intervals. */
export function mediationTables(mediation: Mediation): readonly Table[] {
  return [equationTable(mediation), directTable(mediation), indirectTable(mediation)];
}

function notes(mediation: Mediation): readonly Bilingual[] {
  const percent = Number((100 * mediation.confLevel).toFixed(2));
  const way = mediation.interval === 'percentile' ? { en: 'percentile', zh: '百分位' } : { en: 'bias-corrected', zh: '偏差校正' };
  const [first] = mediation.equations;
  return [
    { en: `${percent}% ${way.en} bootstrap intervals, ${mediation.draws} draws, seed ${mediation.seed}.`, zh: `${percent}% ${way.zh} Bootstrap 置信区间，${mediation.draws} 次抽样，种子 ${mediation.seed}。` },
    sampleNotes(first)[0],
    ...mediation.warnings.map(warningNote)
  ];
}

function coefficientCells({ term, display, label, estimate, stdError, statistic, pValue, confLow, confHigh }: Coefficient): TableRow {
  return { term: display, termZh: term === '(Intercept)' ? CONSTANT.zh : (label.zh ?? display), estimate, stdError, statistic, pValue, confLow, confHigh };
}

function coefficientColumns(mediation: Mediation): Table['columns'] {
  const interval = confidenceGroup(mediation.confLevel);
  return [
    column('term', HEADING.term, 'text', { zhFrom: 'termZh' }),
    column('estimate', HEADING.b, 'estimate'),
    column('stdError', HEADING.se, 'estimate'),
    column('statistic', HEADING.t, 'number'),
    column('pValue', HEADING.p, 'pValue'),
    column('confLow', HEADING.lower, 'estimate', { group: interval }),
    column('confHigh', HEADING.upper, 'estimate', { group: interval })
  ];
}

function equationTable(mediation: Mediation): Table {
  let next = 0;
  const sections = mediation.equations.map((fit) => {
    const beforeRow = next;
    next += fit.coefficients.length;
    const share = fit.measures.rSquared === null ? '' : ` (R² = ${fit.measures.rSquared.toFixed(3)})`;
    return { beforeRow, label: { en: `Outcome: ${fit.response}${share}`, zh: `因变量：${fit.response}${share}` } };
  });
  return table({ en: `Equations of the mediation model (PROCESS model ${mediation.model})`, zh: `中介模型的回归方程（PROCESS 模型 ${mediation.model}）` }, coefficientColumns(mediation), mediation.equations.flatMap((fit) => fit.coefficients.map(coefficientCells)), { sections, notes: notes(mediation).slice(1) });
}

function effectOf(fit: RegressionFit, name: Required<Bilingual>): TableRow {
  // the predictor is the first slope of every equation
  return { ...coefficientCells(fit.coefficients[1]), term: name.en, termZh: name.zh };
}

function directTable(mediation: Mediation): Table {
  const outcome = mediation.equations[mediation.equations.length - 1];
  const rows = [...(mediation.total ? [effectOf(mediation.total, { en: 'Total effect (c)', zh: '总效应 (c)' })] : []), effectOf(outcome, { en: 'Direct effect (c′)', zh: '直接效应 (c′)' })];
  const { predictor, outcome: y } = mediation.spec;
  return table({ en: `Effect of ${predictor} on ${y}`, zh: `${predictor} 对 ${y} 的总效应与直接效应` }, coefficientColumns(mediation), rows, { notes: notes(mediation).slice(1) });
}

/** One row per indirect effect. */
export function indirectTable(mediation: Mediation): Table {
  const moderated = mediation.model !== 4;
  const interval = confidenceGroup(mediation.confLevel);
  const columns = [
    column('path', { en: 'Path', zh: '路径' }, 'text', { zhFrom: 'pathZh' }),
    ...(moderated ? [column('moderator', { en: mediation.spec.moderator ?? '' }, 'text', { zhFrom: 'moderatorZh' }), column('value', { en: 'Value', zh: '取值' }, 'number')] : []),
    column('estimate', { en: 'Effect', zh: '效应' }, 'estimate'),
    column('stdError', { en: 'Boot SE', zh: 'Boot 标准误' }, 'estimate'),
    column('confLow', HEADING.lower, 'estimate', { group: interval }),
    column('confHigh', HEADING.upper, 'estimate', { group: interval }),
    ...(moderated ? [] : [column('standardized', { en: 'Standardized', zh: '标准化效应' }, 'estimate'), column('sobelZ', { en: 'Sobel z', zh: 'Sobel z' }, 'number'), column('sobelP', HEADING.p, 'pValue')])
  ];
  const rows = mediation.effects.map(({ kind, path, probe, estimate, stdError, confLow, confHigh, standardized, sobel }): TableRow => ({
    path: kind === 'totalIndirect' ? 'Total indirect effect' : kind === 'index' ? `Index of moderated mediation (${path})` : path,
    pathZh: kind === 'totalIndirect' ? '总间接效应' : kind === 'index' ? `有调节的中介指数（${path}）` : path,
    ...(moderated ? { moderator: probe?.label.en ?? null, moderatorZh: probe?.label.zh ?? probe?.label.en ?? null, value: finite(probe?.value) } : {}),
    estimate: finite(estimate), stdError, confLow, confHigh,
    ...(moderated ? {} : { standardized, sobelZ: sobel?.statistic ?? null, sobelP: sobel?.pValue ?? null })
  }));
  return table({ en: 'Indirect effects', zh: '间接效应' }, columns, rows, { notes: notes(mediation) });
}
