/*
 * Records of a CSV file into a tile of cells.
 *
 * The tile holds `columns` columns of `stride` cells of eight bytes, so that the
 * caller copies each column with one call. A number is written as one byte while
 * all of its column are whole and small, else as a double; a text as the slot of
 * the table below that holds its bytes, so that equal texts become one string.
 * What is rare (long or escaped texts, numbers of more than fifteen digits or
 * with an exponent, words among numbers) goes on a list for the caller, what is
 * odd (text behind a closing quote, fields past the header) stops the scan in
 * front of its record.
 *
 * Regular records (as many fields as columns, quotes only around fields, no line
 * ends in them) are read in two steps: where their fields end, by masks of 64
 * bytes (index.h) or by known patterns (octets.h), then column by column, so that
 * each column's loop knows what to expect (columns.h). Other records are read
 * field by field (oneRecord.h).
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
  uint32_t columns, stride, tileRows, mostIndexed, mostOctets, kinds, wides, tiers, octets, ends, tile, laters, laterCapacity, delimiter, decimal, tokenCount;
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
/* By digits behind the decimal mark; one when there is no mark, which is taken to be the 17th byte. */
static double powers[32];
/* Kept in memory, since a constant is made anew at every use. */
static v128_t zeroDigit, toEnd, beforeDigits, minus, tens, hundreds, tenThousands;

