/**
 * Node's stack of asynchronous contexts, which is in use once a cell or a package
 * makes an AsyncLocalStorage, an AsyncResource or an async hook.
 *
 * Code that is terminated never takes its entry off this stack, and Node aborts the
 * process when it finds one left over. So whoever terminates code says so here first.
 */

/** What Node's own `async_hooks` is made of, as far as it is needed here. */
interface AsyncWrap {
  clearAsyncIdStack(): void;
  readonly async_hook_fields: Uint32Array;
  readonly async_id_fields: Float64Array;
  readonly constants: { readonly kStackLength: number; readonly kExecutionAsyncId: number; readonly kTriggerAsyncId: number };
}

/** Absent in a Node that does not lend it out: then there is nothing that could be mended. */
function borrowAsyncWrap(): AsyncWrap | undefined {
  const node = process as { noDeprecation?: boolean };
  const before = node.noDeprecation;
  try {
    node.noDeprecation = true;
    const wrap = (process as unknown as { binding(name: string): AsyncWrap }).binding('async_wrap');
    return typeof wrap.clearAsyncIdStack === 'function' && wrap.async_hook_fields && wrap.async_id_fields && wrap.constants ? wrap : undefined;
  } catch {
    return undefined;
  } finally {
    if (before === undefined) delete node.noDeprecation;
    else node.noDeprecation = before;
  }
}

const wrap = borrowAsyncWrap();

/** Empties the stack: everything that runs now is about to be terminated. Node takes an empty stack for one that an error unwound. */
export function clearAsyncStack(): void {
  wrap?.clearAsyncIdStack();
}

/** Remembers how deep the stack is. @returns puts it back to that depth, when the code above was terminated */
export function markAsyncStack(): () => void {
  if (!wrap) return () => {};
  const { async_hook_fields: fields, async_id_fields: ids, constants } = wrap;
  const depth = fields[constants.kStackLength];
  const execution = ids[constants.kExecutionAsyncId];
  const trigger = ids[constants.kTriggerAsyncId];
  return () => {
    if (fields[constants.kStackLength] <= depth) return;
    fields[constants.kStackLength] = depth;
    ids[constants.kExecutionAsyncId] = execution;
    ids[constants.kTriggerAsyncId] = trigger;
  };
}
