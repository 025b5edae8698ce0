import { fail } from '../../../shared/diagnostic.js';

/** Sizes that changed from release to release. @see Stata, help dta (113-119) */
export interface DtaLayout {
  readonly release: number;
  readonly nameBytes: number;
  readonly formatBytes: number;
  readonly labelBytes: number;
  /** Bytes of the number of variables. */
  readonly countBytes: 2 | 4;
  /** Bytes of the number of rows. */
  readonly rowsBytes: 4 | 8;
  /** Bytes of the length of the data label; 0 where it has a fixed place. */
  readonly dataLabelBytes: 0 | 1 | 2;
  readonly sortBytes: 2 | 4;
  /** Bytes of the variable part of a reference to a long string (the rest of eight counts rows). */
  readonly strlVariableBytes: 2 | 3 | 4;
}

const OLDEST = 113;
const NEWEST = 119;

export function layoutOf(release: number): DtaLayout {
  if (release < OLDEST || release > NEWEST) {
    fail('wrong-format', `this Stata file has release ${release}, ${OLDEST} to ${NEWEST} (Stata 8 to 18) can be read`, { help: release < OLDEST ? 'open and save it with a newer Stata' : 'save it with `saveold`' });
  }
  const wide = release >= 118;
  return {
    release,
    nameBytes: wide ? 129 : 33,
    formatBytes: wide ? 57 : release === 113 ? 12 : 49,
    labelBytes: wide ? 321 : 81,
    countBytes: release === 119 ? 4 : 2,
    rowsBytes: wide ? 8 : 4,
    dataLabelBytes: release < 117 ? 0 : wide ? 2 : 1,
    sortBytes: release === 119 ? 4 : 2,
    strlVariableBytes: release === 119 ? 3 : wide ? 2 : 4
  };
}

/** How a variable's cells are stored. */
export type DtaType = { readonly kind: 'byte' | 'int' | 'long' | 'float' | 'double' | 'strl'; readonly bytes: number } | { readonly kind: 'str'; readonly bytes: number };

const OLD_TYPES: ReadonlyMap<number, DtaType> = new Map<number, DtaType>([
  [251, { kind: 'byte', bytes: 1 }],
  [252, { kind: 'int', bytes: 2 }],
  [253, { kind: 'long', bytes: 4 }],
  [254, { kind: 'float', bytes: 4 }],
  [255, { kind: 'double', bytes: 8 }]
]);
const NEW_TYPES: ReadonlyMap<number, DtaType> = new Map<number, DtaType>([
  [65530, { kind: 'byte', bytes: 1 }],
  [65529, { kind: 'int', bytes: 2 }],
  [65528, { kind: 'long', bytes: 4 }],
  [65527, { kind: 'float', bytes: 4 }],
  [65526, { kind: 'double', bytes: 8 }],
  [32768, { kind: 'strl', bytes: 8 }]
]);
const LONGEST_OLD_STRING = 244;
const LONGEST_NEW_STRING = 2045;

/** The type of a type code; undefined when there is none. */
export function typeOf(code: number, release: number): DtaType | undefined {
  if (release < 117) return OLD_TYPES.get(code) ?? (code >= 1 && code <= LONGEST_OLD_STRING ? { kind: 'str', bytes: code } : undefined);
  return NEW_TYPES.get(code) ?? (code >= 1 && code <= LONGEST_NEW_STRING ? { kind: 'str', bytes: code } : undefined);
}
