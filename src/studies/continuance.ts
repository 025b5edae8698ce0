/**
 * The continuance study: why users go on using an enterprise's WeChat public
 * account. Structure after the thesis's abstract (expectation-confirmation
 * with information content, platform function, perceived safety and the
 * subjective norm); the wording of the items is ours.
 */
import { respondentQuestions } from './respondent.js';
import { SYNTHETIC_BANNER, type Study, type StudyConstruct } from './study.js';

type Wording = readonly [en: string, zh: string];

/** Every construct has three items, numbered from 1. */
function construct(name: string, en: string, zh: string, source: string, ...wordings: readonly [Wording, Wording, Wording]): StudyConstruct {
  return { name, label: { en, zh }, source, items: wordings.map(([itemEn, itemZh], index) => ({ code: `${name}${index + 1}`, text: { en: itemEn, zh: itemZh } })) };
}

const constructs: readonly StudyConstruct[] = [
  construct('USE', 'Usefulness', '信息有用性', 'Wixom & Todd 2005', ['Its information is useful to me', '信息对我有用'], ['Its information helps me decide', '有助于我决策'], ['Its information fits my needs', '符合我的需要']),
  construct('TIM', 'Timeliness', '信息时效性', 'Wixom & Todd 2005 (currency)', ['Its information is up to date', '信息及时更新'], ['Messages are pushed in time', '推送及时'], ['Its information is not outdated', '信息不过时']),
  construct('PRO', 'Professionalism', '信息专业性', 'DeLone & McLean 2003 (information quality)', ['Its information is accurate', '信息准确'], ['Its content goes into depth', '内容有深度'], ['It is written by people who know', '由内行撰写']),
  construct('EOU', 'Ease of use', '易用性', 'Davis 1989', ['The account is easy to learn', '容易学会'], ['Its menus are clear', '菜单清晰'], ['It is easy to find what I want', '容易找到所需']),
  construct('INT', 'Interaction', '互动性', 'Liu 2003', ['It answers me quickly', '回复迅速'], ['It is a two-way talk', '双向交流'], ['My feedback counts', '重视我的反馈']),
  construct('BRO', 'Ease of sharing', '传播性', 'own items', ['Its content is easy to share', '便于分享'], ['Its content spreads fast among friends', '在朋友中传播快'], ['There are many formats to forward', '可转发形式多样']),
  construct('SEC', 'Perceived safety', '感知安全', 'Featherman & Pavlou 2003 (privacy risk, reversed)', ['My data are protected', '个人信息受保护'], ['Payment is safe', '支付安全'], ['I feel safe using it', '使用时感到安全']),
  construct('NORM', 'Subjective norm', '主观规范', 'Fishbein & Ajzen 1975; Taylor & Todd 1995', ['People important to me use it', '重要的人在使用'], ['They think that I should use it', '他们认为我应该使用'], ['Colleagues and friends influence me', '同事朋友影响我']),
  construct('CONF', 'Confirmation', '期望确认', 'Bhattacherjee 2001', ['My experience was better than expected', '体验比预期好'], ['The service was above my expectation', '服务超出预期'], ['Most of my expectations were met', '多数期望得到满足']),
  construct('SAT', 'Satisfaction', '满意度', 'Bhattacherjee 2001', ['I am satisfied with it', '感到满意'], ['I am pleased with it', '感到愉快'], ['Using it was a right choice', '是正确选择']),
  construct('CONT', 'Continuance', '持续使用意愿', 'Bhattacherjee 2001', ['I will go on using it', '会继续使用'], ['I will go on rather than stop', '不打算停用'], ['I will use it more often', '会更多地使用'])
];

/** Second-order factors: what the abstract calls content and platform factors. */
export const continuanceSecondOrder: readonly { readonly name: string; readonly label: { readonly en: string; readonly zh: string }; readonly factors: readonly string[] }[] = [
  { name: 'INFO', label: { en: 'Information content', zh: '信息内容' }, factors: ['USE', 'TIM', 'PRO'] },
  { name: 'PLAT', label: { en: 'Platform function', zh: '平台功能' }, factors: ['EOU', 'INT', 'BRO'] }
];

const loadings = constructs.map(({ name, items }) => `${name} =~ ${items.map((item) => item.code).join(' + ')}`).join('\n');
const secondOrder = continuanceSecondOrder.map(({ name, factors }) => `${name} =~ ${factors.join(' + ')}`).join('\n');

/** Eleven correlated factors, no structure: what CR, AVE and discriminant validity are read from. */
export const CONTINUANCE_MEASUREMENT_MODEL: string = `# measurement model
${loadings}`;

/** The structural model: full mediation through confirmation and satisfaction, two direct paths. */
export const CONTINUANCE_MODEL: string = `# measurement model
${loadings}

# information content and platform function are second-order factors
${secondOrder}

# structural model
CONF ~ a1*INFO + a2*PLAT + a3*SEC
SAT  ~ b*CONF
CONT ~ c*SAT + d1*INFO + d2*NORM

# indirect effects
INFO_CONF_SAT := a1*b
PLAT_CONF_SAT := a2*b
SEC_CONF_SAT  := a3*b
CONF_SAT_CONT := b*c
INFO_CONT := a1*b*c
PLAT_CONT := a2*b*c
SEC_CONT  := a3*b*c
INFO_total := d1 + a1*b*c`;

export const continuanceStudy: Study = {
  id: 'continuance',
  title: { en: 'Why users go on using an enterprise’s WeChat public account', zh: '企业微信公众平台持续使用的影响因素' },
  banner: SYNTHETIC_BANNER,
  points: 7,
  constructs,
  questions: respondentQuestions,
  hypotheses: [
    { id: 'H1', from: 'INFO', to: 'CONF', sign: '+', statement: { en: 'Information content raises confirmation', zh: '信息内容正向影响期望确认' } },
    { id: 'H2', from: 'PLAT', to: 'CONF', sign: '+', statement: { en: 'Platform function raises confirmation', zh: '平台功能正向影响期望确认' } },
    { id: 'H3', from: 'SEC', to: 'CONF', sign: '+', statement: { en: 'Perceived safety raises confirmation', zh: '感知安全正向影响期望确认' } },
    { id: 'H4', from: 'CONF', to: 'SAT', sign: '+', statement: { en: 'Confirmation raises satisfaction', zh: '期望确认正向影响满意度' } },
    { id: 'H5', from: 'SAT', to: 'CONT', sign: '+', statement: { en: 'Satisfaction raises continuance', zh: '满意度正向影响持续使用意愿' } },
    { id: 'H6', from: 'INFO', to: 'CONT', sign: '+', statement: { en: 'Information content raises continuance directly', zh: '信息内容直接正向影响持续使用意愿' } },
    { id: 'H7', from: 'NORM', to: 'CONT', sign: '+', statement: { en: 'The subjective norm raises continuance directly', zh: '主观规范直接正向影响持续使用意愿' } }
  ],
  screening: { sent: 600, attention: [['ATT', 2]], seconds: ['seconds', 90], longString: 15 }
};
