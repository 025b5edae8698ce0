import { fail, warning } from '../../shared/diagnostic.js';
import { didYouMean } from '../../shared/suggest.js';
import type { RawSurvey } from '../rawSurvey.js';
import { surveyOfGrid, type GridOptions } from './grid.js';
import { readWorkbook } from './workbook.js';

export interface ExcelOptions extends GridOptions {
  /** Name of a sheet, or its place counted from 1; the first sheet that holds anything when absent. */
  readonly sheet?: string | number;
  readonly maxUnpackedBytes?: number;
}

/** Workbooks: .xlsx, .xlsm, .xls, .ods; plain tables and platform exports. */
export async function readExcel(bytes: Uint8Array, options: ExcelOptions = {}): Promise<RawSurvey & { readonly platform: string }> {
  const { sheets, since1904, foreignRecords } = await readWorkbook(bytes, options.maxUnpackedBytes);
  const filled = sheets.filter(({ rows }) => rows.some((row) => row.some((cell) => cell !== undefined)));
  if (filled.length === 0) fail('empty-file', 'the workbook holds no cells');
  let [chosen] = filled;
  const { sheet } = options;
  if (sheet !== undefined) {
    const found = typeof sheet === 'number' ? sheets[sheet - 1] : sheets.find(({ name }) => name === sheet);
    if (!found) fail('unknown-sheet', `the workbook has no sheet ${typeof sheet === 'number' ? `number ${sheet}` : `\`${sheet}\``}`, { help: didYouMean(String(sheet), sheets.map(({ name }) => name)) ?? `its sheets are ${sheets.map(({ name }) => `\`${name}\``).join(', ')}` });
    chosen = found;
  }
  const survey = surveyOfGrid(chosen.rows, since1904, options);
  const several = sheet === undefined && filled.length > 1;
  const warnings = [...survey.warnings];
  if (several) warnings.push(warning('several-sheets', `sheet \`${chosen.name}\` was read; the workbook also has ${filled.slice(1).map(({ name }) => `\`${name}\``).join(', ')}`, { zh: `已读取工作表 \`${chosen.name}\`；工作簿另有 ${filled.slice(1).map(({ name }) => `\`${name}\``).join('、')}`, help: 'choose with `sheet`', helpZh: '用 `sheet` 选择' }));
  if (foreignRecords > 0) warnings.push(warning('damaged-file', `the workbook holds ${foreignRecords} ${foreignRecords === 1 ? 'part' : 'parts'} that no workbook has, so it may be damaged and cells may be wrong or missing`, { zh: `工作簿含有 ${foreignRecords} 处不属于工作簿格式的内容，文件可能已损坏，单元格可能有误或缺失`, help: 'compare the cells with the original, or fetch the file again', helpZh: '请与原文件核对，或重新获取文件' }));
  return {
    ...survey,
    platform: survey.platform === 'csv' ? 'excel' : survey.platform,
    notes: [...survey.notes, `sheet ${chosen.name}`],
    warnings
  };
}
