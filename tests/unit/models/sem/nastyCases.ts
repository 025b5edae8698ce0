import { createRandom } from '../../../../src/numerics/random.js';

export type Cell = number | string | null;
export type Columns = Readonly<Record<string, readonly Cell[]>>;
type Row = Record<string, Cell>;

/** A job that cannot end well, and what must be said of it. */
export interface Nasty {
  readonly name: string;
  readonly data?: Columns;
  readonly sampleCov?: { readonly names: readonly string[]; readonly values: readonly (readonly number[])[] };
  readonly n?: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly syntax?: string;
  /** Codes of the warnings, all of them; or the one error that ends the job. */
  readonly warns?: readonly string[];
  readonly error?: string;
  /** Names that the messages must hold. */
  readonly names?: readonly string[];
  /** What must follow from it. */
  readonly se?: 'none' | 'some' | 'all';
  readonly chisq?: 'none' | 'some';
  readonly admissible?: boolean;
}

/** n rows of p indicators, the first `split` of one factor and the rest of another that correlates 0.5 with it. */
function rows(n: number, p: number, { seed = 1, split = p, loading = 0.7, noise = false } = {}): Row[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, i) => {
    const f = random.normal();
    const g = 0.5 * f + Math.sqrt(0.75) * random.normal();
    const row: Row = { g: i < n / 2 ? 'a' : 'b', c: `c${Math.floor(i / 5)}`, w: 1 + (i % 3) / 2 };
    for (let j = 0; j < p; j++) row[`x${j + 1}`] = (noise ? 0 : loading * (j < split ? f : g)) + random.normal();
    return row;
  });
}

function changed(from: readonly Row[], change: (row: Record<string, number>, i: number) => Readonly<Record<string, Cell | undefined>>): Row[] {
  return from.map((row, i) => ({ ...row, ...(change(row as Record<string, number>, i) as Row) }));
}

/** Items cut into categories 1, 2 … at the given points. */
function cut(from: readonly Row[], points: readonly number[] = [-1, 0, 1], names?: readonly string[]): Row[] {
  return from.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name.startsWith('x') && typeof value === 'number' && (!names || names.includes(name)) ? 1 + points.filter((point) => value > point).length : value])));
}

function columns(from: readonly Row[]): Columns {
  const names = Object.keys(from[0]);
  return Object.fromEntries(names.map((name) => [name, from.map((row) => row[name])]));
}

const ONE = 'f =~ x1 + x2 + x3 + x4';
const TWO = 'f =~ x1 + x2 + x3\nh =~ x4 + x5 + x6';
const LEVELS = 'level: 1\nf =~ x1 + x2 + x3 + x4\nlevel: 2\nfb =~ x1 + x2 + x3 + x4';
const BASE = rows(200, 6);
const base: Columns = columns(BASE);
const ordinal = columns(cut(BASE));
const pair = columns(rows(200, 6, { split: 3 }));
const near = changed(BASE, (row, i) => ({ x2: row.x1 + 0.05 * Math.sin(7 * i), x3: 0.2 * row.x1 + 0.98 * Math.sin(13 * i) }));
const same = (name: string, value: Cell): Columns => columns(changed(BASE, () => ({ [name]: value })));
const ordered = { ordered: true };
const groups = { group: 'g' };

