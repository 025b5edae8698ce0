import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { magics } from '../../src/magics/index.js';
import { manualMarkdown, usageLine } from '../../src/magics/manual.js';
import type { MagicCall } from '../../src/magics/magic.js';
import * as api from '../../src/index.js';

/** Names that the chapters of `src/index.ts` export, types among them. */
const chapters = new URL('../../src/api/', import.meta.url);
const exported = new Set(readdirSync(chapters).flatMap((name) => [...readFileSync(new URL(name, chapters), 'utf8').matchAll(/export (?:type )?\{([^}]*)\}/g)]).flatMap((match) => match[1].split(',').map((name) => name.trim().replace(/^type /, ''))));

/** The example as the kernel would hand it over: enough for `binds` and `code`. */
function exampleCall(example: string): MagicCall {
  const [header, ...body] = example.split('\n');
  const words = header.replace(/^%+/, '').split(/\s+/);
  const options: Record<string, string | boolean> = {};
  const given: string[] = [];
  for (let i = 1; i < words.length; i++) {
    if (words[i].startsWith('--')) {
      const name = words[i].slice(2);
      const next = words[i + 1];
      if (next !== undefined && !next.startsWith('--')) {
        options[name] = next;
        i++;
      } else options[name] = true;
    } else given.push(words[i]);
  }
  return { magic: words[0], form: header.startsWith('%%') ? 'cell' : 'line', arguments: given, options, body: body.join('\n'), bodyLineOffset: header.startsWith('%%') ? 1 : 0 };
}

describe('every magic', () => {
  it('has a name of its own', () => {
    const names = magics.map((magic) => magic.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(5);
  });

  for (const magic of magics) {
    describe(`%${magic.name}`, () => {
      const call = exampleCall(magic.example);

      it('says what it does in words without a full stop, and its example uses it in a form that it has', () => {
        expect(magic.summary).not.toMatch(/\.$/);
        expect(call.magic).toBe(magic.name);
        expect(magic.forms).toContain(call.form);
      });

      it('its example uses only options that it declares', () => {
        for (const name of Object.keys(call.options)) expect(Object.keys(magic.options)).toContain(name);
      });

      it('each option has a summary, and a default among its choices', () => {
        for (const [name, option] of Object.entries(magic.options)) {
          expect(option.summary, name).not.toBe('');
          if (option.choices && option.default !== undefined) expect(option.choices, name).toContain(option.default);
        }
      });

      it('binds types that the library exports', () => {
        for (const type of Object.values(magic.binds?.(call) ?? {})) for (const name of type.match(/[A-Z]\w*/g) ?? ['no type']) expect(exported, type).toContain(name);
      });

      it('has a manual page with usage, every argument and every option', () => {
        const page = manualMarkdown(magic);
        expect(page).toContain(usageLine(magic));
        for (const name of Object.keys(magic.options)) expect(page).toContain(`--${name}`);
      });

      it('shows as code only functions that the library exports', () => {
        const shown = magic.code?.(call);
        if (shown === undefined) return;
        const called = [...shown.matchAll(/(?<![.\w$])([a-z]\w*)\(/g)].map((match) => match[1]);
        expect(called.length).toBeGreaterThan(0);
        for (const name of called) expect(Object.keys(api), `${name} in ${shown}`).toContain(name);
      });
    });
  }
});
