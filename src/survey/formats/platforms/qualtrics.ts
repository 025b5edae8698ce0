import type { HeaderPlan } from '../headerPlan.js';

const IMPORT_ID = /^\s*\{\s*"ImportId"\s*:/;

/** Export files open with names, question texts and, since 2017, import ids as JSON. */
export function recogniseQualtrics(head: readonly (readonly string[])[]): HeaderPlan | undefined {
  const [names, questions, ids] = head;
  if (!names || !questions) return undefined;
  const modern = ids !== undefined && ids.length > 0 && ids.filter((field) => IMPORT_ID.test(field)).length >= ids.length / 2;
  const legacy = names[0]?.trim() === 'V1' && /^Response ?ID$/i.test(questions[0]?.trim() ?? '');
  if (!modern && !legacy) return undefined;
  return {
    platform: 'qualtrics',
    skip: modern ? 3 : 2,
    names,
    labels: names.map((name, i) => {
      const text = (questions[i] ?? '').replace(/\s+/g, ' ').trim();
      return text === '' || text === name.trim() ? undefined : { en: text };
    }),
    notes: [`Qualtrics export with ${modern ? 'three header rows' : 'two header rows (legacy)'}; question texts are the labels`]
  };
}
