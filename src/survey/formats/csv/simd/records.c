/*
 * Records of a CSV file into a tile of cells, sixteen bytes at a time.
 *
 * The tile holds `columns` columns of `stride` cells of eight bytes, so that the
 * caller copies each column with one call. A number is written as a double; a
 * text as the slot of the table below that holds its bytes, so that equal texts
 * become one string. What is rare (long or escaped texts, numbers of more than
 * fifteen digits or with an exponent, words among numbers) goes on a list for
 * the caller, what is odd (text behind a closing quote, fields past the header)
 * stops the scan in front of its record.
 *
 * Assembled into records.ts by make.mjs.
 */
#include <stdint.h>
#include <wasm_simd128.h>

enum { SKIP, NUMERIC, TEXT };
enum { NEED_MORE, TILE_FULL, ODD_RECORD };

#define KEY_BYTES 32
#define SLOT_BITS 13
#define SLOTS (1 << SLOT_BITS)
#define MOST_TOKENS 32
#define MISSING_TEXT 0xfffffffeu
#define LATER 0xffffffffu
#define SHORT_NUMBER 15

typedef struct {
  uint32_t row, column, start, line;
} Later;

/* Shared with the caller, who fills in the first part. */
typedef struct {
  uint32_t columns, stride, tileRows, kinds, runs, tile, laters, laterCapacity, delimiter, decimal, tokenCount;
  uint32_t row, line, laterCount, shortCount, shortLine, slotCount;
} Plan;

Plan plan;
/* Missing words of at most sixteen bytes, padded with zeros. */
uint8_t tokens[MOST_TOKENS][16];
uint8_t keys[SLOTS][KEY_BYTES];
uint32_t lengths[SLOTS];
/* Slots in the order in which they were taken. */
uint32_t taken[SLOTS];

/* Why the scan stopped. */
uint32_t reason;

static uint8_t digitsOf[16][17][16];
static uint8_t firstBytes[17][16];
static double powers[16];
/* Kept in memory, since a constant is made anew at every use. */
static v128_t zeroDigit, ten, minus, tens, hundreds, tenThousands;

/* Shuffles that drop the decimal mark of a field and push its digits to the right end; masks; powers of ten. */
void prepare(void) {
  zeroDigit = wasm_i8x16_splat('0');
  ten = wasm_i8x16_splat(10);
  minus = wasm_i8x16_splat('-');
  tens = wasm_i16x8_make(10, 1, 10, 1, 10, 1, 10, 1);
  hundreds = wasm_i16x8_make(100, 1, 100, 1, 100, 1, 100, 1);
  tenThousands = wasm_i16x8_make(10000, 1, 10000, 1, 10000, 1, 10000, 1);
  double power = 1;
  for (int i = 0; i < 16; i++, power *= 10) powers[i] = power;
  for (int length = 0; length <= 16; length++)
    for (int i = 0; i < 16; i++) firstBytes[length][i] = i < length ? 0xff : 0;
  for (int length = 0; length < 16; length++)
    for (int mark = 0; mark <= 16; mark++) {
      int to = 15;
      for (int from = length - 1; from >= 0; from--)
        if (from != mark) digitsOf[length][mark][to--] = (uint8_t)from;
      while (to >= 0) digitsOf[length][mark][to--] = 0x80;
    }
}

static inline uint32_t equal(v128_t bytes, v128_t wanted) { return wasm_i8x16_bitmask(wasm_i8x16_eq(bytes, wanted)); }

/* The number in the first `length` bytes (at most fifteen), exact: mantissa below 2^53, one rounding by the division; 0 when they are none. */
static inline int number(v128_t bytes, uint32_t length, v128_t decimals, double *out) {
  uint32_t body = (1u << length) - 1;
  v128_t values = wasm_i8x16_sub(bytes, zeroDigit);
  v128_t signs = wasm_i8x16_eq(bytes, minus);
  uint32_t negative = wasm_i8x16_bitmask(signs) & 1;
  uint32_t digits = wasm_i8x16_bitmask(wasm_u8x16_lt(values, ten)) & body;
  uint32_t marks = equal(bytes, decimals) & body;
  if ((digits | marks | negative) != body || digits == 0 || (marks & (marks - 1)) != 0) return 0;
  uint32_t mark = (uint32_t)__builtin_ctz(marks | 0x10000);
  v128_t ordered = wasm_i8x16_swizzle(wasm_v128_andnot(values, signs), wasm_v128_load(digitsOf[length][mark]));
  v128_t pairs = wasm_i16x8_narrow_i32x4(wasm_i32x4_dot_i16x8(wasm_u16x8_extend_low_u8x16(ordered), tens), wasm_i32x4_dot_i16x8(wasm_u16x8_extend_high_u8x16(ordered), tens));
  v128_t fours = wasm_i32x4_dot_i16x8(pairs, hundreds);
  uint64_t eights = (uint64_t)wasm_i64x2_extract_lane(wasm_i32x4_dot_i16x8(wasm_i16x8_narrow_i32x4(fours, fours), tenThousands), 0);
  double value = (double)(int64_t)((eights & 0xffffffffu) * 100000000u + (eights >> 32));
  if (marks) value /= powers[length - 1 - mark];
  /* A branch on the sign would be mispredicted every other time. */
  uint64_t bits;
  __builtin_memcpy(&bits, &value, 8);
  bits |= (uint64_t)negative << 63;
  __builtin_memcpy(out, &bits, 8);
  return 1;
}

