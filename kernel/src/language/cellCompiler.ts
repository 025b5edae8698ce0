/**
 * Types and code of cells, over the stock TypeScript language service.
 *
 * The idea is tslab's (Yu Watanabe, Apache-2.0, see kernel/vendor/tslab): a cell
 * is a module whose parent in the syntax tree is a file of declarations that
 * earlier cells left. Here that file is a chain of layers (`ScopeChain`), code is
 * made by one rewrite (`rewriteCell`) and nothing of the compiler is patched.
 */
import { join } from 'node:path';
import type ts from 'typescript';
import { rewriteCell } from './rewriteCell.js';
import { ScopeChain } from './scopeChain.js';
import { augmentedNames, scopeRecords, type ScopeRecord } from './scopeRecords.js';
import { topLevelNames, type TopLevelName } from './topLevelNames.js';
import type { TypeScript } from './typescript.js';

export interface CellDiagnostic {
  /** UTF-16 offsets in the cell. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly code: number;
}

export interface CompiledCell {
  readonly diagnostics: readonly CellDiagnostic[];
  /** Absent when something is wrong. */
  readonly code?: string;
  readonly sourceMap?: string;
  readonly names: readonly TopLevelName[];
}

interface VirtualFile {
  text: string;
  version: number;
  snapshot?: ts.IScriptSnapshot;
}

/** More layers than this need more files, which costs one slow compilation. */
const FIRST_SLOTS = 24;
/** Codes below are syntax errors. */
const FIRST_SEMANTIC_CODE = 2000;
/** `import x = require('m')` is meant for CommonJS modules, and works in cells. */
const ALLOWED: ReadonlySet<number> = new Set([1202]);
const EMPTY = 'export {};\n';

export interface CompilerPlaces {
  /** Folder of the notebook: relative imports and `node_modules` start here. */
  readonly folder: string;
  /** Folder of the compiler's own declarations (`lib.*.d.ts`). */
  readonly libraries: string;
  /** A `node_modules` that every notebook can import from. */
  readonly modules: string;
  /** Declarations of the globals that the kernel adds. */
  readonly globals: string;
}

export class CellCompiler {
  readonly #ts: TypeScript;
  readonly #places: CompilerPlaces;
  readonly #files = new Map<string, VirtualFile>();
  readonly #disk = new Map<string, { readonly version: string; readonly snapshot: ts.IScriptSnapshot | undefined }>();
  readonly #service: ts.LanguageService;
  readonly #cell: string;
  readonly #chain = new ScopeChain();
  #slots = 0;
  #declarations = '';

  constructor(typescript: TypeScript, places: CompilerPlaces) {
    this.#ts = typescript;
    this.#places = places;
    this.#cell = this.#path('$cell.ts');
    this.#files.set(this.#cell, { text: EMPTY, version: 0 });
    this.#files.set(this.#path('$globals.d.ts'), { text: places.globals, version: 0 });
    this.#addSlots(FIRST_SLOTS);
    this.#service = typescript.createLanguageService(this.#host());
  }

  /** Builds the first program, so that the first cell does not wait for it. */
  warm(): void {
    this.compile('const $warm = [1].map((x) => x + 1); console.log($warm)');
    this.complete('con', 3);
  }

  /** Names that earlier cells declared. */
  names(): Set<string> {
    return this.#chain.names();
  }

  reset(): void {
    this.#chain.clear();
    this.#writeLayers();
  }

