import { parseModel } from '../language/parser.js';
import { resolveOptions } from '../models/sem/specification/resolveOptions.js';
import { specify } from '../models/sem/specify.js';
import type { ParameterTable } from '../models/sem/parameterTable.js';
import type { SemFit } from '../models/sem/results.js';
import { surveyOfFit } from '../models/sem/surveyOfFit.js';
import { pathDiagram } from '../report/diagram/pathDiagram.js';
import type { PathDiagramOptions } from '../report/diagram/diagramOptions.js';
import type { Bilingual } from '../shared/table.js';
import { answerWith, modelNames } from './completeNames.js';
import { constructLabels } from './constructLabels.js';
import { inBody } from './inBody.js';
import { defineMagic, type Magic, type MagicCall, type OptionSpecs } from './magic.js';
import { booleanOption, numberOption, semFitArgument, textOption } from './resolve.js';

export const DIAGRAM_OPTIONS: OptionSpecs = {
  estimates: { type: 'string', summary: 'which estimates stand on the arrows', choices: ['std', 'unstd', 'both', 'none'], default: 'std' },
  structural: { type: 'boolean', summary: 'draw the structural part only, without indicators' },
  residuals: { type: 'string', summary: 'residual variances', choices: ['arrows', 'circles', 'none'], default: 'arrows' },
  covariances: { type: 'string', summary: 'which covariances are drawn', choices: ['all', 'user', 'none'], default: 'all' },
  means: { type: 'boolean', summary: 'draw intercepts and means as triangles' },
  significant: { type: 'boolean', summary: 'leave out structural paths with p ≥ .05' },
  digits: { type: 'number', summary: 'decimals', default: 2 },
  theme: { type: 'string', summary: 'black and white, grey, or colour', choices: ['print', 'grey', 'colour'], default: 'print' },
  direction: { type: 'string', summary: 'where outcomes lie', choices: ['right', 'down'], default: 'right' },
  lang: { type: 'string', summary: 'wording of constructs', choices: ['en', 'zh', 'both'], default: 'en' },
  survey: { type: 'string', summary: 'survey whose codebook gives the wording; by default the one that was fitted' }
};

/** Header words as the diagram's options. */
export function diagramOptionsOf(call: MagicCall, labels: ReadonlyMap<string, Bilingual>): PathDiagramOptions {
  const digits = numberOption(call, 'digits');
  return {
    estimates: (textOption(call, 'estimates') ?? 'std') as NonNullable<PathDiagramOptions['estimates']>,
    residuals: (textOption(call, 'residuals') ?? 'arrows') as NonNullable<PathDiagramOptions['residuals']>,
    covariances: (textOption(call, 'covariances') ?? 'all') as NonNullable<PathDiagramOptions['covariances']>,
    theme: (textOption(call, 'theme') ?? 'print') as NonNullable<PathDiagramOptions['theme']>,
    direction: (textOption(call, 'direction') ?? 'right') as NonNullable<PathDiagramOptions['direction']>,
    lang: (textOption(call, 'lang') ?? 'en') as NonNullable<PathDiagramOptions['lang']>,
    indicators: !booleanOption(call, 'structural'),
    means: booleanOption(call, 'means'),
    significantOnly: booleanOption(call, 'significant'),
    ...(digits === undefined ? {} : { digits }),
    labels
  };
}

/** The table of a model alone: every name that is measured by nothing is an observed variable. */
async function modelAlone(call: MagicCall): Promise<ParameterTable> {
  return inBody(call, () => {
    const syntax = parseModel(call.body);
    return specify(syntax, {}, resolveOptions({}, 'sem', { categorical: false, groupCount: 1, hasIntercepts: false, hasLevels: false, hasMeans: false }));
  });
}

/** `%path FIT` draws a fit; `%%path` draws a model before any data. */
export const pathMagic: Magic = defineMagic({
  name: 'path',
  forms: ['line', 'cell'],
  summary: 'draw the path diagram of a fit, or of a model alone',
  manual: '`%path FIT` draws a fitted model; `%%path` draws the model text in the body, before any data.',
  arguments: [{ name: 'fit', kind: 'fit', summary: 'a fitted structural equation model', optional: true }],
  options: DIAGRAM_OPTIONS,
  example: '%path fit --structural --lang both',
  async run(call, context) {
    const named = textOption(call, 'survey');
    const source: SemFit | ParameterTable = call.form === 'cell' ? await modelAlone(call) : semFitArgument(call, context);
    const survey = named !== undefined ? context.lookup(named) : source.kind === 'sem' ? surveyOfFit(source) : undefined;
    return { show: [pathDiagram(source, diagramOptionsOf(call, constructLabels(survey)))] };
  },
  completeBody: (call, offset) => answerWith(call.body, offset, modelNames(call.body))
});
