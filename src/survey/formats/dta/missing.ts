import type { DtaType } from './layout.js';

/** Largest proper value of each integer type; above it stand `.`, `.a` … `.z`. @see Stata, help dta, Numbers */
export const LARGEST: Readonly<Record<'byte' | 'int' | 'long', number>> = { byte: 100, int: 32_740, long: 2_147_483_620 };

/** Upper bits of the floating-point missing values, and the step from one tag to the next. */
const FLOAT_MISSING = 0x7f000000;
const FLOAT_STEP = 0x800;
const DOUBLE_MISSING = 0x7fe00000;
const DOUBLE_STEP = 0x100;

/** 0 is `.`, 1 is `.a`, … 26 is `.z`; the text of a tag, or undefined for `.`. */
export function tagText(tag: number): string | undefined {
  return tag >= 1 && tag <= 26 ? `.${String.fromCharCode(96 + tag)}` : undefined;
}

/** Tag of an integer: -1 for a proper value. */
export function integerTag(value: number, kind: 'byte' | 'int' | 'long'): number {
  return value > LARGEST[kind] ? value - LARGEST[kind] - 1 : -1;
}

/** Tag from the upper 32 bits of a float or double: -1 for a proper value. */
export function floatTag(bits: number, kind: 'float' | 'double'): number {
  const missing = kind === 'float' ? FLOAT_MISSING : DOUBLE_MISSING;
  if (bits < missing || bits >= 0x80000000) return -1;
  return Math.floor((bits - missing) / (kind === 'float' ? FLOAT_STEP : DOUBLE_STEP));
}

/** Whether cells of the type are numbers. */
export function isNumber(type: DtaType): boolean {
  return type.kind !== 'str' && type.kind !== 'strl';
}
