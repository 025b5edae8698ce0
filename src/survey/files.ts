import { fail } from '../shared/diagnostic.js';
import { readSurvey, type ReadOptions } from './readSurvey.js';
import type { Survey } from './survey.js';

/** The little of Node's file system that is used, so that nothing of Node is imported here. */
interface FileSystem {
  readFile(path: string): Promise<Uint8Array>;
}

/** Node's file system, or undefined in a browser. */
function fileSystem(): FileSystem | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return host.process?.getBuiltinModule?.('node:fs/promises') as FileSystem | undefined;
}

/**
 * Reads a survey file: CSV, SPSS, Stata, Excel, JSON, Qualtrics, Wenjuanxing.
 *
 * @param path relative to the working folder
 * @throws SurveyError `missing-file`, `no-file-system` (in a browser: use `readSurvey` with the file's bytes), and all of `readSurvey`
 * @example const wom = await loadSurvey('wom.sav', { codebook });
 */
export async function loadSurvey(path: string, options: ReadOptions = {}): Promise<Survey> {
  const files = fileSystem();
  if (!files) fail('no-file-system', `\`${path}\` cannot be read here`, { help: 'give the bytes of the file to `readSurvey`' });
  let bytes: Uint8Array;
  try {
    bytes = await files.readFile(path);
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    const reason = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code ?? String(cause)})`;
    fail('missing-file', `file \`${path}\` ${reason}`);
  }
  return readSurvey(bytes, { name: path.replace(/^.*[\\/]/, ''), ...options });
}
