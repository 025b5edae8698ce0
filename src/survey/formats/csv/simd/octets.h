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
 * record when `isLast`. Gives the offset behind them, or 0 when they are not
 * regular, or the record has another number of fields.
 */
ALWAYS_INLINE uint32_t noteEnds(const uint8_t *base, uint32_t p, uint32_t end, uint32_t *out, uint32_t count, int isLast, const Marks *marks) {
  Quoting state = {0, 1, 0, 0};
  uint64_t pending = 0;
  for (; p < end; p += 64) {
    v128_t block[4], odd = wasm_i8x16_splat(0);
    loadBlock(base + p, block);
    for (int k = 0; k < 4; k++) odd = wasm_v128_or(odd, wasm_v128_or(wasm_i8x16_eq(block[k], marks->returns), wasm_i8x16_eq(block[k], marks->quotes)));
    Masks masks;
    if (wasm_v128_any_true(odd) || pending) {
      masks = masksOf(block, marks, &state);
      pending = state.inside | state.wasClosing | state.wasReturn;
    } else {
      masks.lines = maskOf(block, marks->newlines);
      masks.separators = maskOf(block, marks->delimiters) | masks.lines;
      masks.broken = 0;
      state.wasBoundary = masks.separators >> 63;
    }
    uint32_t found = (uint32_t)__builtin_popcountll(masks.separators);
    writePlaces(out, masks.separators, found < count ? found : count, p);
    if (found >= count) {
      uint32_t last = out[count - 1];
      uint64_t lastBit = 1ull << (last - p);
      uint64_t upTo = lastBit | (lastBit - 1);
      return (masks.lines & upTo) == (isLast ? lastBit : 0) ? last + 1 : 0;
    }
    if (masks.lines || masks.broken) return 0;
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
  const Marks marks = marksOfPlan();
  Octet *octets = (Octet *)plan.octets;
  uint32_t *out = (uint32_t *)plan.ends, behind = octets[octetCount - 1].column + OCTET;
  *out++ = p - 1;
  uint32_t row = 0;
  for (; row < most; row++) {
    uint32_t *next = out;
    for (Octet *octet = octets; octet < octets + octetCount; octet++) {
      if (octet->between > 0) {
        p = noteEnds(base, p, end, next, octet->between, 0, &marks);
        if (p == 0) goto done;
        next += octet->between;
      }
      v128_t rest = wasm_i8x16_sub(wasm_v128_load(base + p), pattern);
      if (wasm_i8x16_all_true(wasm_u8x16_le(rest, expected))) {
        wasm_v128_store64_lane(octet->cells[row], wasm_i8x16_shuffle(rest, rest, 0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14), 0);
        p += 2 * OCTET;
        next[OCTET - 1] = p - 1;
      } else {
        p = noteEnds(base, p, end, next, OCTET, 0, &marks);
        if (p == 0) goto done;
        octet->others[octet->otherCount++] = (uint8_t)row;
      }
      next += OCTET;
    }
    p = noteEnds(base, p, end, next, columns - behind, 1, &marks);
    if (p == 0 || p > end) goto done;
    out = next + (columns - behind);
  }
done:
  for (Octet *octet = octets; octet < octets + octetCount; octet++)
    if (octet->otherCount > 0 && octet->others[octet->otherCount - 1] == row) octet->otherCount--;
  return row;
}