static inline int missingWord(v128_t bytes, uint32_t length) {
  v128_t word = wasm_v128_and(bytes, wasm_v128_load(firstBytes[length]));
  for (uint32_t i = 0; i < plan.tokenCount; i++)
    if (wasm_i8x16_all_true(wasm_i8x16_eq(word, wasm_v128_load(tokens[i])))) return 1;
  return 0;
}

static inline uint64_t mixed(v128_t bytes) {
  uint64_t low = (uint64_t)wasm_i64x2_extract_lane(bytes, 0) * 0x9e3779b97f4a7c15ull;
  uint64_t high = (uint64_t)wasm_i64x2_extract_lane(bytes, 1) * 0xc2b2ae3d27d4eb4full;
  return (low ^ (low >> 32)) + (high ^ (high >> 29));
}

/* Slot of the text, taken now if one of its two is free; LATER when there is none for it. */
static inline uint32_t slotOf(const uint8_t *text, uint32_t length) {
  if (length == 0) return MISSING_TEXT;
  if (length > KEY_BYTES) return LATER;
  v128_t first = wasm_v128_and(wasm_v128_load(text), wasm_v128_load(firstBytes[length < 16 ? length : 16]));
  v128_t second = length > 16 ? wasm_v128_and(wasm_v128_load(text + 16), wasm_v128_load(firstBytes[length - 16])) : wasm_i8x16_splat(0);
  uint64_t hash = mixed(first);
  if (length > 16) hash = (hash ^ mixed(second)) * 0x9e3779b97f4a7c15ull;
  uint32_t slot = (uint32_t)((hash * 0x9e3779b97f4a7c15ull) >> (64 - SLOT_BITS));
  for (int way = 0; way < 2; way++, slot ^= 1) {
    uint8_t *key = keys[slot];
    if (lengths[slot] == length) {
      if (wasm_i8x16_all_true(wasm_v128_and(wasm_i8x16_eq(first, wasm_v128_load(key)), wasm_i8x16_eq(second, wasm_v128_load(key + 16))))) return slot;
    } else if (lengths[slot] == 0) {
      wasm_v128_store(key, first);
      wasm_v128_store(key + 16, second);
      lengths[slot] = length;
      taken[plan.slotCount++] = slot;
      return slot;
    }
  }
  return LATER;
}

/* Line ends in `length` bytes. */
uint32_t lineEnds(const uint8_t *bytes, uint32_t length, uint32_t mark) {
  v128_t wanted = wasm_i8x16_splat((int8_t)mark);
  uint32_t count = 0, i = 0;
  for (; i + 16 <= length; i += 16) count += (uint32_t)__builtin_popcount(equal(wasm_v128_load(bytes + i), wanted));
  for (; i < length; i++) count += bytes[i] == mark;
  return count;
}

/*
 * Reads records from `base + from` until the tile is full, a record is odd, or
 * the bytes before `base + end` hold no whole record more. Behind the end stand
 * at least sixteen zeros. Returns the offset behind the last record read, with
 * the reason in `reason`.
 */
