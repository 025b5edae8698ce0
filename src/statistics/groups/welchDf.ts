/**
 * Degrees of freedom of Welch and Satterthwaite for a difference of two means:
 * 1 / (c²/(n₁ − 1) + (1 − c)²/(n₂ − 1)), c = v₁/(v₁ + v₂) with v the squared
 * standard errors; written with shares so that units cannot overflow.
 * @see Welch (1947), Biometrika 34, 28-35
 */
export function welchDf(v1: number, n1: number, v2: number, n2: number): number {
  const share = v1 / (v1 + v2);
  return 1 / (share ** 2 / (n1 - 1) + (1 - share) ** 2 / (n2 - 1));
}
