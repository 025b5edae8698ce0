import type { ScreeningRules } from '../screeningRules.js';
import type { CodebookReader } from './reader.js';
import type { Tree } from './tree.js';

const KEYS: readonly string[] = ['sent', 'items', 'attention', 'seconds', 'minSeconds', 'maxSeconds', 'maxMissing', 'impossible', 'skips', 'longString', 'minDeviation', 'mahalanobis', 'duplicates'];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The `screening:` part. */
export function readScreening(reader: CodebookReader, tree: Tree): ScreeningRules {
  const entries = reader.entries(tree, '`screening`');
  reader.known(entries, KEYS, '`screening`');
  const rules: Mutable<ScreeningRules> = {};
  for (const { key, value } of entries) {
    const what = `\`${key}\``;
    switch (key) {
      case 'sent':
      case 'minSeconds':
      case 'maxSeconds':
      case 'longString':
      case 'minDeviation': {
        const number = reader.number(value, what);
        if (number !== undefined && number < 0) reader.problem('codebook-shape', `${what} must not be negative`, value.span);
        else if (number !== undefined) rules[key] = number;
        break;
      }
      case 'maxMissing':
      case 'mahalanobis': {
        const number = reader.number(value, what);
        if (number !== undefined && (number < 0 || number > 1)) reader.problem('codebook-shape', `${what} must lie between 0 and 1, it is ${number}`, value.span, key === 'maxMissing' ? 'write 20% as 0.2' : 'it is a tail probability such as 0.001');
        else if (number !== undefined) rules[key] = number;
        break;
      }
      case 'impossible':
      case 'skips': {
        const flag = reader.flag(value, what);
        if (flag !== undefined) rules[key] = flag;
        break;
      }
      case 'items':
        rules.items = reader.names(value).map((item) => item.name);
        break;
      case 'seconds': {
        const name = reader.text(value, what);
        if (name !== undefined) rules.seconds = reader.place(name, value.span);
        break;
      }
      case 'duplicates':
        rules.duplicates = value.kind === 'value' && typeof value.value === 'boolean' ? value.value : reader.names(value).map((item) => item.name);
        break;
      case 'attention':
        rules.attention = new Map(reader.entries(value, '`attention`').map((entry) => [reader.place(String(entry.key), entry.keySpan), reader.answers(entry.value, 'accepted answers')]));
        break;
    }
  }
  if ((rules.minSeconds !== undefined || rules.maxSeconds !== undefined) && rules.seconds === undefined && !entries.some((entry) => entry.key === 'seconds')) {
    const entry = entries.find(({ key }) => key === 'minSeconds' || key === 'maxSeconds');
    reader.problem('codebook-shape', 'an answering time is asked for, but no column holds it', entry?.keySpan ?? tree.span, 'add `seconds: COLUMN`');
  }
  return rules;
}