  /** @param force make code in spite of type errors */
  compile(source: string, force: boolean = false): CompiledCell {
    const typescript = this.#ts;
    const draft = typescript.createSourceFile('cell.ts', source, typescript.ScriptTarget.Latest, false, typescript.ScriptKind.TS);
    const names = topLevelNames(typescript, draft);
    this.#retractAugmentations(draft);
    const exported = new Set(names.filter((name) => name.exported).map((name) => name.name));
    const suffix = `\nexport { ${[...new Set(names.map((name) => name.name))].filter((name) => !exported.has(name)).join(', ')} };`;
    const { program, file } = this.#update(source + suffix);
    const errors = this.#diagnose(program, file, source.length);
    if (errors.length > 0 && (!force || errors[0].code < FIRST_SEMANTIC_CODE)) return { diagnostics: errors, names };
    const known = this.#chain.names();
    for (const name of names) known.add(name.name);
    let code = '';
    let sourceMap: string | undefined;
    this.#declarations = '';
    const rewrite = rewriteCell(typescript, program.getTypeChecker(), file, known, (other) => this.#files.has(other.fileName), source.length);
    program.emit(
      file,
      (name, text) => {
        if (name.endsWith('.d.ts')) this.#declarations = text;
        else if (name.endsWith('.map')) sourceMap = text;
        else if (name.endsWith('.js')) code = text;
      },
      undefined,
      false,
      { before: [rewrite], after: [dropExports(typescript)] }
    );
    return { diagnostics: errors, code: code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'), sourceMap, names };
  }

  /**
   * Remembers what the last compiled cell declared.
   * @param done names that exist now; a cell that failed midway made only some
   */
  remember(source: string, names: readonly TopLevelName[], done: (name: TopLevelName) => boolean): void {
    const typescript = this.#ts;
    const kept = new Set(names.filter(done).map((name) => name.name));
    const appendSource = (wanted: readonly string[]): void => {
      const identifiers = new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu));
      this.#chain.appendSource(`${source}\nexport { ${wanted.filter((name) => !names.some((other) => other.name === name && other.exported)).join(', ')} };`, wanted, identifiers);
    };
    if (this.#declarations !== '') {
      const records = scopeRecords(typescript, this.#declarations);
      // A `var` inside a block has no declaration of its own.
      const missing = [...kept].filter((name) => !records.some((record) => record.name === name));
      if (missing.length > 0) appendSource(missing);
      const dropped = new Set(names.map((name) => name.name).filter((name) => !kept.has(name)));
      this.#chain.append(records.filter((record: ScopeRecord) => !dropped.has(record.name) && record.name !== '_default'));
    } else if (kept.size > 0) appendSource([...kept]);
    this.#writeLayers();
  }

  complete(source: string, offset: number): ts.CompletionInfo | undefined {
    this.#update(`${source}\nexport {};`);
    return this.#service.getCompletionsAtPosition(this.#cell, offset, { includeCompletionsWithInsertText: false, includeCompletionsForModuleExports: false, includeAutomaticOptionalChainCompletions: false });
  }

  quickInfo(source: string, offset: number): ts.QuickInfo | undefined {
    this.#update(`${source}\nexport {};`);
    return this.#service.getQuickInfoAtPosition(this.#cell, offset);
  }

  signature(source: string, offset: number): ts.SignatureHelpItems | undefined {
    this.#update(`${source}\nexport {};`);
    return this.#service.getSignatureHelpItems(this.#cell, offset, undefined);
  }

  dispose(): void {
    this.#service.dispose();
  }

  #path(name: string): string {
    return `${this.#places.folder.replace(/\\/g, '/').replace(/\/$/, '')}/${name}`;
  }

  #update(text: string): { program: ts.Program; file: ts.SourceFile } {
    const entry = this.#files.get(this.#cell)!;
    entry.text = text;
    entry.version++;
    entry.snapshot = undefined;
    const program = this.#service.getProgram()!;
    const file = program.getSourceFile(this.#cell)!;
    // Name lookup goes on in the parent: from the cell to the newest layer, and on to the oldest.
    let child: ts.SourceFile = file;
    for (let slot = this.#chain.layers.length - 1; slot >= 0; slot--) {
      const layer = program.getSourceFile(this.#slot(slot, this.#chain.layers[slot].kind))!;
      (child as { parent: ts.Node }).parent = layer;
      child = layer;
    }
    (child as { parent: ts.Node | undefined }).parent = undefined;
    return { program, file };
  }

  #slot(index: number, kind: 'd.ts' | 'ts'): string {
    return this.#path(`$scope${index}${kind === 'ts' ? 'source' : ''}.${kind}`);
  }

  #addSlots(count: number): void {
    for (let i = 0; i < count; i++, this.#slots++) for (const kind of ['d.ts', 'ts'] as const) this.#files.set(this.#slot(this.#slots, kind), { text: EMPTY, version: 0 });
  }

  #writeLayers(): void {
    const { layers } = this.#chain;
    if (layers.length > this.#slots) this.#addSlots(Math.max(this.#slots, layers.length - this.#slots));
    for (let i = 0; i < this.#slots; i++) {
      for (const kind of ['d.ts', 'ts'] as const) {
        const text = i < layers.length && layers[i].kind === kind ? EMPTY + layers[i].text : EMPTY;
        const entry = this.#files.get(this.#slot(i, kind))!;
        if (entry.text === text) continue;
        entry.text = text;
        entry.version++;
        entry.snapshot = undefined;
      }
    }
  }

