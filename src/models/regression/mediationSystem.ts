import type { SourceText } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import type { Equation, EquationData } from './bootstrapEquations.js';
import { buildDesign, type Design } from './design/designMatrix.js';
import { writeName } from './formula/ast.js';
import { parseFormula } from './formula/parser.js';
import { expandTerms } from './formula/terms.js';
import type { MediationPlan } from './mediationPlan.js';

/** The equations of a mediation model over their common rows. */
export interface MediationSystem {
  readonly data: EquationData;
  readonly equations: readonly Equation[];
  /** Names of the slopes of each equation. */
  readonly names: readonly (readonly string[])[];
  products(): Float64Array;
  column(name: string): Float64Array;
  centre(name: string): number;
  deviation(name: string): number;
}

/** All columns of all equations over the common rows, and the equations as indices. */
export function mediationSystem(survey: Survey, plan: MediationPlan): MediationSystem {
  const designOf = (outcome: string, side: string): Design => {
    const text = `${writeName(outcome)} ~ ${side}`;
    const source: SourceText = { name: 'mediation', text };
    const syntax = parseFormula(text);
    return buildDesign(syntax.response, expandTerms(syntax, []), survey, { complete: plan.names }, source);
  };
  const columns: Float64Array[] = [];
  const places = new Map<string, number>();
  const place = (name: string, values: Float64Array): number => {
    let at = places.get(name);
    if (at === undefined) {
      at = columns.length;
      places.set(name, at);
      columns.push(values);
    }
    return at;
  };
  const names: (readonly string[])[] = [];
  const equations = [...plan.mediators.map((name) => [name, plan.mediatorSide] as const), [plan.outcome, plan.outcomeSide] as const].map(([outcome, side]): Equation => {
    const design = designOf(outcome, side);
    names.push(design.columns.map(({ name }) => name));
    return { outcome: place(`${outcome}\u0000outcome`, design.response.hi), predictors: design.columns.map(({ name, values }) => place(name, values.hi)) };
  });
  const n = columns[0].length;
  const raw = (name: string): Float64Array => designOf(name, '1').response.hi;
  const meanOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / n;
  return {
    data: { columns, n },
    equations,
    names,
    products() {
      const means = columns.map(meanOf);
      const m = columns.length;
      const products = new Float64Array(m * m);
      for (let a = 0; a < m; a++) for (let b = 0; b <= a; b++) for (let i = 0; i < n; i++) products[a * m + b] += (columns[a][i] - means[a]) * (columns[b][i] - means[b]);
      return products;
    },
    column: raw,
    centre: (name) => (plan.centred ? meanOf(raw(name)) : 0),
    deviation(name) {
      const values = raw(name);
      const mean = meanOf(values);
      return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
    }
  };
}
