/**
 * Types and code of cells: tslab's `Converter` (Yu Watanabe, Apache-2.0, see
 * kernel/vendor/tslab) over the stock TypeScript language service.
 *
 * The idea is tslab's: a cell is a module whose parent in the syntax tree is a
 * file of declarations that earlier cells left, and those declarations go from
 * cell to cell as text. Here that file is a chain of layers (`ScopeChain`), code
 * is made by one rewrite (`rewriteCell`) and nothing of the compiler is patched.
 */
import type ts from 'typescript';
import type { CodeMetadata, CompletionInfo, Converter, ConvertResult, Diagnostic, DiagnosticPos } from '../../vendor/tslab/src/interfaces.js';
import { completionWithId } from '../../vendor/tslab/src/completionWithId.js';
import { isValidModuleName } from '../../vendor/tslab/src/metadata.js';
import { isJsx, parseCell } from './cellSyntax.js';
import { CellFiles, type ConverterPlaces } from './cellFiles.js';
import { DocumentationReader } from './documentation.js';
import { hasTopLevelAwait, VALUE, valueStatement } from './lastStatement.js';
import { parseAhead } from './parseAhead.js';
import { chooseJsxFactory, jsxInScope } from './jsxFactory.js';
import { goOnWithNamespaces, namespaceMerge } from './namespaceMerge.js';
import { rewriteCell } from './rewriteCell.js';
import { ScopeChain } from './scopeChain.js';
import { augmentedNames, scopeRecords } from './scopeRecords.js';
import { readScope, writeScope } from './scopeText.js';
import { topLevelNames, type TopLevelName } from './topLevelNames.js';
import type { TypeScript } from './typescript.js';

/** What tslab's converter answers, and what a kernel needs beyond it. */
export interface CellConvertResult extends ConvertResult {
  readonly names: readonly TopLevelName[];
  readonly sourceMap?: string;
  /**
   * The scope after the cell ran: `declOutput` over a scope that code inside the
   * cell may have changed meanwhile.
   * @param done names that exist now; a cell that failed midway made only some
   */
  declared(prevDecl: string, done: (name: TopLevelName) => boolean): string;
}

export interface ConvertOptions {
  /** Make code in spite of type errors. */
  readonly force?: boolean;
}

/** tslab's converter, whose `convert` says more and can be told to go on past type errors. */
export interface CellConverter extends Converter {
  convert(prevDecl: string, src: string, options?: ConvertOptions): CellConvertResult;
  /** Builds the first program in short steps, so that the first cell does not wait for it and nothing waits long for a step. */
  warm(): Generator<void>;
  /**
   * What `convert` says of a cell whose code is there already: the cells of magics,
   * which the compiler need not see.
   * @param declarations of the cell's names, as in a declaration file
   */
  declare(code: string, declarations: string, names: readonly TopLevelName[]): CellConvertResult;
}

/** Codes below are syntax errors. */
export const FIRST_SEMANTIC_CODE = 2000;
/** More layers than this need more files, which costs one slow compilation. */
const FIRST_SLOTS = 24;
/** `import x = require('m')` is meant for CommonJS modules, and works in cells; a package without declarations is `any`. */
const ALLOWED: ReadonlySet<number> = new Set([1202, 7016]);
const EMPTY = 'export {};\n';
/** Text that ends inside the name of a module that no path begins. */
const IMPORT_BEGUN = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*["'][^"'\n.][^"'\n]*$/;
const WORD = /[\p{ID_Continue}$]/u;

export function createConverter(typescript: TypeScript, places: ConverterPlaces): CellConverter {
  return new ServiceConverter(typescript, places);
}

class ServiceConverter implements CellConverter {
  readonly #ts: TypeScript;
  readonly #files: CellFiles;
  readonly #host: ts.LanguageServiceHost;
  readonly #registry: ts.DocumentRegistry;
  readonly #service: ts.LanguageService;
  readonly #cell: string;
  readonly #documentation = new DocumentationReader();
  /** Scopes that were read or written lately, with their text. */
  #known: readonly (readonly [text: string, chain: ScopeChain])[] = [];
  #chain = new ScopeChain();
  #slots = 0;

