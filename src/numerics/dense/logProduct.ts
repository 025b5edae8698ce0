const LARGE = 1e100;
const SMALL = 1e-100;

/** The logarithm of a product of positive numbers, which costs one logarithm for many factors. */
export class LogProduct {
  private product = 1;
  private sum = 0;

  clear(): void {
    this.product = 1;
    this.sum = 0;
  }

  multiply(factor: number): void {
    this.product *= factor;
    if (this.product < LARGE && this.product > SMALL) return;
    this.sum += Math.log(this.product);
    this.product = 1;
  }

  total(): number {
    return this.sum + Math.log(this.product);
  }
}
