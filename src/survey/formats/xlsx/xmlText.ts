// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ESCAPED = /_x(?=[0-9A-Fa-f]{4}_)/g;
/** `&lt;` and so on. */
const NAMED: ReadonlyMap<string, string> = new Map([['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;']]);

/** Text as XML character data or attribute value; characters that XML has no place for are written `_x0001_`, as Office does; lines are broken by line feeds, as in cells. @see ECMA-376-1, 22.9.2.19 */
export function xmlText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(ESCAPED, '_x005F_x')
    .replace(FORBIDDEN, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, (character) => NAMED.get(character) ?? character);
}
