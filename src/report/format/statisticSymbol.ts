/** Latin letters that stand for a statistic, with their indices; Greek letters and `CI` stay upright. */
const SYMBOL = /^(p|t|F|z|n|N|M|Mdn|SD|SE|df|df1|df2|r|R|d|dz|g|R²|B|b|D|W|U|H|V|Q)$/;

/** Is a heading a statistic's symbol, which APA sets in italics? @see APA Publication Manual (2020), 6.44 */
export function isStatisticSymbol(heading: string): boolean {
  return SYMBOL.test(heading);
}
