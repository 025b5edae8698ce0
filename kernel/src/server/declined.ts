/** Requests of the protocol that this kernel has nothing to answer to. Those that nobody knows get no reply, as the protocol asks. */
const DECLINED = /^(create|delete|list)_subshell_request$/;

/** The reply to a request that is politely declined, or undefined when the request is not one of the protocol. */
export function declined(type: string, content: Readonly<Record<string, unknown>>): { readonly type: string; readonly content: object } | undefined {
  if (type === 'debug_request') {
    const { seq = 0, command = '' } = content;
    return { type: 'debug_reply', content: { type: 'response', seq: 0, request_seq: seq, command, success: false, message: 'this kernel has no debugger' } };
  }
  if (!DECLINED.test(type)) return undefined;
  return { type: type.replace(/_request$/, '_reply'), content: { status: 'error', ename: 'NotImplementedError', evalue: `${type} is not supported`, traceback: [] } };
}
