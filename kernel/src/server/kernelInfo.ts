import { PROTOCOL_VERSION } from './session.js';

/** Content of `kernel_info_reply`; nothing in it waits for the compiler. */
export function kernelInfo(version: string, typescriptVersion: string): object {
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'semlab',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: typescriptVersion,
      mimetype: 'application/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: 'typescript',
      nbconvert_exporter: 'script'
    },
    banner: `semlab ${version} · TypeScript ${typescriptVersion} · Node.js ${process.version}\nSurvey statistics and structural equation models. %magics lists what there is.`,
    help_links: [
      { text: 'TypeScript handbook', url: 'https://www.typescriptlang.org/docs/handbook/intro.html' },
      { text: 'Node.js', url: 'https://nodejs.org/docs/latest-v20.x/api/' }
    ],
    debugger: false,
    supported_features: []
  };
}
