const TOKEN = /[ \t\r\n]*(?:(?<open>[[{])|(?<close>[\]}])|(?<comma>,)|(?<colon>:)|(?<string>"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<scalar>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null))/u;

type Expected = 'value' | 'value or close' | 'key' | 'key or close' | 'colon' | 'comma or close' | 'end';

/**
 * Where a text stops being JSON (RFC 8259), as engines tell it in different
 * words or not at all; the text's length when it ends too early.
 */
export function jsonErrorOffset(text: string): number {
  const token = new RegExp(TOKEN, 'yu');
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const match = token.exec(text);
    const start = at + (/^[ \t\r\n]*/.exec(text.slice(at, at + 1000))?.[0].length ?? 0);
    if (!match?.groups) return start;
    const { open: opening, close, comma, colon, string, scalar } = match.groups;
    const inObject = open[open.length - 1] === '{';
    const after: Expected = open.length === 0 ? 'end' : 'comma or close';
    if (opening !== undefined && (expected === 'value' || expected === 'value or close')) {
      open.push(opening);
      expected = opening === '{' ? 'key or close' : 'value or close';
    } else if (close !== undefined && expected !== 'value' && expected.endsWith('close') && (close === '}') === inObject) {
      open.pop();
      expected = open.length === 0 ? 'end' : 'comma or close';
    } else if (comma !== undefined && expected === 'comma or close') expected = inObject ? 'key' : 'value';
    else if (colon !== undefined && expected === 'colon') expected = 'value';
    else if (string !== undefined && expected.startsWith('key')) expected = 'colon';
    else if ((string ?? scalar) !== undefined && expected.startsWith('value')) expected = after;
    else return start;
    at = token.lastIndex;
  }
  return text.length;
}
