import { markdown, type Shown } from './shown.js';
import type { Magic } from './magic.js';

/** `%%sem SURVEY [--estimator …] …`: the first line of a manual page. */
export function usageLine(magic: Magic): string {
  const sign = magic.forms.includes('cell') ? '%%' : '%';
  const words = magic.arguments.map(({ name, kind, optional, rest }) => {
    const shown = kind === 'keyword' ? name : name.toUpperCase();
    const repeated = rest ? `${shown} …` : shown;
    return optional ? `[${repeated}]` : repeated;
  });
  const options = Object.keys(magic.options).length > 0 ? ['[options]'] : [];
  return [`${sign}${magic.name}`, ...words, ...options].join(' ');
}

/** The manual page as Markdown: usage, arguments, options, example. */
export function manualMarkdown(magic: Magic): string {
  const lines = [`### ${usageLine(magic)}`, '', `${magic.summary[0].toUpperCase()}${magic.summary.slice(1)}.`, ''];
  if (magic.manual) lines.push(magic.manual, '');
  if (magic.arguments.length > 0) {
    lines.push('| argument | meaning |', '|---|---|');
    for (const { name, kind, summary, optional } of magic.arguments) lines.push(`| \`${kind === 'keyword' ? name : name.toUpperCase()}\`${optional ? ' (optional)' : ''} | ${summary} |`);
    lines.push('');
  }
  const options = Object.entries(magic.options);
  if (options.length > 0) {
    lines.push('| option | meaning |', '|---|---|');
    for (const [name, spec] of options) {
      const choices = spec.choices ? ` One of ${spec.choices.map((choice) => `\`${choice}\``).join(', ')}.` : '';
      const standard = spec.default === undefined ? '' : ` Default \`${String(spec.default)}\`.`;
      lines.push(`| \`--${name}${spec.type === 'boolean' ? '' : ` ${spec.type.toUpperCase()}`}\` | ${spec.summary}.${choices}${standard} |`);
    }
    lines.push('');
  }
  lines.push('```', magic.example, '```');
  return lines.join('\n');
}

/** The manual page as a displayable value. */
export function manualPage(magic: Magic): Shown {
  return markdown(manualMarkdown(magic));
}
