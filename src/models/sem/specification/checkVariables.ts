import type { Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import type { ModelVariables } from './modelVariables.js';
import type { BlockRoles } from './roles.js';
import type { UserBlock } from './userTerms.js';

/** Every observed variable of the model is a column; every latent variable is not, and is measured in every block that speaks of it. */
export function checkVariables(blocks: readonly UserBlock[], roles: Pick<BlockRoles, 'latent'>, { names, dataName = 'the data' }: ModelVariables): readonly Diagnostic[] {
  if (!names) return [];
  const columns = new Set(names);
  const latent = new Set(blocks.flatMap((block) => block.terms.filter((term) => term.op === '=~' || term.op === '<~').map((term) => term.lhs)));
  const found: Diagnostic[] = [];
  const told = new Set<string>();
  for (const block of blocks) {
    const own = new Set(block.terms.filter((term) => term.op === '=~' || term.op === '<~').map((term) => term.lhs));
    for (const term of block.terms)
      for (const name of [term.lhs, term.op === '|' ? '' : term.rhs]) {
        if (name === '' || own.has(name) || told.has(name)) continue;
        if (latent.has(name)) {
          told.add(name);
          found.push({ severity: 'error', code: 'latent-not-measured', message: `\`${name}\` is a latent variable of another block, and the block ${placeOf(block)} does not measure it`, span: name === term.rhs ? term.rhsSpan : term.lhsSpan, help: `measure it there too (\`${name} =~ …\`), or leave it out of that block` });
          continue;
        }
        // A product of two columns is made from the data.
        if (columns.has(name) || (name.includes(':') && name.split(':').every((part) => columns.has(part)))) continue;
        told.add(name);
        const near = didYouMean(name, [...columns, ...latent]);
        found.push({ severity: 'error', code: 'unknown-variable', message: `\`${name}\` is neither a column of ${dataName} nor a latent variable of the model`, span: name === term.rhs ? term.rhsSpan : term.lhsSpan, ...(near ? { help: near } : {}) });
      }
  }
  for (const name of roles.latent)
    if (columns.has(name)) found.push({ severity: 'error', code: 'latent-is-column', message: `\`${name}\` is a latent variable of the model and a column of ${dataName}`, help: 'give the latent variable another name' });
  return found;
}

function placeOf({ group, level }: UserBlock): string {
  return [...(group === null ? [] : [`of group \`${group}\``]), ...(level === null ? [] : [`of level \`${level}\``])].join(', ');
}
