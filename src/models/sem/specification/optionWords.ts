/**
 * Spellings that lavaan takes beside its own words, found by asking lavaan
 * 0.6-14 what it makes of each: capitals do not count, and some words have
 * short or older forms.
 */
const OTHER_WORDS: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  test: new Map([
    ['sb', 'satorra.bentler'], ['satorra', 'satorra.bentler'], ['yb', 'yuan.bentler'], ['yuan', 'yuan.bentler'],
    ['mv', 'mean.var.adjusted'], ['second.order', 'mean.var.adjusted'], ['satterthwaite', 'mean.var.adjusted'],
    ['boot', 'bollen.stine'], ['bootstrap', 'bollen.stine'], ['chisq', 'standard'],
    ['browne', 'browne.residual.adf'], ['browne.residual', 'browne.residual.adf']
  ]),
  se: new Map([['robust.mlm', 'robust.sem'], ['robust.mlr', 'robust.huber.white'], ['sandwich', 'robust.huber.white']]),
  missing: new Map([['direct.x', 'ml.x'], ['twostage', 'two.stage'], ['two.step', 'two.stage'], ['robust.twostage', 'robust.two.stage'], ['robust.two.step', 'robust.two.stage']]),
  rotation: new Map([['crawford-ferguson', 'crawford.ferguson'], ['cf', 'crawford.ferguson']]),
  bounds: new Map([['default', 'none']])
};

/** The word of `choices` that lavaan takes `value` for; `value` itself where there is none. */
export function optionWord(option: string, value: string, choices: readonly string[]): string {
  if (choices.includes(value)) return value;
  const folded = value.toLowerCase();
  const dotted = folded.replaceAll('-', '.');
  const words = Object.hasOwn(OTHER_WORDS, option) ? OTHER_WORDS[option] : undefined;
  return choices.find((choice) => choice.toLowerCase() === folded) ?? words?.get(folded) ?? words?.get(dotted) ?? choices.find((choice) => choice.toLowerCase() === dotted) ?? value;
}
