import { readPublished } from '../report/published/readPublished.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic } from './magic.js';
import { code, markdown } from './shown.js';

/** `%%published NAME`: numbers of a paper, kept as printed, for `%verify`. */
export const publishedMagic: Magic = defineMagic({
  name: 'published',
  forms: ['cell'],
  summary: 'write down results as a paper prints them, to verify them against recomputed ones',
  manual:
    'One thing a line: what it is, a colon, the printed numbers. A bare number is the estimate, `(.051)` its standard error, `[.20, .41]` its interval; others are named: `std .567`, `p < .001`, `t 3.06`. Stars claim p < .05, .01, .001. `source:` says where the numbers stand. `n:`, `names:` and a lower triangle below `covariances:` (or `correlations:`, with `sds:`) give the moments that the paper prints: `%%sem NAME` then fits models to them.',
  arguments: [{ name: 'name', kind: 'new-name', summary: 'variable that will hold the printed numbers' }],
  options: {},
  example: '%%published paper\nsource: Wheaton et al. (1977)\nchisq: 4.735, df 4, p .316\nalien71 ~ alien67: .607 (.051) std .567',
  binds: (call) => (call.arguments[0] === undefined ? {} : { [call.arguments[0]]: 'Published' }),
  run(call) {
    const [name] = call.arguments;
    if (name === undefined) fail('missing-argument', '`%%published` needs the name of the variable that it makes', { help: 'for example `%%published paper`' });
    const paper = readPublished(call.body, { name: `%%${call.magic}`, lineOffset: call.bodyLineOffset });
    const matrix = paper.moments === null ? '' : `, and the moments of ${paper.moments.names.length} variables (n = ${paper.moments.used})`;
    const count = `${paper.numbers.length} printed ${paper.numbers.length === 1 ? 'number' : 'numbers'}${matrix}`;
    return { bind: { [name]: paper }, show: [markdown(`${code(name)}: ${count}${paper.source === '' ? '' : `, from ${code(paper.source)}`}`)] };
  },
  code: (call) => `const ${call.arguments[0]} = readPublished(${JSON.stringify(call.body)})`
});
