/** Columns that are read together: four lines of a processor's cache, which fetches neighbours by itself. */
const STRIPE = 32;

/**
 * The columns of a row-major matrix, to be read from the first to the last: a
 * stripe of them is copied out at once, since a column alone touches as much
 * memory as its neighbours with it.
 */
export class ColumnsOfDraws {
  private readonly stripe: Float64Array;
  private first = -STRIPE;

  /** @param draws rows × `width` */
  constructor(private readonly draws: Float64Array, private readonly rows: number, private readonly width: number) {
    this.stripe = new Float64Array(rows * STRIPE);
  }

  /** Column j; it holds until another stripe is read. */
  column(j: number): Float64Array {
    const { rows } = this;
    const first = j - (j % STRIPE);
    if (first !== this.first) this.read(first);
    return this.stripe.subarray((j - first) * rows, (j - first + 1) * rows);
  }

  private read(first: number): void {
    const { draws, rows, width, stripe } = this;
    this.first = first;
    const count = Math.min(STRIPE, width - first);
    for (let d = 0, from = first; d < rows; d++, from += width) for (let c = 0; c < count; c++) stripe[c * rows + d] = draws[from + c];
  }
}
