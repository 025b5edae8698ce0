import { measurementModel } from '../models/sem/specification/measurementModel.js';
import { methodFactor } from '../models/sem/questions/methodFactor.js';
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
  summary: 'validity of scales: KMO, Bartlett and factor analysis of a survey, Harman’s test or a latent method factor; CR, AVE, Fornell-Larcker and HTMT of a fitted CFA',
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
    'method-factor': { type: 'string', summary: 'a latent method factor beside the constructs instead: with free loadings, or with one equal loading, which needs less to be identified', choices: ['free', 'equal'] },
    stop: { type: 'string', summary: 'end of the rotation: to full precision, or early as SPSS or R do', choices: ['tight', 'spss', 'r'], default: 'tight' },
    ...RESULT_OPTION,
    ...STYLE_OPTIONS
  },
  example: '%validity wom --factors 7 --suppress 0.5',
  binds: (call) => boundResult(call, booleanOption(call, 'harman') ? 'HarmanTest' : textOption(call, 'method-factor') !== undefined ? 'MethodFactor' : 'FactorAnalysis | MeasurementQuality'),
  run(call, context) {
    const source = context.lookup(call.arguments[0] ?? '');
    if (isSemFit(source)) {
      const quality = measurementQuality(source);
      return { ...bindResult(call, quality), show: [shownAnalysis(call, quality)] };
    }
    const survey = surveyArgument(call, context);
    const names = call.arguments.length > 1 ? call.arguments.slice(1) : undefined;
    const loadings = textOption(call, 'method-factor');
    if (loadings !== undefined) {
      const method = methodFactor(measurementModel(survey, names), survey, { methodLoadings: loadings as 'free' | 'equal' });
      return { ...bindResult(call, method), show: [shownAnalysis(call, method)] };
    }
    const analysis = booleanOption(call, 'harman') ? harmanTest(survey, names) : efa(survey, names, optionsOf(call));
    return { ...bindResult(call, analysis), show: [shownAnalysis(call, analysis)] };
  },
  code(call) {
    const names = call.arguments.slice(1);
    if (booleanOption(call, 'harman')) return codeOf(call, 'harmanTest', [call.arguments[0], ...(names.length > 0 ? [namesCode(names)] : [])]);
    const loadings = textOption(call, 'method-factor');
    if (loadings !== undefined) return codeOf(call, 'methodFactor', [`measurementModel(${[call.arguments[0], ...(names.length > 0 ? [namesCode(names)] : [])].join(', ')})`, call.arguments[0]], { methodLoadings: loadings });
    return codeOf(call, 'efa', [call.arguments[0], namesCode(names)], { ...optionsOf(call) });
  }
});
