import { bilingualLabel } from '../../text/bilingualLabel.js';
import type { Bilingual } from '../../../shared/table.js';
import type { ByteCursor } from '../byteCursor.js';
import { cString, expectTag } from './dictionary.js';
import type { DtaLayout } from './layout.js';
import { integerTag, tagText } from './missing.js';

export type LabelTables = ReadonlyMap<string, ReadonlyMap<number | string, Bilingual>>;

/** All value-label tables; the label of a tagged missing value stands under its tag, `.a` to `.z`. */
export function readValueLabels(cursor: ByteCursor, layout: DtaLayout, decode: (bytes: Uint8Array) => string): LabelTables {
  const what = 'the value labels';
  const tagged = layout.release >= 117;
  if (tagged) expectTag(cursor, '<value_labels>');
  const tables = new Map<string, ReadonlyMap<number | string, Bilingual>>();
  while (tagged ? cursor.bytes[cursor.offset + 1] === 108 : cursor.remaining > 0) {
    if (tagged) expectTag(cursor, '<lbl>');
    cursor.int32(what);
    const name = decode(cString(cursor.slice(layout.nameBytes, what)));
    cursor.take(3, what);
    const count = cursor.int32(what);
    const textBytes = cursor.int32(what);
    cursor.count(count, 8, 'the number of value labels');
    const offsets = Array.from({ length: count }, () => cursor.int32(what));
    const values = Array.from({ length: count }, () => cursor.int32(what));
    const text = cursor.slice(cursor.count(textBytes, 1, 'the length of value labels'), what);
    const labels = new Map<number | string, Bilingual>();
    values.forEach((value, i) => {
      const tag = integerTag(value, 'long');
      const key = tag < 0 ? value : tagText(tag);
      if (key !== undefined) labels.set(key, bilingualLabel(decode(cString(text.subarray(Math.max(0, offsets[i]))))));
    });
    tables.set(name, labels);
    if (tagged) expectTag(cursor, '</lbl>');
  }
  if (tagged) expectTag(cursor, '</value_labels>');
  return tables;
}
