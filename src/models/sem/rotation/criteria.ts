/**
 * Rotation criteria: functions of a loading matrix Λ (p × m, row-major) that
 * are small when it is simple. Each writes ∂f/∂Λ and returns f.
 *
 * @see Browne (2001), Multivariate Behavioral Research 36(1); Bernaards & Jennrich (2005), Educational and Psychological Measurement 65(5)
 */
export type Criterion = (loadings: Float64Array, p: number, m: number, gradient: Float64Array) => number;

/** Crawford-Ferguson family: (1 − κ) row complexity + κ column complexity, over 4. */
export function crawfordFerguson(kappa: number): Criterion {
  return (l, p, m, g) => {
    const rows = new Float64Array(p);
    const columns = new Float64Array(m);
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < m; j++) {
        const square = l[i * m + j] ** 2;
        rows[i] += square;
        columns[j] += square;
      }
    }
    let value = 0;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < m; j++) {
        const x = l[i * m + j];
        const others = (1 - kappa) * (rows[i] - x * x) + kappa * (columns[j] - x * x);
        value += (x * x * others) / 4;
        g[i * m + j] = x * others;
      }
    }
    return value;
  };
}

/** Orthomax: −¼ [Σ λ⁴ − (γ/p) Σ_j (Σ_i λ²)²]; γ = 1 varimax, 0 quartimax. */
export function orthomax(gamma: number): Criterion {
  return (l, p, m, g) => {
    const columns = new Float64Array(m);
    for (let i = 0; i < p; i++) for (let j = 0; j < m; j++) columns[j] += l[i * m + j] ** 2;
    let value = 0;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < m; j++) {
        const x = l[i * m + j];
        value -= x ** 4 / 4;
        g[i * m + j] = -x * (x * x - (gamma / p) * columns[j]);
      }
    }
    for (const c of columns) value += ((gamma / p) * c * c) / 4;
    return value;
  };
}

/** Direct oblimin: ¼ Σ_{j≠k} [Σ_i λ_ij² λ_ik² − (γ/p) Σ_i λ_ij² Σ_i λ_ik²]; γ = 0 quartimin. */
export function oblimin(gamma: number): Criterion {
  return (l, p, m, g) => {
    const columns = new Float64Array(m);
    let all = 0;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < m; j++) {
        columns[j] += l[i * m + j] ** 2;
        all += l[i * m + j] ** 2;
      }
    }
    let value = 0;
    for (let i = 0; i < p; i++) {
      let row = 0;
      for (let j = 0; j < m; j++) row += l[i * m + j] ** 2;
      for (let j = 0; j < m; j++) {
        const x = l[i * m + j];
        const others = row - x * x - (gamma / p) * (all - columns[j]);
        value += (x * x * others) / 4;
        g[i * m + j] = x * others;
      }
    }
    return value;
  };
}

/** Geomin: Σ_i (Π_j (λ_ij² + ε))^(1/m). @see Yates (1987), Multivariate exploratory data analysis */
export function geomin(epsilon: number): Criterion {
  return (l, p, m, g) => {
    let value = 0;
    for (let i = 0; i < p; i++) {
      let log = 0;
      for (let j = 0; j < m; j++) log += Math.log(l[i * m + j] ** 2 + epsilon);
      const mean = Math.exp(log / m);
      value += mean;
      for (let j = 0; j < m; j++) g[i * m + j] = ((2 / m) * l[i * m + j] * mean) / (l[i * m + j] ** 2 + epsilon);
    }
    return value;
  };
}

/** Minimum entropy: −½ Σ λ² ln λ². */
export const entropy: Criterion = (l, p, m, g) => {
  let value = 0;
  for (let k = 0; k < p * m; k++) {
    const square = l[k] ** 2;
    const log = square > 0 ? Math.log(square) : 0;
    value -= (square * log) / 2;
    g[k] = -l[k] * log - l[k];
  }
  return value;
};

/** Infomax, after McCammon's entropies of the table of squares. @see Browne (2001), p. 119 */
export const infomax: Criterion = (l, p, m, g) => {
  const rows = new Float64Array(p);
  const columns = new Float64Array(m);
  let total = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < m; j++) {
      const square = l[i * m + j] ** 2;
      rows[i] += square;
      columns[j] += square;
      total += square;
    }
  }
  const information = (x: number): number => (x > 0 ? x * Math.log(x) : 0);
  let cells = 0;
  for (let k = 0; k < p * m; k++) cells += information(l[k] ** 2 / total);
  let margin = 0;
  let head = 0;
  for (const r of rows) margin += information(r / total);
  for (const c of columns) head += information(c / total);
  const value = Math.log(m) - cells + margin + head;
  // d/dP of the three sums, then P = square / total
  let mean = 0;
  const slope = new Float64Array(p * m);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < m; j++) {
      const share = l[i * m + j] ** 2 / total;
      slope[i * m + j] = share > 0 ? -Math.log(share) + Math.log(rows[i] / total) + Math.log(columns[j] / total) + 1 : 0;
      mean += share * slope[i * m + j];
    }
  }
  for (let k = 0; k < p * m; k++) g[k] = (2 * l[k] * (slope[k] - mean)) / total;
  return value;
};

/** Partially specified target: Σ over marked cells (λ − target)². */
export function target(wanted: Float64Array, marked: Uint8Array): Criterion {
  return (l, p, m, g) => {
    let value = 0;
    for (let k = 0; k < p * m; k++) {
      const d = marked[k] ? l[k] - wanted[k] : 0;
      value += d * d;
      g[k] = 2 * d;
    }
    return value;
  };
}
