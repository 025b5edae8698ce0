/**
 * Error function and its complement, to full double precision.
 *
 * Rational Chebyshev approximations on three ranges of |x|.
 * @see W. J. Cody (1969), Rational Chebyshev approximations for the error function, Mathematics of Computation 23, 631–637.
 */
const SMALL = 0.46875;
const ONE_OVER_SQRT_PI = 0.5641895835477563;

const A = [3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694, 0.18577770618460315];
const B = [23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const C = [0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972, 2.1531153547440383e-8];
const D = [15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247, 3439.3676741437216, 1230.3393548037495];
const P = [0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 0.0006587491615298378, 0.016315387137302097];
const Q = [2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

/** erf(x) for |x| ≤ 0.46875. */
function erfSmall(x: number): number {
  const y = x * x;
  let numerator = A[4] * y;
  let denominator = y;
  for (let i = 0; i < 3; i++) {
    numerator = (numerator + A[i]) * y;
    denominator = (denominator + B[i]) * y;
  }
  return (x * (numerator + A[3])) / (denominator + B[3]);
}

/** Scaled complement exp(y²)·erfc(y) for y > 0.46875. */
function scaledTail(y: number): number {
  if (y <= 4) {
    let numerator = C[8] * y;
    let denominator = y;
    for (let i = 0; i < 7; i++) {
      numerator = (numerator + C[i]) * y;
      denominator = (denominator + D[i]) * y;
    }
    return (numerator + C[7]) / (denominator + D[7]);
  }
  const z = 1 / (y * y);
  let numerator = P[5] * z;
  let denominator = z;
  for (let i = 0; i < 4; i++) {
    numerator = (numerator + P[i]) * z;
    denominator = (denominator + Q[i]) * z;
  }
  return (ONE_OVER_SQRT_PI - (z * (numerator + P[4])) / (denominator + Q[4])) / y;
}

/** exp(−y²) with y split at 1/16, so that the square is exact and the exponent keeps its low bits. */
export function expMinusSquare(y: number): number {
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(y - head) * (y + head));
}

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. */
export function erf(x: number): number {
  const y = Math.abs(x);
  if (y <= SMALL) return erfSmall(x);
  const tail = y > 6 ? 0 : expMinusSquare(y) * scaledTail(y);
  return x < 0 ? tail - 1 : 1 - tail;
}

/** erfc(x) = 1 − erf(x), exact to the last digits in the upper tail. */
export function erfc(x: number): number {
  const y = Math.abs(x);
  if (y <= SMALL) return 1 - erfSmall(x);
  const tail = y > 27.3 ? 0 : expMinusSquare(y) * scaledTail(y);
  return x < 0 ? 2 - tail : tail;
}

/** exp(x²)·erfc(x) for x ≥ 0: the tail without its underflow. */
export function scaledErfc(x: number): number {
  return x <= SMALL ? Math.exp(x * x) * (1 - erfSmall(x)) : scaledTail(x);
}
