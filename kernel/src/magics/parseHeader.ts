import { warning, type Diagnostic } from '../../../src/shared/diagnostic.js';
import { nearest } from '../../../src/shared/suggest.js';
import type { Magic, MagicCall, OptionSpec, OptionValue } from '../../../src/magics/magic.js';
import { isVariableName } from './variableName.js';

/** One word of a header: `wom.sav`, `"two words"`, `--as`, `--as=fit`. */
export interface HeaderWord {
  readonly text: string;
  /** UTF-16 range in the header line, quotes included. */
  readonly start: number;
  readonly end: number;
}

/** Options that every magic has. */
export const COMMON_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  help: { type: 'boolean', summary: 'show the manual page' },
  code: { type: 'boolean', summary: 'show the TypeScript that does the same' }
};

/** Splits at blanks outside quotes; a backslash keeps the next quote. */
export function headerWords(line: string, from: number = 0): HeaderWord[] {
  const words: HeaderWord[] = [];
  let at = from;
  while (at < line.length) {
    while (at < line.length && /\s/.test(line[at])) at++;
    if (at >= line.length) break;
    const start = at;
    let text = '';
    let quote = '';
    for (; at < line.length && (quote !== '' || !/\s/.test(line[at])); at++) {
      const character = line[at];
      if (character === '\\' && (line[at + 1] === '"' || line[at + 1] === "'" || line[at + 1] === '\\')) text += line[++at];
      else if (quote !== '' && character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else text += character;
    }
    words.push({ text, start, end: at });
  }
  return words;
}

export interface ParsedHeader {
  readonly call: MagicCall;
  /** Spans point into the header line. */
  readonly diagnostics: readonly Diagnostic[];
  readonly help: boolean;
  readonly code: boolean;
}

const error = (code: string, message: string, word: HeaderWord, help?: string): Diagnostic => ({ ...warning(code, message, { span: { start: word.start, end: word.end }, ...(help ? { help } : {}) }), severity: 'error' });

function convert(spec: OptionSpec, name: string, word: HeaderWord, text: string): OptionValue | Diagnostic {
  if (spec.type === 'number') {
    const value = Number(text);
    return text.trim() === '' || !Number.isFinite(value) ? error('bad-option', `\`--${name}\` wants a number, found \`${text}\``, word) : value;
  }
  if (spec.type === 'boolean') {
    if (/^(true|yes|on|1)$/i.test(text)) return true;
    if (/^(false|no|off|0)$/i.test(text)) return false;
    return error('bad-option', `\`--${name}\` wants true or false, found \`${text}\``, word);
  }
  if (spec.type === 'variable' && !isVariableName(text)) return error('bad-option', `\`--${name}\` wants the name of a variable, found \`${text}\``, word);
  if (spec.choices && !spec.choices.includes(text)) {
    const close = nearest(text, spec.choices);
    return error('bad-option', `\`--${name}\` is one of ${spec.choices.map((choice) => `\`${choice}\``).join(', ')}, found \`${text}\``, word, close ? `did you mean \`${close}\`?` : undefined);
  }
  return text;
}

/**
 * Reads `%%name words --option value` against the magic's own definition.
 * @param line the header line; `wordsFrom` is the offset behind the name
 */
export function parseHeader(magic: Magic, form: 'cell' | 'line', line: string, wordsFrom: number, body: string): ParsedHeader {
  const specs: Readonly<Record<string, OptionSpec>> = { ...COMMON_OPTIONS, ...magic.options };
  const words = headerWords(line, wordsFrom);
  const diagnostics: Diagnostic[] = [];
  const positional: HeaderWord[] = [];
  const options = new Map<string, OptionValue>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!/^--[A-Za-z]/.test(line.slice(word.start, word.end))) {
      positional.push(word);
      continue;
    }
    const [, written, attached] = /^--([^=]+)(?:=([^]*))?$/.exec(word.text)!;
    const negated = written.startsWith('no-') && specs[written.slice(3)]?.type === 'boolean';
    const name = negated ? written.slice(3) : Object.hasOwn(specs, written) ? written : camelCase(written);
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) {
      const close = nearest(written, Object.keys(specs));
      diagnostics.push(error('unknown-option', `\`%${form === 'cell' ? '%' : ''}${magic.name}\` has no option \`--${written}\``, word, close ? `did you mean \`--${close}\`?` : `it has ${Object.keys(specs).map((option) => `\`--${option}\``).join(', ')}`));
      if (words[i + 1] && !words[i + 1].text.startsWith('--') && attached === undefined) i++;
      continue;
    }
    if (spec.type === 'boolean') {
      if (attached === undefined) options.set(name, !negated);
      else keep(name, convert(spec, name, word, attached));
      continue;
    }
    const next = words[i + 1];
    if (attached === undefined && (next === undefined || /^--[A-Za-z]/.test(line.slice(next.start, next.end)))) {
      diagnostics.push(error('bad-option', `\`--${name}\` needs a value`, word, spec.choices ? `one of ${spec.choices.map((choice) => `\`${choice}\``).join(', ')}` : undefined));
      continue;
    }
    if (attached === undefined) i++;
    keep(name, convert(spec, name, attached === undefined ? next : word, attached ?? next.text));
  }
  function keep(name: string, value: OptionValue | Diagnostic): void {
    if (typeof value === 'object') diagnostics.push(value);
    else options.set(name, value);
  }
  for (const [name, spec] of Object.entries(magic.options)) if (!options.has(name) && spec.default !== undefined) options.set(name, spec.default);
  const help = options.get('help') === true;
  const code = options.get('code') === true;
  if (!help) {
    const whole: HeaderWord = { text: '', start: 0, end: line.trimEnd().length };
    magic.arguments.forEach((spec, index) => {
      if (!spec.optional && positional[index] === undefined && !(spec.rest && index > 0)) diagnostics.push(error('missing-argument', `\`${form === 'cell' ? '%%' : '%'}${magic.name}\` needs ${spec.name}: ${spec.summary}`, whole, `for example \`${magic.example.split('\n')[0]}\``));
      if (spec.kind === 'new-name' && positional[index] && !isVariableName(positional[index].text)) diagnostics.push(error('bad-name', `\`${positional[index].text}\` cannot be the name of a variable`, positional[index], 'letters, digits and `_`, not starting with a digit, and no word of the language'));
    });
    const most = magic.arguments.some((spec) => spec.rest) ? Infinity : magic.arguments.length;
    if (positional.length > most) diagnostics.push(error('extra-argument', `\`${form === 'cell' ? '%%' : '%'}${magic.name}\` takes ${most === 0 ? 'no arguments' : most === 1 ? 'one argument' : `${most} arguments`}, found \`${positional[most].text}\` besides`, positional[most]));
  }
  const call: MagicCall = {
    magic: magic.name,
    form,
    arguments: positional.map((word) => word.text),
    options: Object.fromEntries(options),
    body,
    bodyLineOffset: form === 'cell' ? 1 : 0
  };
  return { call, diagnostics, help, code };
}

/** Options may be written with hyphens: `--std-lv` is `stdLv`. */
function camelCase(name: string): string {
  return name.replace(/[-.]([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
