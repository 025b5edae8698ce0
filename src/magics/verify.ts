import type { Published } from '../report/published/readPublished.js';
import { recomputedFigures } from '../report/published/recomputedFigures.js';
import { verify } from '../report/published/verify.js';
import { fail } from '../shared/diagnostic.js';
import { nearest } from '../shared/suggest.js';
import { defineMagic, type Magic, type MagicCall, type MagicContext } from './magic.js';
import { booleanOption, isPublished, namesOf, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

const DEFAULT_NAME = 'verification';

function publishedArgument(call: MagicCall, context: MagicContext): Published {
  const name = call.arguments[1];
  const known = namesOf(context, isPublished);
  const cure = known.length > 0 ? `for example \`%verify ${call.arguments[0] ?? 'fit'} ${known[known.length - 1]}\`` : 'write them down first: `%%published NAME`';
  if (name === undefined) return fail('missing-argument', '`%verify` needs results and the printed numbers', { help: cure });
  const value = context.lookup(name);
  if (isPublished(value)) return value;
  const near = nearest(name, known);
  return fail('unknown-name', `\`${name}\` does not hold printed numbers`, { help: near ? `did you mean \`${near}\`?` : cure });
}

/** `%verify FIT PUBLISHED`: each printed number against the recomputed one. */
export const verifyMagic: Magic = defineMagic({
  name: 'verify',
  forms: ['line', 'cell'],
  summary: 'compare printed numbers with recomputed ones, each at its printed precision',
  manual: 'Every number that `%%published` wrote down is looked up in the results and compared at the precision of print: the same, cut off, one unit of the last digit away, or different. With `--strict` the cell fails when a number does not come back, so that a rerun notices.',
  arguments: [
    { name: 'fit', kind: 'fit', summary: 'a fit, or any analysis with tables' },
    { name: 'published', kind: 'variable', summary: 'printed numbers, from `%%published`' }
  ],
  options: {
    as: { type: 'variable', summary: 'variable that will hold the comparison', default: DEFAULT_NAME },
    strict: { type: 'boolean', summary: 'fail when a number does not come back' },
    ...STYLE_OPTIONS
  },
  example: '%verify fit paper',
  binds: (call) => ({ [textOption(call, 'as') ?? DEFAULT_NAME]: 'Verification' }),
  run(call, context) {
    const name = call.arguments[0] ?? '';
    const results = context.lookup(name);
    if (recomputedFigures(results) === null) {
      const near = nearest(name, namesOf(context, (value) => recomputedFigures(value) !== null));
      fail('unknown-name', name === '' ? '`%verify` needs results and the printed numbers' : `\`${name}\` holds no results`, { help: near ? `did you mean \`${near}\`?` : 'for example `%verify fit paper`' });
    }
    const found = verify(results, publishedArgument(call, context));
    if (booleanOption(call, 'strict') && !found.holds) {
      const lost = found.numbers.filter(({ agreement }) => agreement === 'differs' || agreement === 'absent');
      fail('number-differs', `${lost.length} of ${found.numbers.length} printed numbers do not come back: ${lost.slice(0, 5).map(({ of, figure, printed, recomputed }) => `${of}${figure === '' ? '' : ` ${figure}`} ${printed} (recomputed ${recomputed === null ? 'nothing' : Number(recomputed.toPrecision(5))})`).join('; ')}`);
    }
    return { bind: { [textOption(call, 'as') ?? DEFAULT_NAME]: found }, show: [shownAnalysis(call, found)] };
  },
  code: (call) => `const ${textOption(call, 'as') ?? DEFAULT_NAME} = verify(${call.arguments[0]}, ${call.arguments[1]})`
});
