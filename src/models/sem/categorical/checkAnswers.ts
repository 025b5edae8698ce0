import { SurveyError, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Categories } from './ordinalVariables.js';
import type { CategoricalGroup } from './sample/categoricalMoments.js';

/** Share of an exogenous variable's sum of squares that the others must leave. */
const COLLINEAR = 1e-10;

/**
 * Every category of every ordinal variable is used in every group, and no
 * exogenous variable follows from the others: else a threshold or slope has no value.
 * @throws SurveyError `empty-category`, `collinear-exogenous`
 */
export function checkAnswers(groups: readonly CategoricalGroup[], labels: readonly string[], exogenous: (group: number) => readonly string[], categories: Categories): void {
  const problems = groups.flatMap((group, g) => {
    const where = labels.length > 1 ? ` in group \`${labels[g]}\`` : ' among the rows that can be used';
    return [...emptyCategories(group, categories, where), ...collinear(group, exogenous(g), where)];
  });
  if (problems.length > 0) throw new SurveyError(problems);
}

function emptyCategories({ names, columns, thresholds }: CategoricalGroup, categories: Categories, where: string): readonly Diagnostic[] {
  return names.flatMap((name, v): readonly Diagnostic[] => {
    const known = categories.get(name);
    if (thresholds[v] === 0 || !known) return [];
    const counts = new Array<number>(known.length).fill(0);
    for (const value of columns[v]) if (!Number.isNaN(value)) counts[value]++;
    const empty = known.filter((_, k) => counts[k] === 0);
    if (empty.length === 0) return [];
    if (empty.length === known.length) return [{ severity: 'error', code: 'no-answers', message: `\`${name}\` has no answers${where}`, help: 'leave the variable or the group out' }];
    return [{
      severity: 'error', code: 'empty-category',
      message: `categor${empty.length === 1 ? 'y' : 'ies'} ${empty.join(', ')} of \`${name}\` ha${empty.length === 1 ? 's' : 've'} no answers${where} (answers by category: ${known.map((value, k) => `${value}: ${counts[k]}`).join(', ')})`,
      help: 'join it with its neighbour in all groups, or leave the variable or the group out'
    }];
  });
}

/** Each column of x less its projection on a constant and the columns before it (modified Gram-Schmidt). */
function collinear({ x, q, n }: CategoricalGroup, exogenous: readonly string[], where: string): readonly Diagnostic[] {
  const kept: Float64Array[] = [];
  const found: string[] = [];
  for (let j = 0; j < q; j++) {
    const column = Float64Array.from({ length: n }, (_, i) => x[i * q + j]);
    const mean = column.reduce((sum, value) => sum + value, 0) / n;
    for (let i = 0; i < n; i++) column[i] -= mean;
    const before = squares(column);
    for (const unit of kept) {
      let projection = 0;
      for (let i = 0; i < n; i++) projection += unit[i] * column[i];
      for (let i = 0; i < n; i++) column[i] -= projection * unit[i];
    }
    const after = squares(column);
    if (!(after > COLLINEAR * before)) {
      found.push(exogenous[j]);
      continue;
    }
    const norm = Math.sqrt(after);
    kept.push(column.map((value) => value / norm));
  }
  return found.map((name) => ({ severity: 'error', code: 'collinear-exogenous', message: `the exogenous variable \`${name}\` follows from the others${where}, so the slopes on them cannot be told apart`, help: `leave \`${name}\` out; with dummy variables, leave one category out` }));
}

function squares(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value * value;
  return sum;
}
