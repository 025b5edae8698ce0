import { SurveyError, type Diagnostic, type SourceText } from '../../../shared/diagnostic.js';
import type { ParameterTable } from '../parameterTable.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ClusteredGroup } from './clusteredGroup.js';

/** Sums of squares below this share of the whole are rounding. */
const NOTHING = 1e-12;

/**
 * Variables fit their level: a variable of level 2 alone is the same for all
 * rows of a cluster, one of level 1 differs within clusters, one of level 2
 * differs between them; and there are clusters with more than one row.
 *
 * @throws SurveyError `varies-within-clusters`, `no-within-variance`, `no-between-variance`, `clusters`
 */
export function checkLevels(table: ParameterTable, groups: readonly ClusteredGroup[], rows: readonly { readonly values: Float64Array; readonly n: number }[], columns: readonly (readonly string[])[], source: SourceText): void {
  const problems: Diagnostic[] = [];
  const report = (code: string, message: string, help: string): void => {
    if (!problems.some((problem) => problem.code === code && problem.message === message)) problems.push({ severity: 'error', code, message, help });
  };
  groups.forEach((group, g) => {
    const where = groups.length > 1 ? ` in group \`${group.label}\`` : '';
    if (group.clusters < 2) return report('clusters', `there is ${group.clusters === 1 ? 'only one cluster' : 'no cluster'}${where}`, 'name the variable that tells clusters apart in `cluster`');
    if (group.clusters === group.n) return report('clusters', `every row${where} is a cluster of its own, so nothing varies within clusters`, 'name the variable that tells clusters apart in `cluster`, not the row number');
    const { names, within, between, vectors, clusters, clusterOf, pooled, n } = group;
    const q = names.length;
    const level1 = new Set(within);
    const { values } = rows[g];
    names.forEach((name, k) => {
      let mean = 0;
      for (let j = 0; j < clusters; j++) mean += vectors[j * q + k] / clusters;
      let spread = 0;
      for (let j = 0; j < clusters; j++) spread += (vectors[j * q + k] - mean) ** 2;
      const column = columns[g].indexOf(name);
      let inside = 0;
      const varying = new Set<number>();
      for (let i = 0; i < n; i++) {
        const d = values[i * columns[g].length + column] - vectors[clusterOf[i] * q + k];
        if (Number.isNaN(d)) continue;
        inside += d * d;
        if (d * d > NOTHING * (mean * mean + spread)) varying.add(clusterOf[i]);
      }
      const whole = spread + inside + mean * mean;
      if (!level1.has(k) && inside > NOTHING * whole) {
        report('varies-within-clusters', `\`${name}\` stands at level \`${table.levelLabels?.[1]}\` only, and differs between the rows of ${varying.size} of ${clusters} clusters${where}`, `name \`${name}\` at level \`${table.levelLabels?.[0]}\` too (for example \`${name} ~~ ${name}\`), or use its cluster mean`);
      }
      if (level1.has(k) && !(pooled[within.indexOf(k) * within.length + within.indexOf(k)] * (n - clusters) > NOTHING * whole)) {
        report('no-within-variance', `\`${name}\` stands at level \`${table.levelLabels?.[0]}\`, and has the same value in all rows of every cluster${where}`, `use \`${name}\` at level \`${table.levelLabels?.[1]}\` only`);
      }
      if (between.includes(k) && !(spread > NOTHING * whole)) report('no-between-variance', `\`${name}\` stands at level \`${table.levelLabels?.[1]}\`, and its cluster means do not differ${where}`, `use \`${name}\` at level \`${table.levelLabels?.[0]}\` only`);
    });
  });
  if (problems.length > 0) throw new SurveyError(problems, source);
}

/**
 * What two-level models need and cannot be combined with.
 * @throws SurveyError `two-level` for every combination that is not computed
 */
export function refuseWithLevels(options: ResolvedSemOptions, table: ParameterTable, hasRows: boolean, source: SourceText): void {
  const problems: Diagnostic[] = [];
  const refuse = (message: string, help: string): void => void problems.push({ severity: 'error', code: 'two-level', message: `two-level models ${message}`, help });
  if (!hasRows) refuse('need the rows of the data, and only moments were given', 'pass the survey itself');
  if (options.cluster === null) refuse('need the variable that tells clusters apart', 'name it in the option `cluster`, for example `cluster: "school"`');
  if (options.categorical) refuse('need continuous variables, and some are ordered', 'leave `ordered` out, or fit a one-level model with `cluster` for standard errors that allow for clusters');
  if (!['ML', 'MLR', 'MLF'].includes(options.estimator) && !options.categorical) refuse(`are estimated by ML, MLR or MLF, not by ${options.estimator}`, 'use MLR for standard errors and a test that hold without normality');
  if (options.missing !== 'listwise' && options.missing !== 'ml') refuse(`with missing: \`${options.missing}\` are not available`, options.missing === 'ml.x' ? 'use `ml` with `fixed.x: false`, which has the same solution' : 'use `ml`, or `listwise`, which leaves incomplete rows out and says how many');
  if (options.samplingWeights !== null) refuse('with sampling weights are not available', 'leave `sampling.weights` out');
  if (options.conditionalX) refuse('with `conditional.x` are not available', 'leave `conditional.x` out');
  if (options.likelihood === 'wishart') refuse('with likelihood `wishart` are not available', 'use `normal`');
  if (table.rows.some((row) => row.efa !== '')) refuse('with exploratory blocks are not available', 'write the loadings without `efa()`');
  if (!['standard', 'robust.huber.white', 'none', 'first.order'].includes(options.se)) refuse(`with standard errors \`${options.se}\` are not available`, 'use `standard` or `robust.huber.white`');
  for (const test of options.tests) if (test !== 'standard' && test !== 'yuan.bentler.mplus') refuse(`with test \`${test}\` are not available`, 'use `standard` or `yuan.bentler.mplus`');
  if (!options.meanstructure) refuse('estimate means, and `meanstructure` is false', 'leave `meanstructure` out');
  if (options.bounds === 'standard' || options.bounds === 'wide' || options.bounds === 'wide.zerovar') refuse(`with bounds \`${options.bounds}\` are not available`, 'use `pos.var`, or `lower()` and `upper()` in the model');
  if (options.observedInformation === 'h1') refuse('with `observed.information: "h1"` are not available', 'leave it out');
  if (problems.length > 0) throw new SurveyError(problems, source);
}