/** Models that the data do not determine. */
export const UNIDENTIFIED: readonly Nasty[] = ([
  { name: 'two indicators', syntax: 'f =~ x1 + x2', warns: ['not-identified', 'negative-df'], names: ['`f =~ x2`'], chisq: 'none' },
  { name: 'no scale', syntax: 'f =~ NA*x1 + x2 + x3 + x4', warns: ['not-identified'], names: ['`f ~~ f`', 'df is 1 more'] },
  { name: 'no scale, MLR', syntax: 'f =~ NA*x1 + x2 + x3 + x4', options: { estimator: 'MLR' }, warns: ['not-identified'] },
  { name: 'no scale, MLM', syntax: 'f =~ NA*x1 + x2 + x3 + x4', options: { estimator: 'MLM' }, warns: ['not-identified'] },
  { name: 'no scale, WLS', syntax: 'f =~ NA*x1 + x2 + x3 + x4', options: { estimator: 'WLS' }, warns: ['not-identified'] },
  { name: 'no scale, clusters', syntax: 'f =~ NA*x1 + x2 + x3 + x4', options: { cluster: 'c' }, warns: ['not-identified'] },
  { name: 'no scale, missing answers', data: columns(changed(BASE, (_, i) => (i % 9 === 0 ? { x2: null } : {}))), syntax: 'f =~ NA*x1 + x2 + x3 + x4', options: { missing: 'ml' }, warns: ['not-identified'] },
  { name: 'more residual covariances than moments', syntax: `${ONE}\nx1 ~~ x2\nx3 ~~ x4\nx1 ~~ x3`, warns: ['not-identified', 'negative-df'], chisq: 'none' },
  { name: 'a loop of two', syntax: 'x1 ~ x2\nx2 ~ x1', warns: ['not-identified', 'negative-df'], names: ['`x2 ~ x1`'], chisq: 'none' },
  { name: 'two orthogonal pairs', data: pair, syntax: 'f =~ x1 + x2\nh =~ x4 + x5', options: { orthogonal: true }, warns: ['not-identified'], names: ['`f =~ x2`', '`h =~ x5`', 'df is 2 more'] },
  { name: 'a second order over two', data: pair, syntax: `${TWO}\nk =~ f + h`, warns: ['not-identified'], names: ['`k =~ h`'] },
  { name: 'a latent mean', syntax: `${ONE}\nf ~ 1`, warns: ['not-identified'], names: ['`f ~1`'] },
  { name: 'a factor without loadings', syntax: 'f =~ 0*x1 + 0*x2 + 0*x3', warns: ['not-identified'], names: ['the data say nothing of `f ~~ f`'] },
  { name: 'one group without a scale', syntax: 'f =~ c(1, NA)*x1 + x2 + x3 + x4', options: groups, warns: ['not-identified'], names: ['`f ~~ f` in group `b`'] },
  { name: 'means of all groups', syntax: `${ONE}\nf ~ c(NA, NA)*1`, options: { ...groups, 'group.equal': ['loadings', 'intercepts'] }, warns: ['not-identified'], names: ['`f ~1` in group `a`', '`f ~1` in group `b`'] },
  { name: 'ordinal, two indicators', data: ordinal, syntax: 'f =~ x1 + x2', options: ordered, warns: ['not-identified', 'negative-df'], chisq: 'none' },
  { name: 'ordinal, no scale', data: ordinal, syntax: 'f =~ NA*x1 + x2 + x3 + x4', options: ordered, warns: ['not-identified'] },
  { name: 'ordinal, a residual variance under theta', data: ordinal, syntax: `${ONE}\nx1 ~~ x1`, options: { ...ordered, parameterization: 'theta' }, warns: ['not-identified'], names: ['`x1 ~~ x1`'] },
  { name: 'ordinal, a scale', data: ordinal, syntax: `${ONE}\nx1 ~*~ NA*x1`, options: ordered, warns: ['not-identified'], names: ['`x1 ~*~ x1`'] },
  { name: 'ordinal, an intercept beside thresholds', data: ordinal, syntax: `${ONE}\nx1 ~ NA*1`, options: ordered, warns: ['not-identified'], names: ['`x1 ~1`', '`x1 | t1`'] },
  { name: 'ordinal, groups, free residual variances', data: columns(cut(BASE, [0])), syntax: `${ONE}\nx1 ~~ c(NA, NA)*x1`, options: { ...ordered, ...groups, parameterization: 'theta' }, warns: ['not-identified'], names: ['in group `a`', 'in group `b`'] },
  { name: 'two levels, no scale', syntax: 'level: 1\nf =~ x1 + x2 + x3 + x4\nlevel: 2\nfb =~ NA*x1 + x2 + x3 + x4', options: { cluster: 'c' }, warns: ['not-identified'], names: ['at level `2`'] },
  { name: 'an exploratory block of too many factors', syntax: 'efa("b")*f + efa("b")*h =~ x1 + x2 + x3 + x4', warns: ['not-identified', 'negative-df'], chisq: 'none' }
] as readonly Nasty[]).map((each) => ({ se: 'none', ...each }));

