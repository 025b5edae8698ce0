/** What a function gave, and what it told the console meanwhile. */
export interface Listened<Value> {
  readonly value: Value;
  readonly told: readonly string[];
}

/**
 * Runs a synchronous function of a library that writes its complaints to the
 * console, and collects them: a reader tells its user by warnings, and a
 * program's error stream is not the reader's to write to. The console is as it
 * was when this returns or throws.
 */
export function listened<Value>(run: () => Value): Listened<Value> {
  const told: string[] = [];
  const methods = ['error', 'warn', 'log'] as const;
  const kept = methods.map((name) => console[name]);
  const listen = (...words: unknown[]): void => {
    told.push(words.map(String).join(' '));
  };
  for (const name of methods) console[name] = listen;
  try {
    return { value: run(), told };
  } finally {
    methods.forEach((name, i) => (console[name] = kept[i]));
  }
}
