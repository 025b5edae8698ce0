/** What the built library reads when it is loaded, and what only when it is used. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildKernel, kernelspec, root } from './support/kernelProcess.js';

beforeAll(() => buildKernel());

/** Runs statements over the loaded `library`; `read()` names the packages read so far. */
function run(entry: string, statements: string): string {
  const program = `
    import { createRequire } from 'node:module';
    const library = await import(${JSON.stringify(pathToFileURL(entry).href)});
    const read = () => Object.keys(createRequire(import.meta.url).cache).map((path) => path.replace(/^.*[\\\\/]chunks[\\\\/](.*)-\\w+\\.cjs$/, '$1')).sort().join();
    const survey = library.surveyFromColumns({ a: [1, 2, 3, 4, 5, 7], b: [1, 3, 2, 5, 4, 6], c: [2, 1, 4, 3, 6, 5] });
    ${statements}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.trim();
}

describe.each([['library', join(root, 'dist', 'index.js')], ['notebook library', join(kernelspec, 'semlab.js')]])('the %s', (_, entry) => {
  it('reads no package for a fit', () => {
    expect(run(entry, "const fit = library.sem('b ~ a\\n c ~ b', survey); fit.parameters; fit.measures; console.log(read() + fit.convergence.converged);")).toBe('true');
  });

  it('reads each package when it is used', () => {
    expect(run(entry, "library.parseCodebook('constructs:\\n  A: [a, b]'); console.log(read());")).toBe('yaml');
    expect(run(entry, "library.efa(survey, ['a', 'b', 'c'], { factors: 1 }); console.log(read());")).toBe('ml-matrix');
    expect(run(entry, "library.diagramToSvg(library.pathDiagram(library.sem('b ~ a\\n c ~ b', survey))); console.log(read());")).toBe('dagrejs-dagre');
    expect(run(entry, "await library.readSurvey(await library.writeXlsx(survey), { name: 'a.xlsx' }); console.log(read());")).toBe('fflate');
    expect(run(entry, "await library.readSurvey(Buffer.from('c3fb2c780ad5c52c310a', 'hex'), { name: 'a.csv' }); console.log(read());")).toBe('chardet');
  });
});
