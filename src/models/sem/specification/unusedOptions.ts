import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import type { ResolvedSemOptions } from '../options.js';
import type { DraftRow } from './draftRow.js';
import { excepts } from './groupEqual.js';

/** Options that change nothing in this model are said: a misspelled parameter, equality without groups, an ordinal predictor. */
export function unusedOptions(rows: readonly DraftRow[], exogenousNames: readonly string[], groupCount: number, ordinal: ReadonlyMap<string, number>, options: ResolvedSemOptions): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const { groupEqual, groupPartial, ordered } = options;
  if (groupCount < 2) {
    for (const [name, value] of [['group.equal', groupEqual], ['group.partial', groupPartial]] as const)
      if (value.length > 0) found.push(warning('option-without-effect', `\`${name}\` changes nothing: there is one group`, { zh: `只有一个组，\`${name}\` 不起作用`, help: 'name the grouping variable in `group`', helpZh: '用 `group` 指定分组变量' }));
  } else {
    if (groupPartial.length > 0 && groupEqual.length === 0) found.push(warning('option-without-effect', '`group.partial` changes nothing: `group.equal` makes nothing equal', { zh: '未指定 `group.equal`，`group.partial` 不起作用', help: 'say what is equal in `group.equal`', helpZh: '用 `group.equal` 指定跨组相等的参数' }));
    else
      for (const each of groupPartial) {
        if (rows.some((row) => excepts(each, row))) continue;
        const known = rows.filter((row) => row.group === 1).map((row) => `${row.lhs}${row.op}${row.rhs}`);
        found.push(warning('option-without-effect', `\`${each}\` of \`group.partial\` is no parameter of this model`, { zh: `\`group.partial\` 中的 \`${each}\` 不是本模型的参数`, help: didYouMean(each.replace(/\s+/g, ''), known) ?? 'write it as in the parameter table, for example `f=~x2`, `x2~1` or `x2|t1`', helpZh: '写法与参数表一致，例如 `f=~x2`、`x2~1`、`x2|t1`' }));
      }
  }
  if (typeof ordered !== 'boolean') {
    const exogenous = ordered.filter((name) => !ordinal.has(name) && exogenousNames.includes(name));
    if (exogenous.length > 0) found.push(warning('ordered-exogenous', `${exogenous.map((name) => `\`${name}\``).join(', ')} of \`ordered\` only predict${exogenous.length === 1 ? 's' : ''} others, and ${exogenous.length === 1 ? 'is' : 'are'} taken as numbers`, { zh: `${exogenous.join('、')} 只作自变量，按数值处理`, help: 'code categories as 0/1 variables where steps between them are not equal', helpZh: '若类别间距不等，请改用 0/1 虚拟变量' }));
  }
  return found;
}

/** Values that no variance or covariance can take. */
export function impossibleValues(rows: readonly DraftRow[]): readonly Diagnostic[] {
  const fixedVariance = (name: string, { group, level }: DraftRow): number | null => rows.find((row) => row.op === '~~' && row.lhs === name && row.rhs === name && row.group === group && row.level === level && !row.isFree)?.ustart ?? null;
  const told = new Set<string>();
  return rows.flatMap((row): readonly Diagnostic[] => {
    if (row.op !== '~~' || row.isFree || row.ustart === null || row.span === undefined || row.exo) return [];
    const key = `${row.lhs}~~${row.rhs}`;
    if (told.has(key)) return [];
    const say = (message: string, zh: string): readonly Diagnostic[] => {
      told.add(key);
      return [{ ...warning('impossible-value', message, { zh, help: 'no data can have that; look at the number before `*`', helpZh: '任何数据都不可能如此，请检查 `*` 前的数值' }), ...(row.span ? { span: row.span } : {}) }];
    };
    if (row.lhs === row.rhs) return row.ustart < 0 ? say(`the variance of \`${row.lhs}\` is fixed at ${row.ustart}, and no variance is negative`, `\`${row.lhs}\` 的方差被固定为负数 ${row.ustart}`) : [];
    const [a, b] = [fixedVariance(row.lhs, row), fixedVariance(row.rhs, row)];
    return a !== null && b !== null && row.ustart ** 2 > a * b ? say(`the covariance of \`${row.lhs}\` and \`${row.rhs}\` is fixed at ${row.ustart}, beyond what their fixed variances ${a} and ${b} allow`, `\`${row.lhs}\` 与 \`${row.rhs}\` 的协方差固定值 ${row.ustart} 超出其方差所允许的范围`) : [];
  });
}
