/** A JSON value, as MIME data of a `+json` type must be. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** MIME type → data; always holds `text/plain`. Binary types (image/png) are base64 strings. */
export interface MimeBundle {
  readonly data: { readonly [mimeType: string]: Json };
  readonly metadata?: { readonly [mimeType: string]: Json };
}

/** An object that carries its own rich form: the symbol that Deno's kernel established. */
export const JUPYTER_DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never;
