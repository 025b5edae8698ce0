/** Words that no variable of a module can have as its name. @see https://tc39.es/ecma262/#sec-keywords-and-reserved-words */
const RESERVED = new Set('arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(' '));

/** Whether a text can be the name of a variable of the notebook. */
export function isVariableName(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text) && !RESERVED.has(text);
}
