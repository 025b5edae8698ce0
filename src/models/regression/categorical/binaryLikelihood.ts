import type { LogLikelihood } from './newton.js';

/** Σ y η − log(1 + e^η), parameters (constant, slopes). */
export function binaryLikelihood(y: Float64Array, columns: readonly Float64Array[]): LogLikelihood {
  const k = columns.length + 1;
  const row = new Float64Array(k);
  row[0] = 1;
  return (parameters, gradient, information) => {
    let logLik = 0;
    for (let i = 0; i < y.length; i++) {
      let eta = parameters[0];
      for (let j = 1; j < k; j++) eta += parameters[j] * (row[j] = columns[j - 1][i]);
      const small = Math.exp(-Math.abs(eta));
      logLik += y[i] * eta - (eta > 0 ? eta : 0) - Math.log1p(small);
      const p = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
      const weight = small / ((1 + small) * (1 + small));
      for (let a = 0; a < k; a++) {
        gradient[a] += (y[i] - p) * row[a];
        for (let b = 0; b <= a; b++) information[a * k + b] += weight * row[a] * row[b];
      }
    }
    for (let a = 0; a < k; a++) for (let b = 0; b < a; b++) information[b * k + a] = information[a * k + b];
    return logLik;
  };
}
