import { inspect } from 'node:util';
import type { Inspection, Magic } from '../../../src/magics/magic.js';
import { inspectSurveyName } from '../../../src/magics/inspectName.js';
import { manualPage } from '../../../src/magics/manual.js';
import { isSurvey } from '../../../src/magics/resolve.js';
import { toBundle } from '../../../src/report/bundle.js';
import { COMMON_OPTIONS, headerWords } from './parseHeader.js';
import type { FoundMagic } from './magicSource.js';

/** Shift-Tab in a header: the option under the cursor, a variable's value, or the manual page. */
export function inspectHeader(found: FoundMagic, offset: number, magic: Magic, scope: Readonly<Record<string, unknown>>): Inspection | undefined {
  const word = headerWords(found.header, found.wordsFrom).find((one) => one.start <= offset && offset <= one.end);
  const option = word ? /^--([^=]+)/.exec(word.text)?.[1] : undefined;
  const specs = { ...magic.options, ...COMMON_OPTIONS };
  if (option !== undefined && Object.hasOwn(specs, option)) {
    const spec = specs[option];
    const facts = [spec.type, ...(spec.choices ? [spec.choices.join(' | ')] : []), ...(spec.default !== undefined ? [`default ${spec.default}`] : [])].join(', ');
    return { text: `--${option} (${facts}): ${spec.summary}`, markdown: `\`--${option}\` (${facts})\n\n${spec.summary}` };
  }
  if (word && Object.hasOwn(scope, word.text)) {
    const bundle = toBundle(scope[word.text]).data;
    const text = typeof bundle['text/plain'] === 'string' ? bundle['text/plain'] : inspect(scope[word.text], { depth: 1 });
    return { text, markdown: `\`\`\`\n${text.slice(0, 4000)}\n\`\`\`` };
  }
  const survey = headerWords(found.header, found.wordsFrom).map(({ text }) => (Object.hasOwn(scope, text) ? scope[text] : undefined)).find(isSurvey);
  const named = word && survey ? inspectSurveyName(survey, word.text) : undefined;
  if (named) return named;
  const page = toBundle(manualPage(magic)).data;
  const markdown = String(page['text/markdown'] ?? page['text/plain']);
  return { text: String(page['text/plain'] ?? markdown), markdown };
}