  #retractAugmentations(draft: ts.SourceFile): void {
    const typescript = this.#ts;
    const names = draft.statements.flatMap((statement) => (typescript.isModuleDeclaration(statement) && (!typescript.isIdentifier(statement.name) || statement.flags & typescript.NodeFlags.GlobalAugmentation) ? augmentedNames(typescript, statement) : []));
    if (names.length === 0) return;
    this.#chain.dropAugmentations(names);
    this.#writeLayers();
  }

  #diagnose(program: ts.Program, file: ts.SourceFile, length: number): CellDiagnostic[] {
    const typescript = this.#ts;
    const syntactic = program.getSyntacticDiagnostics(file);
    const found = syntactic.length > 0 ? syntactic : program.getSemanticDiagnostics(file);
    return found
      .filter((diagnostic) => diagnostic.category === typescript.DiagnosticCategory.Error && !ALLOWED.has(diagnostic.code) && (diagnostic.start === undefined || diagnostic.start < length || syntactic.length > 0))
      .map((diagnostic) => {
        const start = Math.min(diagnostic.start ?? 0, length);
        return { start, end: Math.min(length, start + (diagnostic.length ?? 0)), message: typescript.flattenDiagnosticMessageText(diagnostic.messageText, '\n'), code: diagnostic.code };
      });
  }

  #options(): ts.CompilerOptions {
    const typescript = this.#ts;
    return {
      strict: true,
      target: typescript.ScriptTarget.ES2022,
      module: typescript.ModuleKind.ESNext,
      moduleResolution: typescript.ModuleResolutionKind.Bundler,
      moduleDetection: typescript.ModuleDetectionKind.Force,
      lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.esnext.collection.d.ts', 'lib.esnext.array.d.ts'],
      types: ['node'],
      typeRoots: [join(this.#places.modules, '@types')],
      esModuleInterop: true,
      resolveJsonModule: true,
      allowImportingTsExtensions: true,
      customConditions: ['node'],
      declaration: true,
      sourceMap: true,
      skipLibCheck: true,
      newLine: typescript.NewLineKind.LineFeed
    };
  }

  #host(): ts.LanguageServiceHost {
    const typescript = this.#ts;
    const options = this.#options();
    const { sys } = typescript;
    const modulesHere = this.#path('node_modules');
    /** Files that the notebook's folder has not are looked for in the modules that the kernel brings. */
    const brought = (path: string): string | undefined => (path.startsWith(`${modulesHere}/`) ? join(this.#places.modules, path.slice(modulesHere.length + 1)) : undefined);
    const fileExists = (path: string): boolean => {
      if (this.#files.has(path) || sys.fileExists(path)) return true;
      const other = brought(path);
      return other !== undefined && sys.fileExists(other);
    };
    /** Packages and the kernel's own declarations do not change under a running kernel; files of the notebook's folder do. */
    const diskVersion = (path: string): string => (path.includes('/node_modules/') || path.startsWith(this.#places.libraries) ? '1' : String(sys.getModifiedTime?.(path)?.getTime() ?? 0));
    const readFile = (path: string): string | undefined => {
      const virtual = this.#files.get(path);
      if (virtual) return virtual.text;
      const own = sys.readFile(path);
      if (own !== undefined) return own;
      const other = brought(path);
      return other === undefined ? undefined : sys.readFile(other);
    };
    return {
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.#files.keys()],
      getScriptVersion: (path) => String(this.#files.get(path)?.version ?? diskVersion(path)),
      getScriptSnapshot: (path) => {
        const virtual = this.#files.get(path);
        if (virtual) return (virtual.snapshot ??= typescript.ScriptSnapshot.fromString(virtual.text));
        const version = diskVersion(path);
        let read = this.#disk.get(path);
        if (read?.version !== version) {
          const text = readFile(path);
          read = { version, snapshot: text === undefined ? undefined : typescript.ScriptSnapshot.fromString(text) };
          this.#disk.set(path, read);
        }
        return read.snapshot;
      },
      getCurrentDirectory: () => this.#places.folder,
      getDefaultLibFileName: (settings) => join(this.#places.libraries, typescript.getDefaultLibFileName(settings)),
      fileExists,
      readFile,
      directoryExists: (path) => {
        if (sys.directoryExists(path) || path === modulesHere) return true;
        const other = brought(path);
        return other !== undefined && sys.directoryExists(other);
      },
      getDirectories: (path) => sys.getDirectories(path),
      readDirectory: (path, extensions, exclude, include, depth) => sys.readDirectory(path, extensions, exclude, include, depth),
      realpath: (path) => (sys.realpath && sys.fileExists(path) ? sys.realpath(path) : path),
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames
    };
  }
}

/** The empty export that the compiler appends to modules has no place in a script. */
function dropExports(typescript: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => context.factory.updateSourceFile(file, file.statements.filter((statement) => !typescript.isExportDeclaration(statement)));
}

/** Where a kernel folder keeps what the compiler reads. */
export function compilerPlaces(home: string, folder: string, globals: string): CompilerPlaces {
  return { folder, libraries: join(home, 'typescript'), modules: join(home, 'types', 'node_modules'), globals };
}

