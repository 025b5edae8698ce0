import { ScopeChain, sourceLayer, type ScopeLayer } from './scopeChain.js';
import { scopeRecords } from './scopeRecords.js';
import type { TypeScript } from './typescript.js';

/** Heads of layers in the written scope; a comment of this form stands in no declaration that the compiler emits. */
const DECLARATIONS = '//# scope declarations';
const SOURCE = '//# scope source';
const HEAD = /^\/\/# scope (?:declarations|source(?: ([^\n]*))?)$/m;

/**
 * The scope as one text, oldest layer first: what tslab's converter hands from
 * cell to cell as `declOutput` and takes as `prevDecl`.
 */
export function writeScope(chain: ScopeChain): string {
  return chain.layers.map((layer) => `${layer.kind === 'd.ts' ? DECLARATIONS : `${SOURCE} ${layer.records.map((record) => record.name).join(' ')}`}\n${layer.text}`).join('\n');
}

/** The scope of a text; declarations without heads are one layer. */
export function readScope(typescript: TypeScript, text: string): ScopeChain {
  if (text.trim() === '') return new ScopeChain();
  const layers: ScopeLayer[] = [];
  let rest = text.startsWith('//# scope ') ? text : `${DECLARATIONS}\n${text}`;
  while (rest !== '') {
    const [head, names] = HEAD.exec(rest)!;
    const next = rest.slice(head.length).search(HEAD);
    const body = next < 0 ? rest.slice(head.length + 1) : rest.slice(head.length + 1, head.length + next - 1);
    layers.push(names === undefined ? { records: scopeRecords(typescript, body), text: body, kind: 'd.ts' } : sourceLayer(body, names.split(' ')));
    rest = next < 0 ? '' : rest.slice(head.length + next);
  }
  return new ScopeChain(layers);
}
