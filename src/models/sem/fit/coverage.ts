import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { SemSample } from '../estimation/sample.js';

/** Share of rows that should answer both of two variables (lavaan's limit). */
const LEAST_COVERAGE = 0.1;

/** Pairs of variables that few rows or none answer together, and saturated moments that were not found. */
export function coverageWarnings(sample: SemSample): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  (sample.incomplete ?? sample.firstStage ?? []).forEach(({ patterns, saturated }, g) => {
    const where = sample.groups.length > 1 ? ` in group \`${sample.groupLabels[g]}\`` : '';
    const p = sample.names[g].length;
    if (!saturated.converged) found.push(warning('saturated-not-converged', `the means and covariances of the saturated model were not found in ${saturated.iterations} steps${where}: χ² and what follows from it are not exact`, { zh: `饱和模型的均值与协方差在 ${saturated.iterations} 步内未收敛${where}：χ² 及由其导出的指标不精确`, help: 'look for variables that are hardly ever answered together, or that are sums of others', helpZh: '查找极少同时作答的变量，或由其他变量相加而成的变量' }));
    let least = 1;
    let pair: readonly [number, number] = [0, 0];
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < i; j++) {
        let share = 0;
        for (const pattern of patterns) if (pattern.observed.includes(i) && pattern.observed.includes(j)) share += pattern.share;
        if (share < least) [least, pair] = [share, [j, i]];
      }
    }
    if (!(least < LEAST_COVERAGE)) return;
    const [a, b] = pair.map((index) => `\`${sample.names[g][index]}\``);
    const none = least === 0;
    found.push(warning(none ? 'no-coverage' : 'low-coverage', none ? `${a} and ${b} are never answered together${where}: their covariance cannot be estimated, so χ² has fewer degrees of freedom than are printed` : `only ${(100 * least).toFixed(1)} % of the rows answer both ${a} and ${b}${where}`, { help: 'a planned split of the questionnaire needs some respondents who answer both parts' }));
  });
  return found;
}
