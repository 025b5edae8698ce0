import { itemAnalysis } from '../statistics/reliability/itemAnalysis.js';
import { reliability } from '../statistics/reliability/reliability.js';
import { reliabilityOfScales } from '../statistics/reliability/scaleSummary.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, namesCode, RESULT_OPTION } from './namedResult.js';
import { booleanOption, numberOption, surveyArgument } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

type Way = 'reliability' | 'reliabilityOfScales' | 'itemAnalysis';

/** One name is one scale; several are several scales, or, where the survey has them as columns, the items of one. */
function wayOf(call: MagicCall, areItems: boolean): Way {
  if (booleanOption(call, 'item-analysis')) return 'itemAnalysis';
  return areItems || call.arguments.length === 2 ? 'reliability' : 'reliabilityOfScales';
}

const TYPES: Readonly<Record<Way, string>> = { reliability: 'Reliability', reliabilityOfScales: 'ScaleReliabilities', itemAnalysis: 'ItemAnalysis' };

/** `%reliability SURVEY [constructs]`. */
export const reliabilityMagic: Magic = defineMagic({
  name: 'reliability',
  forms: ['line'],
  summary: 'reliability of scales: Cronbach’s alpha, omega, split-half, corrected item-total correlations, alpha if deleted; or item analysis by extreme groups',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'scales', kind: 'column', summary: 'constructs, or the items of one scale; by default every construct', optional: true, rest: true }
  ],
  options: {
    'item-analysis': { type: 'boolean', summary: 'item analysis instead: critical ratio of each item between the groups of lowest and highest total score' },
    share: { type: 'number', summary: 'share of rows in each extreme group of the item analysis', default: 0.27 },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%reliability wom EXP REL',
  // before the run only the number of names is known; items of one scale and several scales share what both types have
  binds: (call) => boundResult(call, call.arguments.length > 2 && !booleanOption(call, 'item-analysis') ? 'Reliability | ScaleReliabilities' : TYPES[wayOf(call, false)]),
  run(call, context) {
    const survey = surveyArgument(call, context);
    const named = call.arguments.slice(1);
    const areItems = named.some((name) => survey.has(name) && !survey.codebook.constructs.has(name));
    const way = wayOf(call, areItems);
    if (way === 'itemAnalysis') {
      if (named.length === 0) fail('missing-argument', 'item analysis needs one scale', { help: `for example \`%reliability ${call.arguments[0]} EXP --item-analysis\`` });
      const analysis = itemAnalysis(survey, named.length === 1 && !areItems ? named[0] : named, numberOption(call, 'share') ?? 0.27);
      return { ...bindResult(call, analysis), show: [shownAnalysis(call, analysis)] };
    }
    const result = way === 'reliability' ? reliability(survey, named) : reliabilityOfScales(survey, named.length > 0 ? named : undefined);
    return { ...bindResult(call, result), show: [shownAnalysis(call, result)] };
  },
  code(call) {
    const named = call.arguments.slice(1);
    const way = wayOf(call, false);
    return codeOf(call, way, [call.arguments[0], ...(named.length > 0 ? [namesCode(named)] : []), ...(way === 'itemAnalysis' && numberOption(call, 'share') !== undefined ? [String(numberOption(call, 'share'))] : [])]);
  }
});
