import type { Bilingual } from '../../../shared/table.js';
import type { SemFit } from '../results.js';

/** The lines under every table of a fit: rows, estimator, convergence, warnings. */
export function fitNotes(fit: SemFit): readonly Bilingual[] {
  const { used, total, dropped } = fit.sample;
  const reasons = dropped.map(({ reason, count }) => `${count} ${reason}`).join(', ');
  const options = fit.options as { estimator?: string; se?: string; tests?: readonly string[]; missing?: string; likelihood?: string };
  const tests = options.tests?.length ? options.tests.filter((test, i, all) => test !== 'standard' || all.length === 1 || i > 0).join(', ') : 'none';
  const notes: Bilingual[] = [
    {
      en: `n = ${used}${total > used ? ` of ${total} (dropped: ${reasons})` : ''}; estimator ${options.estimator}, standard errors ${options.se}, test ${tests}${options.missing === 'listwise' ? '' : `, missing = ${options.missing}`}`,
      zh: `n = ${used}${total > used ? `,共 ${total} 份(剔除 ${total - used} 份)` : ''};估计方法 ${options.estimator},标准误 ${options.se},检验 ${tests}`
    }
  ];
  fit.levels?.clusters.forEach(({ count, smallest, largest }, g) => {
    const group = fit.table.groupLabels.length > 1 ? `${fit.table.groupLabels[g]}: ` : '';
    notes.push({ en: `${group}${count} clusters of ${smallest === largest ? smallest : `${smallest} to ${largest}`} rows`, zh: `${group}${count} 个群组,每组 ${smallest === largest ? smallest : `${smallest} 至 ${largest}`} 份` });
  });
  const { converged, iterations, message } = fit.convergence;
  notes.push(
    converged
      ? { en: `converged after ${iterations} iterations`, zh: `迭代 ${iterations} 次后收敛` }
      : { en: `NOT CONVERGED: ${message}; no number here may be used`, zh: `未收敛:${message};以下数字不可使用` }
  );
  if (!fit.admissible) notes.push({ en: 'the solution is not admissible: see the warnings', zh: '解不可接受(如负方差),见警告' });
  return notes;
}
