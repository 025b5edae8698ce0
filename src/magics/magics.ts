import { table } from '../shared/table.js';
import { nearest } from '../shared/suggest.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic } from './magic.js';
import { manualPage, usageLine } from './manual.js';

/** `%magics` lists every magic; `%magics NAME` prints one manual page. */
export const magicsMagic: Magic = defineMagic({
  name: 'magics',
  forms: ['line'],
  summary: 'list the magics, or show the manual page of one',
  arguments: [{ name: 'NAME', kind: 'text', summary: 'magic to explain', optional: true }],
  options: {},
  example: '%magics sem',
  run(call, context) {
    const wanted = call.arguments[0]?.replace(/^%+/, '');
    if (wanted !== undefined) {
      const found = context.magics.find((magic) => magic.name === wanted);
      if (!found) {
        const suggestion = nearest(wanted, context.magics.map((magic) => magic.name));
        fail('unknown-magic', `there is no magic \`%${wanted}\``, { help: suggestion ? `did you mean \`%${suggestion}\`?` : '`%magics` lists them all' });
      }
      return { show: [manualPage(found)] };
    }
    return {
      show: [
        table(
          { en: 'Magics', zh: '魔法命令' },
          [
            { key: 'usage', label: { en: 'Magic', zh: '命令' }, kind: 'text' },
            { key: 'summary', label: { en: 'Does', zh: '作用' }, kind: 'text' }
          ],
          context.magics.map((magic) => ({ usage: usageLine(magic), summary: magic.summary })),
          { notes: [{ en: '`%magics NAME` or `%%NAME --help` shows the manual page of one.', zh: '`%magics NAME` 或 `%%NAME --help` 显示详细说明。' }] }
        )
      ]
    };
  }
});