uint32_t records(const uint8_t *base, uint32_t from, uint32_t end) {
  const uint32_t columns = plan.columns, stride = plan.stride, tileRows = plan.tileRows, laterCapacity = plan.laterCapacity;
  const uint8_t delimiter = (uint8_t)plan.delimiter;
  const uint8_t *kinds = (const uint8_t *)plan.kinds;
  const uint8_t *runs = (const uint8_t *)plan.runs;
  Later *laters = (Later *)plan.laters;
  const v128_t delimiters = wasm_i8x16_splat((int8_t)delimiter), decimals = wasm_i8x16_splat((int8_t)plan.decimal);
  const v128_t newlines = wasm_i8x16_splat('\n'), returns = wasm_i8x16_splat('\r'), quotes = wasm_i8x16_splat('"');
  const v128_t pattern = wasm_v128_bitselect(delimiters, wasm_i8x16_splat('0'), wasm_u16x8_splat(0xff00));
  uint32_t row = plan.row, line = plan.line, laterCount = plan.laterCount;
  uint32_t p = from;
  reason = NEED_MORE;

  while (p < end) {
    uint8_t c = base[p];
    if (c == '\n' || c == '\r') {
      if (c == '\r') {
        if (p + 1 >= end) break;
        if (base[p + 1] == '\n') p++;
      }
      p++;
      line++;
      continue;
    }
    if (row == tileRows || laterCount + columns > laterCapacity) {
      reason = TILE_FULL;
      break;
    }
    const uint32_t record = p, recordLine = line, recordLaters = laterCount;
    double *cell = (double *)plan.tile + row;
    uint32_t column = 0;
    for (;;) {
      /* Eight answers of one digit each. */
      while (runs[column] >= 8) {
        v128_t bytes = wasm_v128_load(base + p);
        v128_t rest = wasm_i8x16_sub(bytes, pattern);
        if (!wasm_i8x16_all_true(wasm_u8x16_le(rest, wasm_u16x8_splat(9)))) break;
        for (int k = 0; k < 8; k += 2) {
          uint64_t two = (uint64_t)(k < 4 ? wasm_i64x2_extract_lane(rest, 0) : wasm_i64x2_extract_lane(rest, 1)) >> (16 * (k & 3));
          cell[0] = (double)(uint32_t)(two & 15);
          cell[stride] = (double)(uint32_t)((two >> 16) & 15);
          cell += 2 * stride;
        }
        p += 16;
        column += 8;
      }
      const uint8_t kind = kinds[column];
      if (kind == NUMERIC && base[p + 1] == delimiter && (uint8_t)(base[p] - '0') < 10 && column + 1 < columns) {
        *cell = (double)(uint32_t)(base[p] - '0');
        p += 2;
        column++;
        cell += stride;
        continue;
      }
      uint32_t start = p, textStart = p, length;
      int escaped = 0;
      v128_t bytes = wasm_v128_load(base + p);
      if (base[p] == '"') {
        textStart = ++p;
        for (;;) {
          v128_t here = wasm_v128_load(base + p);
          uint32_t closing = equal(here, quotes);
          uint32_t upTo = closing ? (closing & (0u - closing)) - 1 : 0xffff;
          line += (uint32_t)__builtin_popcount(equal(here, newlines) & upTo);
          if (!closing) {
            p += 16;
            if (p >= end) goto more;
            continue;
          }
          p += (uint32_t)__builtin_ctz(closing);
          if (p + 1 >= end) goto more;
          if (base[p + 1] != '"') break;
          escaped = 1;
          p += 2;
        }
        length = p - textStart;
        p++;
        c = base[p];
        if (c != delimiter && c != '\n' && c != '\r') goto odd;
        bytes = wasm_v128_load(base + textStart);
      } else {
        uint32_t ends = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(wasm_i8x16_eq(bytes, delimiters), wasm_i8x16_eq(bytes, newlines)), wasm_i8x16_eq(bytes, returns)));
        while (!ends) {
          p += 16;
          if (p >= end) goto more;
          v128_t here = wasm_v128_load(base + p);
          ends = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(wasm_i8x16_eq(here, delimiters), wasm_i8x16_eq(here, newlines)), wasm_i8x16_eq(here, returns)));
        }
        p += (uint32_t)__builtin_ctz(ends);
        if (p >= end) goto more;
        length = p - textStart;
        c = base[p];
      }
      if (kind == NUMERIC) {
        if (length == 0) *cell = __builtin_nan("");
        else if (!(length <= SHORT_NUMBER && number(bytes, length, decimals, cell))) {
          while (length > 0 && base[textStart] == ' ') textStart++, length--;
          while (length > 0 && base[textStart + length - 1] == ' ') length--;
          bytes = wasm_v128_load(base + textStart);
          if (length == 0 || (length <= 16 && missingWord(bytes, length))) *cell = __builtin_nan("");
          else if (!(length <= SHORT_NUMBER && number(bytes, length, decimals, cell))) laters[laterCount++] = (Later){row, column, start, recordLine};
        }
      } else if (kind == TEXT) {
        uint32_t slot = escaped ? LATER : slotOf(base + textStart, length);
        if (slot == LATER) laters[laterCount++] = (Later){row, column, start, recordLine};
        *(uint32_t *)cell = slot;
      }
      column++;
      cell += stride;
      if (c == delimiter) {
        p++;
        if (column < columns) continue;
        /* A delimiter at the end of the record opens one more field, which is empty. */
        if (p >= end) goto more;
        c = base[p];
        if (c != '\n' && c != '\r') goto odd;
      }
      break;
    }
    if (c == '\r') {
      if (p + 1 >= end) goto more;
      if (base[p + 1] == '\n') p++;
    }
    p++;
    if (column < columns) {
      if (plan.shortCount++ == 0) plan.shortLine = recordLine;
      for (; column < columns; column++, cell += stride) {
        if (kinds[column] == TEXT) *(uint32_t *)cell = MISSING_TEXT;
        else *cell = __builtin_nan("");
      }
    }
    line++;
    row++;
    continue;

  odd:
    reason = ODD_RECORD;
  more:
    p = record;
    line = recordLine;
    laterCount = recordLaters;
    break;
  }
  plan.row = row;
  plan.line = line;
  plan.laterCount = laterCount;
  return p;
}
