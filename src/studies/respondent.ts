import type { StudyQuestion } from './study.js';

/** Code for an answer that was not given, in both questionnaires. */
export const NOT_STATED = 9;

/** The questions about the respondent that both questionnaires end with. */
export const respondentQuestions: readonly StudyQuestion[] = [
  {
    code: 'gender',
    label: { en: 'Gender', zh: '性别' },
    level: 'nominal',
    values: [
      [1, { en: 'male', zh: '男' }],
      [2, { en: 'female', zh: '女' }],
      [NOT_STATED, { en: 'not stated', zh: '未说明' }]
    ],
    missingCodes: [NOT_STATED]
  },
  {
    code: 'years',
    label: { en: 'WeChat service life', zh: '微信使用年限' },
    level: 'ordinal',
    values: [
      [1, { en: 'under 1 year', zh: '1年以下' }],
      [2, { en: '1–2 years', zh: '1–2年' }],
      [3, { en: '3–4 years', zh: '3–4年' }],
      [4, { en: '5 years and more', zh: '5年及以上' }],
      [NOT_STATED, { en: 'not stated', zh: '未说明' }]
    ],
    missingCodes: [NOT_STATED]
  },
  {
    code: 'age',
    label: { en: 'Age group', zh: '年龄' },
    level: 'ordinal',
    values: [
      [1, { en: 'under 20', zh: '20岁以下' }],
      [2, { en: '20–29', zh: '20–29岁' }],
      [3, { en: '30–39', zh: '30–39岁' }],
      [4, { en: '40 and older', zh: '40岁及以上' }],
      [NOT_STATED, { en: 'not stated', zh: '未说明' }]
    ],
    missingCodes: [NOT_STATED]
  },
  {
    code: 'education',
    label: { en: 'Education', zh: '学历' },
    level: 'ordinal',
    values: [
      [1, { en: 'secondary school', zh: '高中及以下' }],
      [2, { en: 'college', zh: '大专' }],
      [3, { en: 'bachelor', zh: '本科' }],
      [4, { en: 'master and above', zh: '硕士及以上' }],
      [NOT_STATED, { en: 'not stated', zh: '未说明' }]
    ],
    missingCodes: [NOT_STATED]
  },
  {
    code: 'frequency',
    label: { en: 'Use of WeChat', zh: '使用频率' },
    level: 'ordinal',
    values: [
      [1, { en: 'less than daily', zh: '少于每天一次' }],
      [2, { en: '1–5 times a day', zh: '每天1–5次' }],
      [3, { en: '6–15 times a day', zh: '每天6–15次' }],
      [4, { en: 'more than 15 times a day', zh: '每天15次以上' }],
      [NOT_STATED, { en: 'not stated', zh: '未说明' }]
    ],
    missingCodes: [NOT_STATED]
  }
];
