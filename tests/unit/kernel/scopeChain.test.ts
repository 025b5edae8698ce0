import { describe, expect, it } from 'vitest';
import { ScopeChain } from '../../../kernel/src/language/scopeChain.js';
import type { ScopeRecord } from '../../../kernel/src/language/scopeRecords.js';

const record = (name: string, text: string = `declare const ${name}: number;`, mentions: readonly string[] = []): ScopeRecord => ({ name, text, value: true, type: false, mentions: new Set(mentions) });
const type = (name: string, text: string): ScopeRecord => ({ ...record(name, text), value: false, type: true });
const text = (chain: ScopeChain): string => chain.layers.map((layer) => layer.text).join('\n');

describe('ScopeChain', () => {
  it('keeps few layers, whatever the number of cells', () => {
    let chain = new ScopeChain();
    for (let i = 0; i < 2500; i++) chain = chain.append([record(`v${i}`)]);
    expect(chain.layers.length).toBeLessThan(15);
    expect(chain.names().size).toBe(2500);
  });

  it('forgets a declaration that is hidden and that nothing mentions', () => {
    let chain = new ScopeChain();
    for (let i = 0; i < 100; i++) chain = chain.append([record('again', `declare const again: ${i};`)]);
    expect(text(chain)).toBe('declare const again: 99;');
  });

  it('keeps a hidden type that an older value was made with, in an older layer', () => {
    let chain = new ScopeChain();
    chain = chain.append([type('Shape', 'interface Shape { a: number }')]);
    chain = chain.append([record('shape', 'declare const shape: Shape;', ['Shape'])]);
    chain = chain.append([type('Shape', 'interface Shape { b: number }')]);
    expect(text(chain)).toContain('a: number');
    const layerOf = (part: string): number => chain.layers.findIndex((layer) => layer.text.includes(part));
    expect(layerOf('declare const shape')).toBeLessThan(layerOf('b: number'));
    expect(layerOf('a: number')).toBeLessThanOrEqual(layerOf('declare const shape'));
  });

  it('lets go of it when that value is hidden too', () => {
    let chain = new ScopeChain();
    for (let i = 0; i < 50; i++) {
      chain = chain.append([type('Shape', `interface Shape { v${i}: number }`)]);
      chain = chain.append([record('shape', 'declare const shape: Shape;', ['Shape'])]);
    }
    expect(text(chain)).not.toContain('v3:');
    expect(chain.layers.length).toBeLessThan(6);
  });

  it('keeps a type when only the value of its name is hidden', () => {
    let chain = new ScopeChain();
    chain = chain.append([type('Scale', 'type Scale = 1 | 2;')]);
    chain = chain.append([record('Scale')]);
    expect(text(chain)).toContain('type Scale');
  });

  it('does not merge a declaration into a layer where one of its names would change', () => {
    let chain = new ScopeChain();
    chain = chain.append([record('shape', 'declare const shape: Map<string, number>;', ['Map'])]);
    chain = chain.append([type('Map', 'interface Map { mine: 1 }')]);
    expect(chain.layers.length).toBe(2);
  });

  it('takes back augmentations that are made again', () => {
    let chain = new ScopeChain();
    chain = chain.append([{ ...record('', 'declare global { interface Array<T> { third(): T } }'), augments: ['global Array'] }]);
    chain = chain.withoutAugmentations(['global Array']);
    expect(text(chain)).toBe('');
  });
});
