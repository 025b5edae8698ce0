import { defineMagic, type Magic } from '../../../src/magics/magic.js';

function markupMagic(name: string, type: string, what: string, example: string): Magic {
  return defineMagic({
    name,
    forms: ['cell'],
    summary: `show the body as ${what}`,
    arguments: [],
    options: {},
    example,
    run: (call) => ({ show: [{ data: { [type]: call.body, 'text/plain': call.body } }] }),
    code: (call) => `display({ ${JSON.stringify(type)}: ${JSON.stringify(call.body)} });`
  });
}

export const htmlMagic: Magic = markupMagic('html', 'text/html', 'HTML', '%%html\n<b>bold</b>');
export const markdownMagic: Magic = markupMagic('markdown', 'text/markdown', 'Markdown', '%%markdown\n**bold**');
export const latexMagic: Magic = markupMagic('latex', 'text/latex', 'LaTeX', '%%latex\n$$\\chi^2 / df$$');
