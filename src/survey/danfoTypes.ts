import type { DataFrame } from 'danfojs-node';

export type { DataFrame };

/** What is used of danfojs. */
export interface Danfo {
  readonly DataFrame: new (data?: unknown, options?: { readonly columns?: string[]; readonly dtypes?: string[] }) => DataFrame;
}

export interface ToDanfoOptions {
  /** Only rows that passed screening (default, as analyses see them). */
  readonly validOnly?: boolean;
  /** `missing` (default) leaves declared missing codes out; `keep` writes them as they stood in the file. */
  readonly missingCodes?: 'missing' | 'keep';
  /** `values` (default) gives numbers, `labels` gives value labels where there are any. */
  readonly answers?: 'values' | 'labels';
  /** A danfojs module of your own, `import * as danfo from 'danfojs'`; by default the one that comes with semlab. */
  readonly danfo?: Danfo;
}
