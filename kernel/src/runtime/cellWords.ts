/** Words of compiled cells, taken out of what the reader sees. */

/** The message with the reader's own names. */
export function withoutScopeNames(message: string): string {
  return message.replace(/\(0 ?, \$semlab_scope\.([\p{ID_Continue}$]+)\)/gu, '$1').replace(/\$semlab_(?:scope|cell)\./g, '');
}

/** A function's name in a stack; the wrapper's own names say nothing to the reader. */
export function cleanCall(call: string): string {
  return call.replace(/^async /, '').replace(/\$semlab_(cell|scope)\.?(main)?/g, '').replace(/^Object\./, '').replace(/^main$/, '').trim();
}
