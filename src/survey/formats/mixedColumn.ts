import { warning, type Diagnostic } from '../../shared/diagnostic.js';

/**
 * A column of numbers with a few words among them is probably a fault of the
 * data: a warning with the first word, or none when words prevail.
 *
 * @param isNumber per filled cell
 * @param cell text and place of a filled cell
 */
export function mixedColumn(name: string, isNumber: readonly boolean[], cell: (index: number) => { readonly text: string; readonly place: string }): readonly Diagnostic[] {
  const numbers = isNumber.filter(Boolean).length;
  const strays = isNumber.length - numbers;
  if (strays === 0 || numbers < strays) return [];
  const { text, place } = cell(isNumber.indexOf(false));
  return [
    warning('mixed-column', `column \`${name}\` stays text: \`${text.slice(0, 40)}\` in ${place} is not a number (${strays} such, ${numbers} numbers)`, {
      zh: `列 \`${name}\` 保留为文本：${place} 的 \`${text.slice(0, 40)}\` 不是数字（此类 ${strays} 个，数字 ${numbers} 个）`,
      help: 'mend the file, or declare the word missing',
      helpZh: '修正文件，或将该词声明为缺失'
    })
  ];
}
