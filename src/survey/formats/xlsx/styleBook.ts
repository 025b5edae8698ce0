import type { CellLook, RuleWeight } from './sheet.js';
import { xmlText } from './xmlText.js';

/** Formats that every spreadsheet program knows by number, and that follow the reader's country. @see ECMA-376-1, 18.8.30 */
const BUILT_IN: ReadonlyMap<string, number> = new Map([
  ['General', 0], ['0', 1], ['0.00', 2], ['0%', 9], ['0.00%', 10], ['m/d/yy', 14], ['m/d/yy h:mm', 22], ['[h]:mm:ss', 46], ['@', 49]
]);
const FIRST_OWN_FORMAT = 164;

/** Things told apart by their XML, each with its place. */
class Register {
  readonly #places: Map<string, number> = new Map();

  place(xml: string): number {
    const found = this.#places.get(xml);
    if (found !== undefined) return found;
    this.#places.set(xml, this.#places.size);
    return this.#places.size - 1;
  }

  list(name: string): string {
    return `<${name} count="${this.#places.size}">${[...this.#places.keys()].join('')}</${name}>`;
  }
}

/** The looks of a workbook, each stored once. @see ECMA-376-1, 18.8 */
export class StyleBook {
  readonly #fonts: Register = new Register();
  readonly #borders: Register = new Register();
  readonly #looks: Register = new Register();
  readonly #formats: Map<string, number> = new Map();
  readonly #known: Map<string, number> = new Map();

  constructor() {
    this.style({});
  }

  /** The number by which cells of this look refer to it. */
  style(look: CellLook): number {
    const { format = '', bold, italic, small, align = '', wrap, top = '', bottom = '' } = look;
    const key = `${bold ? 1 : 0}${italic ? 1 : 0}${small ? 1 : 0}${wrap ? 1 : 0}|${align}|${top}|${bottom}|${format}`;
    let place = this.#known.get(key);
    if (place === undefined) {
      const font = this.#fonts.place(`<font>${bold ? '<b/>' : ''}${italic ? '<i/>' : ''}<sz val="${small ? 10 : 11}"/><name val="Calibri"/><family val="2"/></font>`);
      const rule = (side: string, weight: RuleWeight | ''): string => (weight === '' ? `<${side}/>` : `<${side} style="${weight}"><color auto="1"/></${side}>`);
      const border = this.#borders.place(`<border><left/><right/>${rule('top', top)}${rule('bottom', bottom)}<diagonal/></border>`);
      const alignment = align !== '' || wrap ? `<alignment${align === '' ? '' : ` horizontal="${align}"`}${wrap ? ' vertical="top" wrapText="1"' : ''}/>` : '';
      const numFmt = this.#format(format);
      const applied = `${numFmt ? ' applyNumberFormat="1"' : ''}${font ? ' applyFont="1"' : ''}${border ? ' applyBorder="1"' : ''}${alignment ? ' applyAlignment="1"' : ''}`;
      place = this.#looks.place(`<xf numFmtId="${numFmt}" fontId="${font}" fillId="0" borderId="${border}" xfId="0"${applied}${alignment ? `>${alignment}</xf>` : '/>'}`);
      this.#known.set(key, place);
    }
    return place;
  }

  #format(format: string): number {
    if (format === '') return 0;
    const known = BUILT_IN.get(format) ?? this.#formats.get(format);
    if (known !== undefined) return known;
    const own = FIRST_OWN_FORMAT + this.#formats.size;
    this.#formats.set(format, own);
    return own;
  }

  xml(): string {
    const formats = [...this.#formats].map(([format, id]) => `<numFmt numFmtId="${id}" formatCode="${xmlText(format)}"/>`);
    return [
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
      formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : '',
      this.#fonts.list('fonts'),
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>',
      this.#borders.list('borders'),
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      this.#looks.list('cellXfs'),
      '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
      '</styleSheet>'
    ].join('');
  }
}
