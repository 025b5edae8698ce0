import { dirname, join } from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './typescript.js';

/** What the binder does is no part of the compiler's published types. */
interface Binds {
  bindSourceFile?(file: ts.SourceFile, options: ts.CompilerOptions): void;
}

/** `from "x"`, `import("x")`, `require("x")` */
const IMPORTS = /(?:\bfrom|\bimport\(|\brequire\()\s*["']([^"']+)["']/g;

/**
 * Reads the declarations that every cell is checked against, one file a step, so
 * that whoever waits can be served between two steps. What a step leaves out, the
 * compiler reads itself.
 *
 * @param start files of globals
 * @param fileOf the file that declares a module of Node
 */
export function* parseAhead(typescript: TypeScript, registry: ts.DocumentRegistry, host: ts.LanguageServiceHost, start: readonly string[], fileOf: (module: string, importer: string) => string | null | undefined): Generator<void> {
  const options = host.getCompilationSettings();
  const library = dirname(host.getDefaultLibFileName(options));
  const pending = [...options.lib!.map((name) => join(library, name)), ...start];
  const seen = new Set<string>(pending);
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    const snapshot = host.getScriptSnapshot(path);
    if (!snapshot) continue;
    const file = registry.acquireDocument(path, host as ts.MinimalResolutionCacheHost, snapshot, host.getScriptVersion(path), typescript.ScriptKind.TS);
    (typescript as Binds).bindSourceFile?.(file, options);
    const wanted = [
      ...file.libReferenceDirectives.map((reference) => join(library, `lib.${reference.fileName}.d.ts`)),
      ...[...file.text.matchAll(IMPORTS)].map(([, module]) => (module.startsWith('.') ? `${join(dirname(path!), module.replace(/\.js$/, ''))}.d.ts` : fileOf(module, path!)))
    ];
    for (const next of wanted) {
      if (typeof next !== 'string' || seen.has(next)) continue;
      seen.add(next);
      pending.push(next);
    }
    yield;
  }
}
