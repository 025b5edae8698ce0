import { SurveyError } from '../../../src/shared/diagnostic.js';
import { didYouMean } from '../../../src/shared/suggest.js';

export interface FlagSpec {
  readonly flag: string;
  /** What the value is called in help; a flag without it is a switch. */
  readonly value?: string;
  readonly summary: string;
}

/** Parsed `--flag value`, `--flag=value`, `--switch`, and the words between. */
export interface Flags {
  readonly words: readonly string[];
  has(flag: string): boolean;
  text(flag: string): string | undefined;
  /** Every flag that was given, with its value (true for a switch). */
  entries(): readonly (readonly [string, string | true])[];
}

const EVERYWHERE: readonly FlagSpec[] = [
  { flag: 'job', value: 'FILE', summary: '' },
  { flag: 'json', summary: '' },
  { flag: 'help', summary: '' }
];

export function parseFlags(argv: readonly string[], specs: readonly FlagSpec[]): Flags {
  const known = [...specs, ...EVERYWHERE];
  const given = new Map<string, string | true>();
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = word.slice(2, equals < 0 ? undefined : equals);
    const spec = known.find(({ flag }) => flag === name);
    if (!spec) throw new SurveyError({ severity: 'error', code: 'unknown-flag', message: `\`--${name}\` is not a flag`, help: didYouMean(name, known.map(({ flag }) => flag))?.replace('`', '`--') ?? 'see --help' });
    if (spec.value === undefined) {
      given.set(name, equals < 0 ? true : word.slice(equals + 1));
      continue;
    }
    if (equals >= 0) given.set(name, word.slice(equals + 1));
    else {
      const next = argv[i + 1];
      if (next === undefined) throw new SurveyError({ severity: 'error', code: 'flag-value', message: `\`--${name}\` needs a value`, help: `--${name} ${spec.value}` });
      given.set(name, next);
      i++;
    }
  }
  return {
    words,
    has: (flag) => given.has(flag),
    text: (flag) => {
      const value = given.get(flag);
      return value === undefined ? undefined : String(value);
    },
    entries: () => [...given]
  };
}
