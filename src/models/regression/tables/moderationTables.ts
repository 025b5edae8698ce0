import { table, type Bilingual, type Table } from '../../../shared/table.js';
import type { Moderation, SimpleSlope } from '../moderationResults.js';
import { sampleNotes } from './sampleNotes.js';
import { column, confidenceGroup, HEADING } from './wording.js';

/** The regression's tables, then simple slopes and the Johnson–Neyman region. */
export function moderationTables(moderation: Moderation): readonly Table[] {
  return [...moderation.fit.tables(), simpleSlopeTable(moderation), regionTable(moderation)];
}

function slopeRow({ probe, estimate, stdError, statistic, pValue, confLow, confHigh }: SimpleSlope): { readonly moderator: string; readonly moderatorZh: string; readonly value: number; readonly estimate: number; readonly stdError: number; readonly statistic: number; readonly pValue: number; readonly confLow: number; readonly confHigh: number } {
  return { moderator: probe.label.en, moderatorZh: probe.label.zh ?? probe.label.en, value: probe.value, estimate, stdError, statistic, pValue, confLow, confHigh };
}

function columns(moderation: Moderation, labelled: boolean): Table['columns'] {
  const interval = confidenceGroup(moderation.fit.options.confLevel);
  return [
    ...(labelled ? [column('moderator', { en: 'Moderator', zh: '调节变量取值' }, 'text', { zhFrom: 'moderatorZh' })] : []),
    column('value', { en: moderation.spec.moderator }, 'number'),
    column('estimate', { en: 'Effect', zh: '效应' }, 'estimate'),
    column('stdError', HEADING.se, 'estimate'),
    column('statistic', HEADING.t, 'number'),
    column('pValue', HEADING.p, 'pValue'),
    column('confLow', HEADING.lower, 'estimate', { group: interval }),
    column('confHigh', HEADING.upper, 'estimate', { group: interval })
  ];
}

/** The effect of the predictor at each probed value of the moderator. */
export function simpleSlopeTable(moderation: Moderation): Table {
  const { predictor, outcome, moderator } = moderation.spec;
  return table({ en: `Effect of ${predictor} on ${outcome} by ${moderator}`, zh: `${predictor} 对 ${outcome} 的简单斜率（按 ${moderator}）` }, columns(moderation, true), moderation.slopes.map(slopeRow), { notes: sampleNotes(moderation.fit) });
}

/** Without a bound the effect is significant over the whole range, or nowhere in it. */
function nowhere({ region, fit }: Moderation, moderator: string): Bilingual {
  const everywhere = region.length > 0 && region[0].pValue < 1 - fit.options.confLevel;
  return everywhere
    ? { en: `The effect is significant over the whole observed range of ${moderator}.`, zh: `在 ${moderator} 的整个观测范围内效应均显著。` }
    : { en: `The effect is significant nowhere in the observed range of ${moderator}.`, zh: `在 ${moderator} 的观测范围内效应均不显著。` };
}

function regionTable(moderation: Moderation): Table {
  const { moderator } = moderation.spec;
  const bounds = moderation.johnsonNeyman;
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const notes: Bilingual[] =
    bounds.length === 0
      ? [nowhere(moderation, moderator)]
      : bounds.map(({ value, below, above }) => ({ en: `Significance changes at ${moderator} = ${value.toFixed(4)}: ${percent(below)} of rows below, ${percent(above)} above.`, zh: `显著性在 ${moderator} = ${value.toFixed(4)} 处改变：其下 ${percent(below)}，其上 ${percent(above)}。` }));
  const rows = moderation.region.map((slope) => {
    const { moderator: _moderator, moderatorZh: _moderatorZh, ...rest } = slopeRow(slope);
    return rest;
  });
  return table({ en: 'Johnson–Neyman region', zh: 'Johnson–Neyman 显著区间' }, columns(moderation, false), rows, { notes });
}
