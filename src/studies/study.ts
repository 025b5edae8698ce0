import type { Bilingual } from '../shared/table.js';

/** One question: its column, its wording in both languages. */
export interface StudyItem {
  readonly code: string;
  readonly text: Bilingual;
  /** Worded against the construct; scored as min + max − answer. */
  readonly reverse?: boolean;
}

/** A construct, its items and the scale that they follow. */
export interface StudyConstruct {
  readonly name: string;
  readonly label: Bilingual;
  readonly items: readonly StudyItem[];
  /** Author and year of the scale that the items are worded after. */
  readonly source: string;
}

/** A closed question about the respondent. */
export interface StudyQuestion {
  readonly code: string;
  readonly label: Bilingual;
  readonly level: 'nominal' | 'ordinal' | 'scale';
  readonly values: readonly (readonly [value: number, label: Bilingual])[];
  readonly missingCodes?: readonly number[];
}

/** One hypothesis of the thesis: the path that it names and the sign that it expects. */
export interface Hypothesis {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly sign: '+' | '-';
  readonly statement: Bilingual;
}

/** Which rows are not answers to be analysed. Each rule names its column and bound. */
export interface StudyScreening {
  readonly sent: number;
  /** Item that asks for one given answer: column → that answer. */
  readonly attention: readonly (readonly [column: string, answer: number])[];
  /** Column of response seconds and the fewest that a reader needs. */
  readonly seconds: readonly [column: string, least: number];
  /** Longest run of equal answers over the scale items that is still believed. */
  readonly longString: number;
}

/** A thesis as data: everything that its magics, notebooks and tests share. */
export interface Study {
  readonly id: 'wom' | 'continuance';
  readonly title: Bilingual;
  /** Shown above every output made from our data. */
  readonly banner: Bilingual;
  /** Answers run from 1 to this. */
  readonly points: number;
  readonly constructs: readonly StudyConstruct[];
  readonly questions: readonly StudyQuestion[];
  readonly hypotheses: readonly Hypothesis[];
  readonly screening: StudyScreening;
}

/** Said wherever numbers made from our data appear. */
export const SYNTHETIC_BANNER: Bilingual = {
  en: 'Synthetic data made to show the reported signs and significance; not the thesis data; coefficients are not the thesis’s.',
  zh: '合成数据，仅为重现论文所报告的方向与显著性；并非论文原始数据，系数也不是论文的系数。'
};

/** Items of all constructs in questionnaire order. */
export function studyItems(study: Study): readonly StudyItem[] {
  return study.constructs.flatMap((construct) => construct.items);
}

export function findConstruct(study: Study, name: string): StudyConstruct | undefined {
  return study.constructs.find((construct) => construct.name === name);
}
