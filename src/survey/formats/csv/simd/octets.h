/*
 * Records with runs of eight answers of one digit each, as surveys have them.
 *
 * Eight such fields are sixteen bytes of a known pattern: one comparison reads
 * them, and neither their ends nor their columns are looked at one by one. In a
 * row where one of the eight is something else, the ends of all eight are noted,
 * and they are read as other fields are.
 */
#define OCTET 8
/* Records indexed at a time: their bytes and ends stay in the first cache. */
#define MOST_INDEXED 128

typedef struct {
  /* Its first column, and how many columns are between the octet before and this one. */
  uint32_t column, between;
  /* Rows in which it is something else. */
  uint32_t otherCount;
  uint8_t others[MOST_INDEXED];
  uint8_t cells[MOST_INDEXED][OCTET];
} Octet;

enum { ONE_DIGIT, TWO_DIGITS, ANY_NUMBER };

/* Runs of eight narrow columns of single digits, none of them the last. */
static uint32_t findOctets(void) {
  const uint8_t *kinds = (const uint8_t *)plan.kinds, *wides = (const uint8_t *)plan.wides, *tiers = (const uint8_t *)plan.tiers;
  Octet *octets = (Octet *)plan.octets;
  uint32_t count = 0, run = 0, behind = 0;
  for (uint32_t column = 0; column + 1 < plan.columns && count < plan.mostOctets; column++) {
    run = kinds[column] == NUMERIC && !wides[column] && tiers[column] == ONE_DIGIT ? run + 1 : 0;
    if (run < OCTET) continue;
    uint32_t first = column + 1 - OCTET;
    octets[count].column = first;
    octets[count].between = first - behind;
    octets[count].otherCount = 0;
    count++;
    behind = column + 1;
    run = 0;
  }
  return count;
}

/*
 * Notes where the next `count` fields from `p` end; the last of them ends the
 * record when `isLast`. Gives the offset behind them, or 0 when there are quotes
 * or returns about, or the record has another number of fields.
 */
ALWAYS_INLINE uint32_t noteEnds(const uint8_t *base, uint32_t p, uint32_t end, uint32_t *out, uint32_t count, int isLast) {
  const v128_t delimiters = wasm_i8x16_splat((int8_t)plan.delimiter), newlines = wasm_i8x16_splat('\n'), returns = wasm_i8x16_splat('\r'), quotes = wasm_i8x16_splat('"');
  for (; p < end; p += 64) {
    v128_t odd = wasm_i8x16_splat(0), line[4], separator[4];
    for (int k = 0; k < 4; k++) {
      v128_t block = wasm_v128_load(base + p + 16 * k);
      line[k] = wasm_i8x16_eq(block, newlines);
      separator[k] = wasm_v128_or(line[k], wasm_i8x16_eq(block, delimiters));
      odd = wasm_v128_or(odd, wasm_v128_or(wasm_i8x16_eq(block, returns), wasm_i8x16_eq(block, quotes)));
    }
    if (wasm_v128_any_true(odd)) return 0;
    uint64_t separators = bitsOf(separator), rest = separators;
    uint32_t found = (uint32_t)__builtin_popcountll(separators), noted = found < count ? found : count;
    for (uint32_t i = 0; i < noted; i += 4) {
      /* Past the last one writes what is overwritten later. */
      for (int k = 0; k < 4; k++) {
        out[i + k] = p + (uint32_t)__builtin_ctzll(rest);
        rest &= rest - 1;
      }
    }
    uint64_t lines = bitsOf(line);
    if (found >= count) {
      uint32_t last = out[count - 1];
      uint64_t lastBit = 1ull << (last - p);
      uint64_t upTo = lastBit | (lastBit - 1);
      return (lines & upTo) == (isLast ? lastBit : 0) ? last + 1 : 0;
    }
    if (lines) return 0;
    out += found;
    count -= found;
  }
  return 0;
}

/* As indexRecords, of records with octets. */
static uint32_t indexOctets(const uint8_t *base, uint32_t p, uint32_t end, uint32_t most, uint32_t octetCount) {
  const uint32_t columns = plan.columns;
  const v128_t pattern = wasm_v128_bitselect(wasm_i8x16_splat((int8_t)plan.delimiter), wasm_i8x16_splat('0'), wasm_u16x8_splat(0xff00));
  const v128_t expected = wasm_u16x8_splat(9);
  Octet *octets = (Octet *)plan.octets;
  uint32_t *out = (uint32_t *)plan.ends, behind = octets[octetCount - 1].column + OCTET;
  *out++ = p - 1;
  uint32_t row = 0;
  for (; row < most; row++) {
    uint32_t *next = out;
    for (Octet *octet = octets; octet < octets + octetCount; octet++) {
      if (octet->between > 0) {
        p = noteEnds(base, p, end, next, octet->between, 0);
        if (p == 0) goto done;
        next += octet->between;
      }
      v128_t rest = wasm_i8x16_sub(wasm_v128_load(base + p), pattern);
      if (wasm_i8x16_all_true(wasm_u8x16_le(rest, expected))) {
        wasm_v128_store64_lane(octet->cells[row], wasm_i8x16_shuffle(rest, rest, 0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14), 0);
        p += 2 * OCTET;
        next[OCTET - 1] = p - 1;
      } else {
        p = noteEnds(base, p, end, next, OCTET, 0);
        if (p == 0) goto done;
        octet->others[octet->otherCount++] = (uint8_t)row;
      }
      next += OCTET;
    }
    p = noteEnds(base, p, end, next, columns - behind, 1);
    if (p == 0 || p > end) goto done;
    out = next + (columns - behind);
  }
done:
  for (Octet *octet = octets; octet < octets + octetCount; octet++)
    if (octet->otherCount > 0 && octet->others[octet->otherCount - 1] == row) octet->otherCount--;
  return row;
}
