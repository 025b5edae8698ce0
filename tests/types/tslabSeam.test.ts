import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

describe('the seam to tslab', () => {
  it('our converter and executor satisfy the interfaces of the npm package', () => {
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
    const program = ts.createProgram([join(import.meta.dirname, 'tslabSeam.fixture.ts')], {
      ...options,
      noEmit: true,
      declaration: false,
      isolatedDeclarations: false,
      incremental: false,
      tsBuildInfoFile: undefined,
      // tslab was written without null checks, over a fork of the compiler.
      strict: false,
      paths: { '@tslab/typescript-for-tslab': [join(root, 'node_modules', 'typescript')] }
    });
    const file = program.getSourceFile(join(import.meta.dirname, 'tslabSeam.fixture.ts').replace(/\\/g, '/'));
    const problems = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});
