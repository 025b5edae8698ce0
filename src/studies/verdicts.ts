import { table, type Bilingual, type Table } from '../shared/table.js';
import type { Hypothesis } from './study.js';

/** What a fit says of one path, from a regression or a structural model alike. */
export interface PathEvidence {
  readonly from: string;
  readonly to: string;
  readonly estimate: number | null;
  readonly standardized: number | null;
  readonly stdError: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
}

/** `untested` when the fit holds no such path or no p-value for it. */
export type Verdict = 'supported' | 'not supported' | 'opposite sign' | 'untested';

export interface HypothesisVerdict extends PathEvidence {
  readonly hypothesis: Hypothesis;
  readonly verdict: Verdict;
}

/** Two-sided level below which a path of the expected sign supports its hypothesis. */
export const SIGNIFICANCE_LEVEL = 0.05;

const WORDS: Readonly<Record<Verdict, Bilingual>> = {
  supported: { en: 'supported', zh: '成立' },
  'not supported': { en: 'not supported', zh: '不成立' },
  'opposite sign': { en: 'opposite sign', zh: '方向相反' },
  untested: { en: 'untested', zh: '未检验' }
};

/** Supported: the estimate has the expected sign and p < level. A significant estimate of the other sign is said to be so. */
export function judge(hypothesis: Hypothesis, evidence: PathEvidence | undefined, level: number = SIGNIFICANCE_LEVEL): HypothesisVerdict {
  const missing: PathEvidence = { from: hypothesis.from, to: hypothesis.to, estimate: null, standardized: null, stdError: null, statistic: null, pValue: null };
  const found = evidence ?? missing;
  let verdict: Verdict = 'untested';
  if (found.estimate !== null && found.pValue !== null) {
    const expected = hypothesis.sign === '+' ? found.estimate > 0 : found.estimate < 0;
    verdict = found.pValue >= level ? 'not supported' : expected ? 'supported' : 'opposite sign';
  }
  return { ...found, hypothesis, verdict };
}

export function judgeAll(hypotheses: readonly Hypothesis[], evidence: readonly PathEvidence[], level: number = SIGNIFICANCE_LEVEL): readonly HypothesisVerdict[] {
  return hypotheses.map((hypothesis) =>
    judge(
      hypothesis,
      evidence.find(({ from, to }) => from === hypothesis.from && to === hypothesis.to),
      level
    )
  );
}

/** The table that closes both theses: hypothesis, path, estimate, test, verdict. */
export function verdictTable(verdicts: readonly HypothesisVerdict[], statisticName: 't' | 'z', notes: readonly Bilingual[] = []): Table {
  const supported = verdicts.filter(({ verdict }) => verdict === 'supported').length;
  return table(
    { en: 'Hypotheses and verdicts', zh: '假设检验结果' },
    [
      { key: 'id', label: { en: 'Hypothesis', zh: '假设' }, kind: 'text' },
      { key: 'path', label: { en: 'Path', zh: '路径' }, kind: 'text' },
      { key: 'statement', label: { en: 'Statement', zh: '内容' }, kind: 'text', zhFrom: 'statementZh' },
      { key: 'estimate', label: { en: 'Estimate', zh: '估计值' }, kind: 'estimate', digits: 3 },
      { key: 'stdError', label: { en: 'SE', zh: '标准误' }, kind: 'estimate', digits: 3 },
      { key: 'standardized', label: { en: 'Standardized', zh: '标准化' }, kind: 'unit', digits: 3, starsFrom: 'pValue' },
      { key: 'statistic', label: { en: statisticName === 't' ? 't' : 'z (C.R.)', zh: statisticName === 't' ? 't' : 'z (C.R.)' }, kind: 'number', digits: 3 },
      { key: 'pValue', label: { en: 'p', zh: 'p' }, kind: 'pValue' },
      { key: 'verdict', label: { en: 'Verdict', zh: '结论' }, kind: 'text', zhFrom: 'verdictZh' }
    ],
    verdicts.map(({ hypothesis, verdict, estimate, standardized, stdError, statistic, pValue }) => ({
      id: hypothesis.id,
      path: `${hypothesis.from} → ${hypothesis.to}`,
      statement: hypothesis.statement.en,
      statementZh: hypothesis.statement.zh ?? hypothesis.statement.en,
      estimate,
      stdError,
      standardized,
      statistic,
      pValue,
      verdict: WORDS[verdict].en,
      verdictZh: WORDS[verdict].zh ?? WORDS[verdict].en
    })),
    {
      notes: [
        { en: `${supported} of ${verdicts.length} hypotheses supported: expected sign and two-sided p < .05.`, zh: `${verdicts.length} 个假设中 ${supported} 个成立（方向一致且双侧 p < .05）。` },
        ...notes
      ]
    }
  );
}
