import { reliability } from '../statistics/reliability/reliability.js';
import { reliabilityOfScales } from '../statistics/reliability/scaleSummary.js';
import { defineMagic, type Magic } from './magic.js';
import { surveyArgument } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

/** `%reliability SURVEY [constructs]`. */
export const reliabilityMagic: Magic = defineMagic({
  name: 'reliability',
  forms: ['line'],
  summary: 'reliability of scales: Cronbach’s alpha, omega, corrected item-total correlations, alpha if deleted',
  arguments: [
    { name: 'survey', kind: 'survey', summary: 'a loaded survey' },
    { name: 'scales', kind: 'column', summary: 'constructs, or the items of one scale; by default every construct', optional: true, rest: true }
  ],
  options: STYLE_OPTIONS,
  example: '%reliability wom EXP REL',
  run(call, context) {
    const survey = surveyArgument(call, context);
    const named = call.arguments.slice(1);
    const areItems = named.some((name) => survey.has(name) && !survey.codebook.constructs.has(name));
    const result = areItems || named.length === 1 ? reliability(survey, named) : reliabilityOfScales(survey, named.length > 0 ? named : undefined);
    return { show: [shownAnalysis(call, result)] };
  },
  code: (call) => (call.arguments.length > 1 ? `reliability(${call.arguments[0]}, ${JSON.stringify(call.arguments.slice(1))})` : `reliabilityOfScales(${call.arguments[0]})`)
});
