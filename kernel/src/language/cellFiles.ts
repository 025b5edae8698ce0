import { join } from 'node:path';
import type ts from 'typescript';
import { NodeDeclarations } from './nodeDeclarations.js';
import type { TypeScript } from './typescript.js';

interface VirtualFile {
  text: string;
  version: number;
  snapshot?: ts.IScriptSnapshot;
}

export interface ConverterPlaces {
  /** Folder of the notebook: relative imports and `node_modules` start here. */
  readonly folder: string;
  /** Folder of the compiler's own declarations (`lib.*.d.ts`). */
  readonly libraries: string;
  /** A `node_modules` that every notebook can import from. */
  readonly modules: string;
  /** Declarations of the globals that the kernel adds. */
  readonly globals: string;
}

/** Where a kernel folder keeps what the compiler reads. */
export function converterPlaces(home: string, folder: string, globals: string): ConverterPlaces {
  return { folder, libraries: join(home, 'typescript'), modules: join(home, 'types', 'node_modules'), globals };
}

/** Declarations of what only some of the supported versions of Node have built in. */
function builtInLibraries(): string[] {
  const has = (holder: object, name: string): boolean => name in holder;
  return [
    ...(has(Symbol, 'dispose') ? ['lib.esnext.disposable.d.ts'] : []),
    ...(has(Object, 'groupBy') ? ['lib.es2024.object.d.ts', 'lib.es2024.collection.d.ts'] : []),
    ...(has(Promise, 'withResolvers') ? ['lib.es2024.promise.d.ts'] : []),
    ...(has(ArrayBuffer.prototype, 'transfer') ? ['lib.es2024.arraybuffer.d.ts'] : []),
    ...(has(Set.prototype, 'union') ? ['lib.esnext.collection.d.ts'] : []),
    ...(has(Array, 'fromAsync') ? ['lib.esnext.array.d.ts'] : []),
    ...(has(globalThis, 'Iterator') ? ['lib.esnext.iterator.d.ts'] : []),
    ...(has(Promise, 'try') ? ['lib.esnext.promise.d.ts'] : [])
  ];
}

/** How cells are checked: strictly, as ES modules of a Node program. */
export function cellOptions(typescript: TypeScript, modules: string): ts.CompilerOptions {
  return {
    strict: true,
    target: typescript.ScriptTarget.ES2024,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    moduleDetection: typescript.ModuleDetectionKind.Force,
    lib: ['lib.es2023.d.ts', ...builtInLibraries()],
    types: [],
    typeRoots: [join(modules, '@types')],
    jsx: typescript.JsxEmit.React,
    allowJs: true,
    checkJs: false,
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

/** The files that the language service sees: cells and scope in memory over those of the disk. */
export class CellFiles {
  readonly #typescript: TypeScript;
  readonly #places: ConverterPlaces;
  readonly #virtual = new Map<string, VirtualFile>();
  /** Which of Node's declarations there are. */
  readonly node: NodeDeclarations;
  readonly #disk = new Map<string, { readonly version: string; readonly snapshot: ts.IScriptSnapshot | undefined }>();

  constructor(typescript: TypeScript, places: ConverterPlaces) {
    this.#typescript = typescript;
    this.#places = places;
    this.node = new NodeDeclarations(places.modules);
  }

  /** Path of a file of the notebook's folder, as the compiler writes paths. */
  path(name: string): string {
    return `${this.#places.folder.replace(/\\/g, '/').replace(/\/$/, '')}/${name}`;
  }

  has(path: string): boolean {
    return this.#virtual.has(path);
  }

  /** Text of a file in memory; one with the same text is no change. */
  write(path: string, text: string): void {
    const entry = this.#virtual.get(path);
    if (!entry) this.#virtual.set(path, { text, version: 0 });
    else if (entry.text !== text) {
      entry.text = text;
      entry.version++;
      entry.snapshot = undefined;
    }
  }

  host(): ts.LanguageServiceHost {
    const typescript = this.#typescript;
    const { folder, modules, libraries } = this.#places;
    const options = cellOptions(typescript, modules);
    const { sys } = typescript;
    const modulesHere = this.path('node_modules');
    /** Files that the notebook's folder has not are looked for in the modules that the kernel brings. */
    const brought = (path: string): string | undefined => (path.startsWith(`${modulesHere}/`) ? join(modules, path.slice(modulesHere.length + 1)) : undefined);
    const fileExists = (path: string): boolean => {
      if (this.#virtual.has(path) || sys.fileExists(path)) return true;
      const other = brought(path);
      return other !== undefined && sys.fileExists(other);
    };
    /** Packages and the kernel's own declarations do not change under a running kernel; files of the notebook's folder do. */
    const diskVersion = (path: string): string => (path.includes('/node_modules/') || path.startsWith(libraries) ? '1' : String(sys.getModifiedTime?.(path)?.getTime() ?? 0));
    const readFile = (path: string): string | undefined => {
      const virtual = this.#virtual.get(path);
      if (virtual) return virtual.text;
      const own = sys.readFile(path);
      if (own !== undefined) return own;
      const other = brought(path);
      return other === undefined ? undefined : sys.readFile(other);
    };
    const host: ts.LanguageServiceHost = {
      // Comments are read when somebody asks for them (`documentation.ts`), not in every start.
      jsDocParsingMode: typescript.JSDocParsingMode.ParseForTypeInfo,
      getCompilationSettings: () => options,
      getScriptFileNames: () => [...this.#virtual.keys(), ...this.node.globals],
      resolveModuleNameLiterals: (literals, importer, redirected, settings, file) => literals.map((literal) => {
        const declared = this.node.fileOf(literal.text, importer);
        if (declared !== undefined) return { resolvedModule: declared === null ? undefined : { resolvedFileName: declared, extension: typescript.Extension.Dts, isExternalLibraryImport: true } };
        return typescript.resolveModuleName(literal.text, importer, settings, host as ts.ModuleResolutionHost, undefined, redirected, typescript.getModeForUsageLocation(file, literal, settings));
      }),
      getScriptVersion: (path) => String(this.#virtual.get(path)?.version ?? diskVersion(path)),
      getScriptSnapshot: (path) => {
        const virtual = this.#virtual.get(path);
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
      getCurrentDirectory: () => folder,
      getDefaultLibFileName: (settings) => join(libraries, typescript.getDefaultLibFileName(settings)),
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
      // Packages ask for all of Node's declarations; they are there, as far as they are used.
      resolveTypeReferenceDirectiveReferences: (references, importer, redirected, settings, file) => references.map((reference) => {
        const name = typeof reference === 'string' ? reference : reference.fileName;
        if (name === 'node') return { resolvedTypeReferenceDirective: { primary: true, resolvedFileName: this.node.globals[0], isExternalLibraryImport: true } };
        return typescript.resolveTypeReferenceDirective(name, importer, settings, host as ts.ModuleResolutionHost, redirected, undefined, typescript.getModeForFileReference(reference, file?.impliedNodeFormat));
      }),
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames
    };
    return host;
  }
}
