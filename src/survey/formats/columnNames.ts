import { warning, type Diagnostic } from '../../shared/diagnostic.js';

/** Trimmed, non-empty, distinct names: an empty heading becomes `V<place>`, a repeated one gets `_2`, `_3`, …; each change is warned about. */
export function distinctNames(headings: readonly string[]): { readonly names: readonly string[]; readonly warnings: readonly Diagnostic[] } {
  const taken = new Set<string>();
  const wanted = headings.map((heading) => heading.replace(/[\r\n\t]+/g, ' ').trim());
  const reserved = new Set(wanted);
  const changes: string[] = [];
  const names = wanted.map((heading, i) => {
    const base = heading === '' ? `V${i + 1}` : heading;
    let name = base;
    for (let copy = 2; taken.has(name) || (name !== heading && reserved.has(name)); copy++) name = `${base}_${copy}`;
    taken.add(name);
    if (name !== heading) changes.push(heading === '' ? `column ${i + 1} → \`${name}\`` : `second \`${heading}\` → \`${name}\``);
    return name;
  });
  if (changes.length === 0) return { names, warnings: [] };
  const shown = changes.slice(0, 3).join(', ') + (changes.length > 3 ? `, and ${changes.length - 3} more` : '');
  return { names, warnings: [warning('renamed-column', `headings that are empty or repeated were renamed: ${shown}`, { zh: `空白或重复的列名已改名：${shown}` })] };
}
