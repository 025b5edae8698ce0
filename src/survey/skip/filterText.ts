import type { Filter, FilterClause, FilterRange } from '../codebook.js';
import type { Bilingual } from '../../shared/table.js';

const rangeText = ({ low, high, above, below }: FilterRange): string => {
  if (low === -Infinity) return `${below ? '<' : '≤'} ${high}`;
  if (high === Infinity) return `${above ? '>' : '≥'} ${low}`;
  return `= ${low}–${high}`;
};

function clauseText({ name, answers, ranges, not }: FilterClause, or: string): string {
  // A range that was read from an answer such as `18-25` stands for that answer too.
  const words = ranges.length > 0 ? answers.filter((answer) => typeof answer === 'number') : answers;
  const parts = [...(words.length > 0 ? [`= ${words.join(` ${or} `)}`] : []), ...ranges.map(rangeText)];
  const joined = `${name} ${parts.join(` ${or} `)}`;
  if (!not) return joined;
  return ranges.length === 0 ? `${name} ≠ ${words.join(` ${or} `)}` : `${or === 'or' ? 'not' : '非'} (${joined})`;
}

/** A filter as people write it: `Q4 = 1 or 2 and age ≥ 18`. */
export function filterText(filter: Filter): Bilingual {
  const text = (and: string, or: string, either: string): string => filter.map((clauses) => clauses.map((clause) => clauseText(clause, or)).join(and)).join(either);
  return { en: text(' and ', 'or', '; or '), zh: text(' 且 ', '或', '；或 ') };
}
