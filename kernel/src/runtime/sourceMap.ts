/** Decoded positions of one source map: for each generated line, `[column, sourceLine, sourceColumn]`, all 0-based. */
export type SourcePositions = readonly (readonly (readonly [column: number, line: number, sourceColumn: number])[])[];

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUE = new Map([...DIGITS].map((digit, value) => [digit, value]));

/** Decodes the base64 VLQ `mappings` of a source map with one source. @see https://tc39.es/ecma426/ */
export function decodeMappings(mappings: string): SourcePositions {
  let line = 0;
  let sourceColumn = 0;
  return mappings.split(';').map((segments) => {
    let column = 0;
    return segments.split(',').flatMap((segment) => {
      const fields = decodeSegment(segment);
      if (fields.length < 4) {
        column += fields[0] ?? 0;
        return [];
      }
      column += fields[0];
      line += fields[2];
      sourceColumn += fields[3];
      return [[column, line, sourceColumn] as const];
    });
  });
}

function decodeSegment(segment: string): number[] {
  const fields: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = VALUE.get(digit) ?? 0;
    value |= (bits & 31) << shift;
    if (bits & 32) shift += 5;
    else {
      fields.push(value & 1 ? -(value >>> 1) : value >>> 1);
      value = 0;
      shift = 0;
    }
  }
  return fields;
}

/** The source position (0-based) that a generated position (0-based) comes from. */
export function originalPosition(positions: SourcePositions, line: number, column: number): { line: number; column: number } | undefined {
  const segments = positions[line];
  if (!segments || segments.length === 0) return undefined;
  let best = segments[0];
  for (const segment of segments) {
    if (segment[0] > column) break;
    best = segment;
  }
  return { line: best[1], column: best[2] };
}
