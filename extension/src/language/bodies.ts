/** MIME types of the languages that we bring. */
export const MODEL_LANGUAGE_MIME = 'text/x-semlab-model';
export const FORMULA_LANGUAGE_MIME = 'text/x-semlab-formula';

/** JupyterLab's own languages. */
const YAML = 'text/x-yaml';
const HTML = 'text/html';
const MARKDOWN = 'text/x-ipythongfm';
const SHELL = 'text/x-sh';

/** What language the body of a cell magic is written in; others are TypeScript. */
const BODY_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['sem', MODEL_LANGUAGE_MIME],
  ['cfa', MODEL_LANGUAGE_MIME],
  ['growth', MODEL_LANGUAGE_MIME],
  ['lavaan', MODEL_LANGUAGE_MIME],
  ['continuance', MODEL_LANGUAGE_MIME],
  ['path', MODEL_LANGUAGE_MIME],
  ['invariance', MODEL_LANGUAGE_MIME],
  ['simulate', MODEL_LANGUAGE_MIME],
  ['regress', FORMULA_LANGUAGE_MIME],
  ['wom', FORMULA_LANGUAGE_MIME],
  ['survey', YAML],
  ['hypotheses', YAML],
  ['published', YAML],
  ['html', HTML],
  ['markdown', MARKDOWN],
  ['bash', SHELL]
]);

export function bodyLanguage(magic: string): string | undefined {
  return BODY_LANGUAGES.get(magic);
}
