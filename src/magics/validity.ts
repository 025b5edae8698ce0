import { measurementQuality } from '../models/sem/quality/measurementQuality.js';
import { efa } from '../statistics/factor/efa.js';
import { harmanTest } from '../statistics/validity/harman.js';
import type { EfaOptions } from '../statistics/factor/factorAnalysis.js';
import { fail } from '../shared/diagnostic.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { bindResult, boundResult, codeOf, namesCode, RESULT_OPTION } from './namedResult.js';
import { booleanOption, isSemFit, numberOption, surveyArgument, textOption } from './resolve.js';
import { shownAnalysis, STYLE_OPTIONS } from './shown.js';

function optionsOf(call: MagicCall): Partial<EfaOptions> {
  const wanted = textOption(call, 'factors') ?? 'kaiser';
  const count = Number(wanted);
  if (wanted !== 'kaiser' && wanted !== 'parallel' && !(Number.isInteger(count) && count > 0)) fail('invalid-option', `\`--factors\` is \`${wanted}\`, expected a whole number, \`kaiser\` or \`parallel\``);
  return {
    extraction: (textOption(call, 'extraction') ?? 'pca') as 'pca' | 'paf' | 'ml' | 'minres',
    factors: wanted === 'kaiser' || wanted === 'parallel' ? wanted : count,
    rotation: (textOption(call, 'rotation') ?? 'varimax') as 'varimax' | 'promax' | 'oblimin' | 'none',
    stop: (textOption(call, 'stop') ?? 'tight') as 'tight' | 'spss' | 'r',
    suppress: numberOption(call, 'suppress') ?? 0.5
  };
}

/** `%validity SURVEY` (KMO, Bartlett, components) or `%validity FIT` (CR, AVE, discriminant validity). */
export const validityMagic: Magic = defineMagic({
  name: 'validity',
  forms: ['line'],
  summary: 'validity of scales: KMO, Bartlett and factor analysis of a survey, or Harman’s test; CR, AVE, Fornell-Larcker and HTMT of a fitted CFA',
  arguments: [
    { name: 'source', kind: 'survey', summary: 'a loaded survey, or a fitted measurement model' },
    { name: 'items', kind: 'column', summary: 'items or constructs to analyse; by default the items of all constructs', optional: true, rest: true }
  ],
  options: {
    extraction: { type: 'string', summary: 'principal components, principal axis, maximum likelihood or minimum residual', choices: ['pca', 'paf', 'ml', 'minres'], default: 'pca' },
    factors: { type: 'string', summary: 'how many: a number, `kaiser` (eigenvalues above 1) or `parallel`', default: 'kaiser' },
    rotation: { type: 'string', summary: 'rotation', choices: ['varimax', 'promax', 'oblimin', 'none'], default: 'varimax' },
    suppress: { type: 'number', summary: 'loadings below this in absolute value are left blank', default: 0.5 },
    harman: { type: 'boolean', summary: 'Harman’s single-factor test of common-method bias instead (a weak test, and it says so)' },
    stop: { type: 'string', summary: 'end of the rotation: to full precision, or early as SPSS or R do', choices: ['tight', 'spss', 'r'], default: 'tight' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%validity wom --factors 7 --suppress 0.5',
  binds: (call) => boundResult(call, booleanOption(call, 'harman') ? 'HarmanTest' : 'FactorAnalysis | MeasurementQuality'),
  run(call, context) {
    const source = context.lookup(call.arguments[0] ?? '');
    if (isSemFit(source)) {
      const quality = measurementQuality(source);
      return { ...bindResult(call, quality), show: [shownAnalysis(call, quality)] };
    }
    const survey = surveyArgument(call, context);
    const names = call.arguments.length > 1 ? call.arguments.slice(1) : undefined;
    const analysis = booleanOption(call, 'harman') ? harmanTest(survey, names) : efa(survey, names, optionsOf(call));
    return { ...bindResult(call, analysis), show: [shownAnalysis(call, analysis)] };
  },
  code(call) {
    const names = call.arguments.slice(1);
    if (booleanOption(call, 'harman')) return codeOf(call, 'harmanTest', [call.arguments[0], ...(names.length > 0 ? [namesCode(names)] : [])]);
    return codeOf(call, 'efa', [call.arguments[0], namesCode(names)], { ...optionsOf(call) });
  }
});
