import { didYouMean } from '../../shared/suggest.js';
import { fail } from '../../shared/diagnostic.js';
import type { DiagramTheme } from '../../shared/mime/pathDiagram.js';
import type { Language } from '../../shared/mime/surveyTable.js';
import type { Bilingual } from '../../shared/table.js';

export interface PathDiagramOptions {
  /** Which estimates stand on the arrows. `both`: unstandardized / standardized. */
  readonly estimates?: 'std' | 'unstd' | 'both' | 'none';
  readonly stars?: boolean;
  /** Residual variances: short arrows with their value, circles as AMOS draws them, or none. */
  readonly residuals?: 'arrows' | 'circles' | 'none';
  /** R² inside dependent latent and structural variables. */
  readonly r2?: boolean;
  /** False draws the structural part alone. */
  readonly indicators?: boolean;
  /** Covariances: all, those that the user wrote, or none. */
  readonly covariances?: 'all' | 'user' | 'none';
  /** Triangles for intercepts and means. */
  readonly means?: boolean;
  readonly lang?: Language;
  readonly digits?: number;
  readonly theme?: DiagramTheme;
  /** Leaves out structural paths with p at or above .05. */
  readonly significantOnly?: boolean;
  /** Where the dependent variables lie from the exogenous ones. */
  readonly direction?: 'right' | 'down';
  /** Wordings of the variables; names are drawn without them. */
  readonly labels?: ReadonlyMap<string, Bilingual>;
  /** Write the wording into the indicators' boxes too. */
  readonly itemLabels?: boolean;
  readonly title?: Bilingual;
  /** Line under the drawing: which estimates, n, fit, stars. */
  readonly footnote?: boolean;
}

export type ResolvedDiagramOptions = Required<PathDiagramOptions>;

const DEFAULTS: ResolvedDiagramOptions = {
  estimates: 'std',
  stars: true,
  residuals: 'arrows',
  r2: true,
  indicators: true,
  covariances: 'all',
  means: false,
  lang: 'en',
  digits: 2,
  theme: 'print',
  significantOnly: false,
  direction: 'right',
  labels: new Map(),
  itemLabels: false,
  title: { en: 'Path diagram', zh: '路径图' },
  footnote: true
};

const CHOICES: ReadonlyMap<string, readonly string[]> = new Map([
  ['estimates', ['std', 'unstd', 'both', 'none']],
  ['residuals', ['arrows', 'circles', 'none']],
  ['covariances', ['all', 'user', 'none']],
  ['lang', ['en', 'zh', 'both']],
  ['theme', ['print', 'grey', 'colour']],
  ['direction', ['right', 'down']]
]);

/** Fills in defaults; unknown keys and values are errors with the nearest name. */
export function resolveDiagramOptions(options: PathDiagramOptions): ResolvedDiagramOptions {
  const known = Object.keys(DEFAULTS);
  for (const [key, value] of Object.entries(options)) {
    if (!known.includes(key)) fail('unknown-option', `path diagram has no option \`${key}\``, { help: didYouMean(key, known) ?? `known are ${known.join(', ')}` });
    const choices = CHOICES.get(key);
    if (choices && value !== undefined && !choices.includes(value as string)) fail('invalid-option', `\`${key}\` is \`${String(value)}\`, expected one of ${choices.join(', ')}`);
  }
  const { digits } = options;
  if (digits !== undefined && !(Number.isInteger(digits) && digits >= 0 && digits <= 10)) fail('invalid-option', `\`digits\` is ${String(digits)}, expected a whole number from 0 to 10`);
  return { ...DEFAULTS, ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) };
}
