import { SurveyError, fail, type Diagnostic } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import { judgeAll, verdictTable, type PathEvidence } from '../studies/verdicts.js';
import type { Hypothesis } from '../studies/study.js';
import { answerWith } from './completeNames.js';
import { evidenceOf } from './evidence.js';
import { inBody } from './inBody.js';
import { defineMagic, type Magic, type MagicCall } from './magic.js';
import { fitArgument, isFit, isSemFit } from './resolve.js';
import { shownTables, STYLE_OPTIONS } from './shown.js';

const LINE = /^\s*(?<id>[\p{L}\p{N}_.]+)\s*:\s*(?<from>[^\s>]+)\s*->\s*(?<to>\S+)(?:\s+(?<sign>[+-]))?\s*(?:#\s*(?<statement>.*))?$/u;

/** `H1: INFO -> CONF +  # wording`, one line each; the paths must be in the fit. */
function parseHypotheses(body: string, evidence: readonly PathEvidence[]): readonly Hypothesis[] {
  const problems: Diagnostic[] = [];
  const found: Hypothesis[] = [];
  const seen = new Set<string>();
  let start = 0;
  for (const line of body.split('\n')) {
    const span = { start, end: start + line.length };
    start += line.length + 1;
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const parts = LINE.exec(line)?.groups;
    if (!parts) {
      problems.push({ severity: 'error', code: 'hypothesis-syntax', message: 'a hypothesis is `NAME: PREDICTOR -> OUTCOME`, with `+` or `-` for the expected sign', span, help: 'for example `H1: SAT -> CONT +  # satisfaction raises continuance`' });
      continue;
    }
    const { id, from, to, sign, statement } = parts;
    if (seen.has(id)) problems.push({ severity: 'error', code: 'hypothesis-twice', message: `\`${id}\` is given twice`, span });
    seen.add(id);
    if (!evidence.some((path) => path.from === from && path.to === to)) {
      const paths = evidence.map((path) => `${path.from} -> ${path.to}`);
      problems.push({ severity: 'error', code: 'unknown-path', message: `the fit has no path \`${from} -> ${to}\``, span, help: didYouMean(`${from} -> ${to}`, paths) ?? `its paths are ${paths.slice(0, 12).join(', ')}` });
    }
    found.push({ id, from, to, sign: sign === '-' ? '-' : '+', statement: { en: statement?.trim() ?? '' } });
  }
  if (problems.length > 0) throw new SurveyError(problems);
  if (found.length === 0) fail('no-hypotheses', 'the cell names no hypothesis', { help: 'write one per line: `H1: SAT -> CONT +`' });
  return found;
}

/** `%%hypotheses FIT`: verdicts of the hypotheses in the body. */
export const hypothesesMagic: Magic = defineMagic({
  name: 'hypotheses',
  forms: ['cell'],
  summary: 'judge hypotheses by a fit: supported, not supported, or of the opposite sign',
  manual: 'One hypothesis a line: `H1: PREDICTOR -> OUTCOME +  # wording`. Supported means: the expected sign and two-sided p < .05.',
  arguments: [{ name: 'fit', kind: 'fit', summary: 'a regression or a structural equation model' }],
  options: STYLE_OPTIONS,
  example: '%%hypotheses fit\nH1: CONF -> SAT +   # confirmation raises satisfaction\nH2: SAT -> CONT +   # satisfaction raises continuance',
  async run(call, context) {
    const fit = fitArgument(call, context);
    const evidence = evidenceOf(fit);
    const hypotheses = await inBody(call, () => parseHypotheses(call.body, evidence));
    const { used } = fit.sample;
    return { show: [shownTables(call, [verdictTable(judgeAll(hypotheses, evidence), isSemFit(fit) ? 'z' : 't', [{ en: `n = ${used}.`, zh: `n = ${used}。` }])], fit.warnings)] };
  },
  completeBody(call: MagicCall, offset, context) {
    const fit = context.lookup(call.arguments[0] ?? '');
    const names = isFit(fit) ? evidenceOf(fit).flatMap(({ from, to }) => [from, to]) : [];
    return answerWith(call.body, offset, [...new Set(names)].map((text) => ({ text, kind: 'variable' as const })));
  }
});