  constructor(typescript: TypeScript, places: ConverterPlaces) {
    this.#ts = typescript;
    this.#files = new CellFiles(typescript, places);
    this.#cell = this.#files.path('$cell.ts');
    for (const jsx of [false, true]) this.#files.write(this.#cellPath(jsx), EMPTY);
    this.#files.write(this.#files.path('$globals.d.ts'), places.globals);
    this.#addSlots(FIRST_SLOTS);
    this.#host = this.#files.host();
    this.#registry = typescript.createDocumentRegistry(typescript.sys.useCaseSensitiveFileNames, places.folder, this.#host.jsDocParsingMode);
    this.#service = typescript.createLanguageService(this.#host, this.#registry);
  }

  *warm(): Generator<void> {
    const { node } = this.#files;
    yield* parseAhead(this.#ts, this.#registry, this.#host, node.globals, (module, importer) => node.fileOf(module, importer));
    this.#update(new ScopeChain(), EMPTY);
    yield;
    this.convert('', 'const $warm = [1].map((x) => x + 1); console.log($warm)');
    yield;
    this.complete('', 'con', 3);
  }

  declare(code: string, declarations: string, names: readonly TopLevelName[]): CellConvertResult {
    const declared = (before: string, done: (name: TopLevelName) => boolean): string => this.#written(withCell(this.#ts, this.#scope(before), '', names, declarations, done));
    return { diagnostics: [], names, output: code, hasToplevelAwait: true, declared };
  }

  convert(prevDecl: string, src: string, { force = false }: ConvertOptions = {}): CellConvertResult {
    const typescript = this.#ts;
    const { file: draft, text: source, shift, jsx } = parseCell(typescript, src);
    const names = topLevelNames(typescript, draft);
    const again = draft.statements.flatMap((statement) => (typescript.isModuleDeclaration(statement) && (!typescript.isIdentifier(statement.name) || statement.flags & typescript.NodeFlags.GlobalAugmentation) ? augmentedNames(typescript, statement) : []));
    const base = (text: string): ScopeChain => (again.length > 0 ? this.#scope(text).withoutAugmentations(again) : this.#scope(text));
    const chain = base(prevDecl);
    const exported = new Set(names.filter((name) => name.exported).map((name) => name.name));
    const merge = namespaceMerge(typescript, draft, chain);
    const suffix = `${merge.text}\nexport { ${[...new Set(names.map((name) => name.name))].filter((name) => !exported.has(name)).join(', ')} };`;
    const { program, file } = this.#update(chain, source + suffix, jsx);
    const known = chain.names();
    for (const name of names) known.add(name.name);
    if (jsx) chooseJsxFactory(file, known);
    const diagnostics = this.#diagnose(program, file, source.length, shift);
    let output: string | undefined;
    let sourceMap: string | undefined;
    let declarations = '';
    if (diagnostics.length === 0 || (force && diagnostics[0].code >= FIRST_SEMANTIC_CODE)) {
      const rewrite = rewriteCell(typescript, program.getTypeChecker(), file, known, (other) => this.#files.has(other.fileName), source.length);
      program.emit(
        file,
        (name, text) => {
          if (name.endsWith('.d.ts')) declarations = text;
          else if (name.endsWith('.map')) sourceMap = text;
          else if (name.endsWith('.js')) output = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n').replace(/^#!.*/, '//');
        },
        undefined,
        false,
        { before: [rewrite], after: [dropExports(typescript), goOnWithNamespaces(typescript, merge.names), ...(jsx ? [jsxInScope(typescript, known)] : [])] }
      );
    }
    const declared = (before: string, done: (name: TopLevelName) => boolean): string => this.#written(withCell(typescript, base(before), jsx ? undefined : source, names, declarations, done));
    let all: string | undefined;
    return {
      diagnostics,
      names,
      ...(output === undefined ? {} : { output, ...(sourceMap === undefined ? {} : { sourceMap }), hasToplevelAwait: hasTopLevelAwait(typescript, draft), ...(valueStatement(typescript, draft, source.length) >= 0 ? { lastExpressionVar: VALUE } : {}) }),
      get declOutput() {
        return output === undefined ? undefined : (all ??= declared(prevDecl, () => true));
      },
      declared
    };
  }

  complete(prevDecl: string, src: string, position: number): CompletionInfo {
    const jsx = isJsx(this.#ts, src);
    this.#update(this.#scope(prevDecl), `${src}\nexport {};`, jsx);
    const info = this.#withModules(src, position, this.#service.getCompletionsAtPosition(this.#cellPath(jsx), position, { includeCompletionsWithInsertText: false, includeCompletionsForModuleExports: false, includeAutomaticOptionalChainCompletions: false }));
    let start = position;
    while (start > 0 && WORD.test(src[start - 1])) start--;
    let end = position;
    while (end < src.length && WORD.test(src[end])) end++;
    const replaced = info?.entries.find((entry) => entry.replacementSpan)?.replacementSpan ?? (info?.optionalReplacementSpan && !WORD.test(src[info.optionalReplacementSpan.start] ?? ' ') ? info.optionalReplacementSpan : undefined);
    if (replaced && replaced.start <= position) {
      start = replaced.start;
      end = Math.max(position, replaced.start + replaced.length);
    }
    const found = completionWithId(info, src.slice(start, position), start, end);
    return { ...found, candidates: found.candidates.filter((name) => !name.startsWith('$semlab')) };
  }

  inspect(prevDecl: string, src: string, position: number): ts.QuickInfo | undefined {
    const jsx = isJsx(this.#ts, src);
    const { program } = this.#update(this.#scope(prevDecl), `${src}\nexport {};`, jsx);
    const info = this.#service.getQuickInfoAtPosition(this.#cellPath(jsx), position);
    if (!info || info.documentation?.length) return info;
    const [definition] = this.#service.getDefinitionAtPosition(this.#cellPath(jsx), position) ?? [];
    const file = definition && program.getSourceFile(definition.fileName);
    const found = file && this.#documentation.of(file, (definition.contextSpan ?? definition.textSpan).start);
    if (!found) return info;
    const part = (text: string): ts.SymbolDisplayPart[] => (text === '' ? [] : [{ text, kind: 'text' }]);
    return { ...info, documentation: part(found.text), tags: found.tags.map(({ name, text }) => ({ name, text: part(text) })) };
  }

  addModule(name: string, content: string, meta?: CodeMetadata): Diagnostic[] {
    if (!isValidModuleName(name)) throw new Error(`invalid module name: ${JSON.stringify(name)}`);
    const path = this.#files.path(`${name}.${meta?.jsx ? 'tsx' : 'ts'}`);
    this.#files.write(path, content);
    const { program } = this.#update(this.#chain, EMPTY);
    return this.#diagnose(program, program.getSourceFile(path)!, content.length);
  }

  close(): void {
    this.#service.dispose();
  }

  /** Node's modules that nothing imports yet are unknown to the compiler, and offered all the same. */
  #withModules(src: string, position: number, info: ts.CompletionInfo | undefined): ts.CompletionInfo | undefined {
    if (!IMPORT_BEGUN.test(src.slice(0, position))) return info;
    const known = new Set(info?.entries.map((entry) => entry.name));
    const more = this.#files.node.names().filter((name) => !known.has(name)).map((name): ts.CompletionEntry => ({ name, kind: this.#ts.ScriptElementKind.externalModuleName, sortText: '11' }));
    return { isGlobalCompletion: false, isMemberCompletion: false, isNewIdentifierLocation: true, ...info, entries: [...(info?.entries ?? []), ...more] };
  }

  /** The chain behind a scope's text: the one it was written from, else the text is read. */
  #scope(text: string): ScopeChain {
    if (text === '') return new ScopeChain();
    const known = this.#known.find(([written]) => written === text);
    if (known) return known[1];
    const chain = readScope(this.#ts, text);
    this.#remember(text, chain);
    return chain;
  }

  #written(chain: ScopeChain): string {
    const text = writeScope(chain);
    this.#remember(text, chain);
    return text;
  }

  #remember(text: string, chain: ScopeChain): void {
    this.#known = [[text, chain] as const, ...this.#known.filter(([other]) => other !== text)].slice(0, 4);
  }

  /** Puts a cell over a scope. */
  #update(chain: ScopeChain, text: string, jsx: boolean = false): { program: ts.Program; file: ts.SourceFile } {
    if (chain !== this.#chain) this.#writeLayers(chain);
    this.#files.write(this.#cellPath(!jsx), EMPTY);
    this.#files.write(this.#cellPath(jsx), text);
    const program = this.#service.getProgram()!;
    const file = program.getSourceFile(this.#cellPath(jsx))!;
    // Name lookup goes on in the parent: from the cell to the newest layer, and on to the oldest.
    let child: ts.SourceFile = file;
    for (let slot = chain.layers.length - 1; slot >= 0; slot--) {
      const layer = program.getSourceFile(this.#slot(slot, chain.layers[slot].kind))!;
      (child as { parent: ts.Node }).parent = layer;
      child = layer;
    }
    (child as { parent: ts.Node | undefined }).parent = undefined;
    return { program, file };
  }

  #cellPath(jsx: boolean): string {
    // Two files of one name would make one output, which the compiler refuses.
    return jsx ? this.#files.path('$elements.tsx') : this.#cell;
  }

  #slot(index: number, kind: 'd.ts' | 'ts'): string {
    return this.#files.path(`$scope${index}${kind === 'ts' ? 'source' : ''}.${kind}`);
  }

  #addSlots(count: number): void {
    for (let i = 0; i < count; i++, this.#slots++) for (const kind of ['d.ts', 'ts'] as const) this.#files.write(this.#slot(this.#slots, kind), EMPTY);
  }

  #writeLayers(chain: ScopeChain): void {
    this.#chain = chain;
    const { layers } = chain;
    if (layers.length > this.#slots) this.#addSlots(Math.max(this.#slots, layers.length - this.#slots));
    for (let i = 0; i < this.#slots; i++) for (const kind of ['d.ts', 'ts'] as const) this.#files.write(this.#slot(i, kind), i < layers.length && layers[i].kind === kind ? EMPTY + layers[i].text : EMPTY);
  }

  #diagnose(program: ts.Program, file: ts.SourceFile, length: number, shift: number = 0): Diagnostic[] {
    const typescript = this.#ts;
    const syntactic = program.getSyntacticDiagnostics(file);
    const found = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(file);
    /** As if nothing stood before the cell. */
    const place = (offset: number): DiagnosticPos => {
      const { line, character } = file.getLineAndCharacterOfPosition(offset);
      return { offset: Math.max(0, offset - shift), line, character: line === 0 ? Math.max(0, character - shift) : character };
    };
    return found
      .filter((diagnostic) => diagnostic.category === typescript.DiagnosticCategory.Error && !ALLOWED.has(diagnostic.code) && (diagnostic.start === undefined || diagnostic.start < length || syntactic.length > 0))
      .map((diagnostic) => {
        const start = Math.min(diagnostic.start ?? 0, length);
        return { start: place(start), end: place(Math.min(length, start + (diagnostic.length ?? 0))), messageText: typescript.flattenDiagnosticMessageText(diagnostic.messageText, '\n'), category: diagnostic.category, code: diagnostic.code };
      });
  }
}

/** A scope and what a cell added to it; without `source`, names whose types cannot be written are `any`. */
function withCell(typescript: TypeScript, chain: ScopeChain, source: string | undefined, names: readonly TopLevelName[], declarations: string, done: (name: TopLevelName) => boolean): ScopeChain {
  const kept = new Set(names.filter(done).map((name) => name.name));
  const withSource = (wanted: readonly string[]): ScopeChain => source === undefined ? chain.append(scopeRecords(typescript, wanted.map((name) => `export declare var ${name}: any;`).join('\n'))) : chain.appendSource(`${source}\nexport { ${wanted.filter((name) => !names.some((other) => other.name === name && other.exported)).join(', ')} };`, wanted);
  if (declarations === '') return kept.size > 0 ? withSource([...kept]) : chain;
  const records = scopeRecords(typescript, declarations);
  // A `var` inside a block has no declaration of its own.
  const missing = [...kept].filter((name) => !records.some((record) => record.name === name));
  const before = missing.length > 0 ? withSource(missing) : chain;
  const dropped = new Set(names.map((name) => name.name).filter((name) => !kept.has(name)));
  return before.append(records.filter((record) => !dropped.has(record.name) && record.name !== '_default'));
}

/** The empty export that the compiler appends to modules has no place in a script. */
function dropExports(typescript: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => context.factory.updateSourceFile(file, file.statements.filter((statement) => !typescript.isExportDeclaration(statement)));
}
