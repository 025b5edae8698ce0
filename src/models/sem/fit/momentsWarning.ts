import { warning, type Diagnostic } from '../../../shared/diagnostic.js';

/** More parameters than sample moments: nothing is tested, and no index of fit exists. */
export function momentsWarnings(df: number, npar: number): readonly Diagnostic[] {
  if (df >= 0) return [];
  return [
    warning('negative-df', `${npar} free parameters for ${npar + df} sample moments: ${-df} too many (df = ${df}); no χ² and no index of fit exists`, {
      zh: `${npar} 个自由参数，而样本矩只有 ${npar + df} 个（df = ${df}）：没有 χ² 与拟合指数`,
      help: `fix or equate at least ${-df} parameter${df === -1 ? '' : 's'}, or add indicators`,
      helpZh: `至少固定 ${-df} 个参数，或增加测量指标`
    })
  ];
}
