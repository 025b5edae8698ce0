import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '../..');
const files = readdirSync(folder).filter((name) => name.endsWith('.bad.ts')).map((name) => join(folder, name));

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
  return { ...ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root).options, noEmit: true, declaration: false, isolatedDeclarations: false, incremental: false, tsBuildInfoFile: undefined };
}

interface Problem {
  readonly line: number;
  readonly code: string;
  readonly words: string;
}

/** What the comments of a file promise: the line behind `// error TS1234: words` fails so. */
function promised(text: string): Problem[] {
  return text.split('\n').flatMap((line, i) => {
    const match = /^\/\/ error (TS\d+): (.+)$/.exec(line);
    return match ? [{ line: i + 2, code: match[1], words: match[2] }] : [];
  });
}

const program = ts.createProgram(files, compilerOptions());

function reported(file: string): Problem[] {
  const source = program.getSourceFile(file);
  return ts.getPreEmitDiagnostics(program, source).map(({ code, messageText, start }) => ({
    line: source && start !== undefined ? source.getLineAndCharacterOfPosition(start).line + 1 : 0,
    code: `TS${code}`,
    words: ts.flattenDiagnosticMessageText(messageText, '\n')
  }));
}

describe('wrong calls do not compile', () => {
  it('finds files to compile', () => {
    expect(files.length).toBeGreaterThanOrEqual(3);
  });

  it.each(files.map((file) => [relative(folder, file), file]))('%s', (_name, file) => {
    const wanted = promised(readFileSync(file, 'utf8'));
    const found = reported(file);
    expect(wanted.length).toBeGreaterThan(3);
    expect(found.map(({ line, code }) => `${line} ${code}`)).toEqual(wanted.map(({ line, code }) => `${line} ${code}`));
    wanted.forEach(({ words }, i) => expect(found[i].words).toContain(words));
  });
});
