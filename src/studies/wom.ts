/**
 * The word-of-mouth study: what makes readers pass on WeChat word of mouth.
 * Constructs and hypotheses follow the thesis's abstract; the wording of the
 * items is ours, after the scales named in `source`.
 */
import { respondentQuestions } from './respondent.js';
import { SYNTHETIC_BANNER, type Study, type StudyConstruct } from './study.js';

const constructs: readonly StudyConstruct[] = [
  {
    name: 'EXP',
    label: { en: 'Source expertise', zh: '信息源专业性' },
    source: 'Ohanian 1990; Gilly et al. 1998',
    items: [
      { code: 'EXP1', text: { en: 'The sender knows this kind of product well', zh: '发布者很了解此类产品' } },
      { code: 'EXP2', text: { en: 'The sender has real experience with it', zh: '发布者有实际使用经验' } },
      { code: 'EXP3', text: { en: 'The sender can judge its quality', zh: '发布者能判断其质量' } },
      { code: 'EXP4', text: { en: 'The account is a specialist in the field', zh: '该账号在该领域很专业' } }
    ]
  },
  {
    name: 'REL',
    label: { en: 'Source reliability', zh: '信息源可靠性' },
    source: 'Ohanian 1990 (trustworthiness)',
    items: [
      { code: 'REL1', text: { en: 'The sender is honest', zh: '发布者是诚实的' } },
      { code: 'REL2', text: { en: 'The sender can be relied on', zh: '发布者是可信赖的' } },
      { code: 'REL3', text: { en: 'The sender has no hidden interest', zh: '发布者没有私利' } },
      { code: 'REL4r', text: { en: 'I doubt what the sender says', zh: '我怀疑发布者的说法' }, reverse: true }
    ]
  },
  {
    name: 'FUN',
    label: { en: 'Fun of the content', zh: '内容趣味性' },
    source: 'Ducoffe 1996 (entertainment)',
    items: [
      { code: 'FUN1', text: { en: 'The content is amusing', zh: '内容有趣' } },
      { code: 'FUN2', text: { en: 'The content is novel and creative', zh: '内容新颖有创意' } },
      { code: 'FUN3', text: { en: 'The content is pleasant to read', zh: '阅读时感到愉快' } }
    ]
  },
  {
    name: 'CRE',
    label: { en: 'Enterprise credibility', zh: '企业可信度' },
    source: 'Newell & Goldsmith 2001',
    items: [
      { code: 'CRE1', text: { en: 'The firm is competent', zh: '企业有能力' } },
      { code: 'CRE2', text: { en: 'The firm keeps its promises', zh: '企业信守承诺' } },
      { code: 'CRE3', text: { en: 'The firm’s claims are true', zh: '企业宣传真实' } },
      { code: 'CRE4', text: { en: 'The firm has a good name', zh: '企业声誉良好' } }
    ]
  },
  {
    name: 'SELF',
    label: { en: 'Self-interest motive', zh: '利己动机' },
    source: 'Hennig-Thurau et al. 2004 (incentives, self-enhancement)',
    items: [
      { code: 'SELF1', text: { en: 'Forwarding brings rewards or coupons', zh: '可获得奖励或优惠' } },
      { code: 'SELF2', text: { en: 'Others see me as informed', zh: '显得我有见识' } },
      { code: 'SELF3', text: { en: 'Friends pay attention to me', zh: '获得朋友关注' } }
    ]
  },
  {
    name: 'ALT',
    label: { en: 'Altruistic motive', zh: '利他动机' },
    source: 'Hennig-Thurau et al. 2004 (concern for others)',
    items: [
      { code: 'ALT1', text: { en: 'I help friends to choose well', zh: '帮助朋友做好选择' } },
      { code: 'ALT2', text: { en: 'I save others a bad experience', zh: '使他人避免不好的经历' } },
      { code: 'ALT3', text: { en: 'I am glad when it helps others', zh: '对他人有用我很高兴' } }
    ]
  },
  {
    name: 'WOM',
    label: { en: 'WOM intention', zh: '口碑传播意愿' },
    source: 'Zeithaml et al. 1996 (behavioural intentions)',
    items: [
      { code: 'WOM1', text: { en: 'I will forward such messages', zh: '我愿意转发' } },
      { code: 'WOM2', text: { en: 'I will recommend them to friends', zh: '我愿意推荐给朋友' } },
      { code: 'WOM3', text: { en: 'I will comment on them in Moments', zh: '我愿意在朋友圈评论' } }
    ]
  }
];

/** Controls first, then the six predictors: `|` starts the next block. */
export const WOM_FORMULA = 'WOM ~ gender + years | EXP + REL + FUN + CRE + SELF + ALT';

export const womStudy: Study = {
  id: 'wom',
  title: { en: 'What makes people pass on WeChat word of mouth', zh: '微信口碑传播意愿的影响因素' },
  banner: SYNTHETIC_BANNER,
  points: 5,
  constructs,
  questions: respondentQuestions,
  hypotheses: [
    ['H1', 'EXP', 'Source expertise raises the intention to pass on word of mouth', '信息源专业性正向影响口碑传播意愿'],
    ['H2', 'REL', 'Source reliability raises the intention to pass on word of mouth', '信息源可靠性正向影响口碑传播意愿'],
    ['H3', 'FUN', 'Fun of the content raises the intention to pass on word of mouth', '内容趣味性正向影响口碑传播意愿'],
    ['H4', 'CRE', 'Credibility of the enterprise raises the intention to pass on word of mouth', '企业可信度正向影响口碑传播意愿'],
    ['H5', 'SELF', 'The self-interest motive raises the intention to pass on word of mouth', '利己动机正向影响口碑传播意愿'],
    ['H6', 'ALT', 'The altruistic motive raises the intention to pass on word of mouth', '利他动机正向影响口碑传播意愿']
  ].map(([id, from, en, zh]) => ({ id, from, to: 'WOM', sign: '+' as const, statement: { en, zh } })),
  screening: { sent: 560, attention: [['ATT', 4]], seconds: ['seconds', 60], longString: 12 }
};
