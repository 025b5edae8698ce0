import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import type ts from 'typescript';
import type { TypeScript } from '../language/typescript.js';
import type { CellBook } from './cellBook.js';

export type Namespace = Readonly<Record<string, unknown>>;

/** What TypeScript's `System.register` output hands over: setters of what it imports, and its body. */
interface SystemModule {
  readonly setters: readonly ((namespace: Namespace) => void)[];
  execute(): unknown;
}
type Declare = (write: (name: string | Namespace, value?: unknown) => unknown, context: object) => SystemModule;

/** A module of the folder that is compiled here. */
export interface FileSource {
  readonly path: string;
  readonly text: string;
}

/** CommonJS words, which a module with exports of its own does not have. */
const COMMON_JS = /^\s*export\s*=|^\s*import\s+[\w$]+\s*=\s*require\b|\bmodule\.exports\b|^\s*exports\.[\w$]+\s*=/m;

/**
 * Compiles and runs one file of the notebook's folder. The form is that of
 * SystemJS, in which `await` at the top level, `import.meta`, live bindings and
 * circles of files work without help of Node's loader, so that a changed file can
 * be loaded anew.
 * @param load gives the namespace of an imported module
 */
export async function runFile(typescript: TypeScript, { path, text }: FileSource, exports: Record<string, unknown>, load: (specifier: string) => Promise<Namespace>, cells: CellBook): Promise<void> {
  const isCommonJs = path.endsWith('.cts') || COMMON_JS.test(text);
  const { outputText, sourceMapText, diagnostics } = typescript.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { module: isCommonJs ? typescript.ModuleKind.CommonJS : typescript.ModuleKind.System, moduleDetection: typescript.ModuleDetectionKind.Force, target: typescript.ScriptTarget.ES2022, allowJs: true, esModuleInterop: true, jsx: typescript.JsxEmit.React, sourceMap: true }
  });
  const [wrong] = diagnostics ?? [];
  if (wrong) throw syntaxError(typescript, path, text, wrong);
  cells.remember({ name: path, source: text, ...(sourceMapText === undefined ? {} : { sourceMap: sourceMapText }) });
  const run = (parameters: string): ((...values: unknown[]) => void) => new Script(`(function (${parameters}) {\n${outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')}\n})`, { filename: path }).runInThisContext() as (...values: unknown[]) => void;
  if (isCommonJs) {
    const modules = new Map<string, unknown>();
    for (const { fileName } of typescript.preProcessFile(text, true, true).importedFiles) modules.set(fileName, commonJsShape(await load(fileName)));
    const require = (specifier: string): unknown => (modules.has(specifier) ? modules.get(specifier) : createRequire(path)(specifier));
    const module = { exports };
    run('exports, require, module, __filename, __dirname')(exports, require, module, path, dirname(path));
    if (module.exports !== exports) Object.assign(exports, typeof module.exports === 'object' ? module.exports : {}, { default: module.exports });
    return;
  }
  let found: { readonly imports: readonly string[]; readonly declare: Declare } | undefined;
  run('System, require, __filename, __dirname')({ register: (imports: readonly string[], declare: Declare) => (found = { imports, declare }) }, createRequire(path), path, dirname(path));
  if (!found) return;
  const meta = { url: pathToFileURL(path).href, dirname: dirname(path), filename: path };
  const write = (name: string | Namespace, value?: unknown): unknown => {
    if (typeof name === 'object') Object.assign(exports, name);
    else exports[name] = value;
    return value;
  };
  const { setters, execute } = found.declare(write, { id: path, meta, import: load });
  for (const [index, specifier] of found.imports.entries()) setters[index]((await load(specifier)));
  await execute();
}

function syntaxError(typescript: TypeScript, path: string, text: string, wrong: ts.Diagnostic): SyntaxError {
  const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.Latest);
  const { line, character } = file.getLineAndCharacterOfPosition(wrong.start ?? 0);
  return new SyntaxError(`${typescript.flattenDiagnosticMessageText(wrong.messageText, '\n')} (${path}:${line + 1}:${character + 1})`);
}

/** What `require` of an ES module gives to code that TypeScript compiled. */
function commonJsShape(namespace: Namespace): unknown {
  return '__esModule' in namespace || Object.getPrototypeOf(namespace) !== null ? namespace : { ...namespace, __esModule: true };
}