/* Shuffles that drop the decimal mark of a field and push its digits to the right end; masks; powers of ten. */
void prepare(void) {
  zeroDigit = wasm_i8x16_splat('0');
  toEnd = wasm_i8x16_splat(127 - '9');
  beforeDigits = wasm_i8x16_splat(127 - 10);
  minus = wasm_i8x16_splat('-');
  tens = wasm_i16x8_splat(2561);
  hundreds = wasm_i16x8_make(100, 1, 100, 1, 100, 1, 100, 1);
  tenThousands = wasm_i16x8_make(10000, 1, 10000, 1, 10000, 1, 10000, 1);
  double power = 1;
  for (int i = 0; i < 32; i++, power *= 10) powers[i] = i < 15 ? power : 1;
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

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/*
 * The number in the first `length` bytes, exact: mantissa below 2^53, one
 * rounding by the division. 0 when they are none or more than fifteen. Without
 * branches, so that the work on several fields overlaps.
 */
ALWAYS_INLINE uint32_t number(v128_t bytes, uint32_t length, v128_t decimals, double *out) {
  uint32_t body = (1u << (length & 31)) - 1;
  v128_t values = wasm_i8x16_sub(bytes, zeroDigit);
  v128_t signs = wasm_i8x16_eq(bytes, minus);
  uint32_t negative = wasm_i8x16_bitmask(signs) & 1;
  /* Only digits lie at the upper end when they are moved there. */
  uint32_t digits = wasm_i8x16_bitmask(wasm_i8x16_gt(wasm_i8x16_add(bytes, toEnd), beforeDigits)) & body;
  uint32_t marks = equal(bytes, decimals) & body;
  uint32_t mark = (uint32_t)__builtin_ctz(marks | 0x10000);
  v128_t ordered = wasm_i8x16_swizzle(wasm_v128_andnot(values, signs), wasm_v128_load(digitsOf[length & 15][mark]));
  /* Two digits a, b as 256b + a: times 2561 leaves 256 (10a + b) + a. */
  v128_t pairs = wasm_u16x8_shr(wasm_i16x8_mul(ordered, tens), 8);
  v128_t fours = wasm_i32x4_dot_i16x8(pairs, hundreds);
  uint64_t eights = (uint64_t)wasm_i64x2_extract_lane(wasm_i32x4_dot_i16x8(wasm_i16x8_narrow_i32x4(fours, fours), tenThousands), 0);
  double value = (double)(int64_t)((eights & 0xffffffffu) * 100000000u + (eights >> 32)) / powers[(length - 1 - mark) & 31];
  uint64_t bits;
  __builtin_memcpy(&bits, &value, 8);
  bits |= (uint64_t)negative << 63;
  __builtin_memcpy(out, &bits, 8);
  return (uint32_t)((digits | marks | negative) == body) & (uint32_t)(digits != 0) & (uint32_t)((marks & (marks - 1)) == 0) & (uint32_t)(length <= SHORT_NUMBER);
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

/* A missing answer among small ones. */
#define NARROW_MISSING (-128)

static inline double *cellsOf(uint32_t column) { return (double *)plan.tile + (uint64_t)column * plan.stride; }

/* The column's `rows` bytes in the tile become doubles, the last first since they lie in the same place. */
static void widen(uint32_t column, uint32_t rows) {
  double *cells = cellsOf(column);
  const int8_t *bytes = (const int8_t *)cells;
  for (uint32_t i = rows; i-- > 0;) {
    int8_t value = bytes[i];
    cells[i] = value == NARROW_MISSING ? __builtin_nan("") : (double)value;
  }
  ((uint8_t *)plan.wides)[column] = 1;
}

/* Writes a number, as a byte if the column is still narrow and it fits: whole, from -127 to 127, no negative zero; else the column's first `written` cells widen. */
static inline void put(uint32_t column, uint32_t row, double value, uint32_t written) {
  if (!((const uint8_t *)plan.wides)[column]) {
    int32_t whole = value > -128 && value < 128 ? (int32_t)value : 1000;
    double back = (double)whole;
    uint64_t bits, backBits;
    __builtin_memcpy(&bits, &value, 8);
    __builtin_memcpy(&backBits, &back, 8);
    if (bits == backBits || value != value) {
      ((int8_t *)cellsOf(column))[row] = value != value ? NARROW_MISSING : (int8_t)whole;
      return;
    }
    widen(column, written);
  }
  cellsOf(column)[row] = value;
}

static v128_t decimals;

/* A field of a column of numbers; 0 when it is left for the caller. */
static int numberOf(const uint8_t *text, uint32_t length, double *out) {
  v128_t bytes = wasm_v128_load(text);
  if (length > 0 && number(bytes, length, decimals, out)) return 1;
  while (length > 0 && *text == ' ') text++, length--;
  while (length > 0 && text[length - 1] == ' ') length--;
  bytes = wasm_v128_load(text);
  if (length > 0 && number(bytes, length, decimals, out)) return 1;
  *out = __builtin_nan("");
  return length == 0 || (length <= 16 && missingWord(bytes, length));
}

static inline void later(uint32_t row, uint32_t column, uint32_t start, uint32_t line) { ((Later *)plan.laters)[plan.laterCount++] = (Later){row, column, start, line}; }

#include "index.h"
#include "octets.h"
#include "columns.h"
#include "oneRecord.h"

/*
 * Reads records from `base + from` until the tile is full, a record is odd, or
 * the bytes before `base + end` hold no whole record more. Behind the end stand
 * at least eighty zeros. Returns the offset behind the last record read, with
 * the reason in `reason`.
 */
uint32_t records(const uint8_t *base, uint32_t from, uint32_t end) {
  const uint32_t columns = plan.columns;
  decimals = wasm_i8x16_splat((int8_t)plan.decimal);
  uint32_t p = from;
  while (p < end) {
    uint8_t c = base[p];
    if (c == '\n' || c == '\r') {
      if (c == '\r') {
        if (p + 1 >= end) break;
        if (base[p + 1] == '\n') p++;
      }
      p++;
      plan.line++;
      continue;
    }
    uint32_t most = plan.tileRows - plan.row, room = (plan.laterCapacity - plan.laterCount) / columns;
    if (most == 0 || room < plan.mostIndexed) {
      reason = TILE_FULL;
      return p;
    }
    if (most > plan.mostIndexed) most = plan.mostIndexed;
    uint32_t octetCount = findOctets(), count = 0;
    if (octetCount > 0) count = indexOctets(base, p, end, most, octetCount);
    if (count == 0) {
      octetCount = 0;
      if (columns > 1) count = indexRecords(base, p, end, most);
    }
    if (count > 0) {
      readColumns(base, count, octetCount);
      plan.row += count;
      plan.line += count;
      p = ((const uint32_t *)plan.ends)[count * columns] + 1;
    } else {
      uint32_t next = oneRecord(base, p, end);
      if (next == p) return p;
      p = next;
    }
  }
  reason = NEED_MORE;
  return p;
}