/** Solutions that no population has. */
export const IMPROPER: readonly Nasty[] = ([
  { name: 'a negative residual variance', data: columns(near), syntax: 'f =~ x3 + x1 + x2', warns: ['heywood', 'residual-covariance'], names: ['observed variable `x1`'] },
  { name: 'ordinal, a negative residual variance', data: columns(cut(near)), syntax: 'f =~ x3 + x1 + x2 + x4', options: ordered, warns: ['heywood'], names: ['latent response behind'] },
  { name: 'ordinal under theta: a loading without end', data: columns(cut(near)), syntax: 'f =~ x3 + x1 + x2 + x4', options: { ...ordered, parameterization: 'theta' }, warns: ['heywood'], names: ['grow without end'], se: 'none' },
  { name: 'thresholds out of order', data: ordinal, syntax: `${ONE}\nx1 | 1*t1 + 0*t2 + 2*t3`, options: ordered, warns: ['threshold-order'], names: ['`x1`', '1.00, 0.00, 2.00'] },
  { name: 'a latent variance fixed beyond the items', data: ordinal, syntax: `${ONE}\nf ~~ 3*f`, options: ordered, warns: ['heywood'] }
] as readonly Nasty[]).map((each) => ({ admissible: false, ...each }));

/** Rows and columns that a model cannot be fitted to. */
export const DATA: readonly Nasty[] = [
  { name: 'fewer rows than variables', data: columns(rows(5, 6, { seed: 2 })), syntax: TWO, warns: ['few-rows', 'sample-covariance', 'fewer-rows-than-parameters', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'fewer rows than variables, GLS', data: columns(rows(5, 6, { seed: 2 })), syntax: TWO, options: { estimator: 'GLS' }, error: 'covariance-not-positive-definite' },
  { name: 'a group of one row', data: columns(BASE.filter((row, i) => row.g === 'a' || i === 199)), options: groups, error: 'few-rows', names: ['group `b`'] },
  { name: 'a group of one row, missing answers', data: columns(BASE.filter((row, i) => row.g === 'a' || i === 199)), options: { ...groups, missing: 'ml' }, error: 'few-rows', names: ['group `b`'] },
  { name: 'a grouping variable that measures', data: columns(changed(BASE, (_, i) => ({ g: i / 7 }))), options: groups, error: 'few-rows', names: ['200 different values'] },
  { name: 'nobody in a group answers an item', data: columns(changed(BASE, (row) => ((row.g as unknown) === 'b' ? { x2: null } : {}))), options: groups, error: 'empty-group', names: ['`b`', '`x2`'] },
  { name: 'nobody in a group answers an item, missing answers', data: columns(changed(BASE, (row) => ((row.g as unknown) === 'b' ? { x2: null } : {}))), options: { ...groups, missing: 'ml' }, error: 'no-answers', names: ['`b`', '`x2`'] },
  { name: 'ordinal, nobody answers an item', data: columns(changed(cut(BASE), () => ({ x2: null }))), options: { ...ordered, missing: 'pairwise' }, error: 'no-answers', names: ['`x2`'] },
  { name: 'ordinal, nobody in a group answers an item', data: columns(changed(cut(BASE), (row) => ((row.g as unknown) === 'b' ? { x2: null } : {}))), options: { ...ordered, ...groups, missing: 'pairwise' }, error: 'no-answers', names: ['group `b`'] },
  { name: 'ordinal, two items never answered together', data: columns(changed(cut(BASE), (_, i) => (i < 100 ? { x2: null } : { x1: null }))), options: { ...ordered, missing: 'pairwise' }, error: 'pair-not-observed', names: ['`x1`', '`x2`'] },
  { name: 'a category that one group does not use', data: columns(changed(cut(BASE), (row) => ((row.g as unknown) === 'b' ? { x1: Math.max(2, row.x1) } : {}))), options: { ...ordered, ...groups }, error: 'empty-category', names: ['category 1 of `x1`', 'group `b`', '1: 0'] },
  { name: 'one category', data: columns(changed(cut(BASE), () => ({ x1: 2 }))), options: ordered, error: 'empty-category', names: ['`x1`'] },
  { name: 'a constant', data: same('x1', 2), error: 'zero-variance', names: ['`x1`'] },
  { name: 'a constant in one group', data: columns(changed(BASE, (row) => ((row.g as unknown) === 'b' ? { x1: 2 } : {}))), options: groups, error: 'zero-variance', names: ['`x1`', 'group `b`'] },
  { name: 'as many categories as rows', options: ordered, error: 'too-many-categories', names: ['`x1`'] },
  { name: 'words', data: same('x1', 'high'), error: 'not-numeric', names: ['`x1`', '`high`'] },
  { name: 'a copy', data: columns(changed(BASE, (row) => ({ x2: row.x1 }))), warns: ['sample-covariance', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'a sum', data: columns(changed(BASE, (row) => ({ x4: row.x1 + row.x2 }))), warns: ['sample-covariance', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'a copy, WLS', data: columns(changed(BASE, (row) => ({ x2: row.x1 }))), options: { estimator: 'WLS' }, error: 'weight-matrix' },
  { name: 'a copy, WLSMV of measures', data: columns(changed(BASE, (row) => ({ x2: row.x1 }))), options: { estimator: 'WLSMV' }, warns: ['sample-covariance', 'no-standard-error'], names: ['`f =~ x2`'], se: 'some' },
  { name: 'ordinal, a copy', data: columns(changed(cut(BASE), (row) => ({ x2: row.x1 }))), options: ordered, warns: ['near-perfect-correlation'], names: ['`x1` and `x2`'] },
  { name: 'ordinal, a copy turned round', data: columns(changed(cut(BASE), (row) => ({ x2: 5 - row.x1 }))), options: ordered, warns: ['near-perfect-correlation'], names: ['-0.99'] },
  { name: 'a copied predictor', data: columns(changed(BASE, (row) => ({ x5: 2 * row.x4 }))), syntax: 'f =~ x1 + x2 + x3\nf ~ x4 + x5', warns: ['sample-covariance', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'ordinal, a copied predictor', data: columns(changed(cut(BASE, undefined, ['x1', 'x2', 'x3']), (row) => ({ x5: 2 * row.x4 }))), syntax: 'f =~ x1 + x2 + x3\nf ~ x4 + x5', options: { ordered: ['x1', 'x2', 'x3'] }, error: 'collinear-exogenous', names: ['`x5`'] },
  { name: 'ordinal, a predictor without exception', data: columns(changed(cut(BASE, undefined, ['x1', 'x2', 'x3']), (row) => ({ x4: row.x1 > 2 ? 1 : 0 }))), syntax: 'f =~ x1 + x2 + x3\nf ~ x4', options: { ordered: ['x1', 'x2', 'x3'] }, error: 'margin-not-identified', names: ['`x1`'] },
  { name: 'units of 10⁶ and 10⁻³ over two levels', data: columns(changed(BASE, (row) => ({ x1: row.x1 * 1e6, x2: row.x2 * 1e-3 }))), syntax: LEVELS, options: { cluster: 'c' }, warns: ['variance-scales'], chisq: 'some' },
  { name: 'a negative weight', data: columns(changed(BASE, (_, i) => (i === 3 ? { w: -1 } : {}))), options: { 'sampling.weights': 'w' }, error: 'invalid-weight', names: ['`w`', 'row 4'] },
  { name: 'no weight at all', data: same('w', 0), options: { 'sampling.weights': 'w' }, error: 'no-rows', names: ['weight'] },
  { name: 'no complete row', data: columns(changed(BASE, (_, i) => ({ [`x${(i % 4) + 1}`]: null }))), error: 'no-rows' },
  { name: 'an impossible matrix', sampleCov: { names: ['x1', 'x2', 'x3'], values: [[1], [0.9, 1], [0.9, -0.9, 1]] }, n: 100, syntax: 'f =~ x1 + x2 + x3', warns: ['sample-covariance', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'a negative variance in the matrix', sampleCov: { names: ['x1', 'x2', 'x3'], values: [[1], [0.5, -1], [0.5, 0.4, 1]] }, n: 100, syntax: 'f =~ x1 + x2 + x3', error: 'sample-covariance', names: ['`x2`'] },
  { name: 'a matrix that is not symmetric', sampleCov: { names: ['x1', 'x2', 'x3'], values: [[1, 0.4, 0.5], [0.3, 1, 0.4], [0.5, 0.4, 1]] }, n: 100, syntax: 'f =~ x1 + x2 + x3', error: 'sample-covariance', names: ['`x2`, `x1`'] },
  { name: 'a matrix of nobody', sampleCov: { names: ['x1', 'x2', 'x3'], values: [[1], [0.5, 1], [0.5, 0.4, 1]] }, n: 0, syntax: 'f =~ x1 + x2 + x3', error: 'sample-size' }
];

/** What the user asks for and nothing can give. */
export const DEMANDS: readonly Nasty[] = [
  { name: 'equalities that contradict', syntax: 'f =~ x1 + a*x2 + x3 + x4\na == 1\na == 2', warns: ['contradictory-constraints', 'not-converged'], names: ['`a == 1`, `a == 2`'], se: 'none', chisq: 'none' },
  { name: 'equalities that contradict, ordinal', data: ordinal, syntax: 'f =~ x1 + a*x2 + x3 + x4\na == 1\na == 2', options: ordered, warns: ['contradictory-constraints', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'equalities that contradict, two levels', syntax: `${LEVELS.replace('x2', 'a*x2')}\na == 1\na == 2`, options: { cluster: 'c' }, warns: ['contradictory-constraints', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'a chain that contradicts', syntax: 'f =~ x1 + a*x2 + b*x3 + d*x4\na == b\nb == d\na == d + 1', warns: ['contradictory-constraints', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'inequalities that contradict', syntax: 'f =~ x1 + a*x2 + x3 + x4\na > 2\na < 1', warns: ['constraints-broken', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'a square that is negative', syntax: 'f =~ x1 + a*x2 + x3 + x4\na^2 == -1', warns: ['constraints-broken', 'not-converged'], names: ['`a^2 == -1`'], se: 'none', chisq: 'none' },
  { name: 'a constraint on a fixed parameter', syntax: 'f =~ a*x1 + x2 + x3 + x4\na == 2', warns: ['contradictory-constraints', 'not-converged'], names: ['no free parameter'], se: 'none', chisq: 'none' },
  { name: 'a defined parameter without a value', syntax: 'f =~ x1 + a*x2 + x3 + x4\nq := log(-a)\nr := 1/(a - a)', warns: ['undefined-value'], names: ['`q := log(-a)`', '`r := 1/(a-a)`'] },
  { name: 'an unknown label', syntax: `${ONE}\nzz == 1`, error: 'unknown-label', names: ['`zz`'] },
  { name: 'an unknown variable', syntax: 'f =~ x1 + x2 + xx3', error: 'unknown-variable', names: ['`xx3`'] },
  { name: 'an unknown grouping variable', options: { group: 'gg' }, error: 'unknown-variable', names: ['`gg`'] },
  { name: 'an unknown cluster variable', options: { cluster: 'gg' }, error: 'unknown-variable' },
  { name: 'an unknown weight', options: { 'sampling.weights': 'gg' }, error: 'unknown-variable' },
  { name: 'an unknown ordinal variable', options: { ordered: ['x1', 'gg'] }, error: 'unknown-variable' },
  { name: 'an unknown group', options: { ...groups, 'group.label': ['a', 'zz'] }, error: 'unknown-group', names: ['`zz`'] },
  { name: 'an unknown parameter in group.partial', options: { ...groups, 'group.equal': ['loadings'], 'group.partial': ['f=~x9'] }, warns: ['option-without-effect'], names: ['`f=~x9`'] },
  { name: 'equality without groups', options: { 'group.equal': ['loadings'] }, warns: ['option-without-effect'], names: ['`group.equal`'] },
  { name: 'an exception without equality', options: { ...groups, 'group.partial': ['f=~x2'] }, warns: ['option-without-effect'], names: ['`group.partial`'] },
  { name: 'an ordinal predictor', data: ordinal, syntax: 'f =~ x1 + x2 + x3\nf ~ x4', options: { ordered: ['x1', 'x2', 'x3', 'x4'] }, warns: ['ordered-exogenous'], names: ['`x4`'] },
  { name: 'a misspelled option', options: { estimater: 'ML' }, error: 'unknown-option', names: ['`estimater`'] },
  { name: 'a misspelled value', options: { estimator: 'MLX' }, error: 'invalid-option', names: ['`MLX`'] },
  { name: 'a word for a truth', options: { 'std.lv': 'yes' }, error: 'invalid-option', names: ['`std.lv`'] },
  { name: 'a misspelled equality', options: { ...groups, 'group.equal': ['loading'] }, error: 'invalid-option', names: ['`loading`'] },
  { name: 'a variance fixed below 0', syntax: `${ONE}\nx1 ~~ -5*x1`, warns: ['impossible-value', 'not-converged'], names: ['`x1`', '-5'], se: 'none', chisq: 'none' },
  { name: 'a latent variance fixed below 0', syntax: `${ONE}\nf ~~ -1*f`, warns: ['impossible-value', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'ordinal under theta, a residual variance fixed below 0', data: ordinal, syntax: `${ONE}\nx1 ~~ -1*x1`, options: { ...ordered, parameterization: 'theta' }, warns: ['impossible-value', 'not-converged'], se: 'none', chisq: 'none' },
  { name: 'a covariance beyond its variances', data: pair, syntax: `${TWO}\nf ~~ 1*f\nh ~~ 1*h\nf ~~ 2*h`, warns: ['impossible-value', 'not-converged'], names: ['`f` and `h`'], se: 'none', chisq: 'none' },
  { name: 'a start that no covariance matrix has', syntax: `${ONE}\nx1 ~~ start(-1e6)*x1`, warns: ['starts-ignored'], se: 'all', chisq: 'some' },
  { name: 'a start far away', syntax: 'f =~ x1 + start(1e6)*x2 + x3 + x4', warns: [], se: 'all', chisq: 'some' },
  { name: 'one iteration', data: pair, syntax: TWO, options: { control: { 'iter.max': 1 } }, warns: ['not-converged'], se: 'none', chisq: 'none' },
  { name: 'one iteration, ordinal', data: columns(cut(rows(200, 6, { split: 3 }))), syntax: TWO, options: { ...ordered, control: { 'iter.max': 1 } }, warns: ['not-converged'], names: ['steepest at'], se: 'none', chisq: 'none' },
  { name: 'one iteration, two levels', syntax: LEVELS, options: { cluster: 'c', control: { 'iter.max': 1 } }, warns: ['not-converged'], names: ['at level `2`'], se: 'none', chisq: 'none' },
  { name: 'factors of unrelated items', data: columns(rows(200, 6, { noise: true, seed: 4 })), syntax: TWO, warns: ['not-identified'], se: 'none' },
  { name: 'no model', syntax: '', error: 'empty-model' },
  { name: 'a definition alone', syntax: 'a := 3', error: 'empty-model' },
  { name: 'ordinal by likelihood', data: ordinal, options: { ...ordered, estimator: 'MLR' }, error: 'conflicting-options' },
  { name: 'ordinal with missing: ml', data: ordinal, options: { ...ordered, missing: 'ml' }, error: 'conflicting-options' },
  { name: 'ordinal in two stages', data: ordinal, options: { ...ordered, missing: 'two.stage' }, error: 'conflicting-options' },
  { name: 'ordinal with clusters', data: ordinal, options: { ...ordered, cluster: 'c' }, error: 'conflicting-options', names: ['clusters'] },
  { name: 'ordinal on two levels', data: ordinal, syntax: LEVELS, options: { ...ordered, cluster: 'c' }, error: 'two-level' },
  { name: 'ordinal Bollen-Stine', data: ordinal, options: { ...ordered, test: 'bollen.stine', bootstrap: 10 }, error: 'bootstrap-unsupported' },
  { name: 'pairwise rows of measures', options: { missing: 'pairwise' }, error: 'missing' }
];

export { base as ANSWERS, ONE as MODEL };
